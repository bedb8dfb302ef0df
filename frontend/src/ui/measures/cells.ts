// Cells of an answer as people read them, by the kind of their column: pure.
import type { components } from "../../api/schema";
import { monthName } from "../breaks/month";
import { digitsFor } from "../breaks/price";

export type Column = components["schemas"]["AnswerReply"]["columns"][number];
export type Cell = string | number | null;

export interface Pen {
  integer(value: number): string;
  decimal(value: number, digits?: number): string;
  percent(share: number, digits?: number): string;
  money(value: number, currency: string | null): string;
  duration(seconds: number): string;
  lang: string;
  currency: string | null;
}

/** The columns that stand side by side; the others are told within them. */
export function mainColumns(columns: readonly Column[]): Column[] {
  return columns.filter((column) => !column.aside);
}

/** Numbers stand at the right. */
export function isNumber(column: Pick<Column, "kind">): boolean {
  return !["text", "state", "channel", "path", "month", "reason", "quotes"].includes(column.kind);
}

/** A cell in words: «67 %»; null is a dash. `digits`: what its interval deserves. */
export function cellShown(kind: string, value: Cell | undefined, labels: Readonly<Record<string, string>>, pen: Pen, digits?: number): string {
  if (value === null || value === undefined || value === "") return "—";
  if (typeof value === "string") {
    if (kind === "month" && /^\d{4}-\d\d$/.test(value)) return monthName(value, pen.lang);
    return labels[value] ?? value;
  }
  switch (kind) {
    case "share":
      return pen.percent(value, digits);
    case "seconds":
      return pen.duration(value);
    case "money":
      return pen.money(value, pen.currency);
    case "chance":
      return value < 0.001 ? `< ${pen.decimal(0.001, 3)}` : pen.decimal(value, 3);
    case "ratio":
    case "score":
      return pen.decimal(value, 1);
    default:
      return Number.isInteger(value) ? pen.integer(value) : pen.decimal(value);
  }
}

interface Placed {
  stages: readonly { id: string; touchpoints?: readonly { id: string }[]; stages?: readonly { touchpoints?: readonly { id: string }[] }[] }[];
}

/** The place of the map that a cell is about (`stage:…`, `point:…`), as the table's address has it; none for what is not on the map. */
export function placeOf(cell: Cell | undefined, value: Placed | undefined): { stage: string } | undefined {
  const [, kind, id] = /^(stage|point):(.+)$/.exec(String(cell ?? "")) ?? [];
  if (!kind || !value) return undefined;
  const stage = value.stages.find((one) =>
    kind === "stage" ? one.id === id : [...(one.touchpoints ?? []), ...(one.stages ?? []).flatMap((part) => part.touchpoints ?? [])].some((point) => point.id === id),
  );
  return stage && { stage: stage.id };
}

export interface Told {
  main: string;
  /** Interval and counts, the second voice. */
  interval?: string;
  of?: { part: string; whole: string };
}

/** A cell with all that belongs to it. */
export function told(column: Column, row: Readonly<Record<string, Cell>>, labels: Readonly<Record<string, string>>, pen: Pen): Told {
  const [low, high] = [column.low ? row[column.low] : null, column.high ? row[column.high] : null];
  const bounds = typeof low === "number" && typeof high === "number" ? ([low, high] as const) : undefined;
  const digits = bounds && column.kind === "share" ? digitsFor(...bounds) : undefined;
  const out: Told = { main: cellShown(column.kind, row[column.id], labels, pen, digits) };
  if (bounds && row[column.id] !== null) {
    const [from, to] = bounds.map((bound) => cellShown(column.kind, bound, labels, pen, digits)) as [string, string];
    out.interval = column.kind === "share" ? `[${from.replace(/\s?%$/, "")}; ${to.replace(/\s?%$/, "")}]` : `[${from}; ${to}]`;
  }
  const [part, whole] = [column.part ? row[column.part] : null, column.whole ? row[column.whole] : null];
  if (typeof part === "number" && typeof whole === "number") out.of = { part: pen.integer(part), whole: pen.integer(whole) };
  return out;
}
