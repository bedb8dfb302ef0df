"""Hard logs: every declared measure answers them, with rows or with a reason, and never with a number that is none (R-20, R-26, R-63)."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from threading import Thread
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from every_question import ABSENT, MEASURES, NAMED, questions
from shops import DAY, HOUR, log, shop_map

from tropa.events.contract import EventBatch
from tropa.model import Deal, EventRule, Map, Rate, Segment, SegmentRule, Stage, Touchpoint, TropaError
from tropa.model.measure import Answer, Column
from tropa.trail import prepare
from tropa.trail.answers import find_answers
from tropa.trail.archive import Archive
from tropa.trail.archive.build import tape_from_columns
from tropa.trail.filters import Filter, choose
from tropa.trail.measure import readings_of
from tropa.trail.measures import Asked, ask
from tropa.trail.tape import NO_VALUE, Tape

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
    """R-26: rows or a reason, with default settings and with each other choice; what names something that is not there is refused."""
    for raw in questions(name):
        told = told_or_refused(name, hard(log_name), raw)
        if isinstance(told, Answer):
            check(told)
        else:
            assert told in ABSENT
            assert NAMED & set(raw)
            assert log_name != "plain"


def told_or_refused(name: str, asked: Asked, raw: dict[str, Any]) -> Answer | str:
    """An answer, or the code of the refusal."""
    try:
        return ask(name, asked, raw)
    except TropaError as refused:
        return refused.code


@pytest.mark.parametrize("log_name", LOGS)
def test_every_log_has_readings_breaks_and_their_reasons(log_name: str) -> None:
    """R-23, R-24, R-25: shares of what there is, losses that are numbers in order, reasons of every break that is told."""
    asked = hard(log_name)
    found = readings_of(asked.ready, asked.answers, asked.customers, sensitivity=True)
    assert len(found.stages) == len(asked.ready.map.stages)
    for stage in found.stages:
        if isinstance(stage.conversion, Rate):
            assert 0 <= stage.conversion.numerator <= stage.conversion.denominator
    for one in found.breaks:
        assert 0 <= one.loss.low <= one.loss.value <= one.loss.high < math.inf
        assert one.loss.value <= one.loss.ceiling < math.inf
        check(ask("reasons", asked, {"break": f"{one.stage}/{one.kind}"}))


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


def archived(folder: Path, rows: Rows, phones: dict[str, str]) -> Archive:
    """The rows imported, with phones that join customers."""
    return add(Archive(folder), rows, phones, "log")


def add(archive: Archive, rows: Rows, phones: dict[str, str], source: str) -> Archive:
    """More rows, of a source."""
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
    raw = table.drop_columns(["phone"]).append_column("n", columns["row"])
    archive.add([EventBatch(table, raw)], source=source, now=datetime(2026, 1, 1, tzinfo=UTC), currency="RUB")
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
"""Told of customers drawn by who they are, or by pseudonym: how many there are is the same, the draw is not."""


@pytest.mark.parametrize("name", MEASURES)
@pytest.mark.parametrize(("mine", "other"), [("joined", "one"), ("erased", "never")])
def test_joined_and_erased_customers_are_as_if_it_had_always_been_so(
    people: dict[str, Asked], name: str, mine: str, other: str
) -> None:
    """R-20, R-64: one customer under two names counts as one; an erased one is in no count of any measure."""
    for raw in ({},) if name in SAMPLED else questions(name):
        answer, wanted = (told_or_refused(name, people[side], raw) for side in (mine, other))
        if not isinstance(answer, Answer) or not isinstance(wanted, Answer):
            assert answer == wanted
            assert answer in ABSENT
            continue
        check(answer)
        assert answer.n == wanted.n
        if name not in SAMPLED:
            assert counts(answer) == counts(wanted), raw


def test_answers_stay_while_generations_come_and_go(tmp_path: Path) -> None:
    """R-20, R-63: who opened the trail is told the same while another writes, publishes and clears away; who opens it anew, the new."""
    rows = walked(60)
    archive = archived(tmp_path / "trail", rows, {})
    pinned = archive.tape()
    assert pinned is not None
    mine = seen(pinned)
    before = {name: ask(name, mine) for name in MEASURES}
    faults: list[BaseException] = []

    def write() -> None:
        try:
            for number in range(4):
                add(
                    Archive(archive.folder),
                    [(f"n{number}", at, event) for _, at, event in rows[:50]],
                    {},
                    f"more{number}",
                )
        except BaseException as fault:  # noqa: BLE001 - told by the test
            faults.append(fault)

    other = Thread(target=write)
    other.start()
    while other.is_alive():
        for name in MEASURES:
            assert ask(name, mine) == before[name], name
    other.join()
    assert faults == []
    for name in MEASURES:
        assert ask(name, seen(pinned)) == before[name], name
    latest = Archive(archive.folder).tape()
    assert latest is not None
    assert (latest.events, len(latest.customers)) == (len(rows) + 200, 64)


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
