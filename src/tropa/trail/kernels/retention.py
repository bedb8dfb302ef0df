"""The kernel of cohort retention: who was active in which period after the first one."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.trail.kernels.jit import kernel
from tropa.trail.kernels.standing import code_at

Longs = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]
NO_STAGE = 255
DAY = 86_400_000_000
BEYOND = 63
"""The bit of all periods that are not told."""


@kernel
def _days(span: Any) -> Any:
    """Whole days of a length of time (µs ≥ 0)."""
    return np.uint64(span) // np.uint64(DAY)


@kernel
def retention(
    first: int, last: int, from_act: Longs, moment: Longs, bound: int, cell: Bytes, width: int, stage_of: Bytes, chosen: Bytes,
    length: int, by_day: npt.NDArray[np.int32], edges: Longs, whole: int, until: int, active: Any, often: Any,
) -> None:  # fmt: skip
    """Counts the chosen customers first…last−1 by cohort: who was active in which period (`active`, (cohorts, periods)), and of how many
    periods the end was seen (`often`, (cohorts, periods + 1)).

    `from_act` (customers + 1): each one's acts in `moment` (µs, rising); where `bound`, only events with a stage are acts (`cell`, `width`:
    their codes, see `code_at`; `stage_of` by code). The calendar period (between `edges`, the first no later than any act) of the first
    act is the cohort. `length` 0: periods are the calendar's, none shorter than a day; else of `length` µs of age, whole days, counted
    from the first act. A period is seen where it ends by `until`. `by_day`: the period by days since it all began; of age the last for
    all later ones, too, of the calendar that in which such a day begins (`whole`: and ends; where clocks are moved it may not).
    """
    ages = active.shape[1]
    complete = 0
    while complete < len(edges) - 1 and edges[complete + 1] <= until:
        complete += 1
    for c in range(first, last):
        begin, stop = from_act[c], from_act[c + 1]
        while bound and begin < stop and stage_of[code_at(cell, width, begin)] == NO_STAGE:
            begin += 1
        if chosen[c] == 0 or begin == stop:
            continue
        born = moment[begin]
        cohort = np.searchsorted(edges, born, side="right") - 1 if length else np.int64(by_day[_days(born - edges[0])])
        if not (length or whole):
            cohort += np.int64(born >= edges[cohort + 1])
        origin = born if length else edges[0]
        seen: Any = (until - born) // length if length else complete - cohort
        seen = min(max(seen, 0), ages)
        often[cohort, seen] += 1
        bits = np.uint64(0)
        for i in range(begin, stop):
            day: Any = _days(moment[i] - origin)
            if length:
                k = np.int64(by_day[min(day, np.uint64(len(by_day) - 1))])
            else:
                k = np.int64(by_day[day])
                if not whole:
                    k += np.int64(moment[i] >= edges[k + 1])
                k -= cohort
            here = np.uint64(stage_of[code_at(cell, width, i)] != NO_STAGE) if bound else np.uint64(1)
            spot: Any = min(BEYOND, k)
            bits |= here << np.uint64(spot)
        for age in range(seen):
            active[cohort, age] += np.int64(bits >> np.uint64(age) & np.uint64(1))


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
