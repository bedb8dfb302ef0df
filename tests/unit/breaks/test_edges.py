"""Breaks and reasons at the edges (issue 4, What it must show 3): nothing, too much of one, the future, ties (R-24, R-25, R-65)."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tropa.model import CannotTell, Map
from tropa.trail import measure, prepare
from tropa.trail.answers import find_answers
from tropa.trail.archive.build import encode, tape_from_arrays, tape_from_columns
from tropa.trail.bind import bind
from tropa.trail.breaks import breaks
from tropa.trail.filters import Filter, choose
from tropa.trail.measures import Asked, ask
from tropa.trail.passes import find_passes, pass_limits
from tropa.trail.tape import NO_VALUE, Column, Tape

DAY = 86_400_000_000
EVENTS = ("", "look", "cart", "pay")


def shop(**more: Any) -> Map:
    """Look, cart, pay; a target for looking and for the loop."""
    body = {
        "title": "t",
        "limits": {"silence": "5d", "window": "5d"},
        "targets": [{"stage": "look", "exit_rate": 0.1}, {"stage": "buy", "kind": "loop", "exit_rate": 0.2}],
        "stages": [
            {"id": "look", "title": "look", "when": {"event": "look"}},
            {"id": "pick", "title": "pick", "when": {"event": "cart"}},
            {"id": "buy", "title": "buy", "deal": {"event": "pay"}},
        ],
    }
    return Map.model_validate(body | more)


def log_of(customer: np.ndarray, day: np.ndarray, event: np.ndarray, until: float = 120.0) -> Tape:
    """A tape of events by number, in order of arrival."""
    order = np.argsort(day, kind="stable")
    customer, day, event = customer[order], day[order], event[order]
    count = len(order)
    return tape_from_arrays(
        customer=customer.astype(np.int64),
        customers=np.array([f"c{k:07d}" for k in range(int(customer.max(initial=-1)) + 1)], dtype=np.str_),
        time=(day * DAY).astype(np.int64),
        event=Column(event.astype(np.uint32), EVENTS),
        value=np.where(event == 3, 100_000, NO_VALUE),
        source=encode(["log"] * count, count),
        currency="RUB",
        complete_until={"log": int(until * DAY)} if count else {},
    )


def priced(tape: Tape, value: Map, **more: Any) -> Any:
    bound = bind(tape, value)
    return breaks(tape, bound, find_passes(tape, bound, value, pass_limits(value)), value, **more)


def reasons(tape: Tape, value: Map, **settings_: Any) -> Any:
    ready = prepare(tape, value)
    return ask("reasons", Asked.of(choose(ready, find_answers(ready), Filter())), settings_ or {"break": "look/exit"})


def test_an_empty_log() -> None:
    """R-65: no breaks, no reasons, and both say so."""
    empty = log_of(np.zeros(0, np.int64), np.zeros(0), np.zeros(0, np.int64))
    assert priced(empty, shop()) == ((), None)
    answer = reasons(empty, shop())
    assert (answer.n, answer.rows) == (0, ())
    assert isinstance(answer.cannot_tell, CannotTell)
    assert answer.cannot_tell.cannot_tell == "too-few"


def test_one_customer_with_a_million_events() -> None:
    """R-24: a machine that never stops is one customer: its passes count, it leaves once at most, and no reason is told from it alone."""
    count = 1_000_000
    event = np.tile([1, 2, 3, 1], count // 4)
    tape = log_of(np.zeros(count, np.int64), np.linspace(0, 119, count), event)
    found, _ = priced(tape, shop())
    for one in found:
        assert one.customers <= 1
        assert 0 <= one.loss.low <= one.loss.value <= one.loss.high
    assert reasons(tape, shop()).cannot_tell.cannot_tell == "too-few"


def test_many_customers_with_one_event() -> None:
    """R-24: who only looks leaves there; without a deal there is nothing to lose, and it is not priced."""
    count = 200_000
    only_looks = log_of(np.arange(count), np.linspace(0, 100, count), np.ones(count, np.int64))
    assert priced(only_looks, shop()) == ((), None)
    # one of them buys: a price again, as unsure as it is
    more = log_of(
        np.append(np.arange(count), 5),
        np.append(np.linspace(0, 100, count), 0.5),
        np.append(np.ones(count, np.int64), 3),
    )
    found, together = priced(more, shop())
    look = next(one for one in found if one.stage == "look" and one.kind == "exit")
    assert look.rate.value == pytest.approx(1.0, abs=1e-4)
    assert np.isfinite([look.loss.value, look.loss.high, look.loss.ceiling]).all()
    assert together is not None


def test_a_log_in_the_future() -> None:
    """R-23: clocks that ran ahead: nothing dated after today counts as observed, so nobody is said to have left."""
    starts = 30_000 + np.linspace(0, 60, 200)
    who, day = np.append(np.arange(200), np.arange(0, 200, 2)), np.append(starts, starts[::2] + 1)
    tape = log_of(who, day, np.repeat([1, 3], [200, 100]), until=30_100)
    found = measure(tape, shop(), today=date(2026, 1, 1))
    assert found.breaks == ()
    assert found.all_together is None
    assert all(stage.exits == 0 for stage in found.stages)


def test_ties_in_time() -> None:
    """R-24: all at one instant: order of arrival decides, twice the same."""
    who = np.repeat(np.arange(60), 3)
    event = np.tile([1, 2, 3], 60)
    event[::9] = 1
    tape = log_of(who, np.repeat(np.arange(60) / 2.0, 3), event)
    assert priced(tape, shop()) == priced(tape, shop())
    assert reasons(tape, shop()) == reasons(tape, shop())


def test_everybody_buys_or_nobody_comes_back() -> None:
    """R-24: at a stage that nobody leaves there is no break; if nobody comes again the loop's price is finite."""
    who = np.repeat(np.arange(100), 3)
    tape = log_of(who, np.repeat(np.linspace(0, 60, 100), 3) + np.tile([0, 0.1, 0.2], 100), np.tile([1, 2, 3], 100))
    found, together = priced(tape, shop())
    assert [one.kind for one in found] == ["loop"]
    (loop,) = found
    assert loop.rate.value == 1.0
    assert 0 <= loop.loss.value <= loop.loss.ceiling < np.inf
    assert together is not None


logs = st.lists(st.tuples(st.integers(0, 8), st.integers(0, 100), st.integers(1, 3)), min_size=1, max_size=60)


@settings(max_examples=30, deadline=None)
@given(logs, st.booleans())
def test_whatever_the_log(rows: list[tuple[int, int, int]], again: bool) -> None:
    """R-65: any log: finite, in order, within the ceiling; ten times the money is ten times the loss."""
    who, day, event = (np.array(column) for column in zip(*rows, strict=True))
    value = shop(bought_again=again)
    quick = {"replicates": 40, "sensitivity": False}
    found, together = priced(log_of(who, day.astype(float), event), value, **quick)
    assert (together is None) == (not found)
    for one in found:
        figures = [one.loss.low, one.loss.value, one.loss.high, one.loss.ceiling]
        assert np.isfinite(figures).all()
        assert 0 <= one.loss.low <= one.loss.value <= min(one.loss.high, one.loss.ceiling)
        assert 0 < one.rate.numerator <= one.rate.denominator
        assert one.customers <= one.passes
    assert [one.loss.value for one in found] == sorted((one.loss.value for one in found), reverse=True)
    tape = log_of(who, day.astype(float), event)
    rich = tape_from_columns(
        [f"c{k:07d}" for k in who[np.argsort(day, kind="stable")]],
        np.sort(day) * DAY,
        [EVENTS[k] for k in event[np.argsort(day, kind="stable")]],
        values=np.where(event[np.argsort(day, kind="stable")] == 3, 1_000_000, NO_VALUE),
        currency="RUB",
        complete_until={"log": 120 * DAY},
    )
    assert rich.events == tape.events
    dear, _ = priced(rich, value, **quick)
    by_place = {(one.stage, one.kind): one.loss.value for one in dear}
    for one in found:
        assert by_place[one.stage, one.kind] == pytest.approx(10 * one.loss.value, rel=1e-6, abs=1e-6)
