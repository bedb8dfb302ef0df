// What the menu knows beside its own pages: the measures that can be asked, and how many rows wait in quarantine.
import { api, ok } from "../../api/client";
import type { Language } from "../../words/words.svelte";
import { exists } from "./routes";

export interface MeasureEntry {
  id: string;
  title: string;
  family: string;
  familyTitle: string;
  /** Of single customers: only for who may see them. */
  people: boolean;
}

let measures = $state.raw<readonly MeasureEntry[]>([]);
let waiting = $state(0);

/** The measures in the language they were last asked in. */
export function knownMeasures(): readonly MeasureEntry[] {
  return measures;
}

/** Rows in quarantine. */
export function rowsWaiting(): number {
  return waiting;
}

/** Asks for the measures' names. `reasons` are a part of the breaks, not a page of the menu. */
export async function askMeasures(lang: Language): Promise<void> {
  if (!exists("/m/:map/measure/:id")) return;
  const all = await ok(api.GET("/api/v1/measures", { params: { query: { lang } as never } }));
  measures = all.items.filter((one) => one.id !== "reasons").map(({ id, title, people, family, family_title: familyTitle }) => ({ id, title, people, family, familyTitle }));
}

/** Counts the rows in quarantine anew (after an import, a replay). */
export async function countWaiting(): Promise<void> {
  if (!exists("/data/quarantine")) return;
  const held = await ok(api.GET("/api/v1/data/quarantine"));
  waiting = held.items.reduce((sum, one) => sum + one.rows, 0);
}
