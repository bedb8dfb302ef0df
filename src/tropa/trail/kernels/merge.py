"""New events put between the old ones of a tape, and the sum by which a column is known again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.trail.kernels.jit import kernel

Longs = npt.NDArray[np.int64]


@kernel
def insertion_places(who: Any, time: Longs, former: Any, offsets: Longs, old_time: Longs, out: Any) -> None:
    """The places of new events in the tape that they are merged into: behind their customer's old events of their own time.

    `who`, `time`: the new events in the tape's order. `former` (customers), `offsets` (customers + 1), `old_time`: of the old tape.
    """
    k = 0
    for j in range(len(who)):
        while k < len(former) and former[k] < who[j]:
            k += 1
        low = offsets[k]
        high = offsets[k + 1] if k < len(former) and former[k] == who[j] else low
        while low < high:
            middle = (low + high) // 2
            if old_time[middle] <= time[j]:
                low = middle + 1
            else:
                high = middle
        out[j] = low + j


@kernel
def merge(at: Longs, old: Any, new: Any, begin: int, end: int, j: int, out: Any) -> None:
    """Writes the entries begin…end−1 of a merged column into `out`: the j-th new one stands at at[j], the old ones between in their order.

    `old`, `new`, `out` are unsigned words as wide as the column's entries, so that one kernel a width does for all types: copying entry by
    entry is five times as fast as copying stretches of bytes, which are short. `j`: the first new one at or after `begin`.
    """
    coming = at[j] if j < len(at) else end
    for place in range(begin, end):
        if place == coming:
            out[place - begin] = new[j]
            j += 1
            coming = at[j] if j < len(at) else end
        else:
            out[place - begin] = old[place - j]


def naive_merge(old: Sequence[tuple[int, int]], new: Sequence[tuple[int, int]]) -> list[tuple[int, int, int]]:
    """The same by sorting: (customer, time, number), new events numbered behind the old ones."""
    every = [*old, *new]
    return sorted((customer, time, number) for number, (customer, time) in enumerate(every))


_P: Any = np.uint64(0x9E3779B97F4A7C15)
_S: Any = np.uint64(32)


@kernel
def fingerprint(words: npt.NDArray[np.uint64], out: Any) -> None:
    """Four running sums of the words, which are a multiple of four: of every fourth one each. Any changed word changes its sum."""
    a, b, c, d = out[0], out[1], out[2], out[3]
    for i in range(0, len(words), 4):
        a = (a ^ words[i]) * _P
        b = (b ^ words[i + 1]) * _P
        c = (c ^ words[i + 2]) * _P
        d = (d ^ words[i + 3]) * _P
        a ^= a >> _S
        b ^= b >> _S
        c ^= c >> _S
        d ^= d >> _S
    out[0], out[1], out[2], out[3] = a, b, c, d


def naive_fingerprint(words: Sequence[int], start: Sequence[int]) -> list[int]:
    """The same in plain Python."""
    sums = list(start)
    for i, word in enumerate(words):
        one = (sums[i % 4] ^ word) * int(_P) % (1 << 64)
        sums[i % 4] = one ^ (one >> 32)
    return sums
