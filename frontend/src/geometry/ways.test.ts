import { describe, expect, it } from "vitest";

import { bandPath, besidePath, waysOf } from "./ways";

const STAGES = [{ id: "a" }, { id: "b" }, { id: "c", after: ["b"] }, { id: "d" }];
const flow = (source: string, target: string, passes: number) => ({ source, target, passes, median_s: 60 });

describe("ways of the scheme (R-01, R-07, R-26)", () => {
  it("go on, skip and go back; a way is as wide as its passes", () => {
    const ways = waysOf(STAGES, [flow("a", "b", 100), flow("b", "c", 50), flow("a", "c", 20), flow("c", "a", 10), flow("b", "gone", 9)], [], 100);
    expect(ways.map((w) => [w.source, w.target, w.kind, w.planned])).toEqual([
      ["a", "b", "next", false], ["b", "c", "next", false], ["a", "c", "skip", false], ["c", "a", "back", false], ["c", "d", "next", true],
    ]);
    expect(ways[0]!.thick / ways[1]!.thick).toBeCloseTo(2);
  });

  it("rare ways are left out, and each arc has a level of its own", () => {
    const ways = waysOf(STAGES, [flow("a", "b", 10_000), flow("d", "a", 39), flow("d", "b", 41), flow("c", "a", 400)], [], 10_000);
    const back = ways.filter((w) => w.kind === "back");
    expect(back.map((w) => [w.passes, w.level])).toEqual([[400, 0], [41, 1]]);
  });

  it("a loop that nobody has gone is planned, one that is measured knows its kind", () => {
    const loops = [{ from: "d", to: "b", kind: "loyalty" }, { from: "c", to: "a", kind: "bad-experience" }];
    const ways = waysOf(STAGES, [flow("c", "a", 50)], loops, 100);
    expect(ways.find((w) => w.source === "c" && w.target === "a")).toMatchObject({ loop: "bad-experience", planned: false });
    expect(ways.find((w) => w.source === "d")).toMatchObject({ loop: "loyalty", planned: true, kind: "back" });
  });

  it("paths begin and end at the boxes", () => {
    expect(bandPath(0, 10, 100, 30, 8)[0]).toEqual(["M", 0, 6]);
    const path = besidePath(200, 50, 20, 60, 300, 16);
    expect(path[0]).toEqual(["M", 200, 50]);
    expect(path.at(-1)).toEqual(["L", 20, 60]);
    expect(Math.max(...path.flatMap(([, ...n]) => n.filter((_, i) => i % 2 === 1)))).toBe(300);
  });
});
