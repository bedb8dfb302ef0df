// How a price is told: pure functions over the server's answer, so that the page only places words.
import type { components } from "../../api/schema";

export type Break = components["schemas"]["Break"];
export type Loss = components["schemas"]["Loss"];
type Named = { readonly id: string; readonly title: string | Record<string, string> };

/** Places of a percentage that an interval deserves: no false precision. (The twin of `digits_for` of the layout.) */
export function digitsFor(low: number, high: number): number | undefined {
  const width = high - low;
  if (width <= 0) return undefined;
  return width >= 0.02 ? 0 : width >= 0.002 ? 1 : 2;
}

/** The reference as people call it: a month of the log, or the title of a segment or persona; else as the engine says. */
export function referenceName(
  name: string | null | undefined,
  known: readonly Named[],
  write: { month: (year: number, month: number) => string; own: (text: Named["title"]) => string },
): string {
  const month = /^(\d{4})-(\d\d)$/.exec(name ?? "");
  if (month) return write.month(Number(month[1]), Number(month[2]));
  const id = (name ?? "").split("=").at(-1)!;
  const found = known.find((one) => one.id === name) ?? known.find((one) => one.id === id);
  return found ? write.own(found.title) : (name ?? "");
}

export interface Whisker {
  readonly low: number;
  readonly value: number;
  readonly high: number;
}

/** Where low, value and high stand on a common scale from 0 to the highest of all, as shares of its width. */
export function whiskers(breaks: readonly Break[]): readonly Whisker[] {
  const top = Math.max(...breaks.map((one) => one.loss.high), 0);
  const at = (money: number): number => (top > 0 ? Math.max(0, money) / top : 0);
  return breaks.map(({ loss }) => ({ low: at(loss.low), value: at(loss.value), high: at(loss.high) }));
}

type Money = (amount: number) => string;
export type Range = { id: "between" | "up-to"; low: string; high: string };

/** An interval in words: the unit is said once («от 219 до 267 тыс. ₽»). Undefined where there is none. (Twin of `phrases.price_range`.) */
export function priceRange(loss: Pick<Loss, "low" | "high">, money: Money): Range | undefined {
  if (loss.low >= loss.high) return undefined;
  const high = money(loss.high);
  if (loss.low <= 0) return { id: "up-to", low: "", high };
  let low = money(loss.low);
  const [number = "", ...unit] = low.split("\u00a0");
  // only the same unit is said once: «от 900 ₽ до 1,2 млн ₽»
  if (unit.length && high.split("\u00a0").slice(1).join() === unit.join()) low = number;
  return { id: "between", low, high };
}

/** An answer's rows as objects by column id. */
export function named(answer: { columns: readonly { id: string }[]; rows: readonly (readonly unknown[])[] }): Record<string, unknown>[] {
  return answer.rows.map((row) => Object.fromEntries(answer.columns.map((column, at) => [column.id, row[at]])));
}

export interface Reason {
  readonly words: string;
  readonly left: number;
  readonly on: number;
  readonly low: number;
  readonly high: number;
  /** How many times oftener those who left had it; undefined where nobody of the others did. */
  readonly times: number | undefined;
  /** Words of those who left and had met it; none where they wrote nothing. */
  readonly said: readonly string[];
}

type Reasons = { columns: readonly { id: string }[]; rows: readonly (readonly unknown[])[]; labels: Readonly<Record<string, string>> };

/** Customers' words of a cell: each on a line of its own. */
export function linesOf(cell: unknown): string[] {
  return typeof cell === "string" ? cell.split("\n").filter(Boolean) : [];
}

/** What sets those who left apart, in words. */
export function reasonsOf(answer: Reasons): Reason[] {
  return named(answer).map((row) => {
    const [left, on] = [Number(row["left_share"]), Number(row["on_share"])];
    const key = String(row["reason"]);
    const words = answer.labels[`${key}|${String(row["having"])}`] ?? answer.labels[key] ?? key;
    return { words, left, on, low: Number(row["difference_low"]), high: Number(row["difference_high"]), times: on > 0 ? left / on : undefined, said: linesOf(row["words"]) };
  });
}

/** «в 2,4 раза», «в 12 раз»: one place below ten. */
export function timesShown(times: number): number {
  return times >= 9.95 ? Math.round(times) : Math.round(times * 10) / 10;
}
