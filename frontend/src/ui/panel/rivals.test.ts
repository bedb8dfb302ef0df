// The comparison's sums are those of Python, on a live document as it is edited.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";

import { openMap } from "../../doc";
import type { ComparisonValue } from "../../doc/values";
import { leadOf, ordered, stepOf, totalOf } from "./rivals";

interface Case {
  readonly name: string;
  readonly comparison: { rivals: Record<string, unknown>[]; criteria: Record<string, unknown>[] };
  readonly order: readonly string[];
  readonly totals: Record<string, [number, number] | null>;
  readonly leads: Record<string, number | null>;
}
const cases = JSON.parse(readFileSync(resolve("../tests/vectors/rivals.json"), "utf8")) as Case[];

function typedIn(found: Case): ComparisonValue {
  const live = openMap();
  for (const rival of found.comparison.rivals) live.add("map/comparison/rivals", rival);
  for (const criterion of found.comparison.criteria) live.add("map/comparison/criteria", criterion);
  return live.value.comparison!;
}

describe("sums of the comparison", () => {
  it.each(cases)("$name", (found) => {
    const value = typedIn(found);
    expect(ordered(value.rivals).map((rival) => rival.id)).toEqual(found.order);
    for (const [rival, wanted] of Object.entries(found.totals)) {
      const total = totalOf(value, rival);
      expect(total && total.count).toBe(wanted && wanted[1]);
      if (wanted) expect(total!.mean).toBeCloseTo(wanted[0], 6);
    }
    for (const criterion of value.criteria) expect(leadOf(value, criterion)).toBe(found.leads[criterion.id]);
  });

  it("a rival that is removed takes its scores along", () => {
    const live = openMap();
    const gone = live.add("map/comparison/rivals", { id: "a", title: "A" });
    live.add("map/comparison/rivals", { id: "b", title: "B" });
    live.add("map/comparison/criteria", { title: "Cheaper", scores: [{ rival: "a", score: 3 }, { rival: "b", score: 5 }] });
    live.remove(gone);
    expect(live.value.comparison!.criteria[0]!.scores.map((score) => score.rival)).toEqual(["b"]);
  });
});

describe("keys in the table of scores", () => {
  it("lead up, down, and aside from the ends of a number", () => {
    expect(["ArrowDown", "ArrowUp", "Enter", "Tab", "5"].map((key) => stepOf(key, false, false))).toEqual([[1, 0], [-1, 0], [1, 0], null, null]);
    expect([stepOf("ArrowLeft", true, false), stepOf("ArrowLeft", false, true), stepOf("ArrowRight", false, true)]).toEqual([[0, -1], null, [0, 1]]);
  });
});
