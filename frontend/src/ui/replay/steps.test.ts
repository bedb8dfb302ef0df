import { describe, expect, it } from "vitest";

import { type Step, stepsOf } from "./steps";

const step = (at: string, event: string, of: Partial<Step> = {}): Step => ({
  at: `2026-05-01T${at}:00Z`, event, channel: "", stage: "choose", touchpoint: null, of_pass: 0, value: null, score: null, text: null, properties: {}, ...of,
});

describe("one customer's journey (R-26)", () => {
  it("tells the same event in a row once, and the time between steps", () => {
    const shown = stepsOf([step("10:00", "view"), step("10:01", "view"), step("10:02", "view"), step("12:02", "order", { value: 900 }), step("12:03", "order", { value: 100 })]);
    expect(shown.map((one) => [one.event, one.times, one.gap, one.at_place])).toEqual([["view", 3, 0, 0], ["order", 1, 7200, 1], ["order", 1, 60, 2]]);
  });

  it("a new pass begins anew", () => {
    expect(stepsOf([step("10:00", "view"), step("11:00", "view", { of_pass: 1 })]).map((one) => one.begins)).toEqual([true, true]);
    expect(stepsOf([])).toEqual([]);
  });
});
