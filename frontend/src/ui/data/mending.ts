// Rows of the quarantine while they are mended: what was changed, and what goes back. Pure.
import type { components } from "../../api/schema";

export type HeldRow = components["schemas"]["HeldRowReply"];
export type Mended = components["schemas"]["MendedRow"];
/** Changes by line, then by column; the name "" is the whole line. */
export type Edits = Readonly<Record<number, Readonly<Record<string, string>>>>;

/** The edits with one more; a cell that says again what it said is no edit. */
export function edited(edits: Edits, row: HeldRow, column: string, text: string): Edits {
  const before = column === "" ? row.rest : (row.cells[column] ?? "");
  const { [column]: _, ...rest } = edits[row.line] ?? {};
  const next = text === before ? rest : { ...rest, [column]: text };
  const { [row.line]: __, ...others } = edits;
  return Object.keys(next).length ? { ...others, [row.line]: next } : others;
}

/** The mended rows as the server takes them: all cells of each, with the changes in. */
export function mended(rows: readonly HeldRow[], edits: Edits): Mended[] {
  return rows
    .filter((row) => edits[row.line] !== undefined)
    .map((row) => {
      const { "": rest, ...cells } = edits[row.line]!;
      return rest !== undefined ? { line: row.line, cells: {}, rest } : { line: row.line, cells: { ...row.cells, ...cells }, rest: "" };
    });
}

const RISKY = /^[=+\-@\t\r]/;

/** The rows as a table for a spreadsheet; what would be taken for a formula there is made harmless. */
export function asCsv(columns: readonly string[], rows: readonly HeldRow[], words: { line: string; reason: string }): string {
  const quote = (text: string): string => {
    const safe = RISKY.test(text) ? `'${text}` : text;
    return /[";\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const head = [words.line, words.reason, ...columns];
  const body = rows.map((row) => [String(row.line), row.reason, ...(row.rest ? [row.rest] : columns.map((column) => row.cells[column] ?? ""))]);
  return `\ufeff${[head, ...body].map((line) => line.map(quote).join(";")).join("\r\n")}\r\n`;
}
