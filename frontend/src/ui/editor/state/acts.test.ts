// Acts of the editor on a real live document (R-01… ).
import { beforeEach, describe, expect, it } from "vitest";

import { openMap, type LiveMap } from "../../../doc";
import { entriesOf, listOf, textOf } from "../logic/content";
import { columnsOf, rowsOf, touchpointsOf, type Column, type Row } from "../logic/lanes";
import { placeOf } from "../logic/where";
import { clearCell, copyCell, draftOf, freeId, joinLines, numberIn, pasteCell, shiftLine, shiftStage, splitLine } from "./acts";

let live: LiveMap;
const row = (id: string): Row => rowsOf(live.value.lanes).find((each) => each.id === id)!;
const column = (stage = 0): Column => columnsOf(live.value.stages, new Set())[stage]!;
const said = (id: string, stage = 0): string[] => copyCell(live.value.improvements, row(id), column(stage), true, "en", (name) => name);

beforeEach(() => {
  live = openMap();
  live.add("map/stages", { id: "need", title: "Need", does: ["Looks around", "Asks a friend"], feels: { score: -1, words: ["doubt"] } });
  live.add("map/stages", {
    id: "buy", title: "Buy", touchpoints: [{ id: "cart", title: "Cart", does: ["Fills it"] }], brand: { goal: "Be quick", does: ["Ships today"] },
    pains: [{ id: "slow", text: "Slow", severity: 3 }],
  });
  live.add("map/lanes", { id: "cost", title: "Cost", kind: "number" });
  live.add("map/lanes", { id: "notes", title: "Notes", kind: "list", level: "touchpoint" });
});

describe("lines of a cell", () => {
  it("are split at the caret and joined again", () => {
    const [, second] = entriesOf([], row("does"), column(), true);
    const key = splitLine(live, second!, 4, "en", "need");
    expect(said("does")).toEqual(["Looks around", "Asks", "a friend"]);
    const now = entriesOf([], row("does"), column(), true);
    expect(joinLines(live, now[1]!, now.find((entry) => entry.key === key)!, "en")).toBe(5);
    expect(said("does")).toEqual(["Looks around", "Asks a friend"]);
  });

  it("move within their list, and stay at its ends", () => {
    const [first] = entriesOf([], row("does"), column(), true);
    expect(shiftLine(live, first!, -1)).toBe(false);
    expect(shiftLine(live, first!, 1)).toBe(true);
    expect(said("does")).toEqual(["Asks a friend", "Looks around"]);
  });

  it("have the addresses that the server judges them by; a closed stage says what its touchpoints say", () => {
    expect(entriesOf([], row("does"), column(1), true).map((entry) => [entry.address, entry.point?.id])).toEqual([["buy/cart/does/0", "cart"]]);
    expect(entriesOf([], row("brand"), column(1), true).map((entry) => entry.address)).toEqual(["buy/brand/0", "buy/brand/1"]);
    expect(entriesOf([], row("feels"), column(0), true).map((entry) => entry.address)).toEqual(["need/feels/0"]);
  });
});

describe("cells", () => {
  it("are emptied, of a closed stage only what is said of the stage itself", () => {
    clearCell(live, row("does"), column(0), []);
    clearCell(live, row("does"), column(1), []);
    clearCell(live, row("feels"), column(0), []);
    clearCell(live, row("brand"), column(1), []);
    expect([said("does"), said("does", 1), said("feels"), said("brand", 1)]).toEqual([[], ["Fills it"], [], []]);
  });

  it("take what is pasted, each in its own way; what finds no place is counted", () => {
    expect(pasteCell(live, row("does"), column(0), ["one", "two"], "en", "replace")).toBe(0);
    expect(pasteCell(live, row("goal"), column(0), ["to know", "quickly"], "en", "replace")).toBe(0);
    expect(pasteCell(live, row("feels"), column(1), ["joy, hope", "+1,5"], "en", "replace")).toBe(0);
    expect(pasteCell(live, row("cost"), column(0), ["1\u202f250,5 €", "more"], "en", "replace")).toBe(1);
    expect(pasteCell(live, row("pains"), column(1), ["Dear"], "en", "append")).toBe(0);
    expect([said("does"), said("goal"), said("feels", 1), said("pains", 1)]).toEqual([["one", "two"], ["to know quickly"], ["joy, hope, 1.5"], ["Slow", "Dear"]]);
    expect(live.value.stages[0]!.cells["cost"]).toMatchObject({ number: 1250.5, unit: "€" });
    expect(live.value.stages[1]!.pains[1]!.severity).toBe(2);
  });

  it("know their list and their text; an improvement knows its stage", () => {
    const key = live.value.stages[0]!.$key;
    expect([listOf(row("brand"), column()), textOf(row("goal"), column()), listOf(row("goal"), column())]).toEqual([`${key}/brand/does`, `${key}/goal/text`, null]);
    live.add(listOf(row("improvements"), column(1))!, draftOf("map/improvements", "A sign", "buy"));
    expect(live.value.improvements[0]).toMatchObject({ text: "A sign", stage: "buy" });
  });
});

describe("stages and places", () => {
  it("a stage moves by one", () => {
    expect(shiftStage(live, live.value.stages[1]!.$key, -1)).toBe(true);
    expect(live.value.stages.map((stage) => stage.id)).toEqual(["buy", "need"]);
    expect(shiftStage(live, live.value.stages[0]!.$key, -1)).toBe(false);
  });

  it("an address is shown in the cell where it stands, of a closed stage in the stage's", () => {
    const stage = live.value.stages[1]!;
    const point = touchpointsOf(stage)[0]!;
    const closed = columnsOf(live.value.stages, new Set());
    const opened = columnsOf(live.value.stages, new Set([stage.$key]));
    expect(placeOf(`${point.does[0]!.$key}/text`, live, closed)).toEqual({ row: "does", column: stage.$key });
    expect(placeOf(`${point.does[0]!.$key}/text`, live, opened)).toEqual({ row: "does", column: point.$key });
    expect(placeOf(`${point.$key}/title`, live, closed)).toEqual({ row: "touchpoints", column: stage.$key });
    expect(placeOf(live.cell(stage.$key, "notes", "items"), live, closed)).toEqual({ row: "notes", column: stage.$key });
    expect(placeOf(`${stage.$key}/brand/goal`, live, closed)).toEqual({ row: "brand", column: stage.$key });
    expect(placeOf("map/title", live, closed)).toBeNull();
    expect(placeOf("gone/text", live, closed)).toBeNull();
  });
});

describe("small things", () => {
  it("numbers as people write them", () => {
    expect(["1\u00a0250,5", "−3", "+2", "", "twelve", "1,2,3"].map(numberIn)).toEqual([1250.5, -3, 2, null, null, null]);
  });

  it("an id that is free", () => {
    expect([freeId("Аня, маркетинг", []), freeId("anna", ["anna", "anna-2"]), freeId("!!!", [])]).toEqual(["аня-маркетинг", "anna-3", "x"]);
  });
});
