// The discussion in the margin: threads by address, asked when the map opens and after one's own words, and again while the page is looked at.
import * as server from "../server";
import type { Thread } from "../server";

const EVERY = 20_000; // ms between looks at what others said

export class Talk {
  readonly mapId: string;
  threads: readonly Thread[];
  people: readonly server.Named[];
  error: unknown;
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(mapId: string) {
    this.mapId = mapId;
    this.threads = $state.raw([]);
    this.people = $state.raw([]);
    this.error = $state.raw(null);
  }

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

  /** The thread with this comment; asked for where it is newer than the last look. */
  async find(comment: string): Promise<Thread | undefined> {
    const known = (): Thread | undefined => this.threads.find((thread) => thread.comments.some((one) => one.id === comment));
    if (!known()) await this.ask();
    return known();
  }

  async ask(): Promise<void> {
    try {
      this.threads = await server.threads(this.mapId);
      this.error = null;
    } catch (error) {
      this.error = error;
    }
  }

  start(canComment: boolean): void {
    void this.ask();
    if (canComment) void server.mentionable(this.mapId).then((found) => (this.people = found), () => undefined);
    this.timer = setInterval(() => document.visibilityState === "visible" && void this.ask(), EVERY);
  }

  close(): void {
    clearInterval(this.timer);
  }
}

/** The cell of an address: what is said of one of its lines is said of the cell. */
export function cellOf(address: string): string {
  return address.replace(/\/\d+$/, "");
}
