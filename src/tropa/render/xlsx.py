"""The map as a workbook that people edit and we read back: native cells, dropdowns, hidden ids, a chart (R-13)."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter

from tropa.codec.matrix import chunks, to_matrix
from tropa.codec.tables import HIDDEN_SHEET
from tropa.model import Map, Readings
from tropa.model.standing import standing
from tropa.render.xlsx_map import MapSheet
from tropa.render.xlsx_readings import legend_sheet, readings_sheet
from tropa.render.xlsx_style import Lists, Style
from tropa.words import Words


def write_xlsx(
    value: Map, readings: Readings | None, words: Words, path_or_buffer: Path | str | BytesIO, *, today: date
) -> None:
    """Write the workbook: the map as an editable table, the readings with a chart, how to read it, a hidden sheet with the rest.

    The map sheet is what `codec.read_xlsx` reads back. Readings are shown, never read back. The same input gives the same bytes.
    """
    target = str(path_or_buffer) if isinstance(path_or_buffer, Path) else path_or_buffer
    options = {
        "in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False, "nan_inf_to_errors": True,
    }  # fmt: skip
    with xlsxwriter.Workbook(target, options) as book:
        midnight = datetime(today.year, today.month, today.day)  # noqa: DTZ001 - a workbook has no zone
        book.set_properties(
            {"title": _title(value, words), "created": midnight, "author": value.author or "", "comments": "Tropa"}
        )
        book.set_size(2400, 1500)
        style = Style(book)
        matrix = to_matrix(value, words.lang)
        lists = Lists()
        states = standing(value, readings, today)
        MapSheet(book.add_worksheet(words("xlsx-sheet-map")), style, lists, value, matrix, states, words).write()
        readings_sheet(book, style, value, readings, words)
        legend_sheet(book.add_worksheet(words("xlsx-sheet-legend")), style, words)
        hidden = book.add_worksheet(HIDDEN_SHEET)
        _carry(hidden, matrix.carried or "", lists)


def _title(value: Map, words: Words) -> str:
    from tropa.model import say

    return say(value.title, words.lang)[:200]


def _carry(sheet: Any, carried: str, lists: Lists) -> None:
    """The whole map as text in the first column, the lists for the dropdowns in the columns further on; nobody needs to see it."""
    for row, piece in enumerate(chunks(carried)):
        sheet.write_string(row, 0, piece)
    for column, names in lists.columns():
        for row, name in enumerate(names):
            sheet.write_string(row, column, name)
    sheet.hide()
