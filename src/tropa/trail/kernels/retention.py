"""The kernel of cohort retention: who was active in which period after the first one."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.trail.kernels.jit import kernel

Longs = npt.NDArray[np.int64]


@kernel
def retention(
    first: int,
    last: int,
    from_event: Longs,
    moment: Longs,
    period: Longs,
    chosen: npt.NDArray[np.uint8],
    length: int,
    ends: Longs,
    until: int,
    active: Any,
    seen: Any,
) -> None:
    """Counts the chosen customers first…last−1 into `active` and `seen` (cohorts, periods).

    `from_event` (customers + 1): each one's acts in `moment` (µs, rising) and `period` (number of the calendar period). The first act's
    period is the cohort. `length` 0: calendar periods, `ends` (periods): µs at which each ends; else periods of `length` µs of age, counted
    from the first act. A period is seen where it ends by `until`; acts in others do not count.
    """
    width = active.shape[1]
    for c in range(first, last):
        begin, stop = from_event[c], from_event[c + 1]
        if chosen[c] == 0 or begin == stop:
            continue
        cohort, born = period[begin], moment[begin]
        for k in range(width):
            end = born + (k + 1) * length if length > 0 else (ends[cohort + k] if cohort + k < len(ends) else until + 1)
            if end > until:
                break
            seen[cohort, k] += 1
        done = -1
        for i in range(begin, stop):
            k = (moment[i] - born) // length if length > 0 else period[i] - cohort
            if k <= done or k >= width:
                continue
            done = k
            end = born + (k + 1) * length if length > 0 else (ends[cohort + k] if cohort + k < len(ends) else until + 1)
            if end <= until:
                active[cohort, k] += 1


def naive_retention(
    acts: dict[int, list[tuple[int, int]]], length: int, ends: list[int], until: int, width: int
) -> tuple[dict[tuple[int, int], int], dict[tuple[int, int], int]]:
    """The same in plain Python. `acts`: by customer, (µs, period) in order. Active and seen customers by (cohort, period)."""
    active: dict[tuple[int, int], int] = {}
    seen: dict[tuple[int, int], int] = {}
    for mine in acts.values():
        born, cohort = mine[0]
        for k in range(width):
            if length:
                begin, end = born + k * length, born + (k + 1) * length
                inside = any(begin <= t < end for t, _ in mine)
            else:
                end = ends[cohort + k] if cohort + k < len(ends) else until + 1
                inside = any(p == cohort + k for _, p in mine)
            if end <= until:
                seen[cohort, k] = seen.get((cohort, k), 0) + 1
                if inside:
                    active[cohort, k] = active.get((cohort, k), 0) + 1
    return active, seen
