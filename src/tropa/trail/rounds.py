"""A measure is a list of rounds, each a commutative monoid over whole customers (docs/adr/0035, docs/adr/0055).

A round looks at *parts* of the log, each some whole customers with a tape of their own: the whole log on this machine, a piece of it in
another process or on a cluster. `view` makes a part ready, once; `chunk` looks at a slice of its customers and answers a partial;
partials `merge`, in whatever order, to the partial of everybody; `then` makes of it the next round, or the answer, once, where the
question was asked. That place knows facts of the whole log, but has none of its events.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial, reduce
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import numpy as np
import numpy.typing as npt

from tropa.stats.quantiles import QUARTILES, ranks_of
from tropa.trail.kernels.lengths import count_lengths, find_ranks, gather
from tropa.trail.slices import customer_slices, fixed, over

if TYPE_CHECKING:
    from tropa.trail.measures.asked import Asked

V = TypeVar("V")
P = TypeVar("P")
Longs = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Round(Generic[V, P]):
    """One round. `view`, `chunk` and `merge` travel to where the parts are: functions of modules, or `partial`s of them with plain values
    and small arrays; `then` stays.

    A further round that is given the very same `view` object finds the views of the round before where these are still there. What one
    remembers is only a saving: it must come out equal when made anew.
    """

    view: Callable[[Asked], V]
    """Of a part: what the chunk looks at."""
    chunk: Callable[[V, int, int], P]
    """The partial of the customers first…last−1 of a part."""
    merge: Callable[[P, P], P]
    then: Callable[[P], Any]
    """The next `Round`, or the answer."""


def run(first: Any, parts: Sequence[Asked], slices: int | None = None) -> Any:
    """Runs rounds over all parts, each in slices, in threads where there are many events; the last round's answer.

    `first`: a round, or an answer that needs none. `slices`: of a part (None: as many as there are cores). The answer depends neither on
    them nor on how customers are dealt out to parts.
    """
    cuts = [customer_slices(part.ready.tape.offsets, slices) or [(0, 0)] for part in parts]
    step, view, views = first, None, []
    while isinstance(step, Round):
        if step.view is not view:
            view, views = step.view, [step.view(part) for part in parts]
        found = [part for seen, cut in zip(views, cuts, strict=True) for part in over(cut, partial(step.chunk, seen))]
        step = step.then(reduce(step.merge, found))
    return step


def itself(part: Asked) -> Asked:
    """The view of rounds that look at a part as it is."""
    return part


def added(one: tuple[Any, ...], other: tuple[Any, ...]) -> tuple[Any, ...]:
    """The merge of partials that are tuples of counts."""
    return tuple(a + b for a, b in zip(one, other, strict=True))


def joined(one: tuple[Any, ...], other: tuple[Any, ...]) -> tuple[Any, ...]:
    """The merge of partials that are tuples of arrays of findings: of no order, so sort them before anything hangs on it."""
    return tuple(np.concatenate([a, b]) for a, b in zip(one, other, strict=True))


def tallied(one: tuple[Any, ...], other: tuple[Any, ...]) -> tuple[Any, ...]:
    """The merge of partials (different keys in rising order, how often each): as large as there are different keys."""
    keys, inverse = np.unique(np.concatenate([one[0], other[0]]), return_inverse=True)
    counts = np.zeros(len(keys), np.int64)
    np.add.at(counts, inverse, np.concatenate([one[1], other[1]]))
    return keys, counts


def fineness(keys: int) -> int:
    """Bins to a doubling (as a power of two), so that the histograms of all keys stay below some ten megabytes."""
    return 4 if keys <= 700 else 2 if keys <= 4_500 else 0


def bins(fine: int) -> int:
    """Number of bins that any length of time falls into."""
    return (64 - fine + 1) << fine


def histograms(keys: npt.NDArray[Any], lengths: Longs, size: int, fine: int) -> Longs:
    """Of lengths of time by key: how many fall into each bin (size, bins)."""
    hist = np.zeros((size, bins(fine)), np.int64)
    rest: Any = (fixed(keys, np.uint16), fixed(lengths, np.int64), fine, hist)
    count_lengths(*rest)
    return hist


@dataclass(frozen=True, slots=True)
class Counts:
    """Counts that are kept in a byte each, and what a byte cannot hold (see `sequences.up`): what is counted often fits a fast cache.

    A slice has fewer than 2³¹ of whatever is counted.
    """

    few: npt.NDArray[np.uint8]
    many: npt.NDArray[np.int32]

    @staticmethod
    def of(size: int) -> Counts:
        """So many counts, all 0."""
        return Counts(np.zeros(size, np.uint8), np.zeros(size, np.int32))

    def total(self) -> Longs:
        """The counts."""
        return self.many.astype(np.int64) + self.few


Lengths = tuple[npt.NDArray[Any], Longs]
"""Keys and lengths of time that were found in a slice."""
Quartiles = dict[int, tuple[int, tuple[int, ...]]]
"""By key: how many lengths, and their three quartiles (µs)."""


def quartile_round(
    view: Callable[[Asked], V],
    lengths: Callable[[V, int, int], Lengths],
    hist: Longs,
    fine: int,
    then: Callable[[Quartiles], Any],
) -> Round[V, tuple[Longs]]:
    """The second round of exact quartiles: only the lengths in the bins in which the quartiles lie are looked at.

    `hist` (keys, bins): the merged histograms of the round before; `lengths`: those of a slice, remembered from there or found again.
    """
    totals = hist.sum(axis=1)
    there = np.flatnonzero(totals)
    totals = totals[there]
    spots, ranks = np.zeros((len(there), 3), np.int64), np.zeros((len(there), 3), np.int64)
    rest: Any = (fixed(hist, np.int64), fixed(there), fixed(ranks_of(QUARTILES, totals)), spots, ranks)
    find_ranks(*rest)
    # of a bin that holds one length alone nothing need be kept
    single = spots < 2 << fine
    low, wide = np.zeros((len(hist), 3), np.int64), np.zeros((len(hist), 3), np.uint64)
    shift = np.maximum((spots >> fine) - 1, 0)
    low[there] = np.where(single, spots, ((spots & ((1 << fine) - 1)) + (1 << fine)) << shift)
    wide[there] = np.where(single, 0, 1 << shift)
    chunk = partial(_narrowed, lengths=lengths, low=low.ravel(), wide=wide.ravel())

    def counted(kept: tuple[Longs]) -> Any:
        # by key, how many of those kept are shorter than the bin of each quartile: they lie in its kept bins before
        counts = np.where(single, 0, hist[there[:, None], spots])
        new = np.diff(spots, axis=1, prepend=-1) > 0
        before = np.cumsum(counts * new, axis=1) - counts
        values = _exact(kept[0], there, before + ranks, ~single)
        quartiles = np.where(single, spots, values)
        found = zip(there.tolist(), totals.tolist(), quartiles.tolist(), strict=True)
        return then({key: (n, (a, b, c)) for key, n, (a, b, c) in found})

    return Round(view, chunk, joined, counted)


def _narrowed(
    view: V,
    first: int,
    last: int,
    *,
    lengths: Callable[[V, int, int], Lengths],
    low: Longs,
    wide: npt.NDArray[np.uint64],
) -> tuple[Longs]:
    keys, found = lengths(view, first, last)
    kept = np.empty((2, len(found)), np.int64)
    rest: Any = (fixed(keys, np.uint16), fixed(found, np.int64), fixed(low), fixed(wide), kept)
    return (kept[:, : gather(*rest)].T.copy(),)


def _exact(kept: Longs, keys: Longs, places: Longs, asked: npt.NDArray[np.bool_]) -> Longs:
    """By key, the lengths that stand at the asked places among its own in rising order; 0 where none is asked."""
    owner, length = kept[:, 0], kept[:, 1]
    room = 63 - int(keys.max(initial=0)).bit_length()
    if int(length.max(initial=0)) >> room:
        order = np.lexsort((length, owner))
        owner, length = owner[order], length[order]
    else:  # key and length in one number sort much faster
        both = np.sort(owner << room | length)
        owner, length = both >> room, both & ((1 << room) - 1)
    at = np.searchsorted(owner, keys)[:, None] + places
    out = np.zeros(places.shape, np.int64)
    out[asked] = length[at[asked]]
    return out
