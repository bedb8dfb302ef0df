"""R-13: the workbook we draw is the one we read back."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings

from strategies import maps
from tropa.codec import from_matrix, read_table, read_xlsx, to_matrix
from tropa.model import Map, TropaError
from tropa.model.entered import entered_readings
from tropa.render.xlsx import write_xlsx
from tropa.words import words

TODAY = date(2026, 11, 22)

SHOP = Map.model_validate(
    {
        "title": "Спортпит",
        "stages": [
            {
                "id": "need",
                "title": "Нужда",
                "does": ["=1+1", "ищет"],
                "feels": {"score": -0.5, "words": ["тревога"]},
                "figures": [{"reading": "entrants", "value": 1000}, {"reading": "satisfaction", "value": 0.4, "n": 12}],
                "pains": [{"id": "p", "text": "дорого", "severity": 3}],
                "touchpoints": [{"id": "ad", "title": "Реклама", "channel": "ads", "moment_of_truth": True}],
            },
            {"id": "buy", "title": "Покупка", "deal": {"event": "order_paid"}, "brand": {"task": "teach"}},
        ],
        "improvements": [{"id": "i", "text": "скидка", "stage": "buy", "due": "2026-12-01", "status": "doing"}],
    }
)


def book_of(value: Map, lang: str = "ru") -> bytes:
    out = io.BytesIO()
    write_xlsx(value, entered_readings(value), words(lang), out, today=TODAY)
    return out.getvalue()


def part(raw: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return archive.read(name).decode()


@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None)
@given(maps())
def test_the_workbook_alone_is_the_whole_map(value: Map) -> None:
    """R-13: lossless, and no cell looks edited."""
    assert from_matrix(read_xlsx(book_of(value), "map.xlsx")) == (value, ())


def test_the_cells_are_those_of_the_table() -> None:
    """R-13"""
    read = read_xlsx(book_of(SHOP), "map.xlsx")
    made = to_matrix(SHOP, "ru")
    assert read.columns == made.columns
    assert {row.key: row.cells for row in read.rows if not row.key.startswith("#")} == {
        row.key: row.cells for row in made.rows
    }


def test_the_same_map_gives_the_same_bytes() -> None:
    """R-13"""
    assert book_of(SHOP) == book_of(SHOP)


def test_what_a_person_needs_is_there() -> None:
    """R-13: dropdowns, hidden ids, frozen heads, folding touchpoints, marks by number format, no formula from text."""
    raw = book_of(SHOP)
    sheet = part(raw, "xl/worksheets/sheet1.xml")
    assert "dataValidation" in sheet
    assert 'hidden="1"' in sheet
    assert 'state="frozen"' in sheet
    assert 'outlineLevel="1"' in sheet
    assert "<f>" not in sheet
    styles = part(raw, "xl/styles.xml")
    assert "○" in styles
    assert "■■□" in styles
    assert 'quotePrefix="1"' in styles
    assert 'state="hidden"' in part(raw, "xl/workbook.xml")
    assert "errBars" in part(raw, "xl/charts/chart1.xml")


def test_numbers_of_the_readings_are_numbers() -> None:
    """R-61, R-22: an entered figure stands as a number; the sheet says that it was entered."""
    raw = book_of(SHOP)
    assert "Цифры введены вручную" in part(raw, "xl/sharedStrings.xml")
    assert re.search(r"<v>1000</v>", part(raw, "xl/worksheets/sheet2.xml"))


def test_a_map_without_figures_says_so() -> None:
    """R-65"""
    value = Map.model_validate({"title": "x", "stages": [{"id": "a", "title": "A"}]})
    assert "No readings yet" in part(book_of(value, "en"), "xl/sharedStrings.xml")


def code_of(raw: bytes) -> str:
    with pytest.raises(TropaError) as caught:
        read_xlsx(raw, "x.xlsx")
    return caught.value.code


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return out.getvalue()


def test_bombs_and_rubbish_are_refused() -> None:
    """R-12, R-13: what unpacks to too much, cells too far away, entities, what is no workbook."""
    assert code_of(b"PK\x03\x04 nothing") == "TR-C070"
    assert code_of(zipped({"a.xml": b"x"})) == "TR-C070"
    assert code_of(zipped({"big.bin": b"0" * 70_000_000})) == "TR-C071"
    assert (
        code_of(zipped({"xl/worksheets/sheet1.xml": b'<row r="1"><c r="A1"/><c r="XFD1048576"/></row>'})) == "TR-C071"
    )
    assert code_of(zipped({"xl/workbook.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><x/>'})) == "TR-C070"
    raw = book_of(SHOP)
    assert code_of(raw[: len(raw) // 2]) == "TR-C070"


def test_a_workbook_of_ones_own(tmp_path: Path) -> None:
    """R-13: lanes in the first column, stages in the first row; an empty book is told."""
    file = tmp_path / "моя.xlsx"
    with xlsxwriter.Workbook(str(file)) as book:
        sheet = book.add_worksheet()
        for row, line in enumerate([["", "Нужда", "Покупка"], ["Делает", "ищет", "платит"]]):
            sheet.write_row(row, 0, line)
    back, _ = from_matrix(read_table(file))
    assert back.stages[1].does == ("платит",)
    empty = io.BytesIO()
    with xlsxwriter.Workbook(empty, {"in_memory": True}) as book:
        book.add_worksheet()
    assert code_of(empty.getvalue()) == "TR-C072"
    with pytest.raises(TropaError) as caught:
        read_table(tmp_path / "map.docx")
    assert caught.value.code == "TR-C001"
    (tmp_path / "map.docx").write_bytes(b"x")
    with pytest.raises(TropaError) as caught:
        read_table(tmp_path / "map.docx")
    assert caught.value.code == "TR-C078"
