"""Chance that depends only on who, which pass and what for, so that a world can be run again with one thing changed.

Common random numbers: the draw for (customer 17, pass 2, "asks in chat") is the same number whether or not the chat answers, so
the difference of two worlds is the effect of the change and not of other dice. Source of the mixing function: Steele, Lea and
Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014 (the finaliser known as splitmix64).
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

Floats = npt.NDArray[np.float64]
Longs = npt.NDArray[np.int64]

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_MIX1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX2 = np.uint64(0x94D049BB133111EB)


def _mix(x: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    x = (x ^ (x >> np.uint64(30))) * _MIX1
    x = (x ^ (x >> np.uint64(27))) * _MIX2
    return x ^ (x >> np.uint64(31))


@cache
def slot(name: str) -> int:
    """A number for what a draw is used for, the same on every machine."""
    value = 0xCBF29CE484222325
    for byte in name.encode():
        value = ((value ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return value


class Noise:
    """Draws for the customers `who` (n) on their passes `turn` (n, or one number for all). `seed`: one for all, or one for each (n).
    `keep`: draws are kept to be used again."""

    def __init__(self, seed: int | Longs, who: Longs, turn: Longs | int = 0, *, keep: bool = False) -> None:
        self.n = len(who)
        self._kept: dict[str, Floats] | None = {} if keep else None
        one = np.array([seed & 0xFFFFFFFFFFFFFFFF], dtype=np.uint64) if isinstance(seed, int) else seed
        base = one.astype(np.uint64)
        key = _mix(base + _GOLDEN) + who.astype(np.uint64) * _GOLDEN
        self._key = _mix(key) + np.asarray(turn, dtype=np.uint64).reshape(-1) * _MIX1

    def uniform(self, name: str) -> Floats:
        """Uniform in (0, 1), n numbers, for the purpose `name`."""
        if self._kept is None:
            return self._drawn(name)
        if name not in self._kept:
            self._kept[name] = self._drawn(name)
        return self._kept[name]

    def _drawn(self, name: str) -> Floats:
        tag = np.array([slot(name)], dtype=np.uint64)
        bits = _mix(self._key ^ _mix(tag)) >> np.uint64(11)
        return (bits.astype(np.float64) + 0.5) * 2.0**-53

    def happens(self, name: str, chance: Any) -> npt.NDArray[np.bool_]:
        """True with probability `chance` (a number or n numbers)."""
        out: npt.NDArray[np.bool_] = self.uniform(name) < chance
        return out

    def normal(self, name: str) -> Floats:
        """Standard normal."""
        out: Floats = ndtri(self.uniform(name))
        return out

    def choice(self, name: str, weights: Any) -> Longs:
        """Index drawn by `weights`: (k) for all, or (n, k)."""
        table = np.atleast_2d(np.asarray(weights, dtype=np.float64))
        edges = np.cumsum(table, axis=1) / table.sum(axis=1, keepdims=True)
        index: Longs = np.minimum((self.uniform(name)[:, None] > edges).sum(axis=1), table.shape[1] - 1)
        return index
