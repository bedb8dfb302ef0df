// Curves of single personas beside the common one: what the team asserts of each, on stages and touchpoints (twin of layout/moods.py).
import type { Key, LiveMap } from "../../../doc";
import type { FeelsValue } from "../../../doc/values";
import { touchpointsOf, type Column } from "./lanes";

/** Curves differ by their strokes, and each bears its name: never by colour alone. */
export const DASHES = ["6 3", "2 3", "9 3 2 3", "1 4"] as const;

/** A persona's own score of a stage or touchpoint; told twice, the later stands. */
export function scoreOf(feels: FeelsValue | undefined, persona: string): number | null {
  return feels?.personas.findLast((one) => one.persona === persona)?.score ?? null;
}

/** What is said of a column; of a closed stage that says nothing, the mean of its touchpoints. */
export function saidOf(column: Column, closed: boolean, persona: string): number | null {
  const own = scoreOf((column.point ?? column.stage).feels, persona);
  if (own !== null || column.point || !closed) return own;
  const scores = touchpointsOf(column.stage).flatMap((point) => scoreOf(point.feels, persona) ?? []);
  return scores.length ? scores.reduce((sum, each) => sum + each, 0) / scores.length : null;
}

/** Says it, says it anew, or takes it back. Nothing of the others is touched. */
export function putScore(live: LiveMap, owner: Key, feels: FeelsValue | undefined, persona: string, score: number | undefined): void {
  const told = feels?.personas.filter((one) => one.persona === persona) ?? [];
  const last = told.at(-1);
  for (const one of score === undefined ? told : told.slice(0, -1)) live.remove(one.$key);
  if (score === undefined) return;
  if (last) live.set(`${last.$key}/score`, score);
  else live.add(`${owner}/feels/personas`, { persona, score });
}
