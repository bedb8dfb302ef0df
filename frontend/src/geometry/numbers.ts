// The arithmetic that Python and the browser must do alike.

/** Rounds to two places as Python's `round(x, 2)` does for the numbers of a drawing. */
export function near(value: number): number {
  return Math.round(value * 100) / 100;
}

/** One piece of a path: its letter and its numbers. */
export type Command = readonly ["M" | "L" | "C" | "Z", ...number[]];

/** The `d` attribute of a path. */
export function pathOf(commands: readonly Command[]): string {
  return commands.map(([letter, ...numbers]) => letter + numbers.join(" ")).join("");
}

export type Point = readonly [x: number, y: number];
/** Left, top, right, bottom. */
export type Box = readonly [number, number, number, number];

/** Where a column stands. */
export interface Slot {
  readonly x: number;
  readonly width: number;
}

/** What a colour is for; the names are those of `layout.scene.Role`. */
export type Role =
  | "paper" | "card" | "sand" | "ink" | "muted" | "line" | "trail" | "trail-tint" | "trail-band"
  | "break" | "break-tint" | "break-band" | "gold" | "none";

/** Something to be drawn. `cell` is its address; `kind` is the group it belongs to. */
export type Shape =
  | { readonly form: "rect"; readonly kind: string; readonly cell: string; readonly x: number; readonly y: number; readonly width: number; readonly height: number; readonly fill: Role; readonly radius: number; readonly hatch: boolean }
  | { readonly form: "path"; readonly kind: string; readonly cell: string; readonly commands: readonly Command[]; readonly fill: Role; readonly stroke: Role; readonly strokeWidth: number; readonly dash: readonly number[] }
  | { readonly form: "disc"; readonly kind: string; readonly cell: string; readonly x: number; readonly y: number; readonly r: number; readonly fill: Role; readonly stroke: Role; readonly strokeWidth: number };

export function rect(kind: string, cell: string, x: number, y: number, width: number, height: number, fill: Role, radius = 0, hatch = false): Shape {
  return { form: "rect", kind, cell, x: near(x), y: near(y), width: near(width), height: near(height), fill, radius, hatch };
}

export function path(kind: string, cell: string, commands: readonly Command[], fill: Role, stroke: Role = "none", strokeWidth = 1, dash: readonly number[] = []): Shape {
  const rounded = commands.map(([letter, ...numbers]) => [letter, ...numbers.map(near)] as Command);
  return { form: "path", kind, cell, commands: rounded, fill, stroke, strokeWidth, dash };
}

export function disc(kind: string, cell: string, x: number, y: number, r: number, fill: Role, stroke: Role = "none", strokeWidth = 1): Shape {
  return { form: "disc", kind, cell, x: near(x), y: near(y), r: near(r), fill, stroke, strokeWidth };
}
