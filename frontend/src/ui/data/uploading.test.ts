import { describe, expect, it } from "vitest";

import { outcomesOf, sizeOf } from "./uploading";

describe("bringing data (R-20)", () => {
  it("tells a size in the unit that fits", () => {
    expect([sizeOf(0), sizeOf(999), sizeOf(1234), sizeOf(1_234_567), sizeOf(48_000_000_000)]).toEqual(
      [[0, "B"], [999, "B"], [1.2, "kB"], [1.2, "MB"], [48, "GB"]],
    );
  });

  it("has no outcome before there is one", () => {
    expect([outcomesOf({ outcome: null }), outcomesOf({ outcome: [{ file: "a.csv" }] })]).toEqual([[], [{ file: "a.csv" }]]);
  });
});
