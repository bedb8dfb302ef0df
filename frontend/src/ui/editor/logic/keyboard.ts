// The keys of the table: where each leads from a cell. Pure: the grid as ids in, the next place out.

/** A place in the grid: a row's id and a column's key. */
export interface Place {
  readonly row: string;
  readonly column: string;
}

export interface Grid {
  readonly rows: readonly string[];
  readonly columns: readonly string[];
}

/** What a key asks for. Letters begin to edit with themselves. */
export type Act =
  | { readonly do: "go"; readonly to: Place }
  | { readonly do: "extend"; readonly to: Place }
  | { readonly do: "edit"; readonly with?: string }
  /** An input method begins: a new line is opened at once, and what is composed goes into it. */
  | { readonly do: "compose" }
  | { readonly do: "clear" | "undo" | "redo" | "all" | "collapse" | "menu" | "search" | "comment" | "evidence" }
  | { readonly do: "shift"; readonly by: -1 | 1; readonly axis: "row" | "column" };

export interface Key {
  readonly key: string;
  readonly ctrl: boolean;
  readonly shift: boolean;
  readonly alt: boolean;
  /** An input method is composing: no key of its is ours. */
  readonly composing: boolean;
}

const STEPS: Readonly<Record<string, readonly [dRow: number, dColumn: number]>> = {
  ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1],
};

/** What a browser calls a key that an input method (or an accent's dead key) has taken. */
const COMPOSES: ReadonlySet<string> = new Set(["Process", "Dead", "Unidentified"]);

/** By letter, whatever the keyboard's layout: the keys of a Russian keyboard that stand where Latin ones do. */
const LATIN: Readonly<Record<string, string>> = { я: "z", н: "y", ф: "a", а: "f", ь: "m" };

/** The place `rows` down and `columns` right of another, held within the grid. */
export function moved(grid: Grid, from: Place, rows: number, columns: number): Place {
  const at = (list: readonly string[], id: string, by: number): string => {
    const index = Math.max(0, list.indexOf(id)) + by;
    return list[Math.max(0, Math.min(list.length - 1, index))] ?? id;
  };
  return { row: at(grid.rows, from.row, rows), column: at(grid.columns, from.column, columns) };
}

/** The cell that Tab leads to out of an edited one: along the row, then on to the next; null at the end. */
export function tabbed(grid: Grid, from: Place, back: boolean): Place | null {
  const columns = grid.columns;
  const index = grid.rows.indexOf(from.row) * columns.length + columns.indexOf(from.column) + (back ? -1 : 1);
  if (index < 0 || index >= grid.rows.length * columns.length) return null;
  return { row: grid.rows[Math.floor(index / columns.length)]!, column: columns[index % columns.length]! };
}

/** What a key means in a cell that is chosen but not edited; null: nothing of ours. */
export function actOf(key: Key, grid: Grid, from: Place): Act | null {
  if (!key.ctrl && !key.alt && COMPOSES.has(key.key)) return { do: "compose" };
  if (key.composing) return null;
  const letter = LATIN[key.key.toLowerCase()] ?? key.key.toLowerCase();
  const step = STEPS[key.key];
  if (step) {
    const [dRow, dColumn] = step;
    if (key.alt) return dRow ? { do: "shift", by: dRow as -1 | 1, axis: "row" } : { do: "shift", by: dColumn as -1 | 1, axis: "column" };
    const far = key.ctrl ? 1e6 : 1;
    return { do: key.shift ? "extend" : "go", to: moved(grid, from, dRow * far, dColumn * far) };
  }
  if (key.key === "Home" || key.key === "End") {
    const far = key.key === "Home" ? -1e6 : 1e6;
    return { do: key.shift ? "extend" : "go", to: moved(grid, from, key.ctrl ? far : 0, far) };
  }
  if (key.ctrl) {
    if (letter === "z") return { do: key.shift ? "redo" : "undo" };
    if (letter === "y") return { do: "redo" };
    if (letter === "a") return { do: "all" };
    if (letter === "f") return { do: "search" };
    if (letter === "m" && key.alt) return { do: "comment" };
    return null;
  }
  if (key.key === "Enter" || key.key === "F2") return { do: "edit" };
  if (key.key === "Delete" || key.key === "Backspace") return { do: "clear" };
  if (key.key === "Escape") return { do: "collapse" };
  if (key.key === "ContextMenu" || (key.key === "F10" && key.shift)) return { do: "menu" };
  if (!key.alt && key.key.length === 1 && key.key !== " ") return { do: "edit", with: key.key };
  if (key.key === " ") return { do: "edit" };
  return null;
}

/** What a key means while a line is typed. `up`, `down`: the caret stands in the first or last row of its line. */
export type LineAct = "split" | "join" | "leave" | "next" | "back" | "up" | "down" | "move-up" | "move-down" | null;

export interface Caret {
  readonly start: number;
  readonly end: number;
  readonly length: number;
  readonly firstRow: boolean;
  readonly lastRow: boolean;
}

/** Keys inside of a line. Enter splits it, Backspace at its begin joins it to the one before, Tab goes to the next cell, Esc leaves. */
export function lineActOf(key: Key, caret: Caret): LineAct {
  if (key.composing) return null;
  if (key.key === "Enter" && !key.shift && !key.ctrl) return "split";
  if (key.key === "Enter" && key.ctrl) return "leave";
  if (key.key === "Escape") return "leave";
  if (key.key === "Tab") return key.shift ? "back" : "next";
  if (key.key === "Backspace" && caret.start === 0 && caret.end === 0) return "join";
  if (key.alt && key.key === "ArrowUp") return "move-up";
  if (key.alt && key.key === "ArrowDown") return "move-down";
  if (key.shift || key.ctrl || key.alt) return null;
  if (key.key === "ArrowUp" && caret.firstRow) return "up";
  if (key.key === "ArrowDown" && caret.lastRow) return "down";
  return null;
}

/** The rectangle between two places, as rows and columns in the grid's order. */
export function rectangle(grid: Grid, a: Place, b: Place): { readonly rows: readonly string[]; readonly columns: readonly string[] } {
  const span = (list: readonly string[], from: string, to: string): readonly string[] => {
    const [i, k] = [list.indexOf(from), list.indexOf(to)];
    return i < 0 || k < 0 ? [] : list.slice(Math.min(i, k), Math.max(i, k) + 1);
  };
  return { rows: span(grid.rows, a.row, b.row), columns: span(grid.columns, a.column, b.column) };
}
