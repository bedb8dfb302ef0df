import { describe, expect, it } from "vitest";

import { asCsv, edited, type HeldRow, mended } from "./mending";

const row = (line: number, cells: Record<string, string>, rest = ""): HeldRow => ({ line, code: "TR-E101", reason: "нет времени", column: "time", cells, rest });
const FIRST = row(3, { time: "32.13.2026", event: "order" });
const BROKEN = row(7, {}, '1;"без кавычки');

describe("mending the quarantine (R-20)", () => {
  it("only what differs is an edit", () => {
    const once = edited({}, FIRST, "time", "31.12.2026");
    expect(once).toEqual({ 3: { time: "31.12.2026" } });
    expect(edited(once, FIRST, "time", "32.13.2026")).toEqual({});
  });

  it("sends whole rows, and a broken line as a line", () => {
    const edits = edited(edited({}, FIRST, "time", "31.12.2026"), BROKEN, "", "1;без кавычки");
    expect(mended([FIRST, BROKEN, row(9, { time: "x" })], edits)).toEqual([
      { line: 3, cells: { time: "31.12.2026", event: "order" }, rest: "" },
      { line: 7, cells: {}, rest: "1;без кавычки" },
    ]);
  });

  it("a spreadsheet takes nothing for a formula", () => {
    const text = asCsv(["a"], [row(1, { a: "=1+1" }), row(2, { a: 'х;"у"' })], { line: "Строка", reason: "Что не так" });
    expect(text.split("\r\n").slice(1, 3)).toEqual(["1;нет времени;'=1+1", '2;нет времени;"х;""у"""']);
  });
});
