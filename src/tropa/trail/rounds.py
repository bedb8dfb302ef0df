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
    (keys, counts), (more, theirs) = (one, other) if len(one[0]) >= len(other[0]) else (other, one)
    if not len(more):
        return keys, counts
    at = np.searchsorted(keys, more)
    known = keys[np.minimum(at, len(keys) - 1)] == more
    both = counts.copy()
    both[at[known]] += theirs[known]
    new = at[~known] + np.arange(len(more) - int(known.sum()))
    mine = np.ones(len(keys) + len(new), np.bool_)
    mine[new] = False
    told = np.empty(len(mine), keys.dtype), np.empty(len(mine), np.int64)
    told[0][mine], told[1][mine], told[0][new], told[1][new] = keys, both, more[~known], theirs[~known]
    return told


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
    view: Callable[[Asked], V], near: Callable[..., Lengths], hist: Longs, fine: int, then: Callable[[Quartiles], Any]
) -> Round[V, Lengths]:
    """The second round of exact quartiles: only the lengths in the bins in which the quartiles lie are looked at.

    `hist` (keys, bins): the merged histograms of the round before. `near(view, first, last, low=…, wide=…)`: of a slice, the lengths with
    their keys that lie in one of three spans of their key (see `lengths.gather`); `remembered` where the round before kept them.
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
    chunk = partial(near, low=low.ravel(), wide=wide.ravel())

    def counted(kept: Lengths) -> Any:
        # by key, how many of those kept are shorter than the bin of each quartile: they lie in its kept bins before
        counts = np.where(single, 0, hist[there[:, None], spots])
        new = np.diff(spots, axis=1, prepend=-1) > 0
        before = np.cumsum(counts * new, axis=1) - counts
        values = _exact(kept, there, before + ranks, ~single)
        quartiles = np.where(single, spots, values)
        found = zip(there.tolist(), totals.tolist(), quartiles.tolist(), strict=True)
        return then({key: (n, (a, b, c)) for key, n, (a, b, c) in found})

    return Round(view, chunk, joined, counted)


def remembered(
    view: V,
    first: int,
    last: int,
    *,
    lengths: Callable[[V, int, int], list[Lengths]],
    low: Longs,
    wide: npt.NDArray[np.uint64],
) -> Lengths:
    """The lengths near quartiles (see `quartile_round`) of those of a slice: `lengths(view, first, last)`, remembered or found again."""
    near = Near.of(low, wide)
    for keys, found in lengths(view, first, last):
        here = np.ascontiguousarray(keys, np.uint16), np.ascontiguousarray(found, np.int64)
        near.add(len(found), gather, np.uint64(0), np.uint64(len(found)), *here, np.uint64(0))
    return near.found


class Near:
    """What `near` of a quartile's round finds in a slice, piece by piece."""

    def __init__(self, low: Longs, wide: npt.NDArray[np.uint64]) -> None:
        self._spans = fixed(low), fixed(wide)
        self._keys, self._lengths = np.empty(0, np.uint16), np.empty(0, np.int64)
        self._parts: list[Lengths] = [(self._keys, self._lengths)]

    @staticmethod
    def of(low: Longs, wide: npt.NDArray[np.uint64], more: int = 0) -> Near:
        """`more`: how many keys there are beyond those of the spans, of which nothing is wanted."""
        return Near(np.append(low, np.zeros(3 * more, np.int64)), np.append(wide, np.zeros(3 * more, np.uint64)))

    def add(self, most: int, kernel: Callable[..., int], *arguments: Any) -> None:
        """Of a piece with at most so many lengths: `kernel` is `gather`, or one that ends with what `gather` does."""
        if len(self._keys) <= most:  # what is not wanted needs a place too
            self._keys, self._lengths = np.empty(most + 1, np.uint16), np.empty(most + 1, np.int64)
        count = kernel(*arguments, *self._spans, self._keys, self._lengths)
        self._parts.append((self._keys[:count].copy(), self._lengths[:count].copy()))

    @property
    def found(self) -> Lengths:
        """All of them."""
        keys, lengths = zip(*self._parts, strict=True)
        return np.concatenate(keys), np.concatenate(lengths)


def _exact(kept: Lengths, keys: Longs, places: Longs, asked: npt.NDArray[np.bool_]) -> Longs:
    """By key, the lengths that stand at the asked places among its own in rising order; 0 where none is asked."""
    owner, length = kept[0].astype(np.int64), kept[1]
    room = 63 - int(keys.max(initial=0)).bit_length()
    if int(length.max(initial=0)) >> room:
        order = np.lexsort((length, owner))
        rising, mask = length[order], -1
        at = np.searchsorted(owner[order], keys)[:, None] + places
    else:  # key and length in one number sort much faster
        owner <<= room
        owner |= length
        owner.sort()
        at = np.searchsorted(owner, keys << room)[:, None] + places
        rising, mask = owner, (1 << room) - 1
    out = np.zeros(places.shape, np.int64)
    out[asked] = rising[at[asked]] & mask
    return out
