import { describe, expect, it } from "vitest";

import { outcomesOf, ratesText, sizeOf, timeColumns } from "./uploading";

describe("bringing data (R-20)", () => {
  it("tells a size in the unit that fits", () => {
    expect([sizeOf(0), sizeOf(999), sizeOf(1234), sizeOf(1_234_567), sizeOf(48_000_000_000)]).toEqual(
      [[0, "B"], [999, "B"], [1.2, "kB"], [1.2, "MB"], [48, "GB"]],
    );
  });

  it("writes rates as people type them, and knows which columns hold times (R-21)", () => {
    expect(ratesText([{ day: "2024-05-31", currency: "USD", rate: 90.5 }, { day: "2024-06-01", currency: "EUR", rate: 98 }])).toBe("2024-05-31; USD; 90.5\n2024-06-01; EUR; 98");
    const column = { sure: 1, because: "", samples: [], event: null };
    const columns = [{ ...column, column: "paid", role: "event_time" as const }, { ...column, column: "who", role: "customer" as const }, { ...column, column: "at", role: "time" as const }];
    expect(timeColumns({ columns })).toEqual(["paid", "at"]);
  });

  it("has no outcome before there is one", () => {
    expect([outcomesOf({ outcome: null }), outcomesOf({ outcome: [{ file: "a.csv" }] })]).toEqual([[], [{ file: "a.csv" }]]);
  });
});
