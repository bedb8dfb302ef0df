"""Digests numbered in order of first appearance, by a table that holds numbers only: eight bytes a slot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from tropa.trail.kernels.jit import kernel

_U = np.uint64
_1, _32, _NUMBER = _U(1), _U(32), _U(0xFFFF_FFFF)


@kernel
def fill(hi: Any, lo: Any, first: int, count: int, slots: Any) -> bool:
    """Enters digests first…count−1, which are known by their places. False where one is there already.

    `slots`: open addressing, a power of two with room for all; 0 for an empty slot, else the number plus one and above it the higher half
    of `hi`, so that a slot of another digest is told without looking that one up.
    """
    mask = _U(len(slots) - 1)
    for code in range(first, count):
        at = lo[code] & mask
        while slots[at]:
            other = np.int64((slots[at] & _NUMBER) - _1)
            if (slots[at] ^ hi[code]) >> _32 == 0 and lo[other] == lo[code] and hi[other] == hi[code]:
                return False
            at = (at + _1) & mask
        slots[at] = ((hi[code] >> _32) << _32) | _U(code + 1)
    return True


@kernel
def number(hi: Any, lo: Any, known_hi: Any, known_lo: Any, count: int, insert: bool, slots: Any, codes: Any) -> int:
    """Numbers digests in order of first appearance: codes[i] becomes the number of digest i; without `insert`, −1 for an unknown one.

    `known_hi`, `known_lo`: digests by number, the first `count` of them told; new ones are written behind. `slots`: as in `fill`. The
    result is the new count; tables must have room for all.
    """
    mask = _U(len(slots) - 1)
    for row in range(len(hi)):
        at = lo[row] & mask
        found = np.int64(-1)
        while slots[at]:
            if (slots[at] ^ hi[row]) >> _32 == 0:
                other = np.int64((slots[at] & _NUMBER) - _1)
                if known_lo[other] == lo[row] and known_hi[other] == hi[row]:
                    found = other
                    break
            at = (at + _1) & mask
        if found < 0 and insert:
            slots[at] = ((hi[row] >> _32) << _32) | _U(count + 1)
            known_hi[count], known_lo[count] = hi[row], lo[row]
            found = np.int64(count)
            count += 1
        codes[row] = found
    return count


def naive_number(digests: Sequence[tuple[int, int]], known: dict[tuple[int, int], int]) -> list[int]:
    """The same with a dictionary."""
    return [known.setdefault(digest, len(known)) for digest in digests]
