import { describe, expect, it } from "vitest";

import { askedOf, cleared, kindOf, late, PARTS_OF, twoPeriods } from "./asked";

const query = (text: string): URLSearchParams => new URLSearchParams(text);

describe("what is set side by side (R-10)", () => {
  it("knows the kind by its name, else by its parts", () => {
    expect([kindOf(query("")), kindOf(query("by=periods")), kindOf(query("other_segment=coaches")), kindOf(query("to=2026-01-01")), kindOf(query("by=no"))]).toEqual(
      ["maps", "periods", "segments", "periods", "maps"],
    );
  });

  it("asks for the parts of its kind alone", () => {
    expect(askedOf(query("other=b&segment=coaches"), "maps")).toEqual({ other: "b" });
    expect(askedOf(query("other=b&segment=coaches"), "segments")).toEqual({ segment: "coaches" });
  });

  it("sets a version against another map", () => {
    expect(kindOf(query("by=maps&seq=3"))).toBe("maps");
    expect(askedOf(query("by=maps&seq=3&other=b"), "maps")).toEqual({ other: "b", seq: "3" });
    expect(askedOf(query("by=maps&seq=3"), "maps")).toBeUndefined();
  });

  it("sets versions and days of one map side by side", () => {
    expect(kindOf(query("as_of=2026-03-01"))).toBe("versions");
    expect(askedOf(query("seq=4&as_of=2026-03-01&other_as_of=2026-03-01&segment=a"), "versions")).toEqual({ seq: "4", as_of: "2026-03-01", other_as_of: "2026-03-01" });
    expect(askedOf(query("seq=4&as_of=2026-03-01&other_seq=4&other_as_of=2026-03-01"), "versions")).toBeUndefined();
  });

  it("asks nothing while nothing can differ or a period ends before it begins", () => {
    expect(askedOf(query("segment=a"), "maps")).toBeUndefined();
    expect(askedOf(query("segment=a&other_segment=a"), "segments")).toBeUndefined();
    expect(askedOf(query("from=2026-01-01&other_from=2026-01-01"), "periods")).toBeUndefined();
    expect(askedOf(query("from=2026-02-01&to=2026-01-01"), "periods")).toBeUndefined();
    expect(askedOf(query("to=2026-01-01&other_from=2026-01-02"), "periods")).toEqual({ to: "2026-01-01", other_from: "2026-01-02" });
    expect([late("2026-01-01", "2026-01-01"), late(undefined, "2026-01-01")]).toEqual([false, false]);
  });

  it("takes a rule for each side, and two rules alone are two groups of customers (R-29)", () => {
    const [often, seldom] = ["events >= 12", "events < 12"];
    const both = query(`where=${encodeURIComponent(often)}&other_where=${encodeURIComponent(seldom)}`);
    expect(kindOf(both)).toBe("segments");
    expect(askedOf(both, "segments")).toEqual({ where: often, other_where: seldom });
    expect(askedOf(both, "periods")).toEqual({ where: often, other_where: seldom });
    expect(askedOf(query("where=x&other_where=x"), "segments")).toBeUndefined();
    expect(askedOf(query("other=b&other_where=x"), "maps")).toEqual({ other: "b", other_where: "x" });
    expect(kindOf(query("other=b&where=x"))).toBe("maps");
    expect(askedOf(query("seq=4&where=x"), "versions")).toEqual({ seq: "4" });
  });

  it("lets the parts of the other kinds go", () => {
    const left = cleared("segments");
    expect(left["by"]).toBe("segments");
    for (const part of Object.values(PARTS_OF).flat()) expect(left[part]).toBeUndefined();
  });

  it("begins with two periods of the same length, one right after the other", () => {
    expect(twoPeriods(new Date("2026-03-31T15:00:00Z"), 30)).toEqual({ from: "2026-01-31", to: "2026-03-01", other_from: "2026-03-02", other_to: "2026-03-31" });
  });
});
