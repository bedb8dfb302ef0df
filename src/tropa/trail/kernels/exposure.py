"""Kernels that say what a pass had met before it left a stage or went on from it."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.trail.kernels.jit import kernel

Longs = npt.NDArray[np.int64]
NONE = 255
NEVER = np.iinfo(np.int64).min


@kernel
def spans(
    begin: Longs,
    stop: Longs,
    stage: npt.NDArray[np.uint8],
    time: Longs,
    deal: Longs,
    target: int,
    later: int,
    entry: Any,
    leave: Any,
    went: Any,
    visits: Any,
) -> None:
    """For each unit (a pass with the events begin…stop−1): when it entered a stage and when it went on from it.

    `later`: the stages after `target`, as bits. `entry`: event with which it came (−1: it never came, or only after a later stage).
    `leave`: the event with which it went on to a later stage or made its deal (`went` 1), else `stop`. `visits`: how often it came before.
    """
    for u in range(len(begin)):
        entry[u] = -1
        leave[u] = stop[u]
        went[u] = 0
        visits[u] = 0
        before = NONE
        for i in range(begin[u], stop[u]):
            s = stage[i]
            if s == NONE:
                continue
            on = later >> s & 1 != 0
            if entry[u] < 0:
                if on:
                    break
                if s == target:
                    entry[u] = i
            if entry[u] >= 0:
                if on or (deal[u] != NEVER and time[i] >= deal[u]):
                    leave[u] = i
                    went[u] = 1
                    break
                if s == target and before != target:
                    visits[u] += 1
            before = s


@kernel
def until_moment(begin: Longs, stop: Longs, time: Longs, moment: Longs, leave: Any) -> None:
    """For each unit the first of its events begin…stop−1 that comes after a moment (µs), else `stop`."""
    for u in range(len(begin)):
        i = begin[u]
        while i < stop[u] and time[i] <= moment[u]:
            i += 1
        leave[u] = i


@kernel
def expose(begin: Longs, leave: Longs, codes: npt.NDArray[np.uint32], row: npt.NDArray[np.int32], met: Any) -> None:
    """Marks in `met` (rows, units) which codes occur among the events begin…leave−1 of each unit. `row`: by code, −1 for none."""
    for u in range(len(begin)):
        for i in range(begin[u], leave[u]):
            r = row[codes[i]]
            if r >= 0:
                met[r, u] = 1


def naive_spans(
    events: list[tuple[int, int]], deal: int | None, target: int, later: set[int]
) -> tuple[int, int, int, int]:
    """The same for one unit in plain Python. `events`: (stage, µs), `NONE` for none. Places count from the unit's first event."""
    stages = [s for s, _ in events]
    firsts = [i for i, s in enumerate(stages) if s == target]
    beyond = [i for i, s in enumerate(stages) if s in later]
    if not firsts or (beyond and beyond[0] < firsts[0]):
        return -1, len(events), 0, 0
    entry = firsts[0]
    on = [
        i
        for i, (s, t) in enumerate(events)
        if i >= entry and s != NONE and (s in later or (deal is not None and t >= deal))
    ]
    leave = on[0] if on else len(events)
    known = [(i, s) for i, s in enumerate(stages[:leave]) if s != NONE and i >= entry]
    visits = sum(1 for at, (_, s) in enumerate(known) if s == target and (at == 0 or known[at - 1][1] != target))
    return entry, leave, int(bool(on)), visits
