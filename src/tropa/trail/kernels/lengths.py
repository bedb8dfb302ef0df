"""Lengths of time in bins that grow with them: what the first round of exact quartiles counts, and the second keeps (docs/adr/0035)."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from numba.core import types
from numba.extending import intrinsic

from tropa.trail.kernels.jit import kernel

Longs = npt.NDArray[np.int64]


def _leading(_context: Any, _number: Any) -> Any:
    def built(context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        return builder.ctlz(arguments[0], context.get_constant(types.boolean, True))

    return types.int64(types.int64), built


zeros_before: Any = intrinsic(_leading)
"""How many of the 64 bits of a number > 0 are 0 before its first 1: one instruction of the processor."""


@kernel
def bin_of(length: int, fine: int) -> Any:
    """Which bin a length of time ≥ 0 belongs to: 2**fine bins to each doubling; longer lengths are never in earlier bins."""
    shift = 63 - fine - zeros_before(length | 1 << fine)
    return (shift << fine) + (length >> shift)


def naive_bin_of(length: int, fine: int) -> int:
    """The same in plain Python."""
    top = max(length.bit_length() - 1, 0)
    return length if top < fine else ((top - fine + 1) << fine) + (length >> (top - fine)) - (1 << fine)


@kernel
def count_lengths(keys: Any, lengths: Longs, fine: int, hist: Any) -> None:
    """Adds the lengths of each key to its row of `hist` (keys, bins)."""
    for i in range(len(lengths)):
        hist[keys[i], bin_of(lengths[i], fine)] += 1


@kernel
def find_ranks(hist: Longs, keys: Longs, ranks: Longs, bins: Any, within: Any) -> None:
    """By key, in which bin of its row of `hist` each of the `ranks` (keys, …; rising) lies, and its rank within that bin."""
    for at in range(len(keys)):
        key, b, below = keys[at], 0, 0
        for k in range(ranks.shape[1]):
            while below + hist[key, b] <= ranks[at, k]:
                below += hist[key, b]
                b += 1
            bins[at, k] = b
            within[at, k] = ranks[at, k] - below


@kernel
def gather(
    begin: Any, end: Any, keys: Any, lengths: Any, room: Any, low: Longs, wide: Any, kept: Any, long: Any
) -> Any:
    """Keeps, from place `room` on, the keys (`kept`) and lengths (`long`) begin…end−1 that lie in one of the three spans of their key.

    `low`, `wide` (3 · keys): where the spans of a key begin, and how many lengths each may hold. Returns the place after them.
    """
    for i in range(np.uint64(begin), np.uint64(end)):
        key, length = keys[i], lengths[i]
        at = np.uint64(key) * np.uint64(3)
        # what is not wanted is overwritten by the next one: that is faster than to ask; as unsigned numbers what lies before is far away
        kept[room], long[room] = key, length
        one, two = (
            np.uint64(length - low[at]) < wide[at],
            np.uint64(length - low[at + np.uint64(1)]) < wide[at + np.uint64(1)],
        )
        room += np.uint64(one | two | (np.uint64(length - low[at + np.uint64(2)]) < wide[at + np.uint64(2)]))
    return room


def naive_gather(keys: Any, lengths: Any, wanted: Any, fine: int) -> list[tuple[int, int]]:
    """The same in plain Python, by the bins that the spans are: (key, length) in order."""
    pairs = zip(keys, lengths, strict=True)
    return [(int(key), int(length)) for key, length in pairs if naive_bin_of(int(length), fine) in set(wanted[key])]
