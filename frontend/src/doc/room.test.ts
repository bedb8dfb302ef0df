import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import * as Y from "yjs";

import type { LiveMap, RoomClient, Said, SocketLike, Talk } from "./api";
import { openMap } from "./live";
import { joinRoom } from "./room";

/** A server that does what `tropa.collab.room` promises, with a switch for each way it may fail. */
class Server {
  readonly doc = new Y.Doc();
  readonly sockets = new Set<Socket>();
  sequence = 0;
  canWrite = true;
  up = true;
  /** Changes come in, answers do not go out. */
  mute = false;
  refuse: string | undefined;
  readonly said: Said[] = [];
  asked = 0;

  /** A page of two comments. */
  talkAfter(after: number): string {
    this.asked += 1;
    const comments = this.said.filter((one) => one.change > after).sort((one, other) => one.change - other.change).slice(0, 2);
    const last = Math.max(0, ...this.said.map((one) => one.change));
    return JSON.stringify({ after, upto: comments.length === 2 ? comments[1]?.change : last, last, comments });
  }

  /** Somebody says something; `told`: those who are here hear of it. */
  say(text: string, told = true): void {
    const change = this.said.length + 1;
    const one = { id: `c${change}`, thread: `c${change}`, text, change } as Said;
    this.said.push(one);
    if (told) for (const socket of this.sockets) socket.tell([14], JSON.stringify({ after: change - 1, upto: change, last: change, comments: [one] }));
  }

  open(): Socket {
    const socket = new Socket(this);
    setTimeout(() => (this.up ? socket.begin() : socket.end(1006)), 1);
    return socket;
  }
}

class Socket implements SocketLike {
  binaryType = "";
  onopen: ((event: never) => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;
  onerror: ((event: never) => void) | null = null;
  count = 0;
  readonly presence: unknown[] = [];

  constructor(private readonly server: Server) {}

  begin(): void {
    this.server.sockets.add(this);
    const name = this.server.doc.getMap("map").get("_doc");
    if (typeof name === "string") this.tell([13], name); // the first word, whatever the other side says
    this.onopen?.(undefined as never);
    this.tell([12, this.server.canWrite ? 1 : 0]);
    this.tell([0, 0], Y.encodeStateVector(this.server.doc));
  }

  end(code: number, reason = ""): void {
    this.server.sockets.delete(this);
    this.onclose?.({ code, reason });
  }

  close(): void {
    this.server.sockets.delete(this);
  }

  tell(numbers: readonly number[], body?: Uint8Array | string): void {
    if (this.server.mute) return;
    const encoder = encoding.createEncoder();
    for (const number of numbers) encoding.writeVarUint(encoder, number);
    if (typeof body === "string") encoding.writeVarString(encoder, body);
    else if (body !== undefined) encoding.writeVarUint8Array(encoder, body);
    const bytes = encoding.toUint8Array(encoder);
    this.onmessage?.({ data: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) });
  }

  send(data: Uint8Array): void {
    const decoder = decoding.createDecoder(data);
    const kind = decoding.readVarUint(decoder);
    if (kind === 1) {
      this.presence.push(data);
      return;
    }
    if (kind === 14) {
      this.tell([14], this.server.talkAfter(decoding.readVarUint(decoder)));
      return;
    }
    const step = decoding.readVarUint(decoder);
    const body = decoding.readVarUint8Array(decoder);
    if (step === 0) {
      this.tell([0, 1], Y.encodeStateAsUpdate(this.server.doc, body));
      return;
    }
    this.count += 1;
    const { refuse } = this.server;
    if (refuse !== undefined) {
      this.tell([11, this.count], JSON.stringify({ code: refuse }));
      return;
    }
    Y.applyUpdate(this.server.doc, body);
    this.server.sequence += 1;
    const { count } = this;
    setTimeout(() => this.tell([10, count, this.server.sequence]), 1);
    for (const other of this.server.sockets) if (other !== this) other.tell([0, 2], body);
  }
}

let rooms: RoomClient[] = [];

function join(server: Server, map: LiveMap = openMap()): { map: LiveMap; room: RoomClient; seen: string[] } {
  const room = joinRoom({ map, url: "wss://server/room", socket: () => server.open(), random: () => 1 });
  const seen: string[] = [];
  room.subscribe((status) => {
    if (seen.at(-1) !== status.state) seen.push(status.state);
  });
  rooms.push(room);
  return { map, room, seen };
}

const pass = (ms = 50): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

describe("the way to the room (R-60)", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => {
    for (const room of rooms) room.close();
    rooms = [];
    vi.useRealTimers();
  });

  it("connects, saves, and tells others", async () => {
    const server = new Server();
    const one = join(server);
    const other = join(server);
    expect(one.room.status).toMatchObject({ state: "connecting", ready: false });
    await pass();
    expect(one.room.status).toMatchObject({ state: "saved", ready: true, canWrite: true });
    one.map.write("map/title", "ru", "Карта");
    expect(one.room.status.state).toBe("saving");
    await pass();
    expect(one.room.status.state).toBe("saved");
    expect(one.room.status.sequence).toBe(server.sequence);
    expect(other.map.value.title).toBe("Карта");
    expect(other.seen).not.toContain("saving");
  });

  it("hears what is said, and asks for what it missed by a cut or a lost word", async () => {
    const server = new Server();
    for (const word of ["a", "b", "c"]) server.say(word);
    const { room } = join(server);
    const heard: string[] = [];
    let known = 0;
    const take = (talk: Talk): void => {
      heard.push(...talk.comments.map((one) => one.text));
      if (talk.after <= known) known = talk.upto;
    };
    const stop = room.onTalk(take, () => known);
    await pass();
    expect(heard).toEqual(["a", "b", "c"]); // page by page
    server.say("d");
    expect(heard.at(-1)).toBe("d");
    const { asked } = server;
    server.say("e", false);
    server.say("f");
    await pass();
    expect(server.asked).toBe(asked + 1);
    expect(heard.slice(-3)).toEqual(["f", "e", "f"]);
    for (const socket of [...server.sockets]) socket.end(1006);
    server.say("g");
    await pass(3000);
    expect(heard.at(-1)).toBe("g");
    expect(known).toBe(7);
    stop();
    server.say("h");
    await pass();
    expect(heard).not.toContain("h");
  });

  it("keeps what was done offline, comes back by itself and sends it", async () => {
    const server = new Server();
    const { map, room, seen } = join(server);
    await pass();
    server.up = false;
    for (const socket of [...server.sockets]) socket.end(1006);
    map.write("map/title", "ru", "Без сети");
    expect(room.status.state).toBe("offline");
    await pass(3000);
    expect(room.status.state).toBe("offline");
    server.up = true;
    await pass(30_000);
    expect(room.status.state).toBe("saved");
    expect(openMap(server.doc).value.title).toBe("Без сети");
    expect(seen).toEqual(["connecting", "saved", "offline", "connecting", "saved"]);
  });

  it("holds a connection dead that does not acknowledge, and sends again", async () => {
    const server = new Server();
    const { map, room } = join(server);
    await pass();
    server.mute = true;
    map.write("map/title", "ru", "Слово");
    await pass(14_000);
    expect(room.status.state).toBe("saving");
    server.mute = false;
    await pass(5_000);
    expect(room.status.state).toBe("saved");
    expect(map.value.title).toBe("Слово");
  });

  it("sends nothing where there is no right, and what is there once there is", async () => {
    const server = new Server();
    server.canWrite = false;
    const { map, room } = join(server);
    await pass();
    expect(room.status).toMatchObject({ state: "saved", canWrite: false });
    map.write("map/title", "ru", "Пока нельзя");
    await pass();
    expect(server.sequence).toBe(0);
    server.canWrite = true;
    for (const socket of server.sockets) socket.tell([12, 1]);
    await pass();
    expect(room.status).toMatchObject({ state: "saved", canWrite: true });
    expect(openMap(server.doc).value.title).toBe("Пока нельзя");
  });

  it("says what was refused and sends nothing more", async () => {
    const server = new Server();
    const { map, room } = join(server);
    await pass();
    server.refuse = "TR-W403";
    map.write("map/title", "ru", "Слишком");
    await pass();
    expect(room.status).toMatchObject({ state: "refused", refusal: { code: "TR-W403" } });
    server.refuse = undefined;
    const before = server.sequence;
    map.write("map/title", "ru", "Слишком много");
    await pass(60_000);
    expect(server.sequence).toBe(before);
    expect(room.status.state).toBe("refused");
  });

  it("does not come back where it may not be, and does where the server only rests", async () => {
    const server = new Server();
    const gone = join(server);
    const resting = join(server);
    await pass();
    const [first, second] = [...server.sockets];
    first?.end(4403, "TR-W408");
    second?.end(1001, "TR-W407");
    await pass(10_000);
    expect(gone.room.status).toMatchObject({ state: "refused", refusal: { code: "TR-W408" } });
    expect(resting.room.status.state).toBe("saved");
  });

  it("does not merge another document that had this address before", async () => {
    const server = new Server();
    server.doc.getMap("map").set("_doc", "new");
    const kept = openMap();
    kept.doc.getMap("map").set("_doc", "old");
    const { map, room } = join(server, kept);
    map.write("map/title", "ru", "Старая");
    await pass();
    expect(room.status).toMatchObject({ state: "refused", refusal: { code: "TR-W422" } });
    expect(openMap(server.doc).value.title).toBe("");
    const fresh = join(server);
    await pass();
    expect(fresh.room.status.state).toBe("saved");
    for (const socket of [...server.sockets]) socket.end(1006);
    await pass(5000);
    expect(fresh.room.status.state).toBe("saved");
  });

  it("tells where one is, again after a new connection, and who else is here", async () => {
    const server = new Server();
    const { room } = join(server);
    const heard: number[] = [];
    room.onPresence((others) => heard.push(others.length));
    await pass();
    room.tell({ address: "map/title" });
    room.tell({ address: "map/about" });
    await pass(200);
    const [socket] = [...server.sockets];
    expect(socket?.presence).toHaveLength(2);
    const states = encoding.createEncoder();
    encoding.writeVarUint(states, 1);
    encoding.writeVarUint(states, 77);
    encoding.writeVarUint(states, 1);
    encoding.writeVarString(states, JSON.stringify({ user: { id: "user:b", name: "Борис" }, address: "k1" }));
    socket?.tell([1], encoding.toUint8Array(states));
    expect(room.others).toEqual([{ client: 77, user: { id: "user:b", name: "Борис" }, address: "k1" }]);
    socket?.end(1006);
    expect(room.others).toEqual([]);
    await pass(5000);
    const [again] = [...server.sockets];
    expect(again?.presence).toHaveLength(1);
    expect(heard).toEqual([1, 0]);
  });
});
