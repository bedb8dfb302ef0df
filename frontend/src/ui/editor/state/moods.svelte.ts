// Whose curves of emotion are shown beside the common one, whose the points move, and what was measured of each.
import type { Readings } from "../logic/readings";
import * as server from "../server";
import type { Filter } from "../server";

export class Moods {
  readonly mapId: string;
  /** Ids of the shown personas, in the order in which they were asked for. */
  shown: readonly string[];
  /** Whose curve the points move; null: the common one. */
  edited: string | null;
  readings: Readonly<Record<string, Readings | null>>;
  error: unknown;
  private readonly ask: typeof server.readings;
  private turn = 0;

  constructor(mapId: string, ask: typeof server.readings = server.readings) {
    this.mapId = mapId;
    this.ask = ask;
    this.shown = $state.raw([]);
    this.edited = $state(null);
    this.readings = $state.raw({});
    this.error = $state.raw(null);
  }

  show(persona: string, on: boolean): void {
    this.shown = on ? [...this.shown.filter((id) => id !== persona), persona] : this.shown.filter((id) => id !== persona);
    if (!on && this.edited === persona) this.edited = null;
  }

  /** What was measured of those that are shown; `bound`: who stands for real customers. */
  async measure(bound: readonly string[], filter: Filter): Promise<void> {
    const turn = ++this.turn;
    try {
      const found = await Promise.all(bound.map(async (segment) => [segment, (await this.ask(this.mapId, { ...filter, segment }, false)).readings] as const));
      if (turn === this.turn) [this.readings, this.error] = [Object.fromEntries(found), null];
    } catch (error) {
      if (turn === this.turn) this.error = error;
    }
  }
}
