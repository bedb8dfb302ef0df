// Arcs of the ways back, above the ribbon (twin of layout/loops.py): the loyalty loop, and back to the start after a bad experience.
import { near, path, type Shape, type Slot } from "./numbers";

export const LEVEL = 30;

export interface LoopPlace {
  readonly from: string;
  readonly to: string;
  readonly kind: "loyalty" | "bad-experience" | "rework";
  /** Width of its words as they will be set. */
  readonly wide: number;
}

/** A loop with the level it runs at (0 is nearest to the ribbon) and where it stands. */
export interface Arc {
  readonly loop: LoopPlace;
  readonly level: number;
  readonly start: number;
  readonly end: number;
}

/** The loops between shown stages, shortest nearest to the ribbon, levels chosen so that no two arcs or labels meet. */
export function arcsOf(loops: readonly LoopPlace[], order: readonly string[], slots: ReadonlyMap<string, Slot>): Arc[] {
  const at = new Map(order.map((id, index) => [id, index]));
  const span = (loop: LoopPlace): number => Math.abs(at.get(loop.from)! - at.get(loop.to)!);
  const shown = loops.filter((loop) => slots.has(loop.from) && slots.has(loop.to));
  shown.sort((a, b) => span(a) - span(b) || at.get(a.to)! - at.get(b.to)! || (a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : 0));
  const taken: [number, number][][] = [];
  const landings = new Map<string, number>();
  return shown.map((loop) => {
    const start = landing(loop.from, slots, landings, 0.72);
    const end = landing(loop.to, slots, landings, 0.3);
    const [half, middle] = [loop.wide / 2 + 14, (start + end) / 2];
    const [low, high] = [Math.min(start, end, middle - half), Math.max(start, end, middle + half)];
    let level = taken.findIndex((row) => row.every(([a, b]) => high < a || low > b));
    if (level < 0) level = taken.push([]) - 1;
    taken[level]!.push([low, high]);
    return { loop, level, start, end };
  });
}

/** Where on a stage an arc stands: several of them stand side by side. */
function landing(stage: string, slots: ReadonlyMap<string, Slot>, landings: Map<string, number>, share: number): number {
  const count = landings.get(stage) ?? 0;
  landings.set(stage, count + 1);
  const slot = slots.get(stage)!;
  return slot.x + slot.width * Math.min(0.92, share + 0.07 * count);
}

/** Room that the arcs take. */
export const arcsHeight = (arcs: readonly Arc[]): number => (arcs.length ? LEVEL * (1 + Math.max(...arcs.map((a) => a.level))) + 26 : 0);

/** Height at which an arc runs; `top` is that of the whole lane of arcs. */
export function arcY(arc: Arc, arcs: readonly Arc[], top: number): number {
  const levels = 1 + Math.max(0, ...arcs.map((each) => each.level));
  return top + 14 + (levels - 1 - arc.level) * LEVEL;
}

/** The line and the head of an arc that runs at `y` and ends on the ribbon's numbers at `bottom`. */
export function arcShapes(arc: Arc, y: number, bottom: number): [line: Shape, head: Shape] {
  const loyal = arc.loop.kind === "loyalty";
  const role = loyal ? "trail" : "muted";
  const sign = arc.end < arc.start ? -1 : 1;
  const bend = Math.min(70, Math.max(8, Math.abs(arc.start - arc.end) / 2));
  const cell = `${arc.loop.from}/loop/${arc.loop.to}`;
  const line = path("loop", cell, [
    ["M", arc.start, bottom], ["C", arc.start, y, arc.start, y, arc.start + sign * bend, y], ["L", arc.end - sign * bend, y],
    ["C", arc.end, y, arc.end, y, arc.end, bottom - 9],
  ], "none", role, loyal ? 2.6 : 1.4, loyal ? [] : [6, 4]);
  const head = path("loop", cell, [
    ["M", arc.end - 6, bottom - 11], ["L", arc.end + 6, bottom - 11], ["L", arc.end, bottom], ["Z"],
  ], role);
  return [line, head];
}

/** Where the words of an arc stand: their middle, and whether they stand over the line because it has no room for them. */
export function arcWords(arc: Arc, left: number, right: number): { readonly x: number; readonly above: boolean; readonly half: number } {
  const bend = Math.min(70, Math.max(8, Math.abs(arc.start - arc.end) / 2));
  const half = Math.min(arc.loop.wide, right - left) / 2;
  const x = near(Math.min(Math.max((arc.start + arc.end) / 2, left + half + 8), right - half - 8));
  return { x, half, above: 2 * half + 18 > Math.abs(arc.start - arc.end) - 1.2 * bend };
}
