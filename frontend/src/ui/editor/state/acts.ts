// What the editor does to the map. Every act is one step of undo; all of them work on addresses, so they know nothing of the screen.
import type { Address, Key, LiveMap, MapValue } from "../../../doc";
import { say as sayText } from "../../../doc";
import { entriesOf, listOf, textOf, type Entry } from "../logic/content";
import type { Column, Row } from "../logic/lanes";

/** A new thing for a list, by what the list holds: a pain wants a severity, an improvement its stage. */
export function draftOf(list: Address, text: string, stage: string): Record<string, unknown> | string {
  const name = list.split("/").pop() ?? "";
  if (name === "improvements") return { text, stage };
  if (name === "touchpoints" || name === "metrics") return { title: text };
  if (name === "words") return text;
  return { text };
}

/** The name of the text field of the things in a list. */
export const textField = (list: Address): string => (/(touchpoints|metrics)$/.test(list) ? "title" : "text");

/** Splits a line at the caret; what stands after it becomes a new line below. Returns the new line's key. */
export function splitLine(live: LiveMap, entry: Entry, at: number, lang: string, stage: string): Key {
  const whole = live.text(entry.ref!, lang).toString();
  return live.transact(() => {
    live.write(entry.ref!, lang, whole.slice(0, at).trimEnd());
    return live.add(entry.list!, draftOf(entry.list!, whole.slice(at).trimStart(), stage), { after: entry.key });
  });
}

/** Joins a line to the one before it. Returns where the caret stands then. */
export function joinLines(live: LiveMap, before: Entry, entry: Entry, lang: string): number {
  const [first, second] = [live.text(before.ref!, lang).toString(), live.text(entry.ref!, lang).toString()];
  const glue = first && second && !first.endsWith(" ") ? " " : "";
  live.transact(() => {
    live.write(before.ref!, lang, first + glue + second);
    live.remove(entry.key);
  });
  return first.length + glue.length;
}

/** Moves a line by one among the lines of its own list. */
export function shiftLine(live: LiveMap, entry: Entry, by: -1 | 1): boolean {
  if (!entry.list) return false;
  const items = live.at(entry.list) as readonly { readonly $key: Key }[] | undefined;
  const index = items?.findIndex((item) => item.$key === entry.key) ?? -1;
  const beside = items?.[index + by];
  if (index < 0 || !beside) return false;
  live.move(entry.key, by < 0 ? { before: beside.$key } : { after: beside.$key });
  return true;
}

/** Moves a stage by one among the stages. */
export function shiftStage(live: LiveMap, key: Key, by: -1 | 1): boolean {
  const stages = live.value.stages;
  const index = stages.findIndex((stage) => stage.$key === key);
  const beside = stages[index + by];
  if (index < 0 || !beside) return false;
  live.move(key, by < 0 ? { before: beside.$key } : { after: beside.$key });
  return true;
}

/** Moves one of the map's own lanes by one. */
export function shiftLane(live: LiveMap, key: Key, by: -1 | 1): boolean {
  const lanes = live.value.lanes;
  const index = lanes.findIndex((lane) => lane.$key === key);
  const beside = lanes[index + by];
  if (index < 0 || !beside) return false;
  live.move(key, by < 0 ? { before: beside.$key } : { after: beside.$key });
  return true;
}

/** Empties a cell: what is said in it goes (of a closed stage only what is said of the stage itself). */
export function clearCell(live: LiveMap, row: Row, column: Column, plan: MapValue["improvements"]): void {
  const owner = (column.point ?? column.stage).$key;
  live.transact(() => {
    if (row.kind === "feels") return live.set(`${owner}/feels`, undefined);
    if (row.kind === "owner") return live.set(`${owner}/owner`, undefined);
    if (row.kind === "one") return live.set(`${owner}/${row.id}`, undefined);
    if (row.own) return clearOwn(live, row, column);
    for (const entry of entriesOf(plan, row, column, false)) {
      if (entry.list) live.remove(entry.key);
      else if (entry.ref) live.set(entry.ref, undefined);
    }
  });
}

function clearOwn(live: LiveMap, row: Row, column: Column): void {
  const owner = (column.point ?? column.stage).$key;
  for (const entry of entriesOf([], row, column, false)) if (entry.list) live.remove(entry.key);
  for (const field of ["text", "number", "unit", "image", "file", "curve"]) live.set(live.cell(owner, row.id, field), undefined);
}

/** The lines of a cell as they are copied. */
export function copyCell(plan: MapValue["improvements"], row: Row, column: Column, closed: boolean, lang: string, word: (name: string) => string): string[] {
  return entriesOf(plan, row, column, closed).map((entry) => {
    if (row.kind === "feels") {
      const feels = entry.value as { score?: number; words: { text: Parameters<typeof sayText>[0] }[] };
      const names = feels.words.map((item) => word(sayText(item.text, lang)));
      return [...names, ...(feels.score === undefined ? [] : [String(feels.score)])].join(", ");
    }
    const cell = entry.value as { number?: number; unit?: string; curve?: number; image?: string; file?: string } | null;
    if (row.own && cell && entry.text === undefined) return String(cell.number ?? cell.curve ?? cell.image ?? cell.file ?? "") + (cell.unit ? ` ${cell.unit}` : "");
    return sayText(entry.text, lang);
  });
}

/** Puts pasted lines into a cell. `mode`: instead of what is said there, or after it. Answers how many lines found no place. */
export function pasteCell(live: LiveMap, row: Row, column: Column, lines: readonly string[], lang: string, mode: "replace" | "append"): number {
  const plan = live.value.improvements;
  if (mode === "replace") clearCell(live, row, column, plan);
  const owner = (column.point ?? column.stage).$key;
  const text = textOf(row, column);
  if (text) {
    live.write(text, lang, lines.join(" "));
    return 0;
  }
  if (row.kind === "feels") return pasteFeels(live, owner, lines);
  if (row.kind === "owner") {
    live.set(`${owner}/owner`, lines[0]);
    return Math.max(0, lines.length - 1);
  }
  if (row.kind === "own-number" || row.kind === "own-curve") return pasteNumber(live, owner, row, lines);
  const list = listOf(row, column);
  if (!list) return lines.length;
  for (const line of lines) live.add(list, draftOf(list, line, column.stage.id));
  return 0;
}

function pasteFeels(live: LiveMap, owner: Key, lines: readonly string[]): number {
  const parts = lines.flatMap((line) => line.split(/;\s*|,(?!\d)\s*/)).filter((part) => part !== "");
  for (const part of parts) {
    const score = numberIn(part);
    if (score !== null && Math.abs(score) <= 2) live.set(`${owner}/feels/score`, score);
    else live.add(`${owner}/feels/words`, part);
  }
  return 0;
}

function pasteNumber(live: LiveMap, owner: Key, row: Row, lines: readonly string[]): number {
  const first = lines[0] ?? "";
  const value = numberIn(/[-−+]?[\d\s.,]+/.exec(first)?.[0] ?? "");
  if (value === null) return lines.length;
  const field = row.kind === "own-curve" ? "curve" : "number";
  live.set(live.cell(owner, row.id, field), field === "curve" ? Math.max(-2, Math.min(2, value)) : value);
  const unit = first.replace(/[-−+]?[\d\s.,]+/, "").trim();
  if (field === "number" && unit) live.set(live.cell(owner, row.id, "unit"), unit);
  return Math.max(0, lines.length - 1);
}

/** A number as people and spreadsheets write it (spaces, decimal comma, true minus); null for what is none. */
export function numberIn(text: string): number | null {
  const plain = text.replace(/[\s\u00a0\u202f]/g, "").replace("−", "-").replace(",", ".");
  return plain !== "" && Number.isFinite(Number(plain)) ? Number(plain) : null;
}

/** A short id that is free among those of a kind. */
export function freeId(wanted: string, taken: readonly string[]): string {
  const base = wanted.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "").slice(0, 40) || "x";
  for (let n = 1; ; n++) {
    const id = n === 1 ? base : `${base}-${n}`;
    if (!taken.includes(id)) return id;
  }
}
