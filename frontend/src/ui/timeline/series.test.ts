import { describe, expect, it } from "vitest";

import { around, dayAt, type Month, runs, scaleOf, series } from "./series";

const rate = (value: number) => ({ numerator: value * 100, denominator: 100, unit: "passes", value, low: value - 0.05, high: value + 0.05, left_out: 3 });
const month = (name: string, end: string, conversion: unknown): Month =>
  ({ month: name, start: `${name}-01T00:00:00Z`, end: `${end}-01T00:00:00Z`, passes: 100, stages: [{ id: "buy", conversion }], repeat_rate: { cannot_tell: "no-deal" } }) as unknown as Month;
const MONTHS = [
  month("2026-01", "2026-02", rate(0.4)),
  month("2026-02", "2026-03", { cannot_tell: "too-few", n: 2 }),
  month("2026-03", "2026-04", rate(0.5)),
  month("2026-04", "2026-05", rate(0.6)),
];

describe("the map over time (R-42)", () => {
  it("takes the months that can be told, and draws no line over the others", () => {
    const points = series(MONTHS, "buy", "conversion");
    expect(points.map((point) => [point.at, point.value, point.n, point.leftOut])).toEqual([[0, 0.4, 100, 3], [2, 0.5, 100, 3], [3, 0.6, 100, 3]]);
    expect(runs(points).map((run) => run.map((point) => point.at))).toEqual([[0], [2, 3]]);
    expect(series(MONTHS, null, "repeat_rate")).toEqual([]);
    expect(series(MONTHS, "gone", "conversion")).toEqual([]);
  });

  it("shows shares on a scale that holds them, scores on their own", () => {
    const scale = scaleOf(series(MONTHS, "buy", "conversion"), "conversion");
    expect(scale.low).toBeLessThan(0.35);
    expect(scale.high).toBeGreaterThan(0.65);
    expect(scaleOf([], "satisfaction")).toEqual({ low: -2, high: 2 });
  });

  it("finds a day among the months, and what was before and after it", () => {
    expect(dayAt(MONTHS, "2026-02-15")).toBeCloseTo(1.52, 2);
    expect(dayAt(MONTHS, "2027-01-01")).toBeUndefined();
    const points = series(MONTHS, "buy", "conversion");
    expect(around(points, MONTHS, "2026-03-10")).toMatchObject({ before: { at: 0 }, after: { at: 3 } });
    expect(around(points, MONTHS, "2026-06-01")).toMatchObject({ before: { at: 3 } });
  });
});
