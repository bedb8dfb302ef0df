import { describe, expect, it } from "vitest";

import { bind, eventsOf, isWhole, unbind } from "./binding";

const SOME = { event: "csat_answered", props: { about: "chat" } };

describe("binding events to places (R-22)", () => {
  it("an event more joins the plain rule", () => {
    expect(bind(undefined, "a")).toEqual({ event: "a" });
    expect(bind({ event: "a" }, "b")).toEqual({ event: ["a", "b"] });
    expect(bind({ event: ["a", "b"] }, "b")).toEqual({ event: ["a", "b"] });
  });

  it("rules with conditions stay as they were written", () => {
    expect(bind(SOME, "a")).toEqual([SOME, { event: "a" }]);
    expect(bind([SOME, { event: "a" }], "b")).toEqual([SOME, { event: ["a", "b"] }]);
    expect(bind(SOME, "csat_answered")).toEqual([SOME, { event: "csat_answered" }]);
    expect(bind({ channel: "email" }, "a")).toEqual([{ channel: "email" }, { event: "a" }]);
  });

  it("taken away, nothing of it is left", () => {
    expect(unbind({ event: "a" }, "a")).toBeUndefined();
    expect(unbind({ event: ["a", "b"] }, "a")).toEqual({ event: "b" });
    expect(unbind([SOME, { event: "a" }], "a")).toEqual(SOME);
    expect(unbind(SOME, "other")).toEqual(SOME);
  });

  it("binding and unbinding again changes nothing", () => {
    for (const when of [undefined, { event: "a" }, SOME, [SOME, { event: ["a", "b"] }]]) expect(unbind(bind(when, "new"), "new")).toEqual(when);
  });

  it("knows which events a rule names, and whether wholly", () => {
    expect(eventsOf([SOME, { event: ["a", "csat_answered"] }])).toEqual(["csat_answered", "a"]);
    expect([isWhole(SOME, "csat_answered"), isWhole([SOME, { event: "a" }], "a"), isWhole(undefined, "a")]).toEqual([false, true, false]);
  });
});
