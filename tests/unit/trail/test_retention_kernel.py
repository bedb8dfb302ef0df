"""The kernel of retention beside its twin where the calendar is uneven, and where not all events are acts (R-27)."""

from __future__ import annotations

from itertools import accumulate
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from shops import DAY, HOUR

from tropa.trail.kernels.retention import NO_STAGE, naive_retention, retention
from tropa.trail.measures.retention import by_day
from tropa.trail.slices import fixed

people = st.lists(st.lists(st.tuples(st.integers(0, 2_000), st.booleans()), max_size=12), min_size=1, max_size=6)
gaps = st.lists(st.tuples(st.integers(1, 9), st.sampled_from([0, 0, -1, 1])), min_size=1, max_size=12)


@settings(max_examples=200, deadline=None)
@given(people, gaps, st.sampled_from([0, 7, 30]), st.integers(1, 61), st.integers(-100, 2_500), st.booleans())
def test_periods_of_any_calendar(
    customers: list[list[tuple[int, bool]]],
    days: list[tuple[int, int]],
    age: int,
    width: int,
    until: int,
    bound: bool,
) -> None:
    """R-27: periods begin where clocks are moved or not; of events without a stage nothing is counted."""
    spans = [max(one * 24 + moved, 24) for one, moved in days]
    end = sum(spans)
    edges = np.array([0, *accumulate(spans)], np.int64) * HOUR
    rows = [sorted((hour % end, act or not bound) for hour, act in mine) for mine in customers]
    offsets = np.array([0, *accumulate(len(mine) for mine in rows)], np.int64)
    moment = np.array([hour for mine in rows for hour, _ in mine], np.int64) * HOUR
    stage = np.array([0 if act else NO_STAGE for mine in rows for _, act in mine], np.uint8)
    active, often = np.zeros((len(days), width), np.int64), np.zeros((len(days), width + 1), np.int64)
    whole = not ((edges - edges[0]) % DAY).any()
    table = fixed(by_day(edges, age * DAY, width))
    stages, chosen = fixed(np.arange(256, dtype=np.uint8)), fixed(np.ones(len(rows), np.uint8))
    rest: Any = (
        fixed(offsets), fixed(moment), int(bound), fixed(stage), 1, stages, chosen, age * DAY, table, fixed(edges), int(whole),
        until * HOUR, active, often,
    )  # fmt: skip
    retention(0, len(rows), *rest)
    acts: dict[int, list[tuple[int, int]]] = {}
    for who, mine in enumerate(rows):
        for hour, act in mine:
            if act:
                at = hour * HOUR
                acts.setdefault(who, []).append((at, int(np.searchsorted(edges, at, side="right")) - 1))
    was, seen = naive_retention(acts, age * DAY, edges[1:].tolist(), until * HOUR, width)
    assert {(c, k): int(active[c, k]) for c, k in np.argwhere(active).tolist()} == was
    told = {(c, k): int(often[c, k + 1 :].sum()) for c in range(len(days)) for k in range(width)}
    assert {key: n for key, n in told.items() if n} == seen
    assert often.sum() == len(acts)
