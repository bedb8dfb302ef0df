// @vitest-environment jsdom
import { describe, expect, it } from "vitest";

import { linesOf, notesOf, parseClipboard, parseTable, writeHtml, writeTable } from "./clipboard";

describe("pasting from a spreadsheet (R-13, R-60)", () => {
  it("reads rows and columns, with the line break that ends the last row", () => {
    expect(parseTable("a\tb\r\nc\td\r\n")).toEqual([["a", "b"], ["c", "d"]]);
    expect(parseTable("a\t\n\tb")).toEqual([["a", ""], ["", "b"]]);
  });

  it("a quoted cell holds tabs, lines and quotes", () => {
    expect(parseTable('"two\nlines"\t"say ""hi"""\t"a\tb"\n')).toEqual([["two\nlines", 'say "hi"', "a\tb"]]);
  });

  it("a quote that is none stays as it is", () => {
    expect(parseTable('12" screen\t"Alfa" and more')).toEqual([['12" screen', '"Alfa" and more']]);
  });

  it("a cell's lines lose their bullets, not their minus", () => {
    expect(linesOf("• one\n- two\n3) three\n\n-5 °C")).toEqual(["one", "two", "three", "-5 °C"]);
  });

  it("a table in HTML keeps the lines of its cells; nothing in it is run", () => {
    const html = '<img src=x onerror="window.hit=1"><table><tr><td>a<br>b</td><td colspan="2">c &amp; d</td></tr><tr><td><ul><li>x</li><li>y</li></ul></td></tr></table>';
    expect(parseClipboard("ignored", html)).toEqual([[["a", "b"], ["c & d"], []], [["x", "y"]]]);
    expect((window as unknown as { hit?: number }).hit).toBeUndefined();
  });

  it("HTML without a table leaves the text", () => {
    expect(parseClipboard("a\tb", "<p>a b</p>")).toEqual([[["a"], ["b"]]]);
  });
});

describe("notes of a board (R-60)", () => {
  it("are lines of one cell, where a table's column goes down the rows", () => {
    expect(notesOf("Queues at noon\r\n- No prices 😀\n\n", "<ul><li>Queues at noon</li></ul>")).toEqual(["Queues at noon", "No prices 😀"]);
    expect(notesOf("a\nb", "<table><tr><td>a</td></tr><tr><td>b</td></tr></table>")).toBeNull();
    expect(notesOf("a\tb\nc\td", "")).toBeNull();
    expect(notesOf("one line", "<p>one line</p>")).toBeNull();
  });
});

describe("copying (R-13)", () => {
  const rows = [[["one", 'two "2"'], ["plain"]], [[], ["=SUM(A1)"]]];

  it("what is copied is read back as it was, but a formula's sign is made text", () => {
    const back = parseClipboard(writeTable(rows), "");
    expect(back).toEqual([[["one", 'two "2"'], ["plain"]], [[], ["'=SUM(A1)"]]]);
  });

  it("as HTML, with the signs of HTML made text", () => {
    expect(writeHtml([[["<b>", "a&b"]]])).toBe("<table><tbody><tr><td>&lt;b&gt;<br>a&amp;b</td></tr></tbody></table>");
  });
});
