// The browser draws what Python draws: the same cases, the same shapes, to within 0.01 px.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";

import { buyerStages } from "./buyer";
import { smooth, valueAt } from "./curves";
import { emotionShapes, scoreAt, yOf, type EmotionColumn } from "./emotion";
import { arcShapes, arcsOf, arcY } from "./loops";
import { pathOf, type Command, type Shape } from "./numbers";
import { ribbonHeight, ribbonShapes, type Ribbon } from "./ribbon";
import { stationsOf } from "./stations";

// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Case = any; // the files are Python's; each case says what it has

function vectors(name: string): Case[] {
  return JSON.parse(readFileSync(resolve("../tests/vectors/geometry", `${name}.json`), "utf8"));
}

/** Everything of a shape that both sides know, its numbers apart. */
function parts(shape: Case): { words: string; numbers: number[] } {
  const { form, cell, fill, stroke, hatch } = shape;
  const words = JSON.stringify([form, form === "path" ? "" : cell, fill, stroke ?? "", hatch ?? false, shape.commands?.map((c: Command) => c[0])]);
  const numbers =
    form === "path" ? [shape.strokeWidth, ...shape.dash, ...shape.commands.flatMap((c: Command) => c.slice(1))]
    : form === "disc" ? [shape.x, shape.y, shape.r, shape.strokeWidth]
    : [shape.x, shape.y, shape.width, shape.height, shape.radius];
  return { words, numbers };
}

/** Order within a layer is the drawing's own; what counts is that each shape is there, once. */
function compare(found: readonly Shape[], expected: Case[]): void {
  const key = (shape: Case) => { const p = parts(shape); return p.words + p.numbers.map((n) => n.toFixed(1)).join(); };
  const sorted = (list: readonly Case[]) => [...list].sort((a, b) => (key(a) < key(b) ? -1 : 1)).map(parts);
  const [ours, theirs] = [sorted(found), sorted(expected)];
  expect(ours.map((p) => p.words)).toEqual(theirs.map((p) => p.words));
  ours.forEach((shape, i) => {
    expect(shape.numbers.length).toBe(theirs[i]!.numbers.length);
    shape.numbers.forEach((n, k) => expect(Math.abs(n - theirs[i]!.numbers[k]!), shape.words).toBeLessThanOrEqual(0.0101));
  });
}

describe("the ribbon (R-07, R-23, R-24)", () => {
  it.each(vectors("ribbon").map((c) => [c.name, c] as const))("%s", (_, c) => {
    const ids = c.stages.map((stage: Case) => stage.id);
    const stations = stationsOf(c.stages, ids, c.trail);
    expect(stations.map((s) => [s.here, s.by, s.joiners, s.exits, s.open, s.factor, s.newScale, s.afterDeal])).toEqual(c.stations);
    const worst = stations.flatMap((s) => s.breaks).find((b) => b.rank === c.worst) ?? null;
    const ribbon: Ribbon = { stations, slots: c.stages, height: c.height, foot: c.foot, disc: c.disc, worst };
    expect(ribbonHeight(ribbon)).toBeCloseTo(c.room, 2);
    compare(ribbonShapes(ribbon, c.top, c.left, c.right), c.shapes);
  });
});

describe("the emotion (R-04)", () => {
  it.each(vectors("emotion").map((c) => [c.name, c] as const))("%s", (_, c) => {
    const columns: EmotionColumn[] = c.columns.map((column: Case) => ({ ...column, slot: { x: column.x, width: column.width } }));
    compare(emotionShapes({ columns, wholes: [], height: c.height }, c.top, c.left, c.right), c.shapes);
  });

  it("a point dragged to a height says the score that is drawn there", () => {
    for (const score of [-2, -1.5, 0, 0.5, 2]) expect(scoreAt(yOf(score, 30, 96), 30, 96)).toBe(score);
    expect(scoreAt(-500, 30, 96)).toBe(2);
    expect(Object.is(scoreAt(yOf(-0.1, 30, 96), 30, 96), 0)).toBe(true);
  });
});

describe("the loops (R-01, R-27)", () => {
  it.each(vectors("loops").map((c) => [c.name, c] as const))("%s", (_, c) => {
    const slots = new Map<string, Case>(c.stages.map((stage: Case) => [stage.id, stage]));
    const arcs = arcsOf(c.loops, c.stages.map((stage: Case) => stage.id), slots);
    expect(arcs.map((a) => [a.loop.from, a.loop.to, a.level])).toEqual(c.arcs.map((a: Case) => a.slice(0, 3)));
    arcs.forEach((arc, i) => {
      expect(arc.start).toBeCloseTo(c.arcs[i][3], 2);
      expect(arc.end).toBeCloseTo(c.arcs[i][4], 2);
    });
    compare(arcs.flatMap((arc) => arcShapes(arc, arcY(arc, arcs, c.top), c.bottom)), c.shapes);
  });
});

describe("curves (R-04)", () => {
  it.each(vectors("curves").map((c, i) => [i, c] as const))("%i", (_, c) => {
    const made = smooth(c.points);
    expect(made.map((part) => part[0])).toEqual(c.commands.map((part: Command) => part[0]));
    made.forEach((part, i) => part.slice(1).forEach((n, k) => expect(Math.abs(Number(n) - c.commands[i][k + 1])).toBeLessThanOrEqual(0.0101)));
    for (const [x, y] of c.values) expect(valueAt(c.points, x)).toBeCloseTo(y, 6);
  });

  it("a path is written as one string", () => {
    expect(pathOf([["M", 1, 2.5], ["L", 3, 4], ["Z"]])).toBe("M1 2.5L3 4Z");
  });
});

describe("the buyer journey has the same stages here and there (R-09)", () => {
  it.each(vectors("buyer"))("case %#", ({ stages, kept }) => {
    const found = buyerStages(stages);
    expect(stages.map((stage: { id: string }) => stage.id).filter((id: string) => found.has(id))).toEqual(kept);
  });
});
