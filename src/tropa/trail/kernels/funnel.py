"""The kernel of ordered funnels: how far each customer came within a window, and when."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.trail.kernels.jit import kernel

Longs = npt.NDArray[np.int64]


@kernel
def funnel(
    first: int,
    last: int,
    offsets: Longs,
    time: Longs,
    match: npt.NDArray[np.uint16],
    window: int,
    until: int,
    chosen: npt.NDArray[np.uint8],
    levels: int,
    reached: Any,
    when: Any,
) -> None:
    """The best attempt of each of the chosen customers first…last−1.

    `match` (events): bit k is 1 where the event is step k. An attempt begins with step 0 (seen for the whole `window` before `until`),
    takes the steps in order, each with an event of its own, and all within `window` of its beginning. `reached`: steps of the best
    attempt; −1: nobody began, or (−2) only attempts that were not seen for long enough. `when` (customers, levels): µs of its steps; of
    equally long attempts the first to get so far counts.
    """
    chain = np.empty((levels, levels), np.int64)  # row k: times of the latest attempt that has reached step k
    alive = np.zeros(levels, np.bool_)
    for c in range(first, last):
        reached[c] = -1
        if chosen[c] == 0:
            continue
        alive[:] = False
        best = 0
        for i in range(offsets[c], offsets[c + 1]):
            bits = match[i]
            if bits == 0:
                continue
            t = time[i]
            for k in range(levels - 1, -1, -1):
                if bits >> k & 1 == 0:
                    continue
                if k == 0:
                    if t + window > until:
                        if best == 0:
                            reached[c] = -2
                        continue
                elif not alive[k - 1] or t - chain[k - 1, 0] > window:
                    continue
                alive[k] = True
                for j in range(k):
                    chain[k, j] = chain[k - 1, j]
                chain[k, k] = t
                if k + 1 > best:
                    best = k + 1
                    for j in range(best):
                        when[c, j] = chain[k, j]
        if best > 0:
            reached[c] = best


def naive_funnel(events: list[tuple[int, int]], window: int, until: int, levels: int) -> int:
    """How far one customer came, by trying every way to pick events for the steps. `events`: (µs, bits) in order."""
    best = -1
    if any(bits & 1 for _, bits in events):
        best = -2
    for size in range(1, levels + 1):
        for picked in combinations(events, size):
            begin, end = picked[0][0], picked[-1][0]
            fits = all(bits >> k & 1 for k, (_, bits) in enumerate(picked))
            if fits and begin + window <= until and end - begin <= window:
                best = max(best, size)
                break
    return best
