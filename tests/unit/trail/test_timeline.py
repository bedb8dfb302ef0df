"""The map over time: months add up, planted changes are told, noise is not (R-31, R-42); single customers (R-26)."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shops import DAY, HOUR, log, logs, shop_map

from tropa.model import Rate, TropaError
from tropa.trail import prepare
from tropa.trail.answers import find_answers
from tropa.trail.filters import Filter, choose
from tropa.trail.journeys import customers, journey
from tropa.trail.measure import readings_of
from tropa.trail.measures import Asked
from tropa.trail.tape import Tape
from tropa.trail.timeline import timeline

VALUE = shop_map()


def asked_of(tape: Tape, wish: Filter | None = None) -> Asked:
    ready = prepare(tape, VALUE)
    return Asked.of(choose(ready, find_answers(ready), wish or Filter()))


@settings(max_examples=40, deadline=None)
@given(logs(), st.integers(0, 200))
def test_a_month_is_a_filter_by_when_passes_began(tape: Tape, start: int) -> None:
    """R-42: each month's figures are those of the same period asked for by itself, also within a longer one."""
    asked = asked_of(tape, Filter(start=start * HOUR))
    for month in timeline(asked).months:
        ready = asked.ready.whole
        wish = Filter(start=max(month.start, start * HOUR), end=month.end)
        one = choose(ready, find_answers(ready), wish)
        expected = readings_of(one.ready, one.answers, one.customers, breaks=False)
        assert month.passes == expected.scope.passes
        for mine, other in zip(month.stages, expected.stages, strict=True):
            assert mine.model_copy(update={"events": other.events}) == other
        assert month.repeat_rate == expected.loop.repeat_rate


def months_of(rates: list[float], seed: int, people: int = 1_500) -> Asked:
    """A year in which a share of those who see go on to pick, month by month (30.5 days apart, days 2 to 20)."""
    rng = np.random.default_rng(seed)
    rows = []
    for number, rate in enumerate(rates):
        for who in range(people):
            at = number * 30.5 * 24 + 48 + float(rng.integers(0, 18 * 24))
            rows.append((f"m{number}-{who}", at, "see"))
            if rng.random() < rate:
                rows.append((f"m{number}-{who}", at + 1, "pick"))
    rows.append(("last", len(rates) * 30.5 * 24 + 200, "see"))
    return asked_of(log(*rows))


def test_a_planted_change_is_told_in_its_month() -> None:
    """R-31, R-42: from 40 % to 50 % of 1,500 passes is more than noise; the other months are not told."""
    found = timeline(months_of([0.4, 0.4, 0.4, 0.5, 0.5], 1))
    told = [(one.stage, one.figure, one.month) for one in found.changes]
    assert ("see", "conversion", "1970-04") in told
    assert len(told) == 1
    change = found.changes[0]
    assert change.now > change.was
    assert found.compared >= 4


def test_noise_is_hardly_ever_told() -> None:
    """R-31: thirty quiet worlds of five months; more than five with an alarm would be one in three hundred."""
    alarms = sum(bool(timeline(months_of([0.4] * 5, seed, 200)).changes) for seed in range(30))
    assert alarms <= 5


def test_none_of_one_is_no_change() -> None:
    """R-31: a month of which only one pass was seen to its end is no alarm, however one-sided its interval."""
    few = asked_of(
        log(
            *((f"a{who}", 48 + who * 0.2, "see") for who in range(700)),
            *((f"a{who}", 49 + who * 0.2, "pick") for who in range(500)),
            ("late", 31 * 24 + 30, "see"),
            ("last", 61 * 24 + 200, "see"),
        )
    )
    found = timeline(few)
    rates = [
        (one.conversion.numerator, one.conversion.denominator)
        for month in found.months
        for one in month.stages[:1]
        if isinstance(one.conversion, Rate)
    ]
    assert (0, 1) in rates
    assert found.changes == ()


def test_customers_are_listed_and_one_is_replayed() -> None:
    """R-26: by stage and outcome, the latest first; every event with its stage, pass and touchpoint."""
    rows = [
        ("a", 0, "see"),
        ("a", 1, "pick"),
        ("b", 2, "see"),
        ("c", 90, "see"),
        ("c", 91, "pay"),
        ("c", 92, "noise"),
        ("d", 300, "see"),
    ]
    asked = asked_of(log(*rows))
    page, count = customers(asked, stage=None, outcome="left", after=0, limit=10)
    assert ([one.pseudonym for one in page], count) == (["b", "a"], 2)
    page, _ = customers(asked, stage="pick", outcome=None, after=0, limit=10)
    assert [one.pseudonym for one in page] == ["a"]
    page, count = customers(asked, stage=None, outcome=None, after=1, limit=2)
    assert ([one.pseudonym for one in page], count) == (["c", "b"], 4)
    assert (page[0].deals, page[0].status, page[0].last_stage) == (1, "deal", "buy")
    found = journey(asked.ready, "c", after=0, limit=2)
    assert [(one.event, one.stage, one.touchpoint, one.of_pass) for one in found.steps] == [
        ("see", "see", "at-see", 0), ("pay", "buy", "at-pay", 0),
    ]  # fmt: skip
    assert (found.events, found.next, found.passes[0].stages) == (3, 2, ("see", "buy"))
    rest = journey(asked.ready, "c", after=2, limit=2)
    assert [(one.event, one.stage) for one in rest.steps] == [("noise", None)]
    assert rest.next is None
    with pytest.raises(TropaError, match="TR-T106"):
        journey(asked.ready, "nobody", after=0, limit=1)
    with pytest.raises(TropaError, match="TR-T305"):
        customers(asked, stage="sea", outcome=None, after=0, limit=1)


def test_a_month_that_was_not_seen_to_the_end_is_said_so() -> None:
    """R-23: the last month's passes whose window is not over are left out, not counted as lost."""
    rows = [("a", 24, "see"), ("b", 24 * 45, "see"), ("b", 24 * 45 + 1, "pick"), ("c", 24 * 46, "see")]
    found = timeline(asked_of(log(*rows, complete_until={"log": round(46.5 * DAY)})))
    last = found.months[-1].stages[0].conversion
    assert not isinstance(last, Rate)
    assert last.cannot_tell == "window-not-seen"
