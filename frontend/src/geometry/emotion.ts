// Emotion along the path on one scale (twin of layout/emotion.py): what the team asserts, dotted, and what was measured, with intervals.
import { smooth } from "./curves";
import { disc, near, path, rect, type Point, type Shape, type Slot } from "./numbers";

export interface Measured {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  readonly n: number;
}

/** A column of the lane. `key` is a stage, or stage/touchpoint. */
export interface EmotionColumn {
  readonly key: string;
  readonly slot: Slot;
  readonly asserted: number | null;
  readonly measured: Measured | null;
  readonly contradicted: boolean;
}

export interface EmotionLane {
  readonly columns: readonly EmotionColumn[];
  /** Measured scores of opened stages as a whole, drawn over their middle. */
  readonly wholes: readonly EmotionColumn[];
  readonly height: number;
}

const middle = (slot: Slot): number => slot.x + slot.width / 2;

/** Height of a score; `top` is the height of +2. */
export function yOf(score: number, top: number, height: number): number {
  return top + ((2 - Math.max(-2, Math.min(2, score))) / 4) * height;
}

/** The score at a height, to the nearest `step`, within the scale. */
export function scoreAt(y: number, top: number, height: number, step = 0.5): number {
  const raw = 2 - ((y - top) / height) * 4;
  const snapped = Math.round(Math.max(-2, Math.min(2, raw)) / step) * step;
  return snapped === 0 ? 0 : snapped;
}

/** The points that the team asserts, in the order of columns. */
export function assertedPoints(lane: EmotionLane, top: number): Point[] {
  return lane.columns.filter((c) => c.asserted !== null).map((c) => [middle(c.slot), yOf(c.asserted!, top, lane.height)] as const);
}

/** Measured points in neighbouring columns, two or more together: where a column has no answers there is a gap. */
export function measuredRuns(lane: EmotionLane, top: number): Point[][] {
  const runs: Point[][] = [[]];
  for (const column of lane.columns) {
    if (column.measured) runs[runs.length - 1]!.push([middle(column.slot), yOf(column.measured.mean, top, lane.height)]);
    else if (runs[runs.length - 1]!.length) runs.push([]);
  }
  return runs.filter((run) => run.length > 1);
}

/** All shapes of the lane in drawing order (the faces and words are set by whoever draws it). */
export function emotionShapes(lane: EmotionLane, top: number, left: number, right: number): Shape[] {
  const out: Shape[] = [2, 0, -2].map((score) => rect("scale", "", left, near(yOf(score, top, lane.height)) - 0.5, right - left, 1, "line"));
  const points = assertedPoints(lane, top);
  if (points.length > 1) out.push(path("asserted", "", smooth(points), "none", "ink", 1.8, [1.5, 5]));
  for (const column of lane.columns) {
    if (column.asserted === null || column.contradicted) continue; // a contradicted point is a mark of its own, not a disc
    out.push(disc("asserted-point", `${column.key}/feels`, middle(column.slot), yOf(column.asserted, top, lane.height), 2.6, "ink"));
  }
  for (const run of measuredRuns(lane, top)) out.push(path("measured", "", smooth(run), "none", "trail-band", 2.2));
  for (const column of [...lane.columns, ...lane.wholes]) {
    if (!column.measured) continue;
    const [x, y] = [near(middle(column.slot)), near(yOf(column.measured.mean, top, lane.height))];
    const [high, low] = [yOf(column.measured.high, top, lane.height), yOf(column.measured.low, top, lane.height)];
    const cell = `${column.key}/satisfaction`;
    out.push(rect("measured-point", cell, x - 3.5, high, 7, Math.max(2, low - high), "trail-band", 3.5));
    out.push(disc("measured-point", cell, x, y, 5.4, "paper", "trail", 2.6));
  }
  return out;
}
