"""The notebook's door to a log that lies in parts, without Spark: what Spark does to the parts is done here (R-61, R-63).

`e2e/test_spark.py` asks the same of a real cluster.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import reduce
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from tropa.api import Trail
from tropa.api.spark import SparkTrail
from tropa.model import Deal, EventRule, Limits, Map, Stage, Touchpoint
from tropa.service.on_spark import OnSpark, empty_tape
from tropa.trail.archive.build import tape_from_columns
from tropa.trail.numbers import by_name
from tropa.trail.spark.pieces import EVERY, LogFacts, tape_of
from tropa.trail.spark.work import packed, unpacked
from tropa.trail.tape import NO_VALUE, Source, Tape
from tropa.words import words

HOUR = 3_600_000_000
TODAY = date(1970, 4, 1)
SAY = words("en")
Row = tuple[str, int, str, str, int]


def rows() -> list[Row]:
    """Customers of two channels: who, when, what, by what, minor units (0: none)."""
    rng, out = np.random.default_rng(3), []
    for who in range(90):
        at, channel = int(rng.integers(0, 500)), ("ads", "mail")[who % 2]
        for _ in range(int(rng.integers(1, 4))):
            leaves = rng.random() < (0.6 if channel == "ads" else 0.25)
            for event in ("view", "cart") if leaves else ("view", "cart", "order_paid", "use"):
                out.append(
                    (f"c{who:02}", at * HOUR, event, channel, 1000 * int(rng.integers(1, 9)) * (event == "order_paid"))
                )
                at += int(rng.integers(1, 4))
            at += int(rng.integers(60, 400))
    return sorted(out)


@dataclass(frozen=True)
class Parts:
    """What `SparkLog` is to those who ask: tasks and partials travel, parts are made of batches."""

    facts: LogFacts
    batches: tuple[pa.RecordBatch, ...]
    customers: int | None = None

    def over(self, task: Callable[[Tape], Any], merge: Callable[[Any, Any], Any], nothing: Any) -> Any:
        """A task over all parts, merged."""
        task, merge = unpacked(packed((task, merge)))
        return reduce(merge, [unpacked(packed(task(tape_of([one], self.facts)))) for one in self.batches], nothing)


def facts_of(tape: Tape) -> LogFacts:
    names = {name: getattr(tape, name).names for name in ("event", "channel")}
    sources = (Source("log", tape.events, int(tape.time.min()), int(tape.time.max())),)
    return LogFacts(tape.version, names, sources, "EUR", tape.events, sources[0].first, sources[0].complete_until)


@pytest.fixture(scope="module")
def both() -> tuple[Trail, SparkTrail]:
    """The same log here, and in three parts."""
    log = rows()
    who, time, event, channel, value = (list(column) for column in zip(*log, strict=True))
    money = np.array([one or NO_VALUE for one in value])
    tape = by_name(tape_from_columns(who, time, event, channel, money, currency="EUR", sources=["log"] * len(log)))
    facts = facts_of(tape)
    batches = []
    for part in range(3):
        mine = [one for one in log if int(one[0][1:]) % 3 == part]
        batches.append(
            pa.RecordBatch.from_pydict(
                {
                    EVERY: [one[0] for one in mine],
                    "time": [one[1] for one in mine],
                    "event": np.array([facts.names["event"].index(one[2]) for one in mine], np.int16),
                    "channel": np.array([facts.names["channel"].index(one[3]) for one in mine], np.int16),
                    "value": [one[4] or None for one in mine],
                }
            )
        )
    there: Any = Parts(facts, tuple(batches))
    return Trail(tape, TODAY, SAY), SparkTrail(empty_tape(there), TODAY, SAY, spark=OnSpark(there, TODAY, SAY))


def journey() -> Map:
    def stage(name: str, *events: str, deal: Deal | None = None) -> Stage:
        points = tuple(Touchpoint(id=f"at-{one}", title=one, when=EventRule(event=one)) for one in events)
        return Stage(id=name, title=name, touchpoints=points, deal=deal)

    stages = (
        stage("see", "view"),
        stage("buy", "cart", "order_paid", deal=Deal(event="order_paid")),
        stage("use", "use"),
    )
    return Map(title="shop", stages=stages, limits=Limits(silence="3d", window="3d"))


def test_the_draft_is_that_of_one_machine(both: tuple[Trail, SparkTrail]) -> None:
    """R-61, R-63: without a map a question is asked through it."""
    here, there = both
    assert there.map == here.map
    assert there.map.deal_stage is not None
    assert there.funnel().value.rows == here.funnel().value.rows


@pytest.mark.parametrize("told", [{}, {"channel": "mail"}, {"since": "1970-01-10", "until": "1970-02-20"}])
def test_breaks_and_readings_are_those_of_one_machine(both: tuple[Trail, SparkTrail], told: dict[str, Any]) -> None:
    """R-24, R-61, R-63: losses, references and intervals; every stage's figures."""
    here, there = both
    assert there.breaks(journey(), **told).value == here.breaks(journey(), **told).value
    assert len(there.breaks(journey(), **told)) > 0
    assert there.measure(journey(), **told).value == here.measure(journey(), **told).value


def test_two_groups_side_by_side(both: tuple[Trail, SparkTrail]) -> None:
    """R-10, R-61: differences, and whether the groups are the same customers or share some."""
    here, there = both
    for first, second in (
        ({"channel": "ads"}, {"channel": "mail"}), ({"channel": "ads"}, {}), ({}, {}), ({"until": "1970-02-01"}, {"since": "1970-02-02"}),
    ):  # fmt: skip
        one, other = (trail.compare(first, second, through=journey()) for trail in (here, there))
        assert (other.value, other.notes, other.rows) == (one.value, one.notes, one.rows)


def test_days_are_those_of_the_zone(both: tuple[Trail, SparkTrail]) -> None:
    """R-63: a period is told by the zone's calendar, there as here."""
    one, other = (
        trail.in_zone("Asia/Tokyo").transitions(journey(), since="1970-01-10", until="1970-01-31") for trail in both
    )
    assert other.value.rows == one.value.rows
    assert one.value.rows != both[0].transitions(journey(), since="1970-01-10", until="1970-01-31").value.rows
