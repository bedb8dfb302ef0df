// Ways between the stages of the scheme (after layout/flows.py): forward ones as wide as the passes that went there, those that skip above, those
// that go back below. Boxes can be dragged, so each path is made from where the boxes are now.
import { columnsOf, type StagePlace } from "./stations";
import { near, type Command } from "./numbers";

export interface FlowNumbers {
  readonly source: string;
  readonly target: string;
  readonly passes: number;
  readonly median_s: number | null;
}

export interface LoopEnds {
  readonly from: string;
  readonly to: string;
  readonly kind: string;
}

/** A way from one stage to another. `planned`: the map has it, the data do not show it. `level`: which arc it is among those above or below. */
export interface Way {
  readonly source: string;
  readonly target: string;
  readonly kind: "next" | "skip" | "back";
  readonly passes: number;
  readonly medianS: number | null;
  readonly thick: number;
  readonly planned: boolean;
  readonly loop: string | null;
  readonly level: number;
}

const WIDEST = { next: 44, skip: 12, back: 5 } as const;
const RARE = 0.004; // ways that less than this share of all passes went are not drawn
const MOST = 16;

/** What is measured, then what the map intends and nobody has gone. `top`: the passes of the fullest stage. */
export function waysOf(stages: readonly StagePlace[], flows: readonly FlowNumbers[], loops: readonly LoopEnds[], top: number): Way[] {
  const depth = columnsOf(stages);
  const known = new Set(stages.map((stage) => stage.id));
  const kindOf = (source: string, target: string): Way["kind"] => {
    const [a, b] = [depth.get(source)!, depth.get(target)!];
    return b === a + 1 ? "next" : b > a ? "skip" : "back";
  };
  const loopOf = (source: string, target: string): string | null => loops.find((loop) => loop.from === source && loop.to === target)?.kind ?? null;
  const most = Math.max(1, top);
  const measured = flows
    .filter((flow) => known.has(flow.source) && known.has(flow.target) && flow.source !== flow.target)
    .map((flow): Way => {
      const kind = kindOf(flow.source, flow.target);
      const thick = Math.min(WIDEST[kind], Math.max(1.4, (flow.passes / most) * WIDEST.next));
      return { source: flow.source, target: flow.target, kind, passes: flow.passes, medianS: flow.median_s, thick, planned: false, loop: loopOf(flow.source, flow.target), level: 0 };
    });
  const kept = measured.filter((way) => way.kind === "next");
  for (const kind of ["skip", "back"] as const) {
    const found = measured.filter((way) => way.kind === kind).sort((a, b) => b.passes - a.passes || (a.source < b.source ? -1 : 1));
    kept.push(...found.slice(0, MOST).filter((way) => way.passes >= RARE * most));
  }
  const planned = (source: string, target: string, loop: string | null): void => {
    const shown = kept.some((way) => way.source === source && way.target === target);
    if (shown || source === target || !known.has(source) || !known.has(target)) return;
    kept.push({ source, target, kind: kindOf(source, target), passes: 0, medianS: null, thick: 1.6, planned: true, loop, level: 0 });
  };
  stages.forEach((stage, i) => (stage.after ?? (i ? [stages[i - 1]!.id] : [])).forEach((before) => planned(before, stage.id, null)));
  for (const loop of loops) planned(loop.from, loop.to, loop.kind);
  const levels = { next: 0, skip: 0, back: 0 };
  return kept.map((way) => ({ ...way, level: way.kind === "next" ? 0 : levels[way.kind]++ }));
}

/** A band to the next column with its arrow's head, as an outline. */
export function bandPath(x0: number, y0: number, x1: number, y1: number, thick: number): Command[] {
  const [half, bend] = [thick / 2, (x1 - x0) * 0.5];
  const head = Math.min(10, half + 4);
  return round([
    ["M", x0, y0 - half], ["C", x0 + bend, y0 - half, x1 - bend, y1 - half, x1 - head, y1 - half], ["L", x1, y1], ["L", x1 - head, y1 + half],
    ["C", x1 - bend, y1 + half, x0 + bend, y0 + half, x0, y0 + half], ["Z"],
  ]);
}

/** The middle line of a way to the next column. */
export function bandLine(x0: number, y0: number, x1: number, y1: number): Command[] {
  const bend = (x1 - x0) * 0.5;
  return round([["M", x0, y0], ["C", x0 + bend, y0, x1 - bend, y1, x1, y1]]);
}

/** Out of the right side of a box, along the height `y`, and into the left side of another, with round corners. */
export function besidePath(x0: number, y0: number, x1: number, y1: number, y: number, out: number): Command[] {
  const [a, b] = [x0 + out, x1 - out];
  const [down, up, sign] = [Math.sign(y - y0) || 1, Math.sign(y - y1) || 1, Math.sign(b - a) || 1];
  const r = Math.min(14, Math.abs(y - y0) / 2, Math.abs(y - y1) / 2, Math.max(1, Math.abs(a - b) / 2));
  return round([
    ["M", x0, y0], ["L", a - Math.min(r, out), y0], ["C", a, y0, a, y0, a, y0 + down * r], ["L", a, y - down * r],
    ["C", a, y, a, y, a + sign * r, y], ["L", b - sign * r, y], ["C", b, y, b, y, b, y - up * r], ["L", b, y1 + up * r],
    ["C", b, y1, b, y1, b + Math.min(r, out), y1], ["L", x1, y1],
  ]);
}

const round = (commands: readonly Command[]): Command[] => commands.map(([letter, ...numbers]) => [letter, ...numbers.map(near)] as Command);
