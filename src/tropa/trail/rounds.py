"""A measure is a list of rounds, each a commutative monoid over whole customers (docs/adr/0035).

`chunk` looks at a slice of customers and answers a partial; partials of any slices `merge` to the partial of all of them; `then` makes
of it the next round, or the answer. So the same measure runs in one thread, in many, or wherever whole customers are kept together.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from typing import Any, Generic, TypeVar

import numpy as np
import numpy.typing as npt

from tropa.stats.quantiles import QUARTILES, bins_of_ranks, rank_of
from tropa.trail.kernels.lengths import gather
from tropa.trail.slices import customer_slices, fixed, over

P = TypeVar("P")
Longs = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Round(Generic[P]):
    """One round. `chunk(first, last)`: the partial of the customers first…last−1."""

    chunk: Callable[[int, int], P]
    merge: Callable[[P, P], P]
    then: Callable[[P], Any]
    """The next `Round`, or the answer."""


def run(first: Round[Any], offsets: Longs, parts: int | None = None) -> Any:
    """Runs rounds over all customers in slices, in threads where there are many events; the last round's answer.

    `parts`: number of slices (None: as many as there are cores). The answer does not depend on it.
    """
    slices = customer_slices(offsets, parts) or [(0, 0)]
    step: Any = first
    while isinstance(step, Round):
        step = step.then(reduce(step.merge, over(slices, step.chunk)))
    return step


def added(one: tuple[Any, ...], other: tuple[Any, ...]) -> tuple[Any, ...]:
    """The merge of partials that are tuples of counts."""
    return tuple(a + b for a, b in zip(one, other, strict=True))


def joined(one: tuple[Any, ...], other: tuple[Any, ...]) -> tuple[Any, ...]:
    """The merge of partials that are tuples of arrays of findings."""
    return tuple(np.concatenate([a, b]) for a, b in zip(one, other, strict=True))


def fineness(keys: int) -> int:
    """Bins to a doubling (as a power of two), so that the histograms of all keys stay below some ten megabytes."""
    return 4 if keys <= 700 else 2 if keys <= 4_500 else 0


def bins(fine: int) -> int:
    """Number of bins that any length of time falls into."""
    return (64 - fine + 1) << fine


Lengths = tuple[tuple[int, Longs, Longs], ...]
"""Keys and lengths of time found in each slice, by its first customer: they stay where they were found."""


def quartile_round(
    hist: Longs, found: Lengths, fine: int, then: Callable[[dict[int, tuple[int, tuple[int, ...]]]], Any]
) -> Round[Any]:
    """The second round of exact quartiles: only the lengths in the bins in which the quartiles lie are looked at.

    `hist` (keys, bins): the merged histograms; `then` gets, by key, how many there were and the three quartiles (µs).
    """
    wanted = np.full((len(hist), 3), -1, np.int64)
    where = {}
    for key in np.flatnonzero(hist.sum(axis=1)):
        ranks = tuple(rank_of(share, int(hist[key].sum())) for share in QUARTILES)
        where[int(key)] = bins_of_ranks(hist[key], ranks)
        wanted[key] = [spot for spot, _ in where[int(key)]]
    mine = {first: (keys, lengths) for first, keys, lengths in found}
    table = fixed(wanted, np.int64)

    def chunk(first: int, last: int) -> tuple[Longs]:
        keys, lengths = mine[first]
        kept = np.empty((2, len(lengths)), np.int64)
        rest: Any = (fixed(keys, np.uint16), fixed(lengths, np.int64), table, fine, kept)
        return (kept[:, : gather(*rest)].T.copy(),)

    def finish(kept: tuple[Longs]) -> Any:
        return then(_exact(kept[0], where, hist))

    return Round(chunk, joined, finish)


def _exact(
    kept: Longs, where: dict[int, tuple[tuple[int, int], ...]], hist: Longs
) -> dict[int, tuple[int, tuple[int, ...]]]:
    order = np.lexsort((kept[:, 1], kept[:, 0]))
    keys, lengths = kept[order, 0], kept[order, 1]
    out = {}
    for key, found in where.items():
        mine = lengths[slice(*np.searchsorted(keys, [key, key + 1]))]
        below, seen = {}, 0
        for spot in sorted({spot for spot, _ in found}):
            below[spot] = seen
            seen += int(hist[key, spot])
        out[key] = (int(hist[key].sum()), tuple(int(mine[below[spot] + rank]) for spot, rank in found))
    return out
