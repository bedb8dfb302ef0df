"""R-20: logs that nobody on the team wrote, read without a word of help, against their known answers."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pyarrow.compute as pc
import pytest

from tropa import events
from tropa.events import ColumnRole as R

pytestmark = pytest.mark.shared


def roles(plan: events.ReadPlan) -> dict[str, str]:
    """Role → column, for roles that only one column has."""
    return {guess.role.value: guess.column for guess in plan.roles if guess.role not in (R.PROPERTY, R.IGNORE)}


def read(plan: events.ReadPlan) -> tuple[int, set[str], Counter[str], Counter[str]]:
    """Number of events, customers, events by name, faults by code."""
    count, people, names, faults = 0, set(), Counter[str](), Counter[str]()
    for batch in events.read(plan):
        count += len(batch.events)
        people |= set(batch.events["customer"].unique().to_pylist())
        for entry in pc.value_counts(batch.events["event"]).to_pylist():
            names[entry["values"]] += entry["counts"]
        assert isinstance(batch.bad, events.BadRows)
        faults.update(batch.bad.counts())
    return count, people, names, faults


def test_shop_events(shared_data: Path) -> None:
    """31,106 events of 600 users, 19 names, no bad row."""
    plan = events.plan(shared_data / "retentioneering_ecom" / "ecom.csv.gz")
    expected = {
        "customer": "user_id",
        "event": "event",
        "time": "timestamp",
        "session": "session_id",
        "channel": "acquisition_channel",
    }
    assert roles(plan) == expected
    count, people, names, faults = read(plan)
    assert (count, len(people), len(names), faults) == (31_106, 600, 19, Counter())


def test_gift_shop(shared_data: Path) -> None:
    """541,909 lines of orders: 24.93 % without a customer step aside, 4,372 customers stay."""
    plan = events.plan(shared_data / "online_retail" / "online_retail.parquet")
    found = roles(plan)
    assert (found["order"], found["quantity"], found["price"], found["time"], found["customer"]) == (
        "InvoiceNo",
        "Quantity",
        "UnitPrice",
        "InvoiceDate",
        "CustomerID",
    )
    count, people, names, faults = read(plan)
    assert count + faults["TR-E103"] == 541_909
    assert round(faults["TR-E103"] / 541_909 * 100, 2) == 24.93
    assert set(faults) == {"TR-E103"}
    assert len(people) == 4_372
    assert set(names) == {"order_paid", "order_cancelled"}
    assert names["order_cancelled"] == 8_905


def test_households(shared_data: Path) -> None:
    """75,000 lines of 2,377 households."""
    plan = events.plan(shared_data / "completejourney" / "transactions_sample.parquet")
    found = roles(plan)
    assert (found["customer"], found["order"], found["value"], found["time"]) == (
        "household_id",
        "basket_id",
        "sales_value",
        "transaction_timestamp",
    )
    count, people, _, faults = read(plan)
    assert (count, len(people), faults) == (75_000, 2_377, Counter())


def test_sessions_as_json(shared_data: Path) -> None:
    """20 sessions with 862 events inside them."""
    count, people, names, faults = read(events.plan(shared_data / "otto_sessions" / "train.jsonl"))
    assert (count, len(people), faults) == (862, 20, Counter())
    assert names == Counter(clicks=800, carts=52, orders=10)


def test_tracker_rows(shared_data: Path) -> None:
    """160 rows made to hurt: the message number is found, 157 of them distinct; nothing is lost."""
    file = shared_data / "snowplow_web" / "source" / "snowplow_web_events.csv"
    plan = events.plan(file, events.Overrides(preset="none"))
    found = roles(plan)
    assert (found["message_id"], found["time"], found["event"]) == ("event_id", "collector_tstamp", "event")
    numbers, total = set(), 0
    for batch in events.read(plan):
        numbers |= set(batch.events["message_id"].to_pylist()) | {row.raw["event_id"] for row in batch.bad}
        total += len(batch.events) + len(batch.bad)
    assert (total, len(numbers)) == (160, 157)
