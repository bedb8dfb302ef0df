// Widths of the table: as in the pictures, every column gets its room and the rest is shared evenly.
import type { Slot } from "../../../geometry/numbers";
import type { Column } from "./lanes";

export interface TableLayout {
  readonly label: number;
  readonly width: number;
  /** By column key, and by stage key for a stage as a whole (an opened one with its touchpoints). */
  readonly columns: ReadonlyMap<string, Slot>;
  readonly stages: ReadonlyMap<string, Slot>;
  readonly template: string;
}

const MIN_STAGE = 122;
const MIN_POINT = 132;
const LABEL = 112;

/** The grid of a table in so much room. `narrow`: a phone, where one stage is read at a time. */
export function layoutOf(columns: readonly Column[], room: number, narrow: boolean): TableLayout {
  const label = narrow ? 92 : LABEL;
  const least = columns.map((column) => (narrow ? Math.max(MIN_STAGE, room - label) : column.point ? MIN_POINT : MIN_STAGE));
  const spare = Math.max(0, room - label - least.reduce((sum, each) => sum + each, 0)) / Math.max(1, columns.length);
  const slots = new Map<string, Slot>();
  const stages = new Map<string, Slot>();
  let x = 0;
  columns.forEach((column, i) => {
    const slot = { x, width: Math.floor((least[i]! + spare) * 100) / 100 };
    slots.set(column.key, slot);
    const first = stages.get(column.stage.$key);
    stages.set(column.stage.$key, first ? { x: first.x, width: slot.x + slot.width - first.x } : slot);
    x += slot.width;
  });
  return { label, width: label + x, columns: slots, stages, template: `${label}px ${columns.map((c) => `${slots.get(c.key)!.width}px`).join(" ")}` };
}
