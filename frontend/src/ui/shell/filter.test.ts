// @vitest-environment jsdom
import { describe, expect, it } from "vitest";

import { dayNumber, dayOf, filterNow, only, peopleOf, readFilter, recallFilter, scopeOf, setFilter } from "./filter.svelte";
import { go } from "./router.svelte";

describe("over whom and when (R-23, R-29, R-31)", () => {
  it("stands in the address, and nothing else of it does", () => {
    expect(readFilter(new URLSearchParams("segment=coaches&from=2026-01-01&as_of=2026-03-01&at=purchase&channel="))).toEqual({
      segment: "coaches", from: "2026-01-01", as_of: "2026-03-01",
    });
  });

  it("goes along from page to page of a map, not to another map", async () => {
    await go("/m/sergey/breaks");
    setFilter("sergey", { segment: "coaches", channel: "friend" });
    expect(location.search).toBe("?segment=coaches&channel=friend");
    await go("/m/sergey");
    expect(filterNow()).toEqual({});
    recallFilter("sergey");
    expect(filterNow()).toEqual({ segment: "coaches", channel: "friend" });
    await go("/m/other");
    recallFilter("other");
    expect(filterNow()).toEqual({});
  });

  it("chooses sessions only where these are asked and something chooses (R-26)", () => {
    const query = new URLSearchParams("scope=sessions&where=events>3");
    expect(scopeOf(query, true)).toEqual({ scope: "sessions" });
    expect(scopeOf(query, false)).toEqual({});
    expect(scopeOf(new URLSearchParams("scope=sessions&segment=coaches"), true)).toEqual({});
    expect(scopeOf(new URLSearchParams("channel=ads"), true)).toEqual({});
    expect(readFilter(query)).toEqual({ where: "events>3" });
  });

  it("gives way to what a link brings", async () => {
    await go("/m/sergey/breaks?segment=novices");
    recallFilter("sergey");
    expect(filterNow()).toEqual({ segment: "novices" });
    setFilter("sergey", { segment: undefined });
    expect(location.search).toBe("");
  });

  it("names personas by themselves and segments that stand behind none", () => {
    const value = { personas: [{ id: "p", title: "Персона", segment: "s" }, { id: "q", title: "Без сегмента" }], segments: [{ id: "s", title: "S" }, { id: "t", title: "T" }] };
    expect(peopleOf(value as never, "s").map((one) => one.id)).toEqual(["p", "s", "t"]);
    expect(peopleOf(value as never)).toEqual([{ id: "p", title: "Персона" }, { id: "t", title: "T" }]);
  });

  it("keeps what a page can be asked by", () => {
    expect(only({ segment: "a", from: "2026-01-01", as_of: "2026-02-02" }, ["segment", "as_of"])).toEqual({ segment: "a", as_of: "2026-02-02" });
    expect(readFilter(new URLSearchParams({ where: "recency < 30d" }))).toEqual({ where: "recency < 30d" });
  });

  it("counts days for a slider and back, leap years and all", () => {
    for (const day of ["1970-01-01", "2024-02-29", "2026-12-31"]) expect(dayOf(dayNumber(day))).toBe(day);
  });
});
