"""Lengths of time in bins that grow with them: what the first round of exact quartiles counts, and the second keeps (docs/adr/0035)."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.trail.kernels.jit import kernel

Longs = npt.NDArray[np.int64]


@kernel
def bin_of(length: int, fine: int) -> Any:
    """Which bin a length of time ≥ 0 belongs to: 2**fine bins to each doubling; longer lengths are never in earlier bins."""
    if length >> fine == 0:
        return length
    # no more digits than a float holds, so that nothing is rounded up
    exact = length if length >> 53 == 0 else length & ~1023
    # exponent and mantissa side by side are the bin, but for an offset
    bits = np.float64(exact).view(np.int64)
    return (bits >> (52 - fine)) - ((1022 + fine) << fine)


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
def gather(keys: Any, lengths: Longs, wanted: Longs, fine: int, kept: Any) -> int:
    """Keeps, as rows key and length of `kept`, the lengths in one of the three bins wanted of their key; returns how many."""
    room = 0
    for i in range(len(lengths)):
        key = keys[i]
        b = bin_of(lengths[i], fine)
        if b == wanted[key, 0] or b == wanted[key, 1] or b == wanted[key, 2]:
            kept[0, room] = key
            kept[1, room] = lengths[i]
            room += 1
    return room


def naive_gather(keys: Any, lengths: Any, wanted: Any, fine: int) -> list[tuple[int, int]]:
    """The same in plain Python: (key, length) in order."""
    pairs = zip(keys, lengths, strict=True)
    return [(int(key), int(length)) for key, length in pairs if naive_bin_of(int(length), fine) in set(wanted[key])]
