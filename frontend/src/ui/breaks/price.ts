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
