"""R-20, R-21: files as people really export them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from tropa import events
from tropa.events import ColumnRole
from tropa.model import TropaError

Write = Callable[..., Path]
Rows = Callable[..., tuple[list[dict[str, Any]], list[events.BadRow]]]


def test_a_report_with_title_totals_and_broken_cells(write: Write, rows_of: Rows) -> None:
    """R-20: cp1251 with `;`, a title above, line breaks in cells, short years, roubles; totals step aside under their own name."""
    lines = ["Отчёт по заказам за январь;;;;", "Номер заказа;Клиент;Телефон;Дата;Сумма"]
    lines += [f'{n};"Петров\nИван";8 (900) 123-45-{n:02};{n:02}.01.24 12:30;"1 {n:03},50 ₽"' for n in range(1, 25)]
    lines += ["Итого;;;;24 312,00 ₽", ";;;;", "Всего: 24;;;;"]
    file = write("отчёт.csv", "\r\n".join(lines).replace("₽", "руб."), "cp1251")
    good, bad = rows_of(file)
    assert len(good) == 24
    assert (good[0]["row"], good[0]["value"], good[0]["phone"]) == (3, 100150, "+79001234501")
    assert (good[1]["row"], good[1]["customer"]) == (5, "+79001234502")
    assert [(row.code, row.line) for row in bad] == [("TR-E120", 51), ("TR-E120", 53)]
    assert events.reason(bad[0], "ru").startswith("Строка итогов")


def test_names_of_people_are_no_numbers_where_there_is_a_phone(write: Write) -> None:
    """R-20: namesakes stay apart by their phones; without a phone the name has to do."""
    head, rows = (
        "Клиент;Телефон;Дата;Сумма",
        "".join(f"{'Иван Петров' if n % 2 else 'Анна С.'};8900123450{n};{n + 1:02}.01.2024;100\n" for n in range(6)),
    )
    plan = events.plan(write("a.csv", f"{head}\n{rows}"))
    assert [guess.role for guess in plan.roles[:2]] == [ColumnRole.NAME, ColumnRole.PHONE]
    plan = events.plan(write("b.csv", "Клиент;Дата;Сумма\nИван Петров;01.01.2024;100\nАнна С.;02.01.2024;100\n"))
    assert plan.roles[0].role == ColumnRole.CUSTOMER


def test_a_header_without_rows(write: Write, tmp_path: Path) -> None:
    """R-20: no row of data is what is wrong, not the columns."""
    book = xlsxwriter.Workbook(tmp_path / "c.xlsx")
    book.add_worksheet().write_row(0, 0, ["client", "date", "event"])
    book.close()
    for file in (write("a.csv", "client;date;event\n"), write("b.csv", "client;date;event"), tmp_path / "c.xlsx"):
        with pytest.raises(TropaError) as caught:
            events.plan(file)
        assert caught.value.code == "TR-E002"


@pytest.mark.parametrize(
    "content",
    [
        b"<html><body><table><tr><td>\xea\xeb\xe8\xe5\xed\xf2</td></tr></table>",
        b"\xef\xbb\xbf<?xml version='1.0'?><rows/>",
        bytes(range(256)) * 20,
    ],
)
def test_what_only_looks_like_a_table(write: Write, content: bytes) -> None:
    """R-20: web pages called .xls and programs are refused by name, not taken for strange columns."""
    with pytest.raises(TropaError) as caught:
        events.plan(write("заказы.xls", content))
    assert caught.value.code == "TR-E003"


def test_an_export_of_google_analytics(write: Write, rows_of: Rows) -> None:
    """R-20: one event an object: parameters are its properties, goods its parts; identifiers with a point are no fractions."""
    item = {
        "event_timestamp": 1705276800000000,
        "event_name": "purchase",
        "user_pseudo_id": "1234567890.1705276800",
        "event_params": [
            {"key": "page_location", "value": {"string_value": "https://x/", "int_value": None}},
            {"key": "ga_session_id", "value": {"string_value": None, "int_value": 5}},
        ],
        "items": [{"item_id": "a", "price": 5}, {"item_id": "b", "price": 7}],
    }
    texts = [json.dumps({**item, "user_pseudo_id": f"12345.{n % 7}"}) for n in range(30)]
    good, bad = rows_of(write("ga.jsonl", "\n".join(texts)))
    assert not bad
    assert len(good) == 30
    assert good[1]["customer"] == "12345.1"
    assert good[1]["p:event_params.page_location"] == "https://x/"
    assert good[1]["session"] == "12345.1.5"  # the number of a session is one user's own


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ({"user": "a", "events": [{"event": "v", "ts": 1}, {"event": "w", "ts": 2}]}, 2),
        ({"user": "a", "started_at": "2024-01-01", "hits": [{"event": "v", "time": "2024-01-01"}] * 3}, 3),
        ({"user": "a", "event": "v", "time": "2024-01-01", "goods": [{"sku": 1}, {"sku": 2}]}, 1),
        ({"user": "a", "event": "v", "time": "2024-01-01", "shipments": [{"sku": 1, "date": "2024-01-05"}]}, 1),
    ],
)
def test_which_lists_are_events(write: Write, line: dict[str, Any], count: int) -> None:
    """R-20: a list of events is opened, parts of one event are not."""
    file = write("a.jsonl", "".join(json.dumps(line) + "\n" for _ in range(4)))
    rows = events.reading.raw_rows(events.plan(file))
    assert sum(part.table.num_rows for part in rows) == 4 * count
