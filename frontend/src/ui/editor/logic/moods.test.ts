// A persona's own emotion is a curve beside the common one, changed without touching it.
import { describe, expect, it } from "vitest";

import { openMap } from "../../../doc";
import { columnsOf } from "./lanes";
import { putScore, saidOf, scoreOf } from "./moods";

describe("curves of personas", () => {
  it("are said, said anew and taken back, each by itself", () => {
    const live = openMap();
    for (const id of ["a", "b"]) live.add("map/personas", { id, title: id });
    const stage = live.add("map/stages", { id: "s", title: "S", feels: { score: 1 } });
    const feels = () => live.value.stages[0]!.feels;
    putScore(live, stage, feels(), "a", -1.5);
    putScore(live, stage, feels(), "b", 2);
    putScore(live, stage, feels(), "a", -2);
    expect([scoreOf(feels(), "a"), scoreOf(feels(), "b"), feels()?.score, feels()?.personas.length]).toEqual([-2, 2, 1, 2]);
    putScore(live, stage, feels(), "a", undefined);
    expect([scoreOf(feels(), "a"), scoreOf(feels(), "b")]).toEqual([null, 2]);
    live.undo();
    expect(scoreOf(feels(), "b")).toBe(2);
  });

  it("of a closed stage are the mean of its touchpoints, and go with their persona", () => {
    const live = openMap();
    const persona = live.add("map/personas", { id: "a", title: "A" });
    const points = [1, -2].map((score, i) => ({ id: `p${i}`, title: "P", feels: { personas: [{ persona: "a", score }] } }));
    live.add("map/stages", { id: "s", title: "S", touchpoints: points });
    const column = () => columnsOf(live.value.stages, new Set())[0]!;
    expect(saidOf(column(), true, "a")).toBe(-0.5);
    expect(saidOf(column(), false, "a")).toBeNull();
    live.remove(persona);
    expect(saidOf(column(), true, "a")).toBeNull();
  });
});
