// Over whom and when every page of a map tells, the table among them: kept in the address, so that a link shows the same, and taken along from page to page.
import { api, ok } from "../../api/client";
import type { components } from "../../api/schema";
import { ownText, say, write } from "../../words/words.svelte";
import { ask, here } from "./router.svelte";

export const PARTS = ["segment", "channel", "from", "to", "where", "as_of"] as const;
export type Part = (typeof PARTS)[number];
export type Filter = Partial<Record<Part, string>>;
export type MapContent = components["schemas"]["MapValue"]["map"];
export type Choices = components["schemas"]["FiltersReply"];
export type Memory = components["schemas"]["MemoryReply"];
/** Ms that a slider may move before it is asked again. */
export const SETTLE = 120;

let kept: { map: string; filter: Filter } | undefined;

export function readFilter(query: URLSearchParams): Filter {
  const found: Filter = {};
  for (const part of PARTS) {
    const given = query.get(part);
    if (given) found[part] = given;
  }
  return found;
}

/** The filter of the address as it stands. */
export function filterNow(): Filter {
  return readFilter(here().query);
}

/** What channel and rule choose on a page whose question is about sessions: sessions, where the address says so and there is something to choose by. */
export function scopeOf(query: URLSearchParams, sessions: boolean): { scope?: "sessions" } {
  const { channel, where } = readFilter(query);
  return sessions && (channel ?? where) !== undefined && query.get("scope") === "sessions" ? { scope: "sessions" } : {};
}

/** A period in words: one that is open at an end says so. */
export function spanWords(from: string | null | undefined, to: string | null | undefined): string {
  if (from && to) return `${write.shortDay(from)} — ${write.shortDay(to)}`;
  if (from) return say("web-filter-since", { day: write.shortDay(from) });
  return to ? say("web-filter-until", { day: write.shortDay(to) }) : say("web-filter-all-time");
}

/** Takes up the filter one had on another page of this map, unless the address brings its own. Call it once, as a page begins. */
export function recallFilter(map: string): void {
  const given = filterNow();
  if (Object.keys(given).length) kept = { map, filter: given };
  else if (kept?.map === map && Object.keys(kept.filter).length) ask(kept.filter);
}

/** Changes parts of the filter; undefined takes one away. */
export function setFilter(map: string, parts: Partial<Record<Part, string | undefined>>): void {
  ask(parts);
  kept = { map, filter: filterNow() };
}

/** The filter without what a page cannot be asked by. */
export function only(filter: Filter, parts: readonly Part[]): Filter {
  return Object.fromEntries(Object.entries(filter).filter(([part]) => parts.includes(part as Part)));
}

const contents = new Map<string, MapContent>();

/** The map as it stands now, for titles and names. */
export async function contentOf(map: string, signal?: AbortSignal): Promise<MapContent> {
  const found = await ok(api.GET("/api/v1/maps/{map_id}/value", { params: { path: { map_id: map } }, ...(signal ? { signal } : {}) }));
  contents.set(map, found.map);
  return found.map;
}

/** The map as it was last seen here: to have titles at once. */
export function contentSeen(map: string): MapContent | undefined {
  return contents.get(map);
}

export interface Person {
  id: string;
  title: string;
}

/** Whom one can choose: personas that are bound to customers, and segments that stand behind none (or are asked for by a link). */
export function peopleOf(value: MapContent | undefined, asked: string | undefined = filterNow().segment): Person[] {
  const personas = value?.personas ?? [];
  const bound = new Set(personas.map((one) => one.segment));
  const shown = [...personas.filter((one) => one.segment), ...(value?.segments ?? []).filter((one) => !bound.has(one.id) || one.id === asked)];
  return shown.map((one) => ({ id: one.id, title: ownText(one.title as never) }));
}

const choices = new Map<string, Promise<Choices>>();

/** What there is to choose from, asked once for each map and language. A fault is asked again. */
export function choicesOf(map: string, lang: string): Promise<Choices> {
  const key = `${map} ${lang}`;
  const found = choices.get(key) ?? ok(api.GET("/api/v1/maps/{map_id}/filters", { params: { path: { map_id: map } } }));
  choices.set(key, found);
  found.catch(() => choices.delete(key));
  return found;
}

/** New data came: what there is to choose from is asked anew. */
export function forgetChoices(): void {
  choices.clear();
}

/** A day as the number of days since 1970, and back: what a slider counts in. */
export const dayNumber = (day: string): number => Math.round(Date.parse(`${day}T00:00:00Z`) / 86_400_000);
export const dayOf = (number: number): string => new Date(number * 86_400_000).toISOString().slice(0, 10);
