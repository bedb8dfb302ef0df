// What is set side by side, as it stands in the address: pure.
export const KINDS = ["maps", "segments", "periods", "versions"] as const;
export type Kind = (typeof KINDS)[number];

const PARTS = ["segment", "other_segment", "from", "to", "other_from", "other_to", "other", "seq", "as_of", "other_seq", "other_as_of", "where", "other_where"] as const;
export type Asked = Partial<Record<(typeof PARTS)[number], string>>;
/** A rule over the customers of each side: of all kinds but versions, so it tells no kind. */
export const RULES = ["where", "other_where"] as const satisfies readonly (keyof Asked)[];
/** What a kind asks for; the parts of the other kinds are let go. */
export const PARTS_OF: Readonly<Record<Kind, readonly (keyof Asked)[]>> = {
  maps: ["other", "seq", ...RULES],
  segments: ["segment", "other_segment", ...RULES],
  periods: ["from", "to", "other_from", "other_to", ...RULES],
  versions: ["seq", "as_of", "other_seq", "other_as_of"],
};

/** The kind that an address is about: the one it names, else the one whose own parts it has; rules alone are of two groups of customers. */
export function kindOf(query: URLSearchParams): Kind {
  const rules: readonly string[] = RULES;
  const named = KINDS.find((kind) => kind === query.get("by"));
  const own = KINDS.find((kind) => PARTS_OF[kind].some((part) => !rules.includes(part) && query.get(part)));
  return named ?? own ?? (RULES.some((part) => query.get(part)) ? "segments" : "maps");
}

/** What is asked, of the kind's own parts alone; undefined while the two sides are the same and nothing can differ. */
export function askedOf(query: URLSearchParams, kind: Kind): Asked | undefined {
  const found: Asked = {};
  for (const part of PARTS_OF[kind]) {
    const given = query.get(part);
    if (given) found[part] = given;
  }
  if (kind === "maps") return found.other ? found : undefined;
  if (kind === "versions") return found.seq === found.other_seq && found.as_of === found.other_as_of ? undefined : found;
  const ruled = found.where !== found.other_where;
  if (kind === "segments") return ruled || found.segment !== found.other_segment ? found : undefined;
  if (late(found.from, found.to) || late(found.other_from, found.other_to)) return undefined;
  return ruled || found.from !== found.other_from || found.to !== found.other_to ? found : undefined;
}

/** Whether a period ends before it begins (days as `2026-03-31`). */
export function late(from: string | undefined, to: string | undefined): boolean {
  return from !== undefined && to !== undefined && from > to;
}

/** Everything that an address of this page may hold, taken away: for a change of kind. */
export function cleared(kind: Kind): Record<string, string | undefined> {
  return { ...Object.fromEntries(PARTS.map((part) => [part, undefined])), by: kind };
}

/** The last `days` days up to a day and as many before them: two periods to begin with. */
export function twoPeriods(until: Date, days: number): Asked {
  const day = (back: number): string => new Date(until.getTime() - back * 86_400_000).toISOString().slice(0, 10);
  return { from: day(2 * days - 1), to: day(days), other_from: day(days - 1), other_to: day(0) };
}
