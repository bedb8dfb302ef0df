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
Shorts = npt.NDArray[np.uint16]
NONE = 65_535
MARKS = 4
HEAD, NOWHERE = 32_768, 32_767
NOBODY = 0xFFFFFFFF
ROOM = 2_048
"""Events that a kernel looks at at a time, so that their stays lie in the fastest cache."""


@kernel
def mark_units(
    first: int, last: int, unit: int, stop: int, offsets: Longs, begin: Longs, customer: Ints, chosen: Bytes, state: Any
) -> None:  # fmt: skip
    """Marks the states (of the events of just these customers; without `HEAD`s) of the customers first…last−1, whose units are unit…stop−1.

    `begin`, `customer`: by unit, its first event and whose it is.
    """
    base = offsets[first]
    edge = base
    for u in range(unit, stop):
        # what no unit of its customer holds
        for i in range(edge, begin[u]):
            state[i - base] = NOWHERE
        edge = max(edge, offsets[customer[u] + 1])
        state[begin[u] - base] |= HEAD
    for i in range(edge, offsets[last]):
        state[i - base] = NOWHERE
    for c in range(first, last):
        if chosen[c] == 0:
            for i in range(offsets[c], offsets[c + 1]):
                state[i - base] |= NOWHERE


@kernel
def stays(
    begin: int, end: int, state: Shorts, time: Longs, collapse: int, carry: Any, node: Any, moment: Any, whose: Any
) -> Any:
    """Writes the stays that begin at the events begin…end−1 (at most `ROOM`) to places from 1 on; returns one past the last.

    `state`: marked. Written: `node`, the state, with `HEAD` where it is its unit's first; `moment` of its beginning, `whose` it is (unit).
    `carry` (2): the state that the last stay of the unit is in (`NOWHERE`: none yet) and the unit, from call to call (first NOWHERE, −1).
    """
    prev, u = carry[0], carry[1]
    every = np.int64(collapse == 0)
    room = np.uint64(1)
    for i in range(
        np.uint64(begin), np.uint64(end)
    ):  # numbers without a sign are no places counted from the end: nothing to ask
        word = np.int64(state[i])
        s, head = word & NOWHERE, word >> 15
        u += head
        prev = NOWHERE if head else prev
        # what begins no stay is overwritten by the next one; & and not `and`: nothing is to be guessed
        node[room] = s | (prev == NOWHERE) << 15
        moment[room], whose[room] = time[i], u
        room += np.uint64((s != NOWHERE) & ((s != prev) | every))
        prev = prev if s == NOWHERE else s
    carry[0], carry[1] = prev, u
    return room


@kernel
def met(seen: Any, who: Any) -> Any:
    """How many different ones · 2³² + the latest, after `who` (0…2³¹, in rising order) too; `NOBODY` before all of them."""
    return ((seen >> 32) + np.int64((seen & NOBODY) != who)) << 32 | who


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
