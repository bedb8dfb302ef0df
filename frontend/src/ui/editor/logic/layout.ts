// Widths of the table: as in the pictures, every column gets its room and the rest is shared evenly.
import type { Slot } from "../../../geometry/numbers";

export interface TableLayout {
  readonly label: number;
  readonly width: number;
  /** By column key, and by stage key for a stage as a whole (an opened one with its touchpoints). */
  readonly columns: ReadonlyMap<string, Slot>;
  readonly stages: ReadonlyMap<string, Slot>;
  readonly template: string;
}

/** A column as far as its width matters; `longest`: the width of the longest word of its stage's name. */
export interface Measured {
  readonly key: string;
  readonly stage: string;
  readonly point: boolean;
  readonly longest: number;
}

const MIN_STAGE = 109;
const MIN_POINT = 132;
const LABEL = 106;
const HEAD = 29; // what a chevron takes beside its words

/** The grid of a table in so much room; no word of a heading is broken. `narrow`: a phone, where one stage is read at a time. */
export function layoutOf(columns: readonly Measured[], room: number, narrow: boolean): TableLayout {
  const label = narrow ? 88 : LABEL;
  const own = (column: Measured): number => (column.point ? MIN_POINT : Math.max(MIN_STAGE, Math.min(240, Math.ceil(column.longest) + HEAD)));
  const least = columns.map((column) => (narrow ? Math.max(own(column), room - label) : own(column)));
  const spare = Math.max(0, room - label - least.reduce((sum, each) => sum + each, 0)) / Math.max(1, columns.length);
  const slots = new Map<string, Slot>();
  const stages = new Map<string, Slot>();
  let x = 0;
  columns.forEach((column, i) => {
    const slot = { x, width: Math.floor((least[i]! + spare) * 100) / 100 };
    slots.set(column.key, slot);
    const first = stages.get(column.stage);
    stages.set(column.stage, first ? { x: first.x, width: slot.x + slot.width - first.x } : slot);
    x += slot.width;
  });
  return { label, width: label + x, columns: slots, stages, template: `${label}px ${columns.map((c) => `${slots.get(c.key)!.width}px`).join(" ")}` };
}
