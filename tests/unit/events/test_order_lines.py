"""Orders as shops write them down without saying so: totals on every line of goods, statuses, guests, carriers, bare names (R-21, R-64)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tropa import events
from tropa.api import trail
from tropa.events.contract import ColumnRole as R
from tropa.events.synonyms import order_date_event

Write = Callable[..., Path]
HEAD = "Order ID,Date Created,Date Paid,Status,Customer ID,Name,Email,Product,Total Amount\n"
LINES = [
    "1,2026-01-01 10:00,2026-01-01 10:01,completed,0,Anna Petrova,anna@example.org,Tea,30.00",
    "1,2026-01-01 10:00,2026-01-01 10:01,completed,0,Anna Petrova,anna@example.org,Cup,30.00",
    "2,2026-01-02 10:00,2026-01-02 10:01,refunded,0,Bert Jones,bert@example.org,Tea,45.50",
    "2,2026-01-02 10:00,2026-01-02 10:01,refunded,0,Bert Jones,bert@example.org,Pot,45.50",
    "2,2026-01-02 10:00,2026-01-02 10:01,refunded,0,Bert Jones,bert@example.org,Spoon,45.50",
    "3,2026-01-03 10:00,,cancelled,17,Carl Lind,carl@example.org,Tea,12.00",
    "4,2026-01-04 10:00,2026-01-04 10:01,processing,0,Dora Smith,dora@example.org,Cup,20.00",
    "4,2026-01-04 10:00,2026-01-04 10:01,processing,0,Dora Smith,dora@example.org,Tea,20.00",
]


def test_a_total_on_every_line_counts_once_an_order(write: Write) -> None:
    """R-21: 30 + 45.50 + 20, the guests are three people, and who paid back bought nothing."""
    plan = events.plan(write("orders.csv", HEAD + "\n".join(LINES) + "\n"))
    assert plan.order_once
    assert {"events-warn-order-once", "events-warn-status-ends"} <= set(plan.warnings)
    found = trail(plan.file, zone="UTC", lang="en").tape
    told = Counter(found.event.names[code] for code in found.event.codes)
    assert told == {"order_created": 4, "order_paid": 3, "order_cancelled": 1, "order_returned": 1}
    assert len(found.customers) == 4
    paid = [found.event.names[code] == "order_paid" for code in found.event.codes]
    assert sum(int(value) for value, yes in zip(found.value, paid, strict=True) if yes) == 9_550


def test_amounts_of_lines_are_added_up(write: Write) -> None:
    """R-21: where the amounts of an order differ, or its rows are the same goods, each row's own is meant."""
    differ = [line if at != 1 else line.replace("30.00", "31.00") for at, line in enumerate(LINES)]
    tickets = [line.replace("Cup", "Tea").replace("Pot", "Tea").replace("Spoon", "Tea") for line in LINES]
    for lines in (differ, tickets):
        assert not events.plan(write("orders.csv", HEAD + "\n".join(lines) + "\n")).order_once


def test_where_a_column_says_what_happened_each_row_is_an_event(write: Write) -> None:
    """R-21: steps of an order that all carry its total are no lines of goods."""
    rows = [
        f"{k // 3},2026-01-0{k},{('seen', 'called', 'paid')[k % 3]},c{k // 3},{10 + k // 3}.00" for k in range(1, 9)
    ]
    plan = events.plan(write("a.csv", "order_id,time,event,customer,total\n" + "\n".join(rows) + "\n"))
    assert plan.column(R.EVENT) == "event"
    assert not plan.order_once


def test_a_guest_without_a_contact_keeps_the_number(write: Write, rows_of: Any) -> None:
    """R-21: nothing is thrown away: 0 may be somebody's number after all."""
    good, bad = rows_of(write("a.csv", "customer_id,email,event,time\n0,,view,2026-01-01\n0,a@b.org,view,2026-01-01\n"))
    assert not bad
    assert [row["customer"] for row in good] == ["0", "a@b.org"]


def test_an_order_with_a_status_was_created_whatever_became_of_it(write: Write, rows_of: Any) -> None:
    """R-21: a row an order; a table that repeats orders is the history of their statuses, each row an event of its own."""
    head = "Order number,Order date,Status,Customer,Total\n"
    file = write("a.csv", head + "1,2026-01-01,completed,a,5\n2,2026-01-02,pending,b,6\n3,2026-01-03,cancelled,c,7\n")
    good, _ = rows_of(file)
    assert "events-warn-status-steps" in events.plan(file).warnings
    assert [(row["order"], row["event"]) for row in good] == [
        ("1", "order_created"),
        ("1", "order_paid"),
        ("2", "order_created"),
        ("3", "order_created"),
        ("3", "order_cancelled"),
    ]
    history = write("b.csv", head + "1,2026-01-01,created,a,5\n1,2026-01-02,completed,a,5\n2,2026-01-03,pending,b,6\n")
    good, _ = rows_of(history)
    assert [row["event"] for row in good] == ["order_created", "order_paid", "order_created"]


def test_what_a_carrier_got_the_customer_has_not() -> None:
    """R-21: a parcel handed over to the carrier is sent; one delivered by the carrier to the customer is delivered."""
    assert order_date_event("order_delivered_carrier_date") == "order_sent"
    assert order_date_event("order_delivered_customer_date") == "order_delivered"
    assert order_date_event("Дата доставки") == "order_delivered"


def test_a_bare_name_beside_an_e_mail_is_a_persons(write: Write) -> None:
    """R-64: people's names do not lie about as properties; names of goods are no names of people."""
    people = events.plan(write("a.csv", HEAD + "\n".join(LINES) + "\n"))
    assert people.column(R.NAME) == "Name"
    goods = [line.replace(line.split(",")[5], "Green Tea") for line in LINES]
    assert events.plan(write("b.csv", HEAD + "\n".join(goods) + "\n")).column(R.NAME) is None
