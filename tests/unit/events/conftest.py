"""Small files of events, written by the tests themselves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from tropa import events

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """`write("name.csv", text_or_bytes, encoding)` → path of the new file."""

    def make(name: str, content: str | bytes, encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return make


@pytest.fixture
def rows_of() -> Callable[..., tuple[list[dict[str, Any]], list[events.BadRow]]]:
    """All events of a file as dictionaries (nothing left out), and all its bad rows."""

    def read(
        file: Path, overrides: events.Overrides | None = None, **options: Any
    ) -> tuple[list[dict[str, Any]], list[events.BadRow]]:
        good: list[dict[str, Any]] = []
        bad: list[events.BadRow] = []
        for batch in events.read(events.plan(file, overrides), **options):
            good += batch.events.to_pylist()
            bad += list(batch.bad)
            assert batch.raw_index is not None or len(batch.raw) == len(batch.events)
        return good, bad

    return read


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """A workbook with an empty first sheet, a title, dates, times of day and Russian headings."""
    path = tmp_path / "заказы.xlsx"
    with xlsxwriter.Workbook(path) as out:
        out.add_worksheet("Пусто")
        sheet = out.add_worksheet("Заказы")
        day = out.add_format({"num_format": "dd.mm.yyyy"})
        sheet.write(0, 0, "Выгрузка за январь")
        for column, name in enumerate(("Телефон", "Дата", "Время", "Сумма заказа", "Оценка NPS")):
            sheet.write(2, column, name)
        for row, phone in enumerate(("8 (916) 123-45-67", "+7 916 123 45 67", "79031112233")):
            sheet.write(3 + row, 0, phone)
            sheet.write_datetime(3 + row, 1, datetime(2024, 1, 1 + row), day)
            sheet.write(3 + row, 2, f"1{row}:30")
            sheet.write(3 + row, 3, 1000 + row)
            sheet.write(3 + row, 4, row * 5)
    return path
