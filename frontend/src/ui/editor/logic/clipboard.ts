// Cells in and out of the clipboard: Excel, LibreOffice and Google Sheets write tab-separated text (quoted where a cell has lines of its own)
// and an HTML table; Miro and plain lists write one line per note.

/** Tab-separated text as rows of cells; quoted cells may hold tabs, line breaks and doubled quotes. */
export function parseTable(text: string): string[][] {
  const rows: string[][] = [[]];
  let cell = "";
  let quoted = false;
  let began = true; // at the begin of a cell, where a quote opens it
  const put = (): void => {
    rows[rows.length - 1]!.push(cell);
    [cell, began] = ["", true];
  };
  const source = text.replace(/\r\n?/g, "\n");
  for (let i = 0; i < source.length; i++) {
    const sign = source[i]!;
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (source[i + 1] === '"') cell += source[++i];
      else quoted = false;
    } else if (sign === '"' && began && closes(source, i)) [quoted, began] = [true, false];
    else if (sign === "\t") put();
    else if (sign === "\n") {
      put();
      rows.push([]);
    } else [cell, began] = [cell + sign, false];
  }
  put();
  const last = rows[rows.length - 1]!;
  if (rows.length > 1 && last.length === 1 && last[0] === "") rows.pop(); // a spreadsheet ends the last row too
  return rows;
}

/** Whether the quote at `i` is closed where a cell may end; else it is a sign like any other: «12" screen». */
function closes(source: string, i: number): boolean {
  for (let k = i + 1; k < source.length; k++) {
    if (source[k] !== '"') continue;
    if (source[k + 1] === '"') k++;
    else return k + 1 === source.length || source[k + 1] === "\t" || source[k + 1] === "\n";
  }
  return false;
}

/** The statements of a pasted cell: its lines, without the bullets that people put before them. */
export function linesOf(cell: string): string[] {
  return cell
    .split("\n")
    .map((line) => line.replace(/^\s*(?:[•·▪◦‣*–—-]|\d{1,2}[.)])\s+/, "").trim())
    .filter((line) => line !== "");
}

/** What a clipboard holds, as rows of cells of lines. A table in HTML is believed before the text beside it (it keeps line breaks). */
export function parseClipboard(text: string, html: string): string[][][] {
  const table = html.includes("<t") ? tableOf(html) : null;
  return (table ?? parseTable(text)).map((row) => row.map(linesOf));
}

/**
 * The notes of a board or a plain list: several lines without a table around them. They are statements of one cell, where a column of a
 * spreadsheet (which always brings its table) goes down the rows.
 */
export function notesOf(text: string, html: string): string[] | null {
  if (text.includes("\t") || (html.includes("<t") && tableOf(html))) return null;
  const lines = linesOf(text.replace(/\r\n?/g, "\n"));
  return lines.length > 1 ? lines : null;
}

/** The first table of a piece of HTML; null where it has none. Parsed without being shown, so nothing in it runs or loads. */
function tableOf(html: string): string[][] | null {
  const table = new DOMParser().parseFromString(html, "text/html").querySelector("table");
  if (!table) return null;
  const out: string[][] = [];
  for (const row of table.querySelectorAll("tr")) {
    const cells: string[] = [];
    for (const cell of row.querySelectorAll("td, th")) {
      cells.push(textOf(cell));
      const span = Number(cell.getAttribute("colspan") ?? 1);
      for (let i = 1; i < Math.min(span, 100); i++) cells.push("");
    }
    if (cells.length) out.push(cells);
  }
  return out.length ? out : null;
}

function textOf(cell: Element): string {
  const copy = cell.cloneNode(true) as Element;
  for (const br of copy.querySelectorAll("br")) br.replaceWith("\n");
  for (const item of copy.querySelectorAll("li, p, div")) item.append("\n");
  return (copy.textContent ?? "").replace(/ /g, " ").replace(/[ \t]*\n[ \t]*/g, "\n").trim();
}

/** Cells as tab-separated text: a cell with several lines is quoted, as spreadsheets read it. A formula's sign is made text. */
export function writeTable(rows: readonly (readonly (readonly string[])[])[]): string {
  const cell = (lines: readonly string[]): string => {
    const text = lines.map(unformula).join("\n");
    return /["\t\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return rows.map((row) => row.map(cell).join("\t")).join("\n");
}

/** Cells as an HTML table, for word processors, letters and spreadsheets. */
export function writeHtml(rows: readonly (readonly (readonly string[])[])[]): string {
  const safe = (text: string): string => text.replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign]!);
  const body = rows.map((row) => `<tr>${row.map((lines) => `<td>${lines.map((line) => safe(unformula(line))).join("<br>")}</td>`).join("")}</tr>`);
  return `<table><tbody>${body.join("")}</tbody></table>`;
}

/** A line that a spreadsheet would take for a formula gets an apostrophe before it. */
function unformula(line: string): string {
  return /^[=+@\t\r]/.test(line) || /^-[^\d\s]/.test(line) ? `'${line}` : line;
}
