"""The kernel that draws, for many stages in one walk, the pass of each customer that is looked at: who left there, and who went on (R-25).

Stages are bits of a set. The rules are those of `exposure.spans`, stage by stage.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.trail.kernels.exposure import NEVER, NONE
from tropa.trail.kernels.jit import kernel
from tropa.trail.kernels.passes import EXIT

Longs = npt.NDArray[np.int64]
Ints = npt.NDArray[np.int32]
Bytes = npt.NDArray[np.uint8]
Shorts = npt.NDArray[np.uint16]
Hashes = npt.NDArray[np.uint64]
LATEST = np.iinfo(np.int64).max
NOBODY: Any = np.iinfo(np.uint64).max


@kernel
def hashed(number: Any) -> Any:
    """A well-mixed number, as `numbers.hashed`."""
    x = (np.uint64(number) + np.uint64(0x9E3779B97F4A7C15)) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))


@kernel
def draw(
    first: int, last: int, lowest: int, offsets: Longs, begin: Longs, customer: Ints, status: Bytes, last_stage: Bytes, deal: Longs,
    time: Longs, stage: Bytes, chosen: Bytes, numbers: Hashes, bit: Longs, before: Longs, places: Longs, eligible: Any, least: Any,
    drawn: Any,
) -> None:  # fmt: skip
    """Draws one of the passes first…last−1 of each customer (from `lowest` on) for each of the stages `places` (P).

    `begin` … `deal` by pass, `time`, `stage` by event. `bit`, `before` (256, by code of a stage): the stage itself, and those that lie
    before it; none for events of no stage. Added to: `eligible` (P) passes that left or went on. Written: `drawn` (customers, P; −1 before)
    2 · pass, and 1 more where it left; `least` (customers, P; `NOBODY` before) the hash by which it was drawn.
    """
    ordinal: Any = np.int64(0)
    for u in range(first, last):
        c = customer[u]
        ordinal = ordinal + 1 if (u > first) & (customer[max(u - 1, first)] == c) else 0
        if chosen[c] == 0:
            continue
        stop = offsets[c + 1]
        if u + 1 < len(begin):
            stop = min(stop, begin[u + 1])
        bought = deal[u] if deal[u] != NEVER else LATEST
        entered, went, seen, passed = np.int64(0), np.int64(0), np.int64(0), np.int64(0)
        for i in range(begin[u], stop):
            mine, back = bit[stage[i]], before[stage[i]]
            entered |= mine & ~(seen | passed)  # passed: stages of which a later one has been seen
            seen |= mine
            passed |= back
            went |= entered & (back | -np.int64((mine != 0) & (time[i] >= bought)))
        left = entered & bit[last_stage[u]] & ~went & -np.int64(status[u] == EXIT)
        able = left | went
        turn = hashed(numbers[c] + hashed(np.uint64(ordinal)))
        for p in range(len(places)):
            it = able >> places[p] & 1
            eligible[p] += it
            better = (it != 0) & (turn < least[c - lowest, p])
            least[c - lowest, p] = turn if better else least[c - lowest, p]
            drawn[c - lowest, p] = 2 * u + (left >> places[p] & 1) if better else drawn[c - lowest, p]


@kernel
def count_lots(lowest: int, numbers: Hashes, drawn: Longs, shift: Any, lots: Any, counts: Any) -> None:
    """By customer (from `lowest` on) the lot, the highest bits of a hash of who it is; adds those drawn to `counts` (P, lots)."""
    for k in range(len(drawn)):
        lot = np.int64(hashed(numbers[lowest + k]) >> np.uint64(shift))
        lots[k] = lot
        for p in range(drawn.shape[1]):
            counts[p, lot] += drawn[k, p] >= 0


@kernel
def meet(
    units: Longs, end: Longs, begin: Longs, deal: Longs, time: Longs, stage: Bytes, point: Shorts, target: int, later: int, row: Ints,
    met: Any,
) -> None:  # fmt: skip
    """Marks in `met` (rows, units) the touchpoints that each pass had met before it went on from the stage `target`, or ended.

    `end` (units): where its customer's events end; `begin`, `deal` by pass; `later`: the stages after `target`, as bits; `row` by
    touchpoint, −1 none.
    """
    for k in range(len(units)):
        u = units[k]
        bought = deal[u] if deal[u] != NEVER else LATEST
        entered, stop = False, end[k]
        if u + 1 < len(begin):
            stop = min(stop, begin[u + 1])
        for i in range(begin[u], stop):
            s = stage[i]
            if s == NONE:
                continue
            entered = entered or s == target
            if entered and (later >> s & 1 != 0 or time[i] >= bought):
                break
            r = row[point[i]]
            if r >= 0:
                met[r, k] = 1
