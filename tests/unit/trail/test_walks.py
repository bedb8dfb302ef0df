"""Walks along marked states, and what is drawn for many stages at once, against plain twins (R-25, R-26, R-27)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from shops import HOUR, logs, shop_map

from tropa.trail import prepare
from tropa.trail.answers import find_answers
from tropa.trail.filters import Filter, choose
from tropa.trail.kernels.units import naive_marked
from tropa.trail.measures import Asked
from tropa.trail.measures.drawn import Drawn
from tropa.trail.measures.sides import DRAWS, Place, Sided, lot_of
from tropa.trail.measures.states import LEVELS, States, Walks, level_names
from tropa.trail.rounds import Counts, Lengths, fineness, histograms, quartile_round
from tropa.trail.tape import Tape

wishes = st.builds(Filter, start=st.sampled_from([None, 20 * HOUR]), end=st.sampled_from([None, 150 * HOUR]))


def asked_of(tape: Tape, wish: Filter, chosen: list[bool] | None = None, branches: bool = False) -> Asked:
    ready = prepare(tape, shop_map(branches))
    found = Asked.of(choose(ready, find_answers(ready), wish))
    if chosen is None:
        return found
    mine = found.customers & np.resize(np.array(chosen, np.uint8), len(found.customers))
    return Asked(found.ready, found.answers, mine.astype(np.uint8))


@settings(max_examples=60, deadline=None)
@given(logs(), wishes, st.sampled_from(LEVELS), st.lists(st.booleans(), min_size=4, max_size=4), st.data())
def test_units_are_marked_as_the_twin_marks_them(
    tape: Tape, wish: Filter, level: str, chosen: list[bool], data: st.DataObject
) -> None:
    """R-26: what counts for nothing is nowhere; a unit's first event is its head; by slices as at once."""
    asked = asked_of(tape, wish, chosen)
    names = level_names(asked.ready, level)
    keep = data.draw(st.lists(st.booleans(), min_size=len(names), max_size=len(names)))
    table = np.array([*(k if one else 65_535 for k, one in enumerate(keep)), 65_535], np.uint16)
    states, view, customers = States(table, names), Walks(asked, level), len(asked.customers)
    cut = data.draw(st.integers(0, customers))
    for first, last in ((0, cut), (cut, customers)):
        begin, end, unit, stop, _, _ = view.walk(first, last, states)
        assert (begin, end) == (view.first_event[unit] if unit < stop else end, tape.offsets[last])
    marked = view.code.tolist()
    plain = Walks(asked, level)
    code = plain.states(0, customers, states)
    assert marked == naive_marked(code, tape.offsets, view.first_event, asked.customers)


@settings(max_examples=80, deadline=None)
@given(logs(), wishes, st.lists(st.booleans(), min_size=4, max_size=4), st.booleans(), st.data())
def test_stages_drawn_at_once_are_the_sides_of_each(
    tape: Tape, wish: Filter, chosen: list[bool], branches: bool, data: st.DataObject
) -> None:
    """R-25, R-27: the same passes, sides, lots and touchpoints met as stage by stage."""
    asked = asked_of(tape, wish, chosen, branches)
    stages, customers = tuple(range(len(asked.ready.bound.stages))), len(asked.customers)
    drawn, sided, cut = Drawn(asked, stages), Sided(asked), data.draw(st.integers(0, customers))
    points = list(range(len(asked.ready.bound.points)))
    for first, last in ((0, cut), (cut, customers)):
        eligible, by_lot = drawn.counts(first, last)
        for at in stages:
            sides = sided.sides(first, last, Place(at, "exit"))
            units, left = drawn.side(first, last, at, DRAWS)
            assert (units.tolist(), left.tolist()) == (sides.units.tolist(), sides.left.tolist())
            assert int(eligible[at]) == sides.eligible
            lots = lot_of(sides.key)
            assert by_lot[at].tolist() == np.bincount(lots, minlength=DRAWS).tolist()
            assert drawn.side(first, last, at, DRAWS // 2)[0].tolist() == sides.units[lots < DRAWS // 2].tolist()
            met = drawn.met(units, at, points)
            for column, begin, leave in zip(met.T, sides.begin, sides.leave, strict=True):
                seen = {int(point) for point in asked.ready.bound.point[begin:leave]}
                assert column.tolist() == [int(point in seen) for point in points]


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 3), st.one_of(st.integers(0, 40), st.integers(0, 2**62))), max_size=40),
    st.sampled_from([0, 2, 4]),
    st.integers(0, 40),
)
def test_quartiles_are_exact_however_long_a_time_is(pairs: list[tuple[int, int]], fine: int, cut: int) -> None:
    """R-26: by key, those of all lengths sorted, found in two rounds over two slices; nothing is too short or too long."""
    parts: list[Lengths] = [
        (np.array([key for key, _ in some], np.uint16), np.array([length for _, length in some], np.int64))
        for some in (pairs[:cut], pairs[cut:])
    ]
    assert fineness(4) == 4
    hist = sum((histograms(*part, 4, fine) for part in parts), np.zeros((4, (65 - fine) << fine), np.int64))
    lengths: Callable[[Any, int, int], Lengths] = lambda view, first, last: parts[first]  # noqa: E731
    step = quartile_round(lambda part: part, lengths, hist, fine, lambda times: times)
    times = step.then(step.merge(step.chunk(None, 0, 1), step.chunk(None, 1, 2)))  # type: ignore[arg-type]
    expected = {}
    for key in {key for key, _ in pairs}:
        mine = np.array([length for one, length in pairs if one == key], np.int64)
        expected[key] = (len(mine), tuple(np.quantile(mine, [0.25, 0.5, 0.75], method="inverted_cdf").tolist()))
    assert times == expected


def test_counts_of_a_byte_run_over_into_the_larger_ones() -> None:
    """R-63: 256 and more of one thing are counted whole."""
    from tropa.trail.kernels.sequences import up

    counts = Counts.of(2)
    for k in range(1_000):
        up(counts.few, counts.many, 0, 1)
        up(counts.few, counts.many, 1, k % 3 == 0)
    assert counts.total().tolist() == [1_000, 334]
