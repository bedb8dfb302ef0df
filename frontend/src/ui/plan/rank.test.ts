import { describe, expect, it } from "vitest";

import type { ImprovementValue } from "../../doc/values";
import { dots, isOverdue, ranked } from "./rank";

const item = (id: string, of: Partial<ImprovementValue> = {}): ImprovementValue => ({ $key: id, id, text: id, stage: "use", status: "idea", ...of });

describe("the plan (R-40)", () => {
  it("is ranked by priority; what cannot be ranked stays in order at the end", () => {
    const items = [item("a"), item("b"), item("c"), item("d")];
    expect(ranked(items, new Map([["b", 2], ["d", 9], ["a", null]])).map((one) => one.id)).toEqual(["d", "b", "a", "c"]);
  });

  it("a day that has gone by is overdue only while there is something to do", () => {
    const due = "2026-11-01";
    expect([isOverdue({ due, status: "doing" }, "2026-11-02"), isOverdue({ due, status: "done" }, "2026-11-02"), isOverdue({ due, status: "idea" }, due), isOverdue({ status: "idea" }, due)]).toEqual([true, false, false, false]);
  });

  it("the matrix places what has impact and effort, on one scale", () => {
    const { placed, apart } = dots([item("a", { impact: 100, confidence: 0.5, effort: 4 }), item("b", { impact: 25, effort: 2 }), item("c", { impact: 9 }), item("d", { status: "dropped" })]);
    expect(placed.map((dot) => [dot.item.id, +dot.x.toFixed(3), +dot.y.toFixed(3)])).toEqual([["a", 0.926, 0.926], ["b", 0.463, 0.463]]);
    expect(apart.map((one) => one.id)).toEqual(["c"]);
  });
});
