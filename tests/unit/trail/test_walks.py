"""Walks along marked states, and what is drawn for many stages at once, against plain twins (R-25, R-26, R-27)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from shops import HOUR, logs, shop_map

from tropa.trail import prepare
from tropa.trail.answers import find_answers
from tropa.trail.filters import Filter, choose
from tropa.trail.kernels.units import HEAD, NOWHERE, ROOM, naive_marked, stays
from tropa.trail.measures import Asked
from tropa.trail.measures.drawn import Drawn
from tropa.trail.measures.sides import DRAWS, Place, Sided, lot_of
from tropa.trail.measures.states import LEVELS, States, Walks, level_names, pieces_of
from tropa.trail.rounds import Counts, Lengths, fineness, histograms, quartile_round, remembered, tallied
from tropa.trail.slices import fixed
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
    code = Walks(asked, level).states(0, customers, states)
    wanted = naive_marked(code, tape.offsets, view.first_event, asked.customers)
    marked: list[int] = []
    for first, last in ((0, cut), (cut, customers)):
        for piece in view.pieces(first, last, states):
            # what lies before a piece's first unit is not even handed out
            assert set(wanted[len(marked) : piece.base]) <= {NOWHERE}
            marked += [NOWHERE] * (piece.base - len(marked)) + piece.state.tolist()
            assert piece.time.tolist() == tape.time[piece.base :][: len(piece.state)].tolist()
            assert piece.customer.tolist() == asked.ready.passes.customer[piece.units].tolist()
        plain = [s for part in view.pieces(first, last, states, marked=False) for s in part.state.tolist()]
        assert plain == code[tape.offsets[first] : tape.offsets[last]].tolist()
    assert marked == wanted


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 9), max_size=40), st.integers(1, 30), st.data())
def test_pieces_are_whole_customers_and_small(sizes: list[int], piece: int, data: st.DataObject) -> None:
    """R-63: all customers, in order; of more than a piece's events only where one customer has them."""
    offsets = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    first = data.draw(st.integers(0, len(sizes)))
    last = data.draw(st.integers(first, len(sizes)))
    found = pieces_of(offsets, first, last, piece)
    assert [one for a, b in found for one in range(a, b)] == list(range(first, last))
    assert all(offsets[b - 1] - offsets[a] < piece for a, b in found)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 4), st.booleans()), max_size=40), st.booleans(), st.integers(1, 9))
def test_stays_as_written_one_by_one(events: list[tuple[int, bool]], collapse: bool, step: int) -> None:
    """R-26: a run of one state is one stay, unless repeats are told; a unit's first is marked; by some events at a time as at once."""
    state = np.array(
        [(s if s < 4 else NOWHERE) + HEAD * (head or not k) for k, (s, head) in enumerate(events)], np.uint16
    )
    time = np.arange(len(events), dtype=np.int64) * 10
    carry = np.array([NOWHERE, -1])
    node, moment, whose = np.empty(ROOM + 1, np.uint16), np.empty(ROOM + 1, np.int64), np.empty(ROOM + 1, np.int32)
    told: list[tuple[int, int, int]] = []
    for at in range(0, len(events), step):
        rest: Any = (
            at,
            min(at + step, len(events)),
            fixed(state),
            fixed(time),
            int(collapse),
            carry,
            node,
            moment,
            whose,
        )
        end = stays(*rest)
        told += zip(node[1:end].tolist(), moment[1:end].tolist(), whose[1:end].tolist(), strict=True)
    wanted, unit, before = [], -1, None
    for k, word in enumerate(state.tolist()):
        if word & HEAD:
            unit, before = unit + 1, None
        s = word & NOWHERE
        if s != NOWHERE and not (collapse and s == before):
            wanted.append((s + HEAD * (before is None), 10 * k, unit))
        before = before if s == NOWHERE else s
    assert told == wanted


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
        for some in (pairs[:cut], pairs[cut : 2 * cut], pairs[2 * cut :])
    ]
    assert fineness(4) == 4
    hist = sum((histograms(*part, 4, fine) for part in parts), np.zeros((4, (65 - fine) << fine), np.int64))
    lengths: Callable[[Any, int, int], list[Lengths]] = lambda view, first, last: parts[first:last]  # noqa: E731
    near = partial(remembered, lengths=lengths)
    step: Any = quartile_round(lambda part: part, near, hist, fine, lambda times: times)
    times = step.then(step.merge(step.chunk(None, 0, 1), step.chunk(None, 1, 3)))
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
        up(counts.few, counts.many, np.uint64(0))
        if k % 3 == 0:
            up(counts.few, counts.many, np.uint64(1))
    assert counts.total().tolist() == [1_000, 334]


@settings(deadline=None)
@given(st.lists(st.lists(st.integers(0, 30), max_size=12), max_size=5), st.data())
def test_tallies_of_parts_are_that_of_all(parts: list[list[int]], data: st.DataObject) -> None:
    """R-63: different keys in rising order and how often each, whichever parts are put together first."""
    partials: list[Any] = [np.unique(np.array(one, np.uint64), return_counts=True) for one in parts] or [
        (np.zeros(0, np.uint64), np.zeros(0, np.int64))
    ]
    while len(partials) > 1:
        one = partials.pop(data.draw(st.integers(0, len(partials) - 1)))
        partials.append(tallied(one, partials.pop(0)))
    wanted = np.unique(np.array([key for one in parts for key in one], np.uint64), return_counts=True)
    assert [column.tolist() for column in partials[0]] == [column.tolist() for column in wanted]
