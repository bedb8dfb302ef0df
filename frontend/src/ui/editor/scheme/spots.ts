// Where the boxes of a scheme stand: in columns by depth, or where somebody put them, which is part of the map (`at` of a stage).
import type { Key, LiveMap } from "../../../doc";
import type { StageValue } from "../../../doc/values";
import { columnsOf, type StagePlace } from "../../../geometry/stations";

export interface Spot {
  readonly x: number;
  readonly y: number;
}

/** From column to column, and from branch to branch below it (twin of `layout/spots.py`). */
export const COLUMN = 276;
export const ROW = 420;
const [BESIDE, ABOVE] = [32, 88]; // px of the window: room for the loops at the left and above

/** Columns by depth, branches of one depth below one another. */
export function laidOut(places: readonly StagePlace[]): ReadonlyMap<string, Spot> {
  const depth = columnsOf(places);
  const levels = [...new Set(depth.values())].sort((a, b) => a - b);
  const rows = new Map<number, number>();
  return new Map(places.map(({ id }) => {
    const level = depth.get(id)!;
    const row = rows.get(level) ?? 0;
    rows.set(level, row + 1);
    return [id, { x: levels.indexOf(level) * COLUMN, y: row * ROW }];
  }));
}

/** Where a phone begins to look: the first column and the way out of it fill the width, and one goes along by finger. */
export function beginning(spots: readonly Spot[], width: number): { x: number; y: number; zoom: number } {
  const zoom = Math.min(1.1, Math.max(0.5, width / (COLUMN * 1.35)));
  const least = (values: readonly number[]): number => Math.min(...values, Infinity);
  const [left, top] = [least(spots.map((spot) => spot.x)), least(spots.map((spot) => spot.y))];
  return { x: BESIDE - (Number.isFinite(left) ? left : 0) * zoom, y: ABOVE - (Number.isFinite(top) ? top : 0) * zoom, zoom };
}

/** The boxes that stand elsewhere than the map says: what a hand or the arrow keys have moved. */
export function movedOf(stages: readonly StageValue[], now: ReadonlyMap<Key, Spot>, usual: ReadonlyMap<string, Spot>): [Key, Spot][] {
  return stages.flatMap((stage) => {
    const spot = now.get(stage.$key);
    const before = stage.at ? { x: stage.at[0], y: stage.at[1] } : usual.get(stage.id);
    return spot && before && (Math.round(spot.x) !== before.x || Math.round(spot.y) !== before.y) ? [[stage.$key, spot] as [Key, Spot]] : [];
  });
}

const FAR = 100_000;
const whole = (value: number): number => Math.max(-FAR, Math.min(FAR, Math.round(value)));

export function put(live: LiveMap, moved: readonly [Key, Spot][]): void {
  for (const [key, spot] of moved) live.set(`${key}/at`, [whole(spot.x), whole(spot.y)]);
}

/** Everything back to where the layout puts it. */
export function tidyUp(live: LiveMap): void {
  for (const stage of live.value.stages) if (stage.at) live.set(`${stage.$key}/at`, undefined);
}

/** An arrangement that an earlier version kept on this device only: handed over once, and none where the map has one by now. */
export function takeOver(live: LiveMap, map: string): boolean {
  const name = `tropa-scheme-${map}`;
  const text = localStorage.getItem(name);
  if (text === null) return false;
  localStorage.removeItem(name);
  if (live.value.stages.some((stage) => stage.at)) return false;
  const found = live.value.stages.flatMap((stage) => {
    const spot = (parsed(text) as Record<string, Partial<Spot>>)[stage.$key];
    return Number.isFinite(spot?.x) && Number.isFinite(spot?.y) ? [[stage.$key, spot as Spot] as [Key, Spot]] : [];
  });
  live.transact(() => put(live, found));
  return found.length > 0;
}

function parsed(text: string): object {
  try {
    const found: unknown = JSON.parse(text);
    return typeof found === "object" && found !== null ? found : {};
  } catch {
    return {}; // what another version (or hand) wrote there is no arrangement
  }
}
