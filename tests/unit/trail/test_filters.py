"""R-23, R-29: filters choose customers or passes and never cut events out of a pass."""

from __future__ import annotations

from dataclasses import replace
from math import isclose
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shops import DAY, HOUR, log, logs, shop_map

from tropa.model import CannotTell, EventRule, Rate, Segment, SegmentRule, TropaError
from tropa.trail import measure, prepare
from tropa.trail.answers import find_answers
from tropa.trail.filters import Filter, choose
from tropa.trail.measure import readings_of
from tropa.trail.prepare import Prepared
from tropa.trail.tape import Tape

VALUE = shop_map(
    segments=(
        Segment(id="pickers", title="p", rule=SegmentRule(did=({"rule": EventRule(event="pick")},))),
        Segment(id="site", title="s", rule=SegmentRule(first_channel="site")),
    )
)


def asked(ready: Prepared, wish: Filter, **more: Any) -> Any:
    found = choose(ready, find_answers(ready), wish)
    return readings_of(found.ready, found.answers, found.customers, breaks=False, **more)


def plain_stages(ready: Prepared, wish: Filter, customers: set[int]) -> dict[str, dict[str, int]]:
    """Counts by stage, in plain Python over whole passes: the twin of everything a period or a segment does."""
    passes, tape = ready.passes, ready.tape
    out = {name: {"events": 0, "exits": 0, "passes": 0} for name in ready.bound.stages}
    for p in range(len(passes)):
        c, start = int(passes.customer[p]), int(passes.start[p])
        if c not in customers or (wish.start is not None and start < wish.start):
            continue
        if wish.end is not None and start >= wish.end:
            continue
        follows = p + 1 < len(passes) and int(passes.customer[p + 1]) == c
        stop = int(passes.first_event[p + 1]) if follows else int(tape.offsets[c + 1])
        mine = [int(ready.bound.stage[i]) for i in range(int(passes.first_event[p]), stop)]
        mine = [s for s in mine if s != 255]
        for s in mine:
            out[ready.bound.stages[s]]["events"] += 1
        out[ready.bound.stages[mine[0]]]["passes"] += 1
        out[ready.bound.stages[mine[-1]]]["exits"] += int(passes.status[p] == 1)
    return out


@settings(max_examples=60, deadline=None)
@given(logs(), st.integers(0, 240), st.integers(0, 240), st.sampled_from([None, "pickers", "site"]))
def test_counts_are_those_of_the_chosen_passes_alone(tape: Tape, a: int, b: int, segment: str | None) -> None:
    """R-23: every event of a chosen pass counts, and none of any other."""
    if "pick" not in tape.event.names:
        segment = None
    ready = prepare(tape, VALUE)
    wish = Filter(segment=segment, start=min(a, b) * HOUR, end=max(a, b) * HOUR)
    everybody = choose(ready, find_answers(ready), replace(wish, start=None, end=None)).customers
    plain = plain_stages(ready, wish, set(np.flatnonzero(everybody).tolist()))
    found = asked(ready, wish)
    for stage in found.stages:
        if stage.observed:
            assert stage.events == plain[stage.id]["events"]
            assert stage.exits == plain[stage.id]["exits"]
            assert stage.first_seen == plain[stage.id]["passes"]
    assert found.scope.passes == sum(one["passes"] for one in plain.values())
    assert found.scope.bound_events == sum(one["events"] for one in plain.values())
    assert sum(point.events for point in found.touchpoints) <= found.scope.bound_events


@settings(max_examples=40, deadline=None)
@given(logs(), st.integers(0, 240))
def test_two_halves_make_the_whole(tape: Tape, at: int) -> None:
    """R-23: whatever counts passes adds up over periods, and repeat purchases are seen beyond the period's end (R-27)."""
    ready = prepare(tape, VALUE)
    first, second = asked(ready, Filter(end=at * HOUR)), asked(ready, Filter(start=at * HOUR))
    whole = asked(ready, Filter())
    for one, two, both in zip(first.stages, second.stages, whole.stages, strict=True):
        for name in ("entrants", "events", "exits", "open", "skips", "returns", "repeats", "first_seen"):
            assert getattr(one, name) + getattr(two, name) == getattr(both, name)
        assert added(one.conversion, two.conversion) == added(both.conversion)
    for one, two, both in zip(first.touchpoints, second.touchpoints, whole.touchpoints, strict=True):
        assert one.events + two.events == both.events
        assert one.entrants + two.entrants == both.entrants
    loops = (first.loop, second.loop, whole.loop)
    assert loops[0].deals + loops[1].deals == loops[2].deals
    assert loops[0].deals_void + loops[1].deals_void == loops[2].deals_void
    assert added(loops[0].repeat_rate, loops[1].repeat_rate) == added(loops[2].repeat_rate)


def added(*rates: Rate | CannotTell) -> tuple[int, int]:
    there = [rate for rate in rates if isinstance(rate, Rate)]
    return sum(rate.numerator for rate in there), sum(rate.denominator for rate in there)


def test_everybody_filtered_by_nothing_is_everybody() -> None:
    """R-29: no filter changes nothing."""
    tape = log(("a", 0, "see"), ("a", 1, "pay"), ("b", 2, "see"), ("b", 100, "pick"), ("c", 3, "see"))
    assert asked(prepare(tape, VALUE), Filter()) == measure(tape, VALUE, breaks=False)


def test_a_purchase_in_the_period_waits_beyond_it() -> None:
    """R-27: the second purchase lies after the period, and is still the first one's repeat."""
    rows = [("a", 0, "see"), ("a", 1, "pay"), ("a", 60, "see"), ("a", 61, "pay"), ("b", 300, "see"), ("c", 301, "pay")]
    ready = prepare(log(*rows), shop_map())
    found = asked(ready, Filter(end=2 * DAY))
    assert isinstance(found.loop.repeat_rate, Rate)
    assert (found.loop.repeat_rate.numerator, found.loop.repeat_rate.denominator) == (1, 1)
    assert found.loop.deals == 1


def test_breaks_of_a_period_are_priced_by_its_own_length() -> None:
    """R-24: the same world all along loses about as much per 30 days in half of the time as in the whole of it."""
    from tropa.model import Deal, Limits, Map, Stage
    from tropa.simulate import markov
    from tropa.trail.archive.build import tape_from_columns

    world = markov(3, customers=4_000)
    columns = {name: world.log[name].to_pylist() for name in world.log.column_names}
    worth = np.array([np.nan if one is None else one * 100 for one in columns["value"]], dtype=np.float64)
    times = world.log["time"].cast("int64").to_numpy()
    tape = tape_from_columns(columns[world.log.column_names[0]], times, columns["event"], values=worth)
    names = world.truth["stages"]
    stages = [Stage(id=name, title=name, when=EventRule(event=name)) for name in names if name != "use"]
    stages[-1] = stages[-1].model_copy(update={"deal": Deal(event="paid")})
    value = Map(title="m", stages=tuple(stages), limits=Limits(window="14d", silence="14d", settle="1h", horizon="75d"))
    ready = prepare(tape, value)
    middle = (int(times.min()) + int(times.max())) // 2
    for wish in (Filter(), Filter(end=middle)):
        found = choose(ready, find_answers(ready), wish)
        readings = readings_of(found.ready, found.answers, found.customers)
        assert readings.breaks
        ceiling = max(one.loss.ceiling for one in readings.breaks)
        if wish.everything:
            whole = ceiling
    assert isclose(ceiling, whole, rel_tol=0.6)


def test_an_unknown_segment_says_the_nearest() -> None:
    """R-29: TR-S005 with the near miss."""
    ready = prepare(log(("a", 0, "see")), VALUE)
    with pytest.raises(TropaError, match="TR-S005"):
        choose(ready, find_answers(ready), Filter(segment="picker"))
