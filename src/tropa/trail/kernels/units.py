"""Units of walks, marked among the states of events, so that kernels walk along events and need not ask where a unit begins.

A *unit* is a pass. States are numbered 0…K−1, `NONE` is no state. After them come four marks: START = K, LEFT = K + 1, DONE = K + 2,
OPEN = K + 3. A *stay* is a run of neighbouring events in one state; where repeats are told one by one, every event in a state is one.

A *marked* state is `NOWHERE` for an event that counts for nothing: in no state, before its customer's first unit, or of a customer who
is not chosen; `HEAD` is added to it where a unit begins.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.trail.kernels.jit import kernel

Longs = npt.NDArray[np.int64]
Ints = npt.NDArray[np.int32]
Bytes = npt.NDArray[np.uint8]
NONE = 65_535
MARKS = 4
HEAD, NOWHERE = 32_768, 32_767


@kernel
def mark_units(
    first: int, last: int, unit: int, stop: int, offsets: Longs, begin: Longs, customer: Ints, chosen: Bytes, state: Any
) -> None:  # fmt: skip
    """Marks the states (events; without `HEAD`s) of the customers first…last−1, whose units are unit…stop−1.

    `begin`, `customer`: by unit, its first event and whose it is.
    """
    edge = offsets[first]
    for u in range(unit, stop):
        # what no unit of its customer holds
        for i in range(edge, begin[u]):
            state[i] = NOWHERE
        edge = max(edge, offsets[customer[u] + 1])
        state[begin[u]] |= HEAD
    for i in range(edge, offsets[last]):
        state[i] = NOWHERE
    for c in range(first, last):
        if chosen[c] == 0:
            for i in range(offsets[c], offsets[c + 1]):
                state[i] |= NOWHERE


@kernel
def is_new(s: Any, prev: Any, collapse: int) -> Any:
    """Whether an event in `s` (`NOWHERE`: in none) begins a stay, behind one in `prev`. `collapse`: neighbours in one state are one stay.

    & and not `and`: nothing is to be guessed.
    """
    return (s != NOWHERE) & ((s != prev) | (collapse == 0))


def naive_marked(state: Any, offsets: Any, begin: Any, chosen: Any) -> list[int]:
    """The same in plain Python. `state`: as it was, `NONE` or `NOWHERE` for none."""
    heads = {int(i) for i in begin}
    out = []
    for c in range(len(offsets) - 1):
        going = False
        for i in range(int(offsets[c]), int(offsets[c + 1])):
            going = going or i in heads
            nothing = not going or not chosen[c] or state[i] in (NONE, NOWHERE)
            out.append((NOWHERE if nothing else int(state[i])) + (HEAD if i in heads else 0))
    return out
