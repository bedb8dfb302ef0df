// Over whom and when a page of the trail tells: kept in the address, and remembered from page to page of the same map.
import type { components } from "../../api/schema";
import { api, ok } from "../../api/client";
import { ask, here } from "../shell/router.svelte";

const PARTS = ["segment", "channel", "from", "to"] as const;
export type Filter = Partial<Record<(typeof PARTS)[number], string>>;
export type MapContent = components["schemas"]["MapValue"]["map"];

let kept: { map: string; filter: Filter } | undefined;

function read(query: URLSearchParams): Filter {
  const found: Filter = {};
  for (const part of PARTS) {
    const given = query.get(part);
    if (given) found[part] = given;
  }
  return found;
}

/** The filter of the address as it stands. */
export function filterNow(): Filter {
  return read(here().query);
}

/** Takes up the filter one had on another page of this map, unless the address brings its own. Call it once, as a page begins. */
export function recallFilter(map: string): void {
  const given = filterNow();
  if (Object.keys(given).length) kept = { map, filter: given };
  else if (kept?.map === map && Object.keys(kept.filter).length) ask(kept.filter);
}

/** Changes parts of the filter; undefined takes one away. */
export function setFilter(map: string, parts: Partial<Record<keyof Filter, string | undefined>>): void {
  ask(parts);
  kept = { map, filter: filterNow() };
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

/** The channels that the log tells of, the busiest first: those of its most frequent events. */
export async function channelsOf(map: string): Promise<string[]> {
  const bound = await ok(api.GET("/api/v1/maps/{map_id}/bindings", { params: { path: { map_id: map } } }));
  const busiest = bound.items.toSorted((one, other) => other.events - one.events).slice(0, 6);
  const events = await Promise.all(
    busiest.map(({ event }) => ok(api.GET("/api/v1/data/events/{name}", { params: { path: { name: event } } }))),
  );
  const sums = new Map<string, number>();
  for (const event of events)
    for (const [name, n] of event.channels.top as [string, number][]) if (name) sums.set(name, (sums.get(name) ?? 0) + n);
  return [...sums].sort((one, other) => other[1] - one[1]).map(([name]) => name);
}
