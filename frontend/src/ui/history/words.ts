// A difference of two maps in words: pure.
import type { components } from "../../api/schema";

export type Change = components["schemas"]["ToldChange"];
type OwnText = (text: never) => string;

const LISTS: Readonly<Record<string, string>> = { status: "improvement", task: "task", channel: "channel" };
/** Whose `kind` it is, by the lane: of a barrier, of the map itself, of a loop. */
const KINDS: Readonly<Record<string, string>> = { barriers: "barrier", kind: "map-kind", loops: "loop" };

/** The message for a value of an open list, by the field it stands in (`status` of an improvement, `kind` of a barrier). */
export function wordOf(field: string, value: string, lane = ""): string {
  const list = LISTS[field] ?? (field === "kind" ? (KINDS[lane] ?? "opportunity") : field);
  return `${list}-${value}`;
}

/** What stands at the end of an address: `improvements.chat.status` → `status`. */
export function fieldOf(address: string): string {
  return address.split(".").at(-1) ?? "";
}

/** All words that a part of a map file says, one a line. `word`: the name of an open list's entry (`status-done`). */
export function linesOf(part: unknown, own: OwnText, word: (id: string, own: string) => string = (_, text) => text): string[] {
  if (part === undefined || part === null || part === "") return [];
  if (typeof part === "string") return [part];
  if (typeof part === "number") return [String(part)];
  if (typeof part === "boolean") return [word(`web-diff-${part ? "yes" : "no"}`, String(part))];
  if (Array.isArray(part)) return part.flatMap((one) => linesOf(one, own, word));
  const raw = part as Record<string, unknown>;
  if (typeof raw["ru"] === "string" || typeof raw["en"] === "string") return [own(raw as never)];
  const said = linesOf(raw["text"] ?? raw["title"] ?? raw["quote"], own, word);
  const rest = Object.entries(raw).filter(([name]) => !["text", "title", "quote", "id", "$key"].includes(name));
  const facts = rest.flatMap(([name, value]) => {
    const lines = linesOf(value, own, word);
    return typeof value === "object" ? lines : lines.map((line) => word(wordOf(name, line), line));
  });
  return said.length ? [[said[0], ...facts].filter(Boolean).join(" · ")] : facts;
}

export interface Group {
  readonly stage: string | null;
  readonly changes: readonly Change[];
}

/** The changes by stage, in the order they come; those of the map as a whole first. */
export function byStage(changes: readonly Change[]): Group[] {
  const groups = new Map<string | null, Change[]>([[null, []]]);
  for (const change of changes) {
    const stage = change.stage ?? null;
    if (!groups.has(stage)) groups.set(stage, []);
    groups.get(stage)!.push(change);
  }
  return [...groups].filter(([, list]) => list.length).map(([stage, list]) => ({ stage, changes: list }));
}

/** How many of each kind. */
export function counted(changes: readonly Change[]): Record<Change["kind"], number> {
  const sums = { added: 0, removed: 0, changed: 0, moved: 0 };
  for (const { kind } of changes) sums[kind]++;
  return sums;
}
