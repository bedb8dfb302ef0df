"""What events stand for: codes read as bytes, a customer's first and last known code, the events of passes, and kinds of loops (R-26)."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tropa.trail.kernels.cycles import keys_of, kinds_of, spelled
from tropa.trail.kernels.standing import code_at, count_events, count_fitting, known_codes, mark_passes, raw_codes
from tropa.trail.slices import fixed

KINDS = st.sampled_from([np.uint8, np.uint16, np.uint32])
TOP = {np.uint8: 2**8 - 1, np.uint16: 2**16 - 1, np.uint32: 2**32 - 1}


@given(KINDS, st.data())
@settings(deadline=None)
def test_codes_of_any_width_are_read_as_they_are(kind: Any, data: st.DataObject) -> None:
    """R-63: one, two or four bytes a code."""
    codes = np.array(data.draw(st.lists(st.integers(0, TOP[kind]), min_size=1, max_size=20)), kind)
    raw, width = raw_codes(codes)
    assert [int(code_at(raw, width, i)) for i in range(len(codes))] == codes.tolist()


@given(KINDS, st.lists(st.lists(st.integers(0, 3), max_size=6), max_size=8), st.booleans())
@settings(deadline=None)
def test_first_and_last_known_codes(kind: Any, customers: list[list[int]], backwards: bool) -> None:
    """R-29: 0 is nothing; who has no other has none."""
    offsets = np.concatenate([[0], np.cumsum([len(one) for one in customers])]).astype(np.int64)
    out = np.empty(len(customers), np.int64)
    rest: Any = (
        fixed(offsets),
        *raw_codes(np.array([code for one in customers for code in one], kind)),
        int(backwards),
        out,
    )
    known_codes(*rest)
    wanted = [next((code for code in (one[::-1] if backwards else one) if code), 0) for one in customers]
    assert out.tolist() == wanted
    fits = np.array([0, 1, 0, 1], np.uint8)
    counted: Any = (*rest[:3], fixed(fits), out)
    count_fitting(*counted)
    assert out.tolist() == [sum(code in (1, 3) for code in one) for one in customers]


@given(st.lists(st.tuples(st.integers(0, 4), st.booleans()), max_size=8), st.data())
@settings(deadline=None)
def test_events_of_chosen_passes(passes: list[tuple[int, bool]], data: st.DataObject) -> None:
    """R-23: from a pass's first event to before its end, and counted by name there alone."""
    stop = np.cumsum([length for length, _ in passes]).astype(np.int64)
    begin = stop - np.array([length for length, _ in passes], np.int64)
    events = int(stop[-1]) + 2 if passes else 2
    inside = np.zeros(events, np.uint8)
    rest: Any = (fixed(begin), fixed(stop), fixed(np.array([which for _, which in passes], np.uint8)), inside)
    mark_passes(*rest)
    wanted = [which for length, which in passes for _ in range(length)] + [False, False]
    assert inside.astype(bool).tolist() == wanted
    codes = np.array(data.draw(st.lists(st.integers(0, 2), min_size=events, max_size=events)), np.uint8)
    for limited in (0, 1):
        out = np.zeros(3, np.int64)
        counted: Any = (*raw_codes(codes), limited, fixed(inside), out)
        count_events(0, events, *counted)
        mine = [code for code, there in zip(codes.tolist(), wanted, strict=True) if there or not limited]
        assert out.tolist() == [mine.count(code) for code in range(3)]


@given(st.integers(1, 6), st.data())
@settings(deadline=None)
def test_kinds_of_many_loops_as_of_each(size: int, data: st.DataObject) -> None:
    """R-26: what a key means, and which states are in it, many at once as one by one."""
    keys = data.draw(st.lists(st.integers(0, keys_of(size) - 1), max_size=30))
    state = data.draw(st.integers(-1, size - 1))
    kinds, there = kinds_of(np.array(keys, np.int64), size, state)
    assert list(zip(kinds.tolist(), there.tolist(), strict=True)) == [
        (kind, state in path) for kind, path in (spelled(key, size) for key in keys)
    ]
