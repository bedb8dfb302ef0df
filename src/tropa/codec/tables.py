"""Tables of a map on disk: CSV both ways, XLSX in (`render.xlsx` draws it). Both are read back as a `Matrix`."""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from tropa.codec.matrix import CARRIED, CORNER, Matrix, Row, chunks, grid
from tropa.codec.table_rows import CellValue, clean
from tropa.codec.table_shape import new_id
from tropa.model import TropaError, Where
from tropa.words import words

MOST_BYTES = 60_000_000
MOST_ROWS, MOST_COLUMNS = 20_000, 2_000
HIDDEN_SHEET = "_tropa"
_RISKY = ("=", "+", "-", "@", "\t", "\r", "'")


def write_csv(matrix: Matrix, delimiter: str = ";") -> str:
    """A table as CSV text; write it as UTF-8 with a mark (`utf-8-sig`) so that Excel reads it.

    With `;` numbers have a decimal comma, as a Russian Excel wants them. Text that a spreadsheet would take for a formula gets an
    apostrophe in front, which the reader takes off again. The rows after the empty one carry what the table cannot show.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    for line in grid(matrix):
        writer.writerow([_csv_cell(cell, delimiter) for cell in line])
    if matrix.carried:
        writer.writerow([])
        for number, piece in enumerate(chunks(matrix.carried)):
            writer.writerow([CARRIED, number, piece])
    return out.getvalue()


def _csv_cell(cell: CellValue, delimiter: str) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float):
        text = str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
        return text.replace(".", ",") if delimiter == ";" else text
    return f"'{cell}" if cell.startswith(_RISKY) else cell


def read_csv(raw: bytes, name: str) -> Matrix:
    """The table in a CSV file: UTF-8 (with a mark or without) or Windows-1251; `;`, `,` or tabs. Raises TR-C071, TR-C072, TR-C077."""
    if len(raw) > MOST_BYTES:
        raise TropaError("TR-C071", Where(file=name), limit=MOST_BYTES, cells=MOST_ROWS)
    for encoding in ("utf-8-sig", "cp1251"):
        try:
            text = raw.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise TropaError("TR-C077", Where(file=name))
    first = text.split("\n", 1)[0]
    delimiter = max((";", ",", "\t"), key=first.count)
    old = csv.field_size_limit(max(csv.field_size_limit(), MOST_BYTES))
    try:
        lines = [
            [_unquoted(cell) for cell in line]
            for line in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        ]
    except csv.Error as fault:
        raise TropaError("TR-C072", Where(file=name)) from fault
    finally:
        csv.field_size_limit(old)
    carried = [(line[1], line[2]) for line in lines if len(line) > 2 and line[0] == CARRIED]
    carried.sort(key=lambda pair: int(pair[0]) if pair[0].isdigit() else 0)
    table = [line for line in lines if not line or line[0] != CARRIED]
    return to_table(table, name, "", "".join(piece for _, piece in carried) or None)


def _unquoted(cell: str) -> str:
    return cell.removeprefix("'")


def read_xlsx(raw: bytes, name: str) -> Matrix:
    """The table in an XLSX workbook: the sheet with our mark, else the first. Raises TR-C070, TR-C071, TR-C072."""
    _bounded(raw, name)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
        sheets = {title: book.get_sheet_by_name(title).to_python(skip_empty_area=False) for title in book.sheet_names}
    except (CalamineError, ValueError, OSError) as fault:
        raise TropaError("TR-C070", Where(file=name), problem=str(fault)) from fault
    if not sheets:
        raise TropaError("TR-C072", Where(file=name))
    carried = "".join(str(line[0]) for line in sheets.pop(HIDDEN_SHEET, []) if line) or None
    marked = next((title for title, lines in sheets.items() if lines and lines[0] and lines[0][0] == CORNER), None)
    title = marked or next(iter(sheets), "")
    return to_table(sheets.get(title, []), name, title, carried)


def _bounded(raw: bytes, name: str) -> None:
    """Refuse what unpacks to too much, has cells too far away, or brings its own XML entities."""
    too_much = TropaError("TR-C071", Where(file=name), limit=MOST_BYTES, cells=MOST_ROWS)
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            parts = archive.infolist()
            if len(parts) > 2_000 or sum(part.file_size for part in parts) > MOST_BYTES:
                raise too_much
            for part in parts:
                body = archive.read(part)
                if not part.filename.lower().endswith((".xml", ".rels")):
                    continue
                if body[:2] in (b"\xff\xfe", b"\xfe\xff") or b"<!DOCTYPE" in body or b"<!ENTITY" in body:
                    raise TropaError("TR-C070", Where(file=name), problem=part.filename)
                if "worksheets/" in part.filename and _too_far(body):
                    raise too_much
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as fault:
        raise TropaError("TR-C070", Where(file=name), problem=str(fault)) from fault


_ROW = re.compile(rb"""<(?:\w+:)?row\b[^>]*?\br=["'](\d{1,9})""")
_CELL = re.compile(rb"""\br=["']([A-Za-z]{1,4})(\d{1,9})["']""")


def _too_far(sheet: bytes) -> bool:
    """Whether a sheet names a row or column beyond the bounds: the reader makes room for all that lies between."""
    rows = max((int(found) for found in _ROW.findall(sheet)), default=0)
    columns = 0
    for letters, row in set(_CELL.findall(sheet)):
        rows = max(rows, int(row))
        number = 0
        for letter in letters.upper():
            number = number * 26 + letter - 64
        columns = max(columns, number)
    return rows > MOST_ROWS or columns > MOST_COLUMNS or sheet.count(b"<row") > MOST_ROWS * 2


def to_table(lines: Sequence[Sequence[Any]], name: str, sheet: str, carried: str | None) -> Matrix:
    """Rows of cells as a `Matrix`; a table without our marks has its lanes in the first column and its stages in the first row."""
    read = [[_cell(cell) for cell in line] for line in lines]
    width = max((len(line) for line in read), default=0)
    read = [[*line, *[None] * (width - len(line))] for line in read]
    if not read or width < 2:
        raise TropaError("TR-C072", Where(file=name))
    if read[0][0] != CORNER:
        return _unmarked(read, name, sheet, carried)
    while width > 2 and not any(line[width - 1] for line in read):
        width -= 1
    columns = tuple(str(cell or "") for cell in read[0][2:width])
    rows = tuple(
        Row(str(line[0] or ""), clean(str(line[1] or "")), tuple(line[2:width]), number)
        for number, line in enumerate(read[1:], 2)
    )
    return Matrix(str(read[0][1] or "en"), columns, rows, carried, name, sheet)


def _unmarked(lines: list[list[CellValue]], name: str, sheet: str, carried: str | None) -> Matrix:
    titles = [clean(str(cell)) if cell is not None else "" for cell in lines[0][1:]]
    if not any(titles):
        raise TropaError("TR-C072", Where(file=name))
    taken: set[str] = set()
    columns = []
    for title in titles:
        key = new_id(title, taken) if title else ""
        taken.add(key)
        columns.append(key)
    lang = "ru" if re.search("[а-яё]", " ".join(str(line[0] or "") for line in lines).lower()) else "en"
    rows = [Row("title", "", tuple(lines[0][1:]), 1)]
    rows += [row for number, line in enumerate(lines[1:], 2) for row in _usual(line, number, lang)]
    return Matrix(lang, tuple(columns), tuple(rows), carried, name, sheet, first_column=2)


_USUAL = {
    "goal": "goal; goals; customer goals; customer goal; user goals; цель; цели; цели клиента; цели пользователя",
    "does": "actions; customer actions; user actions; doing; steps; activities; действия; действия клиента; действия пользователя; шаги",
    "thinks": "thoughts; thinking; мысли; мысли клиента",
    "asks": "questions; customer questions; вопросы; вопросы клиента",
    "expects": "expectations; customer expectations; ожидания; ожидания клиента",
    "pains": "pain points; painpoints; problems; frustrations; болевые точки; проблемы; проблемы клиента",
    "barriers": "barrier; obstacles; барьеры",
    "opportunities": "ideas; solutions; opportunity; идеи; решения; точки роста",
    "front_stage": "frontstage; front-stage",
    "back_stage": "backstage; back-stage; internal processes; внутренние процессы",
    "metrics": "kpi; kpis; показатели; kpi и метрики",
}
"""What others call the rows of a map, by our lane."""
_LANES = {heading.strip(): lane for lane, headings in _USUAL.items() for heading in headings.split(";")}
_ONE = ("goal",)
"""Lanes with one text a stage; the others are lists, a line of a cell being an item."""


def _usual(line: list[CellValue], number: int, lang: str) -> list[Row]:
    """A row of somebody else's table; one that is usual on maps goes by our name for it."""
    heading, cells = clean(str(line[0] or "")), line[1:]
    lane = _LANES.get(heading.casefold().rstrip(":"))
    if lane is None:
        return [Row("", heading, tuple(cells), number)]
    ours = words(lang)(f"lane-{lane}")
    if lane in _ONE:
        return [Row("", ours, tuple(cells), number)]
    items = [
        [one.strip() for one in cell.splitlines() if one.strip()] if isinstance(cell, str) else [cell] for cell in cells
    ]
    deepest = max((len(item) for item in items), default=0)
    return [
        Row("", ours, tuple(item[at] if at < len(item) else None for item in items), number) for at in range(deepest)
    ]


def _cell(cell: Any) -> CellValue:
    if cell is None or cell == "":
        return None
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, (int, float)):
        return float(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, (date, time, timedelta)):
        return str(cell)
    return str(cell)


def read_table(path: Path | str) -> Matrix:
    """The table in a file, by its ending: `.xlsx` or `.csv` (`.tsv`, `.txt`). Raises TR-C001, TR-C078 and those of the readers."""
    file = Path(path)
    try:
        raw = file.read_bytes()
    except OSError as fault:
        raise TropaError("TR-C001", Where(file=str(path)), reason=fault.strerror or str(fault)) from fault
    ending = file.suffix.lower()
    if ending == ".xlsx":
        return read_xlsx(raw, str(path))
    if ending in (".csv", ".tsv", ".txt"):
        return read_csv(raw, str(path))
    raise TropaError("TR-C078", Where(file=str(path)), ending=ending)
