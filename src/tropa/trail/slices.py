"""Work shared out over slices, and arrays as the kernels want them (one signature a kernel)."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

R = TypeVar("R")
SMALL = 200_000
"""Below so many events threads cost more than they give."""


def cores() -> int:
    """How many threads may work: `TROPA_THREADS` where somebody else shares out the machine (a cluster), else one a core."""
    return max(1, min(int(os.environ.get("TROPA_THREADS") or os.cpu_count() or 1), 16))


def fixed(array: npt.NDArray[Any], kind: Any = None) -> npt.NDArray[Any]:
    """The array read-only, contiguous and of the type a kernel was compiled for; a copy only where one is needed."""
    out = np.ascontiguousarray(array, dtype=kind).view(np.ndarray)
    if out.flags.writeable:
        out = out.view()
        out.flags.writeable = False
    return out


def in_threads(work: Callable[[int, int], R], count: int) -> list[R]:
    """`work(begin, end)` on slices of 0…count, in threads (kernels let go of the interpreter lock); results in order."""
    threads = cores()
    if count < SMALL or threads == 1:
        return [work(0, count)]
    edges = [count * k // threads for k in range(threads + 1)]
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(work, edges[:-1], edges[1:]))


def customer_slices(offsets: npt.NDArray[np.int64], parts: int | None = None) -> list[tuple[int, int]]:
    """Whole customers in slices of about equal numbers of events: (first customer, one past the last)."""
    events, customers = int(offsets[-1]), len(offsets) - 1
    parts = parts or (1 if events < SMALL else cores())
    edges = np.searchsorted(offsets, [events * k // parts for k in range(1, parts)])
    bounds = [0, *(int(edge) for edge in edges), customers]
    return [(a, b) for a, b in pairwise(bounds) if b > a]


def over(slices: list[tuple[int, int]], work: Callable[[int, int], R]) -> list[R]:
    """`work(begin, end)` on each slice, in threads where there are several; results in order."""
    threads = min(len(slices), cores())
    if threads < 2:
        return [work(*one) for one in slices]
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(lambda one: work(*one), slices))
