"""The kernel that describes customers by what they did: how often they were in each state, and took each of some steps."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.trail.kernels.jit import kernel

Longs = npt.NDArray[np.int64]
NONE: Any = 65_535


@kernel
def edges_of(
    first: int,
    last: int,
    offsets: Longs,
    state: npt.NDArray[np.uint16],
    begins: npt.NDArray[np.uint8],
    chosen: Any,
    out: Any,
) -> None:
    """Adds to `out` (states, states) how often chosen customers first…last−1 stepped from one state to another within a pass."""
    for c in range(first, last):
        if chosen[c] == 0:
            continue
        prev = NONE
        for i in range(offsets[c], offsets[c + 1]):
            if begins[i]:
                prev = NONE
            s = state[i]
            if s == NONE:
                continue
            if prev != NONE and s != prev:
                out[prev, s] += 1
            prev = s


@kernel
def features(
    whose: Longs,
    offsets: Longs,
    state: npt.NDArray[np.uint16],
    begins: npt.NDArray[np.uint8],
    edge: Any,
    out: Any,
) -> None:
    """Adds to `out` (customers, columns) how often each of the customers `whose` entered each state, then took each of the chosen steps.

    `edge` (states, states): the column of a step, −1 for none. A pass begins anew: the step into it is none.
    """
    for k in range(len(whose)):
        c = whose[k]
        prev = NONE
        for i in range(offsets[c], offsets[c + 1]):
            if begins[i]:
                prev = NONE
            s = state[i]
            if s == NONE or s == prev:  # noqa: SIM109 - a tuple would be made at each step
                continue
            out[k, s] += 1
            if prev != NONE and edge[prev, s] >= 0:
                out[k, edge[prev, s]] += 1
            prev = s


def naive_features(
    passes: list[list[int | None]], states: int, steps: dict[tuple[int, int], int], columns: int
) -> list[int]:
    """One customer in plain Python. `passes`: the states of each pass's events (None: no state); `steps`: columns of steps."""
    out = [0] * columns
    for events in passes:
        prev = None
        for s in (one for one in events if one is not None):
            if s != prev:
                out[s] += 1
                if prev is not None and (prev, s) in steps:
                    out[steps[prev, s]] += 1
            prev = s
    return out
