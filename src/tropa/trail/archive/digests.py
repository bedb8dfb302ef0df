"""Digests by number: who of an archive's many identities, orders and sessions is which."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.trail.kernels.numbering import fill, number

Words = npt.NDArray[np.uint64]
STEP = 1 << 20
LEAST = 2048


def writable(array: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """The array, copied when it is read-only: numba compiles a kernel anew for read-only ones."""
    return array if array.flags.writeable else array.copy()


class Digests:
    """Numbers digests 0, 1, 2… in order of first appearance; 16 bytes each, and about as much for the table they are found by.

    The table is made when something is first looked for: those that were known before are numbered without it.
    """

    def __init__(self, hi: Words | None = None, lo: Words | None = None) -> None:
        self.count = 0
        self.hi, self.lo = np.zeros(1024, np.uint64), np.zeros(1024, np.uint64)
        self._slots, self._entered = np.zeros(LEAST, np.uint64), 0
        if hi is not None and lo is not None:
            self.append(hi, lo)

    def append(self, hi: Words, lo: Words) -> None:
        """The next numbers, to digests that differ from one another and from all before."""
        self._make_room(len(hi))
        until = self.count + len(hi)
        self.hi[self.count : until], self.lo[self.count : until] = hi, lo
        self.count = until

    def _make_room(self, more: int) -> None:
        need = self.count + more
        if need > len(self.hi):
            room = max(need, 2 * len(self.hi))
            self.hi, self.lo = (_longer(half[: self.count], room) for half in (self.hi, self.lo))

    def _enter(self, more: int) -> None:
        """Makes the table hold all that are known, at most three quarters full with so many more."""
        size = len(self._slots)
        while 4 * (self.count + more) > 3 * size:
            size *= 2
        if size > len(self._slots):
            self._slots, self._entered = np.zeros(size, np.uint64), 0
        if self._entered < self.count:
            differ = fill(self.hi, self.lo, self._entered, self.count, self._slots)
            assert differ, "a digest is numbered once"
            self._entered = self.count

    def _place(self, hi: Words, lo: Words, *, insert: bool) -> npt.NDArray[np.int32]:
        codes = np.empty(len(hi), np.int32)
        told: Any = (writable(hi), writable(lo), self.hi, self.lo, self.count, insert, self._slots, codes)
        self.count = self._entered = number(*told)
        return codes

    def codes(self, hi: Words, lo: Words) -> npt.NDArray[np.int32]:
        """The number of each digest; unknown ones get the next numbers."""
        out = np.empty(len(hi), np.int32)
        for begin in range(0, len(hi), STEP):
            part = slice(begin, begin + STEP)
            more = len(hi[part])
            self._make_room(more)
            self._enter(more)
            out[part] = self._place(hi[part], lo[part], insert=True)
        return out

    def find(self, hi: Words, lo: Words) -> npt.NDArray[np.int32]:
        """The number of each digest, −1 for an unknown one."""
        self._enter(0)
        return self._place(hi, lo, insert=False)


def _longer(array: Words, room: int) -> Words:
    out = np.empty(room, np.uint64)
    out[: len(array)] = array
    return out
