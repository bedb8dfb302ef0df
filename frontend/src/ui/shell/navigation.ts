// What is in the menu at the left: questions, by group; only pages that are there and that one may see.
import type { MeasureEntry } from "./extras.svelte";
import type { MapCard } from "./map.svelte";
import { exists, href } from "./routes";

export interface Entry {
  id: string;
  label: string;
  href: string;
  badge?: string | undefined;
}

export interface Group {
  id: string;
  /** Message id of the heading; none for the first group. */
  heading?: string | undefined;
  entries: Entry[];
  /** Entries under headings of their own, after the others. */
  families?: Family[] | undefined;
}

export interface Family {
  id: string;
  label: string;
  entries: Entry[];
}

type Say = (id: string) => string;

/** The groups for somebody (`people`: signed in; `manages`, `reveals`: rights) with or without an open map. */
export function navigation(
  say: Say,
  who: { people: boolean; manages: boolean; reveals: boolean; data: boolean },
  map: Pick<MapCard, "id"> | undefined,
  measures: readonly MeasureEntry[],
  waiting: number,
): Group[] {
  const groups: Group[] = [];
  const add = (id: string, heading: string | undefined, entries: (Entry | false)[], families?: Family[]) => {
    const shown = entries.filter((entry): entry is Entry => entry !== false);
    if (shown.length) groups.push({ id, heading, entries: shown, families });
  };
  add("top", undefined, [who.people && { id: "maps", label: say("web-nav-maps"), href: "/" }]);
  if (map) {
    const on = { map: map.id };
    add("trail", "web-nav-trail", [
      exists("/m/:map/breaks") && { id: "breaks", label: say("web-nav-breaks"), href: href("/m/:map/breaks", on) },
      who.reveals && exists("/m/:map/customers") && { id: "customers", label: say("web-nav-customers"), href: href("/m/:map/customers", on) },
    ], exists("/m/:map/measure/:id") ? families(map.id, measures.filter((one) => !one.people || who.reveals)) : undefined);
    add("change", "web-nav-change", [
      exists("/m/:map/plan") && { id: "plan", label: say("web-nav-plan"), href: href("/m/:map/plan", on) },
      exists("/m/:map/timeline") && { id: "timeline", label: say("web-nav-timeline"), href: href("/m/:map/timeline", on) },
      exists("/m/:map/compare") && { id: "compare", label: say("web-nav-compare"), href: href("/m/:map/compare", on) },
      exists("/m/:map/history") && { id: "history", label: say("web-nav-history"), href: href("/m/:map/history", on) },
    ]);
  }
  if (who.people)
    add("data", "web-nav-data", [
      exists("/data") && { id: "sources", label: say("web-nav-sources"), href: "/data" },
      exists("/data/quarantine") && who.data && {
          id: "quarantine",
          label: say("web-nav-quarantine"),
          href: "/data/quarantine",
          badge: waiting ? String(waiting) : undefined,
        },
      map !== undefined &&
        exists("/data/bindings/:map") && { id: "bindings", label: say("web-nav-bindings"), href: href("/data/bindings/:map", { map: map.id }) },
    ]);
  if (who.people)
    add("team", "web-nav-team", [
      exists("/people") && { id: "people", label: say("web-nav-people"), href: "/people" },
      exists("/settings") && { id: "settings", label: say("web-nav-settings"), href: "/settings" },
    ]);
  return groups;
}

/** Measures by family, in the order they came in. */
function families(map: string, measures: readonly MeasureEntry[]): Family[] {
  const found = new Map<string, Family>();
  for (const one of measures) {
    const family = found.get(one.family) ?? { id: one.family, label: one.familyTitle, entries: [] };
    family.entries.push({ id: `measure-${one.id}`, label: one.title, href: href("/m/:map/measure/:id", { map, id: one.id }) });
    found.set(one.family, family);
  }
  return [...found.values()];
}

/** The entry of an address: exactly it, or the nearest above it (a customer's journey belongs to the customers). */
export function isCurrent(entry: Entry, pathname: string): boolean {
  const path = entry.href.split("?")[0];
  if (path === pathname) return true;
  return entry.id === "customers" && pathname.startsWith(entry.href.replace(/s$/, "/"));
}
