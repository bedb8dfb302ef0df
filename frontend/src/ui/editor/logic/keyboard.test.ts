import { describe, expect, it } from "vitest";

import { actOf, lineActOf, moved, rectangle, tabbed, type Caret, type Grid, type Key } from "./keyboard";

const GRID: Grid = { rows: ["head", "does", "pains"], columns: ["need", "buy", "use"] };
const at = (row: string, column: string) => ({ row, column });
const key = (name: string, more: Partial<Key> = {}): Key => ({ key: name, ctrl: false, shift: false, alt: false, composing: false, ...more });
const caret = (more: Partial<Caret> = {}): Caret => ({ start: 2, end: 2, length: 5, firstRow: true, lastRow: true, ...more });

describe("keys of the table (R-60)", () => {
  it("arrows stay within the grid", () => {
    expect(moved(GRID, at("does", "need"), -1, -1)).toEqual(at("head", "need"));
    expect(actOf(key("ArrowDown"), GRID, at("pains", "use"))).toEqual({ do: "go", to: at("pains", "use") });
    expect(actOf(key("ArrowRight", { ctrl: true }), GRID, at("does", "need"))).toEqual({ do: "go", to: at("does", "use") });
    expect(actOf(key("End", { ctrl: true }), GRID, at("head", "need"))).toEqual({ do: "go", to: at("pains", "use") });
    expect(actOf(key("Home"), GRID, at("does", "use"))).toEqual({ do: "go", to: at("does", "need") });
  });

  it("with Shift they choose more, with Alt they move what is chosen", () => {
    expect(actOf(key("ArrowDown", { shift: true }), GRID, at("head", "buy"))).toEqual({ do: "extend", to: at("does", "buy") });
    expect(actOf(key("ArrowLeft", { alt: true }), GRID, at("head", "buy"))).toEqual({ do: "shift", by: -1, axis: "column" });
  });

  it("a letter begins to edit with itself, whatever the language; Enter keeps what is there", () => {
    expect(actOf(key("ж"), GRID, at("does", "buy"))).toEqual({ do: "edit", with: "ж" });
    expect(actOf(key("Enter"), GRID, at("does", "buy"))).toEqual({ do: "edit" });
    expect(actOf(key("Delete"), GRID, at("does", "buy"))).toEqual({ do: "clear" });
  });

  it("undo works with a Russian layout; keys of an input method are not ours", () => {
    expect(actOf(key("я", { ctrl: true }), GRID, at("does", "buy"))).toEqual({ do: "undo" });
    expect(actOf(key("Z", { ctrl: true, shift: true }), GRID, at("does", "buy"))).toEqual({ do: "redo" });
    for (const taken of ["Process", "Dead", "Unidentified"]) {
      expect(actOf(key(taken, { composing: true }), GRID, at("does", "buy"))).toEqual({ do: "compose" });
      expect(actOf(key(taken, { ctrl: true }), GRID, at("does", "buy"))).toBeNull();
    }
    expect(actOf(key("Enter", { composing: true }), GRID, at("does", "buy"))).toBeNull();
    expect(lineActOf(key("Enter", { composing: true }), caret())).toBeNull();
  });

  it("Tab leads along the row, on to the next, and out at the ends", () => {
    expect(tabbed(GRID, at("does", "use"), false)).toEqual(at("pains", "need"));
    expect(tabbed(GRID, at("does", "need"), true)).toEqual(at("head", "use"));
    expect(tabbed(GRID, at("pains", "use"), false)).toBeNull();
    expect(tabbed(GRID, at("head", "need"), true)).toBeNull();
  });

  it("inside of a line Enter splits, Backspace at its begin joins, arrows leave only from its edge rows", () => {
    expect(lineActOf(key("Enter"), caret())).toBe("split");
    expect(lineActOf(key("Backspace"), caret({ start: 0, end: 0 }))).toBe("join");
    expect(lineActOf(key("Backspace"), caret({ start: 0, end: 3 }))).toBeNull();
    expect(lineActOf(key("ArrowUp"), caret({ firstRow: false }))).toBeNull();
    expect(lineActOf(key("ArrowUp"), caret())).toBe("up");
    expect(lineActOf(key("ArrowDown", { alt: true }), caret())).toBe("move-down");
    expect(lineActOf(key("Escape"), caret())).toBe("leave");
  });

  it("a selection is the rectangle between two places", () => {
    expect(rectangle(GRID, at("pains", "use"), at("does", "buy"))).toEqual({ rows: ["does", "pains"], columns: ["buy", "use"] });
    expect(rectangle(GRID, at("gone", "use"), at("does", "buy")).rows).toEqual([]);
  });
});
