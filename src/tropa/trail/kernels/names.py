"""The kernel that makes numbers of customers' names, the same on every machine."""

from __future__ import annotations

from typing import Any

import numpy as np

from tropa.trail.kernels.jit import kernel

_BASIS, _PRIME = np.uint64(0xCBF29CE484222325), np.uint64(0x100000001B3)


@kernel
def numbers_of(data: Any, offsets: Any, out: Any) -> None:
    """FNV-1a, 64 bits, of each string: bytes data[offsets[i]:offsets[i + 1]] (Fowler, Noll and Vo)."""
    for row in range(len(out)):
        x = _BASIS
        for at in range(offsets[row], offsets[row + 1]):
            x = (x ^ np.uint64(data[at])) * _PRIME
        out[row] = x


def naive_number_of(name: str) -> int:
    """The same in plain Python."""
    x = int(_BASIS)
    for byte in name.encode():
        x = (x ^ byte) * int(_PRIME) % (1 << 64)
    return x
