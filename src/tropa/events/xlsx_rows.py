"""Sheets of XLSX workbooks as raw rows. The archive is weighed before it is opened."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from python_calamine import CalamineError, CalamineWorkbook

from tropa.events.bad import BadRows
from tropa.events.limits import Limits
from tropa.events.raw import RawRows
from tropa.model import TropaError, Where


def weigh(file: Path) -> None:
    """Refuses an archive with too many or too large parts (TR-E005), or one that is none (TR-E012)."""
    limits = Limits.of_environment()
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as fault:
        raise TropaError("TR-E012", Where(file=file.name), reason=str(fault)) from fault
    if len(parts) > limits.xlsx_entries:
        raise TropaError("TR-E005", Where(file=file.name), limit=limits.xlsx_entries, knob="TROPA_LIMIT_XLSX_ENTRIES")
    if sum(part.file_size for part in parts) > limits.xlsx_unpacked:
        raise TropaError("TR-E005", Where(file=file.name), limit=limits.xlsx_unpacked, knob="TROPA_LIMIT_XLSX_UNPACKED")
    if not any(part.filename.startswith("xl/") for part in parts):
        raise TropaError("TR-E003", Where(file=file.name), name=file.name)


def cell_text(value: Any) -> str:
    """A cell as text: whole numbers without a point, dates in ISO."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, timedelta):
        seconds = int(value.total_seconds())
        return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    if isinstance(value, (date, time)):
        return value.isoformat()
    return str(value)


def sheet_rows(file: Path, sheet: str | None) -> tuple[str, int, Iterator[list[str]]]:
    """The sheet's name, the number (from 1) of its first row, and its rows as texts. Raises TR-E005, TR-E009, TR-E012."""
    weigh(file)
    try:
        book = CalamineWorkbook.from_path(str(file))
        names = book.sheet_names
        if sheet is not None and sheet not in names:
            raise TropaError("TR-E019", Where(file=file.name), name=sheet, known=", ".join(names))
        chosen = book.get_sheet_by_name(sheet) if sheet is not None else _fullest(book, file)
    except (CalamineError, ValueError, OSError) as fault:
        raise TropaError("TR-E012", Where(file=file.name), reason=str(fault)) from fault
    if chosen.width > Limits.of_environment().columns:
        raise TropaError("TR-E010", Where(file=file.name), count=chosen.width, limit=Limits.of_environment().columns)
    first = (chosen.start or (0, 0))[0] + 1
    data = chosen.to_python(skip_empty_area=True)
    return chosen.name, first, ([cell_text(cell) for cell in row] for row in data)


def _fullest(book: Any, file: Path) -> Any:
    """The first sheet with a header and a row under it."""
    for name in book.sheet_names:
        try:
            found = book.get_sheet_by_name(name)
        except CalamineError:
            continue
        if found.height > 1 and found.width > 1:
            return found
    raise TropaError("TR-E002", Where(file=file.name))


def xlsx_rows(
    file: Path, sheet: str | None, names: tuple[str, ...], header_line: int, batch_rows: int
) -> Iterator[RawRows]:
    """All rows under the header (row number `header_line` of the sheet; 0: there is none), blank ones left out."""
    _, first, rows = sheet_rows(file, sheet)
    numbered = ((number, row) for number, row in enumerate(rows, start=first) if number > header_line and any(row))
    size = file.stat().st_size
    while part := list(islice(numbered, batch_rows)):
        columns = list(zip(*(row for _, row in part), strict=True))
        table = pa.table({name: pa.array(cells, pa.string()) for name, cells in zip(names, columns, strict=True)})
        yield RawRows(table, np.array([number for number, _ in part], np.int64), BadRows(file.name), size)
        size = 0
