"""Findings put in a row slice by slice, and bindings told by name, are those found all at once and written event by event (R-22, R-63)."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shops import log, logs, shop_map
from test_kernels import as_plain, plain_passes

from tropa.trail import passes as finding
from tropa.trail import rooms, visits
from tropa.trail.cells import Cells
from tropa.trail.prepare import prepare
from tropa.trail.rooms import Room, in_a_row
from tropa.trail.tape import Tape


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 7), min_size=1, max_size=12), st.integers(1, 4), st.integers(0, 9))
def test_what_slices_find_stands_in_a_row(found: list[int], threads: int, guessed: int) -> None:
    """However many threads, however wrong the guess: slice after slice; each slice's own numbers are told what they are short of."""

    def work(first: int, last: int, room: Room, begin: int) -> tuple[Room, int]:
        mine = found[first]
        if begin + mine > len(room["slice"]):
            room = rooms.longer(room, begin + mine - len(room["slice"]))
        room["slice"][begin : begin + mine] = first
        room["at"][begin : begin + mine] = np.arange(begin, begin + mine)
        return room, begin + mine

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rooms, "cores", lambda: threads)
        slices = list(pairwise(range(len(found) + 1)))
        out, short = in_a_row(slices, {"slice": np.int64, "at": np.int64}, lambda first, last: guessed, work)
    assert out["slice"].tolist() == [number for number, n in enumerate(found) for _ in range(n)]
    assert (out["at"] + np.repeat(short, found)).tolist() == list(range(sum(found)))


@settings(max_examples=40, deadline=None)
@given(logs(), st.integers(2, 6))
def test_passes_and_visits_in_many_slices(tape: Tape, slices: int) -> None:
    """R-23: cut into slices of a customer or two, two at a time, they are the twin's."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (finding, visits):
            patch.setattr(module, "pieces", lambda events: slices)
        patch.setattr(rooms, "cores", lambda: 2)
        ready = prepare(tape, shop_map())
        assert as_plain(ready.passes) == plain_passes(ready)


@settings(max_examples=40, deadline=None)
@given(logs())
def test_cells_by_name_are_those_written_out(tape: Tape) -> None:
    """R-22: asked for some events, for all, or by what kernels look them up with."""
    rng = np.random.default_rng(len(tape.time))
    size = len(tape.event.names)
    tables: Any = (
        rng.integers(0, 9, size).astype(np.uint8), rng.integers(0, 999, size).astype(np.uint16), rng.integers(0, 8, size).astype(np.uint8),
    )  # fmt: skip
    cells = Cells.by_code(tape.offsets, tape.event.codes, *tables)
    plain = [[int(table[code]) for code in tape.event.codes] for table in tables]
    some = rng.permutation(tape.events)[:3]
    assert cells.stage_at(some).tolist() == [plain[0][i] for i in some]
    assert cells.point_at(some).tolist() == [plain[1][i] for i in some]
    assert [cells.stage.tolist(), cells.point.tolist(), cells.flags.tolist()] == plain
    assert cells.counts is not None
    assert cells.counts.sum(axis=0).tolist() == np.bincount(tape.event.codes, minlength=size).tolist()
    written = Cells.written(cells.stage, cells.point, cells.flags).flagged(cells.flags ^ np.uint8(1))
    assert [written.stage_at(some).tolist(), written.point_at(some).tolist()] == [
        [row[i] for i in some] for row in plain[:2]
    ]
    assert (written.flags.tolist(), written.stage.tolist()) == ([flag ^ 1 for flag in plain[2]], plain[0])
    codes, width, stage_of = written.by_stage
    assert (width, stage_of[codes].tolist()) == (1, plain[0])


def test_nothing_is_written_by_event_before_it_is_asked_for() -> None:
    """R-63: binding by name alone, and cutting into passes, takes no memory by event; lines of one deal have their flag taken away."""
    plain = prepare(log(("a", 0, "see"), ("a", 1, "pay"), ("b", 0, "see")), shop_map())
    assert not {"stage", "point", "flags"} & set(vars(plain.bound.cells))
    assert len(plain.passes.visit_stage) == 3
    twice = prepare(log(("a", 0, "see"), ("a", 1, "pay"), ("a", 1, "pay")), shop_map())
    assert twice.bound.deals.event.tolist() == [1]
    assert (twice.bound.flags & 1).tolist() == [0, 1, 0]
