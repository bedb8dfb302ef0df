/** `RoomClient`: the way to the server's room. What it promises is told in `api.ts`; the frames are in `wire.ts`. */

import * as Y from "yjs";

import type { LiveMap, Presence, Refusal, RefusalCode, RoomClient, RoomOptions, RoomState, RoomStatus, SocketLike, Talk } from "./api";
import { keep, type Kept } from "./kept";
import { Others } from "./presence";
import { IDENTITY, ROOT } from "./shape";
import * as wire from "./wire";

const FIRST_WAIT_MS = 400;
const MOST_WAIT_MS = 20_000;
/** A change that is not acknowledged within this time: the connection is dead, though nobody said so. */
const ACK_MS = 15_000;
const TELL_MS = 80;

/** Close codes after which coming back would change nothing: our bytes were no frames, were too many, we may not be here. */
const FINAL: Readonly<Record<number, RefusalCode>> = { 1003: "TR-W401", 1009: "TR-W403", 4400: "TR-W401", 4403: "TR-W408", 4404: "TR-W408" };

class YRoomClient implements RoomClient {
  private readonly doc: Y.Doc;
  private readonly kept: Kept;
  private readonly presence: Others;
  private readonly listeners = new Set<(status: RoomStatus) => void>();
  private readonly ready: Promise<void>;
  private isReady!: () => void;
  private known: RoomStatus = { state: "connecting", canWrite: false, sequence: 0, ready: false };

  private socket: SocketLike | undefined;
  private opened = false;
  /** The server has told us what it has, and got the rest: changes go out as they are made. */
  private flowing = false;
  private received = false;
  private rightKnown = false;
  private sent = 0;
  private acked = 0;
  private refusal: Refusal | undefined;
  private tries = 0;
  private closed = false;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private watchdog: ReturnType<typeof setTimeout> | undefined;
  private telling: ReturnType<typeof setTimeout> | undefined;
  private where: Record<string, unknown> = {};
  private clock = 0;
  private listener: { heard: (talk: Talk) => void; known: () => number } | undefined;

  constructor(
    readonly map: LiveMap,
    private readonly options: RoomOptions,
  ) {
    this.doc = map.doc;
    this.presence = new Others(this.doc.clientID);
    this.ready = new Promise((resolve) => (this.isReady = resolve));
    this.kept = keep(this.doc, options.keepAs);
    this.doc.on("update", this.changed);
    void this.kept.loaded.then((any) => {
      if (any) this.becomeReady();
      this.connect();
    });
    globalThis.addEventListener?.("online", this.online);
  }

  get status(): RoomStatus {
    return this.known;
  }

  subscribe(heard: (status: RoomStatus) => void): () => void {
    this.listeners.add(heard);
    return () => this.listeners.delete(heard);
  }

  whenReady(): Promise<void> {
    return this.ready;
  }

  get others(): readonly Presence[] {
    return this.presence.all;
  }

  onPresence(heard: (others: readonly Presence[]) => void): () => void {
    return this.presence.subscribe(heard);
  }

  tell(where: Parameters<RoomClient["tell"]>[0]): void {
    this.where = { ...where };
    this.telling ??= setTimeout(() => {
      this.telling = undefined;
      this.sayWhere();
    }, TELL_MS);
  }

  onTalk(heard: (talk: Talk) => void, known: () => number): () => void {
    const listener = { heard, known };
    this.listener = listener;
    this.askTalk();
    return () => {
      if (this.listener === listener) this.listener = undefined;
    };
  }

  reconnect(): void {
    if (this.closed || this.socket !== undefined) return;
    clearTimeout(this.retry);
    this.connect();
  }

  async discard(): Promise<void> {
    this.close();
    await this.kept.forget();
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.doc.off("update", this.changed);
    globalThis.removeEventListener?.("online", this.online);
    for (const timer of [this.retry, this.watchdog, this.telling]) clearTimeout(timer);
    this.leave(1000);
    void this.kept.close();
    this.update();
  }

  // The connection

  private readonly online = (): void => this.reconnect();

  private connect(): void {
    if (this.closed || this.refusal !== undefined) return;
    const make = this.options.socket ?? ((url: string) => new WebSocket(url) as unknown as SocketLike);
    const socket = make(this.options.url);
    socket.binaryType = "arraybuffer";
    this.socket = socket;
    socket.onopen = () => {
      this.opened = true;
      socket.send(wire.askFor(Y.encodeStateVector(this.doc)));
      this.askTalk();
      this.sayWhere();
      this.update();
    };
    socket.onmessage = ({ data }) => {
      if (this.socket !== socket || !(data instanceof ArrayBuffer)) return;
      this.take(new Uint8Array(data));
    };
    socket.onclose = ({ code }) => {
      if (this.socket === socket) this.lost(code);
    };
    socket.onerror = () => undefined; // a close follows
    this.update();
  }

  private lost(code: number): void {
    this.leave();
    const final = FINAL[code];
    if (final !== undefined) this.refusal ??= { code: final };
    if (final === "TR-W408") void this.kept.forget(); // what may not be read any more is not kept either
    if (!this.closed && this.refusal === undefined) {
      const wait = Math.min(MOST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.tries) * (0.5 + (this.options.random ?? Math.random)() / 2);
      this.tries += 1;
      this.retry = setTimeout(() => this.connect(), wait);
    }
    this.update();
  }

  /** Forget the connection; with a code, close it too. */
  private leave(code?: number): void {
    const { socket } = this;
    this.socket = undefined;
    this.opened = this.flowing = this.received = this.rightKnown = false;
    this.sent = this.acked = 0;
    clearTimeout(this.watchdog);
    this.presence.clear();
    if (socket === undefined) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    if (code !== undefined) socket.close(code);
  }

  private take(data: Uint8Array): void {
    const frame = wire.read(data);
    switch (frame?.is) {
      case "document":
        if (!this.isThis(frame.name)) return;
        break;
      case "right":
        this.right(frame.canWrite);
        break;
      case "vector":
        this.bringUp(frame.vector);
        break;
      case "lacking":
      case "update":
        Y.applyUpdate(this.doc, frame.update, this);
        if (frame.is === "lacking") {
          this.received = true;
          this.tries = 0;
          this.becomeReady();
        }
        break;
      case "talk":
        this.hear(frame.talk);
        break;
      case "awareness":
        this.presence.take(frame.states);
        break;
      case "ack":
        this.acked = frame.count;
        this.known = { ...this.known, sequence: frame.sequence };
        this.watch();
        break;
      case "refused":
        if (frame.count > 0) {
          this.refusal = { code: frame.code };
          this.flowing = false;
        }
    }
    this.update();
  }

  /** Whether what is held here is the server's document, or none yet. Another one (its database was made anew) must not be merged into it. */
  private isThis(name: string): boolean {
    const held = this.doc.getMap(ROOT).get(IDENTITY);
    if (held === name || this.doc.store.clients.size === 0) return true;
    this.refusal = { code: "TR-W422" };
    this.leave(1000);
    this.update();
    return false;
  }

  /** A right that comes while connected: what could not be sent goes out by a new handshake. */
  private right(canWrite: boolean): void {
    const gained = canWrite && !this.known.canWrite && this.received;
    this.known = { ...this.known, canWrite };
    this.rightKnown = true;
    if (gained) {
      this.leave(1000);
      this.connect();
    }
  }

  /** Send what the server lacks; from here on changes go out as they are made. */
  private bringUp(vector: Uint8Array): void {
    if (!this.known.canWrite) return;
    this.flowing = true;
    this.send(wire.lacking(Y.encodeStateAsUpdate(this.doc, vector)));
  }

  private readonly changed = (update: Uint8Array, origin: unknown): void => {
    if (origin === this || !this.flowing) return;
    this.send(wire.changed(update));
    this.update();
  };

  private send(frame: Uint8Array): void {
    this.sent += 1;
    this.socket?.send(frame);
    if (this.sent - this.acked === 1) this.watch();
  }

  private watch(): void {
    clearTimeout(this.watchdog);
    if (this.acked < this.sent) {
      this.watchdog = setTimeout(() => {
        const { socket } = this;
        this.lost(4408);
        socket?.close(4408);
      }, ACK_MS);
    }
  }

  private askTalk(): void {
    if (this.opened && this.listener !== undefined) this.socket?.send(wire.askTalk(this.listener.known()));
  }

  /** What was said; whatever is still missing (told before we heard, or the next page) is asked for. */
  private hear(talk: Talk): void {
    const { listener } = this;
    if (listener === undefined) return;
    const gap = talk.after > listener.known();
    listener.heard(talk);
    if (gap || listener.known() < talk.last) this.askTalk();
  }

  private sayWhere(): void {
    this.clock += 1;
    if (this.opened) this.socket?.send(wire.present(this.doc.clientID, this.clock, this.where as wire.AwarenessState["state"]));
  }

  // What is told

  private becomeReady(): void {
    this.known = { ...this.known, ready: true };
    this.isReady();
  }

  private update(): void {
    const { canWrite, sequence, ready } = this.known;
    const next: RoomStatus = { state: this.state(), canWrite, sequence, ready, ...(this.refusal === undefined ? {} : { refusal: this.refusal }) };
    const { told } = this;
    if (told !== undefined && JSON.stringify(told) === JSON.stringify(next)) return;
    this.known = this.told = next;
    for (const heard of Array.from(this.listeners)) heard(next);
  }

  private told: RoomStatus | undefined;

  private state(): RoomState {
    if (this.refusal !== undefined) return "refused";
    if (this.closed || this.socket === undefined || (!this.opened && this.tries > 0)) return "offline";
    const inStep = !this.known.canWrite || (this.flowing && this.acked > 0);
    if (!this.received || !this.rightKnown || !inStep) return "connecting";
    return this.acked < this.sent ? "saving" : "saved";
  }
}

/** Join the room of a map. */
export function joinRoom(options: RoomOptions): RoomClient {
  return new YRoomClient(options.map, options);
}
