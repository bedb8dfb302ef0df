"""R-21: a wide orders table is one event per date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tropa import events

Write = Callable[..., Path]

ORDERS = """Номер заказа;Телефон;Дата создания;Дата оплаты;Дата отправки;Дата доставки;Дата отмены;Дата возврата;Сумма;Источник
1;8 916 123-45-67;01.02.2024 10:00;01.02.2024 10:05;03.02.2024;05.02.2024;;;1 500,00;ВК
2;+7 916 123-45-67;13.02.2024;;;;14.02.2024;;700;Сайт
3;;13.02.2024;;;;;;700;Сайт
4;8 903 111-22-33;;;;;;;100;Сайт
5;8 903 111-22-33;13.02.2024;когда-нибудь;;;;;100;Сайт
"""


def test_one_event_a_date(write: Write) -> None:
    """R-21: order number and value on each of them, the row they came from, faults of the others."""
    plan = events.plan(write("заказы.csv", ORDERS, "cp1251"))
    assert "events-warn-wide-orders" in plan.warnings
    (batch,) = events.read(plan)
    rows = batch.events.to_pylist()
    assert [(row["row"], row["event"], row["customer"], row["order"], row["value"]) for row in rows] == [
        (2, "order_created", "+79161234567", "1", 150000),
        (2, "order_paid", "+79161234567", "1", 150000),
        (2, "order_sent", "+79161234567", "1", 150000),
        (2, "order_delivered", "+79161234567", "1", 150000),
        (3, "order_created", "+79161234567", "2", 70000),
        (3, "order_cancelled", "+79161234567", "2", 70000),
    ]
    assert batch.raw_index.tolist() == [0, 0, 0, 0, 1, 1]
    assert len(batch.raw) == 2
    assert [(row.line, row.code) for row in batch.bad] == [(4, "TR-E103"), (5, "TR-E115"), (6, "TR-E101")]


DAY = st.one_of(st.none(), st.dates(date(2020, 1, 1), date(2025, 1, 1)))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.tuples(DAY, DAY, DAY), min_size=1, max_size=15))
def test_every_date_is_counted_once(write: Write, orders: list[tuple[date | None, ...]]) -> None:
    """R-21: as many events as filled dates, whatever the table; rows without a date are told apart."""
    anchor = [(date(2021, 1, 1), date(2021, 1, 2), None)]  # makes the table plainly a wide one
    table = anchor + orders
    lines = [
        f"{index},c{index % 3},{','.join('' if day is None else day.isoformat() for day in days)}"
        for index, days in enumerate(table)
    ]
    file = write("orders.csv", "order_id,customer,created_at,paid_at,returned_at\n" + "\n".join(lines) + "\n")
    batches = list(events.read(events.plan(file)))
    found = Counter((row["order"], row["event"], row["time"]) for batch in batches for row in batch.events.to_pylist())
    names = ("order_created", "order_paid", "order_returned")
    epoch = date(1970, 1, 1)
    expected = Counter(
        (str(index), name, (day - epoch) // timedelta(microseconds=1))
        for index, days in enumerate(table)
        for name, day in zip(names, days, strict=True)
        if day is not None
    )
    assert found == expected
    empty = [index + 2 for index, days in enumerate(table) if not any(days)]
    assert [row.line for batch in batches for row in batch.bad] == empty


STEPS = ("order_created", "order_paid", "order_sent", "order_delivered", "order_cancelled", "order_returned")
HEADINGS = {
    "Bitrix": ("Дата создания", "Дата оплаты", "Дата отгрузки", "Дата доставки", "Дата отмены", "Дата возврата"),
    "InSales": ("Создан", "Оплачен", "Отгружен", "Доставлен", "Отменён", "Возвращён"),
    "RetailCRM": (
        "Дата и время оформления",
        "Дата полной оплаты",
        "Дата отправки",
        "Дата вручения",
        "Дата отказа",
        "Дата возврата средств",
    ),
    "an API": ("created_at", "paid_at", "shipped_at", "delivered_at", "cancelled_at", "refunded_at"),
    "camel case": ("createdAt", "fullPaidAt", "shipmentDate", "deliveryDate", "canceledAt", "returnedAt"),
    "Bitrix tables": (
        "DATE_INSERT",
        "DATE_PAYED",
        "DATE_DEDUCTED",
        "DATE_DELIVERED",
        "DATE_CANCELED",
        "DATE_REFUND",
    ),
}


@pytest.mark.parametrize("rows", [1, 3, 300])
@pytest.mark.parametrize("faulty", [None, 0, 1, 5])
@pytest.mark.parametrize("headings", HEADINGS.values(), ids=HEADINGS)
def test_date_columns_are_known_however_few_the_rows(
    write: Write, headings: tuple[str, ...], faulty: int | None, rows: int
) -> None:
    """R-21: the names decide; one unreadable date makes its row bad and leaves the column what it is."""
    lines = []
    for index in range(rows):
        cells = [f"{1 + step:02}.{1 + index % 12:02}.2024 10:00" for step in range(6)]
        if index == rows - 1 and faulty is not None:
            cells[faulty] = "вчера"
        lines.append(";".join([str(index), f"c{index}", *cells, "100"]))
    file = write("заказы.csv", "\n".join([";".join(["Номер", "Клиент", *headings, "Сумма"]), *lines]) + "\n")
    plan = events.plan(file)
    assert {guess.column: guess.event for guess in plan.roles if guess.event} == dict(zip(headings, STEPS, strict=True))
    (batch,) = events.read(plan)
    good = rows - (faulty is not None)
    assert Counter(row["event"] for row in batch.events.to_pylist()) == (dict.fromkeys(STEPS, good) if good else {})
    wanted = [] if faulty is None else [("TR-E101", headings[faulty], rows + 1)]
    assert [(row.code, row.column, row.line) for row in batch.bad] == wanted


@pytest.mark.parametrize("rows", [1, 3, 300])
def test_how_and_whether_are_no_dates(write: Write, rows: int) -> None:
    """R-21: a flag and a way of delivery beside the dates; promised and last-changed dates are no events either."""
    line = "{0};c{0};01.02.2024;02.02.2024;да;курьер;09.02.2024;10.02.2024;100"
    head = "Номер;Клиент;Дата;Оплачен;Отгружен;Доставка;Желаемая дата доставки;Дата изменения;Сумма"
    plan = events.plan(write("заказы.csv", "\n".join([head, *(line.format(index) for index in range(rows))]) + "\n"))
    found = {guess.column: guess.event for guess in plan.roles if guess.event}
    assert found == {"Дата": "order_created", "Оплачен": "order_paid"}


@pytest.mark.parametrize("rows", [1, 3, 300])
def test_an_empty_step_is_a_step_that_has_not_come_yet(write: Write, rows: int) -> None:
    """R-21: nobody has paid yet, so no row is a paid order."""
    text = "Номер;Клиент;Создан;Оплачен;Сумма\n" + "".join(
        f"{index};c{index};01.02.2024;;100\n" for index in range(rows)
    )
    (batch,) = events.read(events.plan(write("заказы.csv", text)))
    assert Counter(row["event"] for row in batch.events.to_pylist()) == {"order_created": rows}
