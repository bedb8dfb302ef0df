// A figure of one stage over the months as points of a small picture: pure.
import type { components } from "../../api/schema";

export type Timeline = components["schemas"]["TimelineReply"];
export type Month = Timeline["months"][number];
export type Figure = "conversion" | "to_deal" | "satisfaction" | "repeat_rate";

export interface Point {
  readonly at: number;
  readonly month: string;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly n: number;
  /** How many of the month were not seen long enough. */
  readonly leftOut: number;
}

type Answer = { value?: number; mean?: number; low?: number; high?: number; n?: number; denominator?: number; left_out?: number; cannot_tell?: string };

/** The months in which the figure can be told. `stage` null: the map as a whole (repeat rate). */
export function series(months: readonly Month[], stage: string | null, figure: Figure): Point[] {
  return months.flatMap((month, at) => {
    const owner = stage === null ? (month as unknown as Record<string, Answer>) : (month.stages.find((one) => one.id === stage) as unknown as Record<string, Answer> | undefined);
    const answer = owner?.[figure];
    const value = answer?.value ?? answer?.mean;
    if (answer === undefined || answer.cannot_tell !== undefined || value === undefined) return [];
    return [{ at, month: month.month, value, low: answer.low ?? value, high: answer.high ?? value, n: answer.denominator ?? answer.n ?? 0, leftOut: answer.left_out ?? 0 }];
  });
}

export interface Scale {
  readonly low: number;
  readonly high: number;
}

/** The values a picture shows: the points and all of an interval that is not far wider than they are. */
export function scaleOf(points: readonly Point[], figure: Figure): Scale {
  if (figure === "satisfaction") return { low: -2, high: 2 };
  const most = Math.max(...points.map((point) => Math.min(point.high, point.value + 0.15)), 0.05);
  const least = Math.min(...points.map((point) => Math.max(point.low, point.value - 0.15)), most);
  const room = Math.max(0.02, (most - least) * 0.15);
  return { low: Math.max(0, least - room), high: Math.min(1, most + room) };
}

/** Whether most of the month's passes were seen to their end: before that its figure is only a hint. */
export function isSeen(point: Point): boolean {
  return point.leftOut <= point.n;
}

/** Runs of months that follow one another: a line is not drawn over a month that cannot be told. */
export function runs(points: readonly Point[]): Point[][] {
  const out: Point[][] = [];
  for (const point of points) {
    const last = out.at(-1);
    if (last && last.at(-1)!.at === point.at - 1) last.push(point);
    else out.push([point]);
  }
  return out;
}

/** Where a day stands among the months (2.5: the middle of the third); undefined outside. */
export function dayAt(months: readonly Month[], day: string): number | undefined {
  const time = new Date(`${day}T12:00Z`).getTime();
  const at = months.findIndex((month) => time >= new Date(month.start).getTime() && time < new Date(month.end).getTime());
  if (at < 0) return undefined;
  const [start, end] = [new Date(months[at]!.start).getTime(), new Date(months[at]!.end).getTime()];
  return at + (time - start) / (end - start);
}

/** The last month wholly before a day and the first wholly after it that can be told. */
export function around(points: readonly Point[], months: readonly Month[], day: string): { before?: Point; after?: Point } {
  const before = points.filter((point) => months[point.at]!.end.slice(0, 10) <= day).at(-1);
  const after = points.find((point) => months[point.at]!.start.slice(0, 10) > day);
  return { ...(before ? { before } : {}), ...(after ? { after } : {}) };
}
