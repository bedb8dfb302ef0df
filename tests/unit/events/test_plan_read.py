"""R-20, R-21, R-64: whole small files, from their bytes to events."""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from tropa import events
from tropa.events import ColumnRole, Overrides

Write = Callable[..., Path]
Rows = Callable[..., tuple[list[dict[str, Any]], list[events.BadRow]]]


def moment(us: int) -> str:
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=us)).strftime("%Y-%m-%d %H:%M")


RUSSIAN = """Отчёт по событиям;;;;;
Клиент;Дата события;Событие;Источник;Сумма, ₽;Город
101;31.12.2023 23:59;Просмотр;Яндекс;;Казань
102;01.01.2024 10:00;Заказ;Реклама;1 234,50;Москва
101;2.1.2024 9:05;Заказ;Яндекс;"2 000,00 ₽";Казань
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16", "cp866"])
def test_a_russian_export(write: Write, rows_of: Rows, encoding: str) -> None:
    """R-20: title above the header, `;`, decimal comma, dd.mm.yyyy, money signs, every encoding."""
    content = RUSSIAN if encoding in ("utf-8", "utf-8-sig", "utf-16") else RUSSIAN.replace("₽", "руб")
    file = write("события.csv", content, encoding)
    plan = events.plan(file)
    assert (plan.dialect.delimiter, plan.dialect.decimal, plan.dialect.header_line) == (";", ",", 2)
    assert plan.currency == "RUB"
    good, bad = rows_of(file, Overrides(zone="Europe/Moscow"))
    assert not bad
    assert [
        (row["row"], row["customer"], moment(row["time"]), row["event"], row["channel"], row["value"]) for row in good
    ] == [
        (3, "101", "2023-12-31 20:59", "Просмотр", "Яндекс", None),
        (4, "102", "2024-01-01 07:00", "Заказ", "Реклама", 123450),
        (5, "101", "2024-01-02 06:05", "Заказ", "Яндекс", 200000),
    ]
    assert good[0]["p:Город"] == "Казань"


BAD = """user_id,time,event,amount
u1,2024-01-01,view,
,2024-01-01,view,
u2,soon,view,
u3,2024-01-01,,
u4,2024-01-01,buy,lots
u5,,view,
u6,1812-09-07,view,
u7,2024-01-01,view,1,2
"u
8",2024-01-01,view,5.5
,,,
"""


def test_every_fault_has_its_line_and_reason(write: Write, rows_of: Rows) -> None:
    """R-20: bad rows never stop a file and never vanish; a row with nothing in it is a blank line."""
    good, bad = rows_of(write("log.csv", BAD))
    assert [(row["row"], row["customer"], row.get("value")) for row in good] == [(2, "u1", None), (10, "u\n8", 550)]
    assert [(row.line, row.code, row.column) for row in bad] == [
        (3, "TR-E103", "user_id"),
        (4, "TR-E101", "time"),
        (5, "TR-E104", "event"),
        (6, "TR-E105", "amount"),
        (7, "TR-E102", "time"),
        (8, "TR-E114", "time"),
        (9, "TR-E108", None),
    ]
    assert bad[1].raw == {"user_id": "u2", "time": "soon", "event": "view", "amount": ""}
    assert bad[6].raw[""] == "2"
    for row in bad:
        assert events.reason(row, "ru")
        assert events.reason(row, "en")
    assert "soon" in events.reason(bad[1], "en")


def test_bad_rows_are_a_lazy_sequence(write: Write) -> None:
    """R-20: a hundred thousand bad rows are columns; each row is made when it is looked at."""
    lines = "".join(f",2024-01-01,view,{index}\n" for index in range(100))
    (batch,) = events.read(events.plan(write("log.csv", f"user_id,time,event,amount\nu1,2024-01-01,view,1\n{lines}")))
    assert isinstance(batch.bad, events.BadRows)
    assert batch.bad.counts() == {"TR-E103": 100}
    assert batch.bad[-1].raw["amount"] == "99"
    assert len(batch.bad[10:20]) == 10
    with pytest.raises(IndexError):
        batch.bad[100]


@pytest.mark.parametrize("pack", [gzip.compress, lambda data: zstandard.ZstdCompressor().compress(data)])
def test_packed(write: Write, rows_of: Rows, pack: Callable[[bytes], bytes]) -> None:
    """R-20: gz and zst, by content and not by name."""
    good, bad = rows_of(write("log.csv.packed", pack(b"user_id,time,event\nu1,2024-01-01,view\n")))
    assert (len(good), bad) == (1, [])


def test_json_lines(write: Write, rows_of: Rows) -> None:
    """R-20: nested objects become dotted columns; unreadable lines step aside; keys that come late still count."""
    text = (
        '{"userId": "u1", "timestamp": "2024-01-01T10:00:00Z", "event": "view", "properties": {"price": 5.5, "tags": ["a"]}}\n'
        "\n{broken\n[1]\n"
        '{"userId": "u2", "timestamp": "2024-01-01T11:00:00Z", "event": "buy", "properties": {"price": 7}, "late": 1}\n'
        '{"userId": 3, "timestamp": "2024-01-01T12:00:00Z", "event": "buy"}\n'
    )
    good, bad = rows_of(write("log.jsonl", text))
    assert [(row["row"], row["customer"], moment(row["time"])[-5:], row["event"]) for row in good] == [
        (1, "u1", "10:00", "view"),
        (5, "u2", "11:00", "buy"),
        (6, "3", "12:00", "buy"),
    ]
    assert [(row.line, row.code) for row in bad] == [(3, "TR-E112"), (4, "TR-E112")]
    assert events.reason(bad[0], "ru")


def test_events_inside_a_line(write: Write, rows_of: Rows) -> None:
    """R-20: one session a line with a list of events."""
    text = (
        '{"session": 1, "events": [{"ts": 1661723962737, "type": "clicks"}, {"ts": 1661723962738, "type": "orders"}]}\n'
        * 2
    )
    file = write("sessions.jsonl", text)
    plan = events.plan(file)
    assert plan.nested == "events"
    assert "events-warn-session" in plan.warnings
    good, _ = rows_of(file)
    assert [(row["row"], row["customer"], row["event"]) for row in good] == [
        (1, "1", "clicks"),
        (1, "1", "orders"),
        (2, "1", "clicks"),
        (2, "1", "orders"),
    ]


def test_parquet_types(tmp_path: Path, rows_of: Rows) -> None:
    """R-20: typed columns, dictionaries, customers that are whole numbers in float columns."""
    table = pa.table(
        {
            "CustomerID": pa.array([17850.0, None, 12583.0]),
            "event": pa.array(["a", "b", "a"]).dictionary_encode(),
            "time": pa.array([datetime(2024, 1, 1), datetime(2024, 1, 2), None], pa.timestamp("ns")),
            "amount": pa.array([1.105, 2.0, 3.0]),
            "when": pa.array([date(2024, 1, 1)] * 3),
        }
    )
    pq.write_table(table, tmp_path / "log.parquet")
    good, bad = rows_of(tmp_path / "log.parquet", Overrides(roles={"time": ColumnRole.TIME}))
    assert [(row["customer"], row["event"], row["value"]) for row in good] == [("17850", "a", 110)]
    assert [(row.line, row.code) for row in bad] == [(2, "TR-E103"), (3, "TR-E102")]
    assert bad[0].raw["amount"] == "2"


def test_a_workbook(workbook: Path, rows_of: Rows) -> None:
    """R-20, R-64: first sheet with a table, date and time of day apart, phones as identity, scores on one scale."""
    plan = events.plan(workbook)
    assert (plan.sheet, plan.dialect.header_line, plan.instrument, plan.fixed_event) == (
        "Заказы",
        3,
        "nps",
        "order_paid",
    )
    good, bad = rows_of(workbook)
    assert not bad
    assert [(row["row"], row["customer"], moment(row["time"]), row["value"], row["score"]) for row in good] == [
        (4, "+79161234567", "2024-01-01 10:30", 100000, -2.0),
        (5, "+79161234567", "2024-01-02 11:30", 100100, 0.0),
        (6, "+79031112233", "2024-01-03 12:30", 100200, 2.0),
    ]
    phone = next(guess for guess in plan.roles if guess.role == ColumnRole.PHONE)
    assert phone.samples[0] == "+7 ••• •••-••-67"


def test_statuses_and_cancellations(write: Write, rows_of: Rows) -> None:
    """R-21: a column of statuses says which event an order is."""
    text = (
        "Номер заказа;Покупатель;Дата заказа;Статус;Сумма\n1;а;01.01.2024;Выполнен;100\n"
        "2;б;02.01.2024;Отменён;200\n3;в;03.01.2024;Возврат;300\n4;г;04.01.2024;Загадка;1\n"
    )
    good, _ = rows_of(write("orders.csv", text))
    told = [(row["order"], row["event"]) for row in good]
    assert told[::2] == [(order, "order_created") for order in "1234"]
    assert [event for _, event in told[1::2]] == ["order_paid", "order_cancelled", "order_returned", "Загадка"]


def test_line_items(write: Write, rows_of: Rows) -> None:
    """R-20: value = quantity × price where there is no total; C-numbers and negative quantities take a purchase back."""
    text = (
        "InvoiceNo,StockCode,Quantity,InvoiceDate,UnitPrice,CustomerID\n536365,85123A,6,2010-12-01 08:26:00,2.55,17850\n"
        "C536379,D,-1,2010-12-01 09:41:00,27.50,14527\n536380,X,-2,2010-12-01 09:42:00,1,14527\n"
    )
    file = write("retail.csv", text)
    plan = events.plan(file)
    assert {"events-warn-line-items", "events-warn-fixed-event"} <= set(plan.warnings)
    good, _ = rows_of(file)
    assert [(row["event"], row["value"], row["order"]) for row in good] == [
        ("order_paid", 1530, "536365"),
        ("order_cancelled", -2750, "C536379"),
        ("order_cancelled", -200, "536380"),
    ]


def test_scores(write: Write, rows_of: Rows) -> None:
    """R-30: instruments by range and name, zero stars as no answer, a score off its scale as a fault."""
    text = "client,date,rating,отзыв\na,2024-01-01,5,Отлично! Пишите на a@b.ru\nb,2024-01-01,1,Плохо\nc,2024-01-01,0,\nd,2024-01-01,4,\n"
    file = write("reviews.csv", text)
    plan = events.plan(file)
    assert (plan.instrument, plan.fixed_event) == ("stars", "review_written")
    assert "events-warn-zero-scores" in plan.warnings
    good, bad = rows_of(file)
    assert [row["score"] for row in good] == [2.0, -2.0, None, 1.0]
    assert [row["instrument"] for row in good] == ["stars", "stars", None, "stars"]
    assert good[0]["text"] == "Отлично! Пишите на a•••@b•••.ru"
    assert not bad
    _, bad = rows_of(file, Overrides(instrument="native"))
    assert [(row.line, row.code) for row in bad] == [(2, "TR-E107"), (5, "TR-E107")]


def test_instruments_in_a_column(write: Write, rows_of: Rows) -> None:
    """R-30: each row may say which survey it was."""
    text = "client,date,survey,score\na,2024-01-01,nps,10\nb,2024-01-01,csat,1\nc,2024-01-01,ces,7\nd,2024-01-01,horoscope,3\n"
    good, bad = rows_of(write("answers.csv", text), Overrides(roles={"survey": ColumnRole.INSTRUMENT}, instrument=None))
    assert [(row["instrument"], row["score"]) for row in good][:3] == [("nps", 2.0), ("csat", -2.0), ("ces", 2.0)]
    assert not bad  # the file's own guess stands in for what is unknown


def test_small_batches_change_nothing(write: Write, rows_of: Rows) -> None:
    """R-20: the same file in many blocks gives the same events, lines and faults."""
    lines = "".join(
        f'u{index},2024-01-01 10:{index % 60:02},"ev{chr(10) if index % 7 == 0 else ""}{index % 3}",{index if index % 11 else "x"}\n'
        for index in range(20_000)
    )
    file = write("log.csv", f"user_id,time,event,amount\n{lines}")
    whole, whole_bad = rows_of(file)
    parts, parts_bad = rows_of(file, batch_rows=500)
    assert whole == parts
    assert [(row.line, row.code, dict(row.raw)) for row in whole_bad] == [
        (row.line, row.code, dict(row.raw)) for row in parts_bad
    ]
    assert len(whole) + len(whole_bad) == 20_000


def test_source_names() -> None:
    """R-20: a newer export of the same file is the same source."""
    for name in (
        "orders.csv",
        "orders 2024-05.csv.gz",
        "orders_2024-05-31 (2).xlsx",
        "orders-01.parquet",
        "orders (1).csv",
    ):
        assert events.source_name(Path(name)) == "orders", name
    assert events.source_name(Path("2024.csv")) == "2024"


def test_depth_of_json(write: Write, rows_of: Rows) -> None:
    """R-20: nesting and width of JSON are bounded, row by row."""
    deep = '{"a":' * 60 + "1" + "}" * 60
    wide = "{" + ",".join(f'"k{index}": 1' for index in range(2_100)) + "}"
    text = (
        '{"user": "u", "time": "2024-01-01", "event": "e"}\n' * 3
        + f'{{"user": "u", "x": {deep}}}\n{"[" * 100_000}\n{wide}\n'
    )
    good, bad = rows_of(write("deep.jsonl", text), None)
    assert len(good) == 3
    assert [(row.line, row.code) for row in bad] == [(4, "TR-E113"), (5, "TR-E113"), (6, "TR-E119")]


def test_plan_sentences(write: Write) -> None:
    """R-20: everything that was assumed is said, in both languages."""
    plan = events.plan(
        write("orders.csv", "phone,date,total\n+79161234567,01/02/2024,100\n+79161234568,03/04/2024,200\n")
    )
    assert {
        "events-warn-ambiguous-dates",
        "events-warn-naive-time",
        "events-warn-fixed-event",
        "events-warn-customer-by-contact",
    } <= set(plan.warnings)
    for lang in ("ru", "en"):
        assert len(events.notes(plan, lang)) == len(plan.warnings)
    assert plan.dialect.day_first


def test_reading_is_lazy(write: Write) -> None:
    """R-20: batches come as they are read."""
    out = io.StringIO()
    out.write("user_id,time,event\n")
    out.writelines(f"u{index},2024-01-01 00:00:00,view\n" for index in range(50_000))
    batches = events.read(events.plan(write("log.csv", out.getvalue())), batch_rows=1_000)
    first = next(iter(batches))
    assert 0 < len(first.events) < 50_000
    assert first.bytes_read > 0


def test_parquet_of_many_writers(tmp_path: Path, rows_of: Rows) -> None:
    """R-20: large strings, views, small dictionaries, bare bytes, odd headings, one huge row group read in slices."""
    n = 5_000
    names = [f"u{index % 50}" for index in range(n)]
    table = pa.table(
        [
            pa.array(names, pa.large_string()),
            pa.array(["view", "buy"] * (n // 2)).dictionary_encode().cast(pa.dictionary(pa.int8(), pa.string())),
            pa.array(range(1_700_000_000, 1_700_000_000 + n), pa.int64()),
            pa.array([b"site", b"app"] * (n // 2), pa.binary()),
            pa.array([b"\xff\xfe"] * n, pa.binary()),
            pa.array(["x"] * n, pa.string_view()),
        ],
        names=[" user_id ", "event", "timestamp", "channel", "blob", "event"],
    )
    pq.write_table(table, tmp_path / "log.parquet", row_group_size=n)
    good, bad = rows_of(tmp_path / "log.parquet", batch_rows=700)
    assert not bad
    assert [row["customer"] for row in good] == names
    assert [row["row"] for row in good] == list(range(1, n + 1))
    assert {(row["event"], row["channel"], row["p:event_2"]) for row in good} == {
        ("view", "site", "x"),
        ("buy", "app", "x"),
    }
    assert good[-1]["time"] == (1_700_000_000 + n - 1) * 1_000_000
