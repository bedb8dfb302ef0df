"""Hard logs: every declared measure answers them, with rows or with a reason, and never with a number that is none (R-20, R-26, R-63)."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from shops import DAY, HOUR, log, shop_map

from tropa.events.contract import EventBatch
from tropa.model import Deal, EventRule, Map, Segment, SegmentRule, Stage, Touchpoint
from tropa.model.measure import Answer, Column
from tropa.trail import prepare
from tropa.trail.answers import find_answers
from tropa.trail.archive import Archive
from tropa.trail.archive.build import tape_from_columns
from tropa.trail.filters import Filter, choose
from tropa.trail.measures import DECLARATIONS, Asked, ask
from tropa.trail.tape import NO_VALUE, Tape

MEASURES = [one.id for one in DECLARATIONS]
FURTHER: dict[str, list[dict[str, Any]]] = {
    "transitions": [{"level": "events", "repeats": True}],
    "steps": [{"level": "events", "times": True}],
    "sankey": [{"level": "events"}],
    "paths": [{"level": "events", "outcome": "left"}],
    "loops": [{"level": "events"}],
    "funnel": [{"order": "any-order"}, {"order": "strict"}, {"split": "channels"}, {"split": "segments"}],
    "funnel-difference": [{"order": "any-order"}],
    "clusters": [{"level": "events"}],
    "retention": [{"by": "visits", "period": "week"}, {"counted": "age"}],
    "repeat-curve": [{"split": "channels"}],
    "ltv": [{"split": "segments"}],
    "sales-cycle": [{"split": "points"}],
}
WAY = ("see", "see2", "pick", "enter", "pay", "send", "use")
SEGMENTS = (Segment(id="site", title="site", rule=SegmentRule(first_channel="site")),)
Rows = list[tuple[str, int, str]]


def walked(customers: int, seed: int = 7) -> Rows:
    """Customers who go some way along the shop's map, some of them twice; in order of time."""
    rng, rows = np.random.default_rng(seed), []
    for k in range(customers):
        at = int(rng.integers(0, 100)) * DAY
        for _ in range(int(rng.integers(1, 4))):
            for name in WAY[: int(rng.integers(1, len(WAY) + 1))]:
                at += int(rng.integers(1, 20)) * HOUR + k  # no two events of the log at one time
                rows.append((f"c{k}", at, name))
            at += int(rng.integers(3, 40)) * DAY
    return sorted(rows, key=lambda row: row[1])


def tape_of(rows: Rows, **columns: Any) -> Tape:
    """A tape of rows, in their order; what is paid has a value."""
    who, when, what = zip(*rows, strict=True) if rows else ((), (), ())
    columns.setdefault("channels", [("site", "app")[len(name) % 2] for name in who])
    values = np.array([5_000 if name == "pay" else NO_VALUE for name in what], np.int64)
    return tape_from_columns(list(who), list(when), list(what), values=values, currency="RUB", **columns)


def seen(tape: Tape, value: Map | None = None, today: date | None = None) -> Asked:
    """A tape through a map."""
    ready = prepare(tape, value or shop_map(segments=SEGMENTS), today)
    return Asked(ready, find_answers(ready), ready.everybody)


def unbound() -> Map:
    """A map that knows no event."""
    return Map(title="t", stages=(Stage(id="a", title="a"), Stage(id="b", title="b")))


def without_deal() -> Map:
    """A map of which no event is a deal."""
    return shop_map(deal=False, segments=SEGMENTS)


def only_deals() -> Map:
    """A map of one stage, the deal's."""
    point = Touchpoint(id="at-pay", title="pay", when=EventRule(event="pay"))
    return Map(title="t", stages=(Stage(id="buy", title="buy", touchpoints=(point,), deal=Deal(event="pay")),))


def of_channels(many: int) -> Tape:
    """Customers who come by so many channels."""
    rows = walked(many)
    return tape_of(rows, channels=[f"ch{int(name[1:]) % many}" for name, _, _ in rows])


LOGS: dict[str, Callable[[], Asked]] = {
    "plain": lambda: seen(tape_of(walked(120))),
    "all at one moment": lambda: seen(tape_of([(name, DAY, event) for name, _, event in walked(60)])),
    "all of a customer at one moment": lambda: seen(
        tape_of([(name, int(name[1:]) * DAY, event) for name, _, event in walked(60)])
    ),
    "one customer with very many events": lambda: seen(
        tape_of([*walked(50), *(("busy", k * HOUR, WAY[k * k % 7]) for k in range(3_000))])
    ),
    "only one customer": lambda: seen(tape_of([("busy", k * HOUR, WAY[k * k % 7]) for k in range(500)])),
    "many customers with one event": lambda: seen(tape_of([(f"c{k}", k * HOUR, WAY[k % 7]) for k in range(3_000)])),
    "5,000 event names": lambda: seen(
        tape_of([*walked(60), *((f"c{k % 60}", k * HOUR // 5, f"name {k}") for k in range(5_000))])
    ),
    "300 channels": lambda: seen(of_channels(300)),
    "empty": lambda: seen(tape_of([])),
    "empty and unbound": lambda: seen(tape_of([]), unbound()),
    "one event": lambda: seen(tape_of([("a", DAY, "see")])),
    "one deal": lambda: seen(tape_of([("a", DAY, "pay")])),
    "in the future": lambda: seen(tape_of(walked(60)), today=date(1969, 1, 1)),
    "half in the future": lambda: seen(tape_of(walked(60)), today=date(1970, 2, 1)),
    "before 1970": lambda: seen(tape_of([(name, at - 900 * DAY, event) for name, at, event in walked(60)])),
    "unbound map": lambda: seen(tape_of(walked(60)), unbound()),
    "no deal": lambda: seen(tape_of(walked(60)), without_deal()),
    "one stage": lambda: seen(tape_of(walked(60)), only_deals()),
    "nothing that the map knows": lambda: seen(tape_of([(f"c{k}", k * HOUR, "noise") for k in range(50)])),
    "no channel": lambda: seen(tape_of(walked(60), channels=None)),
    "nobody chosen": lambda: filtered(Filter(channel="tv")),
    "a period": lambda: filtered(Filter(start=40 * DAY, end=80 * DAY)),
    "a period without passes": lambda: filtered(Filter(start=4_000 * DAY, end=5_000 * DAY)),
}


def filtered(wish: Filter) -> Asked:
    """A plain log with a filter over it."""
    whole = seen(tape_of([*walked(60), ("t", DAY, "noise")], channels=None))
    return Asked.of(choose(whole.ready, whole.answers, wish))


@cache
def hard(name: str) -> Asked:
    """A hard log, made once."""
    return LOGS[name]()


def fits(cell: Any, column: Column) -> bool:
    """Whether a cell is what its column holds."""
    if cell is None or isinstance(cell, str):
        return True
    return math.isfinite(cell) and (column.kind not in ("share", "chance") or -1 - 1e-9 <= cell <= 1 + 1e-9)


def check(answer: Answer) -> None:
    """Rows or a reason; each cell a number that is one; what an interval is of within it."""
    assert bool(answer.rows) != (answer.cannot_tell is not None)
    names = [column.id for column in answer.columns]
    for row in answer.rows:
        told = dict(zip(names, row, strict=True))
        for column in answer.columns:
            assert fits(told[column.id], column), (column.id, told)
            if column.low is not None and column.high is not None:
                low, value, high = told[column.low], told[column.id], told[column.high]
                if isinstance(low, float) and isinstance(value, float) and isinstance(high, float):
                    assert low - 1e-6 <= value <= high + 1e-6, (column.id, told)


@pytest.mark.parametrize("name", MEASURES)
@pytest.mark.parametrize("log_name", LOGS)
def test_every_measure_answers_every_log(log_name: str, name: str) -> None:
    """R-26: rows or a reason, with default settings and with others."""
    for raw in ({}, *FURTHER.get(name, [])):
        check(ask(name, hard(log_name), raw))


@pytest.mark.parametrize("name", MEASURES)
def test_the_order_of_arrival_does_not_matter(name: str) -> None:
    """R-20: late and out of order, events of different times make the same trail."""
    rows = walked(80)
    mixed = [rows[at] for at in np.random.default_rng(3).permutation(len(rows))]
    known = {f"c{k}": k for k in range(80)}

    def told(given: Rows) -> Any:
        tape = tape_of(sorted(given, key=lambda row: known[row[0]]))  # customers are numbered as they come
        return ask(name, seen(tape), {}).model_dump(exclude={"data_version"})

    assert told(mixed) == told(rows)


def counts(answer: Answer) -> list[tuple[Any, ...]]:
    """What does not hang on pseudonyms: names and counts, the rows in an order of their own."""
    kept = [
        k for k, column in enumerate(answer.columns) if column.kind in ("state", "path", "count", "text", "channel")
    ]
    return sorted(tuple(str(row[k]) for k in kept) for row in answer.rows)


def archived(folder: Any, rows: Rows, phones: dict[str, str]) -> Archive:
    """The rows imported, with phones that join customers."""
    who, when, what = zip(*rows, strict=True)
    columns: dict[str, Any] = {
        "row": pa.array(range(1, len(rows) + 1), pa.int64()),
        "customer": list(who),
        "time": pa.array(when, pa.int64()),
        "event": list(what),
        "value": pa.array([5_000 if name == "pay" else None for name in what], pa.int64()),
        "phone": pa.array([phones.get(name) for name in who], pa.string()),
    }
    table = pa.table(columns)
    archive = Archive(folder)
    raw = table.drop_columns(["phone"]).append_column("n", columns["row"])
    archive.add([EventBatch(table, raw)], source="log", now=datetime(2026, 1, 1, tzinfo=UTC), currency="RUB")
    return archive


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Asked]:
    """Two names of one customer joined, a customer erased; and both trails as they should be."""
    folder, rows = tmp_path_factory.mktemp("people"), walked(80)
    half = len(rows) // 2
    split = [*rows[:half], *((f"{name}-web" if name == "c3" else name, at, event) for name, at, event in rows[half:])]
    phone = "+79161112233"
    joined = archived(folder / "joined", split, {"c3": phone, "c3-web": phone}).tape()
    one = archived(folder / "one", rows, {}).tape()
    erasing = archived(folder / "erased", rows, {})
    before = erasing.tape()
    assert joined is not None
    assert one is not None
    assert before is not None
    gone = str(before.customers[np.argmax(np.diff(before.offsets))])
    told = erasing.reveal(gone).ids
    erasing.erase(gone)
    erased = erasing.tape()
    never = archived(folder / "never", [row for row in rows if row[0] not in told], {}).tape()
    assert erased is not None
    assert never is not None
    return {"joined": seen(joined), "one": seen(one), "erased": seen(erased), "never": seen(never)}


SAMPLED = ("clusters", "reasons", "touchpoints", "next-purchase", "ltv", "ltv-check")
"""Told of customers drawn by who they are, or by pseudonym."""


@pytest.mark.parametrize("name", [name for name in MEASURES if name not in SAMPLED])
@pytest.mark.parametrize(("mine", "other"), [("joined", "one"), ("erased", "never")])
def test_joined_and_erased_customers_are_as_if_it_had_always_been_so(
    people: dict[str, Asked], name: str, mine: str, other: str
) -> None:
    """R-20, R-64: one customer under two names counts as one; an erased one is in no count of any measure."""
    answer = ask(name, people[mine])
    check(answer)
    assert answer.n == ask(name, people[other]).n
    assert counts(answer) == counts(ask(name, people[other]))


def test_a_period_tells_of_strange_events_in_its_own_passes_alone() -> None:
    """R-22: what the map knows is not strange because it came in a pass outside the period."""
    rows = [
        (f"c{k}", hour, name)
        for k in range(30)
        for hour, name in ((1, "see"), (2, "noise"), (500, "see"), (501, "shop"))
    ]
    whole = seen(log(*rows))
    asked = Asked.of(choose(whole.ready, whole.answers, Filter(end=100 * HOUR)))
    answer = ask("conformance", asked)
    found = [(row[0], row[1]) for row in answer.rows if row[0] == "mark:unknown-event"]
    assert found == [("mark:unknown-event", "event:noise")]
