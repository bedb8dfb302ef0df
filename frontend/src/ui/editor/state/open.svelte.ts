// The map that is open in the editor's pages: table, scheme and presentation share one document and one socket, so going between them is at once.
import { joinRoom, openMap, type RoomClient, type RoomStatus } from "../../../doc";
import { say } from "../../../words/words.svelte";
import { presence } from "../../shell/presence.svelte";
import { myself } from "../../shell/session.svelte";
import { Board } from "./board.svelte";
import { Editor } from "./editor.svelte";
import { Talk } from "./talk.svelte";
import { Trail } from "./trail.svelte";

const LINGER = 15_000; // ms a map stays open after its last page was left

class OpenMap {
  readonly id: string;
  readonly board: Board;
  readonly room: RoomClient;
  status: RoomStatus;
  /** Whether the document is there and can be drawn. */
  ready: boolean;
  users = 0;
  leaving: ReturnType<typeof setTimeout> | undefined;

  constructor(id: string) {
    this.id = id;
    const live = openMap();
    const url = new URL(`/api/v1/maps/${encodeURIComponent(id)}/room`, location.href);
    url.protocol = url.protocol.replace("http", "ws");
    this.room = joinRoom({ map: live, url: url.href, keepAs: `${myself()?.id ?? "nobody"}/${id}` });
    this.status = $state.raw(this.room.status);
    this.ready = $state(this.room.status.ready);
    const editor = new Editor(live, id, this.room);
    const trail = new Trail(id);
    this.board = new Board(editor, trail, new Talk(id, this.room), this.room);
    this.room.subscribe((status) => {
      this.status = status;
      this.ready = status.ready;
      this.tell();
    });
    this.room.onPresence(() => this.tell());
    live.subscribe("", () => this.ready && trail.soon());
  }

  /** What the header says: who is here, and whether the work is kept. */
  tell(): void {
    if (!this.users) return;
    const seen = new Map(this.room.others.map((other) => [other.user.id, other.user]));
    presence.people = [...seen.values()];
    presence.saved = say(`editor-state-${this.status.state}`);
  }

  close(): void {
    this.board.editor.close();
    this.board.trail.close();
    this.board.talk.close();
    this.room.close();
    this.board.editor.live.destroy();
  }
}

let open: OpenMap | undefined;

/** Opens a map for a page; call `release` when the page is left. */
export function hold(id: string): OpenMap {
  if (open?.id !== id) {
    open?.close();
    open = new OpenMap(id);
  }
  clearTimeout(open.leaving);
  open.users++;
  open.tell();
  return open;
}

export function release(held: OpenMap): void {
  held.users--;
  if (held.users) return;
  presence.people = [];
  presence.saved = undefined;
  held.leaving = setTimeout(() => {
    if (held.users) return;
    held.close();
    if (open === held) open = undefined;
  }, LINGER);
}

export type { OpenMap };
