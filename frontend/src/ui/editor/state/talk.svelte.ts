// The discussion in the margin: threads by address. What is said comes through the map's room as it is said; after a cut it is asked for from
// the last change that was heard, so nothing is missed and nothing is asked again and again.
import type { RoomClient, Said, Talk as Told } from "../../../doc";
import * as server from "../server";
import type { Thread } from "../server";
import { cellOf, threadsOf, withChanges } from "../logic/threads";

export { cellOf } from "../logic/threads";

const PATIENCE = 5_000; // ms one waits for a comment that one was led to

export class Talk {
  readonly mapId: string;
  people: readonly server.Named[];
  private readonly room: RoomClient;
  private said: ReadonlyMap<string, Said>;
  private upto = 0;
  private whole: boolean;
  private stop: (() => void) | undefined;

  constructor(mapId: string, room: RoomClient) {
    this.mapId = mapId;
    this.room = room;
    this.people = $state.raw([]);
    this.said = $state.raw(new Map());
    this.whole = $state.raw(false);
  }

  threads: readonly Thread[] = $derived.by(() => threadsOf(this.said.values()));

  private counts = $derived.by(() => {
    const out = new Map<string, number>();
    for (const thread of this.threads) if (!thread.resolved) out.set(cellOf(thread.address), (out.get(cellOf(thread.address)) ?? 0) + 1);
    return out;
  });

  /** How many open threads hang on a cell (`stage/row`, `stage/touchpoint/row`). */
  countAt(cell: string): number {
    return this.counts.get(cell) ?? 0;
  }

  at(cell: string): readonly Thread[] {
    return this.threads.filter((thread) => cellOf(thread.address) === cell);
  }

  /** The thread with this comment; where it has not come yet, it is waited for a little. */
  async find(comment: string): Promise<Thread | undefined> {
    const known = (): Thread | undefined => this.threads.find((thread) => thread.comments.some((one) => one.id === comment));
    for (const until = Date.now() + PATIENCE; !known() && !this.whole && Date.now() < until; ) {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return known();
  }

  start(canComment: boolean): void {
    if (canComment) void server.mentionable(this.mapId).then((found) => (this.people = found), () => undefined);
    this.stop ??= this.room.onTalk((told) => this.hear(told), () => this.upto);
  }

  private hear(told: Told): void {
    if (told.upto < told.after) {
      // another database than the one we heard before: all is asked anew
      [this.said, this.upto] = [new Map(), 0];
      return;
    }
    this.said = withChanges(this.said, told.comments);
    if (told.after <= this.upto) this.upto = Math.max(this.upto, told.upto);
    if (this.upto >= told.last) this.whole = true;
  }

  close(): void {
    this.stop?.();
    this.stop = undefined;
  }
}
