import { describe, expect, it } from "vitest";

import { decimal, integer, money, percent } from "../../words/numbers";
import { cellShown, type Column, isNumber, mainColumns, type Pen, placeOf, told } from "./cells";

const PEN: Pen = {
  integer: (value) => integer(value, "ru"),
  decimal: (value, digits) => decimal(value, "ru", digits),
  percent: (share, digits) => percent(share, "ru", digits),
  money: (value, currency) => money(value, currency, "ru"),
  duration: (seconds) => `${seconds / 3600} ч`,
  lang: "ru",
  currency: "RUB",
};
const column = (of: Partial<Column>): Column => ({ id: "share", title: "", kind: "share", low: null, high: null, part: null, whole: null, aside: false, ...of });

describe("cells of answers (R-26)", () => {
  it("writes each kind as people read it", () => {
    expect(cellShown("share", 0.25, {}, PEN)).toBe("25,0\u00a0%");
    expect(cellShown("state", "stage:use", { "stage:use": "Использование" }, PEN)).toBe("Использование");
    expect(cellShown("month", "2026-03", {}, PEN)).toBe("март 2026");
    expect(cellShown("seconds", 7200, {}, PEN)).toBe("2 ч");
    expect(cellShown("count", 22387, {}, PEN)).toBe("22\u202f387");
    expect(cellShown("share", null, {}, PEN)).toBe("—");
    expect(cellShown("chance", 1e-9, {}, PEN)).toBe("< 0,001");
  });

  it("a share comes with its interval and of how many it is", () => {
    const row = { share: 0.6704, low: 0.6596, high: 0.6811, n: 4955, all: 7391 };
    expect(told(column({ low: "low", high: "high", part: "n", whole: "all" }), row, {}, PEN)).toEqual({
      main: "67\u00a0%", interval: "[66; 68]", of: { part: "4\u202f955", whole: "7\u202f391" },
    });
    expect(told(column({}), { share: 0.5 }, {}, PEN)).toEqual({ main: "50,0\u00a0%" });
  });

  it("what is told within another column does not stand beside it", () => {
    expect(mainColumns([column({}), column({ id: "low", aside: true })]).map((one) => one.id)).toEqual(["share"]);
    expect(["share", "money", "path", "channel", "reason"].map((kind) => isNumber({ kind }))).toEqual([true, true, false, false, false]);
  });
});

describe("from a figure to its place on the map (R-26)", () => {
  const value = { stages: [{ id: "buy", touchpoints: [{ id: "cart" }], stages: [{ touchpoints: [{ id: "pay" }] }] }, { id: "use" }] };

  it("leads stages and touchpoints, those of sub-stages too, to their stage", () => {
    expect(["stage:use", "point:cart", "point:pay"].map((cell) => placeOf(cell, value)?.stage)).toEqual(["use", "buy", "buy"]);
  });

  it("leads nowhere from what the map does not have", () => {
    expect(["mark:left", "event:pay", "stage:gone", "point:gone", null, 5].map((cell) => placeOf(cell, value))).toEqual(Array(6).fill(undefined));
    expect(placeOf("stage:use", undefined)).toBeUndefined();
  });
});
