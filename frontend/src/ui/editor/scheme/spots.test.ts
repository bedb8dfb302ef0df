// @vitest-environment jsdom
// Where boxes of the scheme stand is part of the map: shared, undone, tidied up; what a device kept before is handed over once.
import { beforeEach, describe, expect, it } from "vitest";

import { openMap } from "../../../doc";
import { beginning, laidOut, movedOf, put, takeOver, tidyUp } from "./spots";

function shop() {
  const live = openMap();
  const [a, b, c] = ["a", "b", "c"].map((id) => live.add("map/stages", { id, title: id }));
  live.set(`${c}/after`, ["a"]);
  return { live, a: a!, b: b!, c: c! };
}
beforeEach(() => localStorage.clear());

describe("places of the scheme", () => {
  it("are columns by depth, branches below one another, until a box is put elsewhere", () => {
    const { live, a, b, c } = shop();
    const usual = laidOut(live.value.stages.map(({ id, after }) => ({ id, after })));
    expect(usual.get("b")).toEqual({ x: 276, y: 0 });
    expect(usual.get("c")).toEqual({ x: 276, y: 420 });
    const now = new Map([[a, { x: 0, y: 0 }], [b, { x: 276.2, y: -0.4 }], [c, { x: 300.6, y: 420 }]]);
    const moved = movedOf(live.value.stages, now, usual);
    expect(moved.map(([key]) => key)).toEqual([c]);
    live.transact(() => put(live, moved));
    expect(live.value.stages.map((stage) => stage.at)).toEqual([undefined, undefined, [301, 420]]);
    expect(movedOf(live.value.stages, now, usual)).toEqual([]);
  });

  it("begin on a phone at the first column, wide enough to be read", () => {
    const spots = [{ x: 276, y: 0 }, { x: -40, y: 120 }];
    const { x, y, zoom } = beginning(spots, 390);
    expect(zoom).toBeGreaterThan(0.9);
    expect([-40 * zoom + x, 0 * zoom + y].map(Math.round)).toEqual([32, 88]);
    expect(beginning([], 320)).toEqual({ x: 32, y: 88, zoom: 320 / (276 * 1.35) });
  });

  it("are undone like anything else, and tidied up in one step that is undone too", () => {
    const { live, a, b } = shop();
    live.newStep();
    live.transact(() => put(live, [[a, { x: 5, y: 6 }], [b, { x: 1e9, y: 2 }]]));
    expect(live.value.stages[1]!.at).toEqual([100_000, 2]);
    live.newStep();
    live.transact(() => tidyUp(live));
    expect(live.value.stages.some((stage) => stage.at)).toBe(false);
    live.undo();
    expect(live.value.stages[0]!.at).toEqual([5, 6]);
    live.undo();
    expect(live.value.stages[0]!.at).toBeUndefined();
  });

  it("kept on a device by an earlier version go into the map once, unless the map has its own by now", () => {
    const { live, a, b } = shop();
    localStorage.setItem("tropa-scheme-m", JSON.stringify({ [a]: { x: 10.4, y: 20 }, [b]: { x: "?" }, gone: { x: 1, y: 1 } }));
    expect(takeOver(live, "m")).toBe(true);
    expect(live.value.stages.map((stage) => stage.at)).toEqual([[10, 20], undefined, undefined]);
    expect(takeOver(live, "m")).toBe(false);
    localStorage.setItem("tropa-scheme-m", JSON.stringify({ [b]: { x: 1, y: 1 } }));
    expect(takeOver(live, "m")).toBe(false);
    localStorage.setItem("tropa-scheme-n", "not json");
    expect(takeOver(shop().live, "n")).toBe(false);
  });
});
