// The plan as lists, columns and points: pure.
import type { ImprovementValue } from "../../doc/values";

export const STATUSES = ["idea", "planned", "doing", "testing", "done", "dropped"] as const;
export type Status = (typeof STATUSES)[number];

/** The most worthwhile first; what has no priority yet comes last, in the order of the map. */
export function ranked(items: readonly ImprovementValue[], priorities: ReadonlyMap<string, number | null>): ImprovementValue[] {
  const of = (item: ImprovementValue): number => priorities.get(item.id) ?? -Infinity;
  return items.toSorted((one, other) => {
    const [first, second] = [of(one), of(other)];
    return first === second ? 0 : second > first ? 1 : -1;
  });
}

/** Whether a day has gone by while the improvement is still to be done. */
export function isOverdue(item: Pick<ImprovementValue, "due" | "status">, today: string): boolean {
  return item.due !== undefined && item.due < today && item.status !== "done" && item.status !== "dropped";
}

export interface Dot {
  readonly item: ImprovementValue;
  /** Shares of the picture's width (effort) and height (impact × confidence), from the lower left corner. */
  readonly x: number;
  readonly y: number;
}

/** Where the improvements stand in the matrix of effort and impact; those that lack one of them are left out and told apart. */
export function dots(items: readonly ImprovementValue[]): { placed: readonly Dot[]; apart: readonly ImprovementValue[] } {
  const open = items.filter((item) => item.status !== "dropped");
  const known = open.filter((item) => item.impact !== undefined && item.effort !== undefined);
  const worth = (item: ImprovementValue): number => Math.max(0, item.impact!) * (item.confidence ?? 1);
  const [top, right] = [Math.max(...known.map(worth), 0), Math.max(...known.map((item) => item.effort!), 0)];
  const placed = known.map((item) => ({ item, x: right ? item.effort! / (right * 1.08) : 0, y: top ? worth(item) / (top * 1.08) : 0 }));
  return { placed, apart: open.filter((item) => !known.includes(item)) };
}
