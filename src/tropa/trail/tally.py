"""Counting passes by stage, in rounds of one kernel: perhaps a sample of the passes, then all of them, then exact quantiles."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.stats.quantiles import QUARTILES, rank_of
from tropa.trail.kernels import entries as ek
from tropa.trail.kernels import tally as tk
from tropa.trail.passes import EXIT, OPEN
from tropa.trail.prepare import Prepared
from tropa.trail.slices import SMALL, cores, fixed, over
from tropa.trail.tape import Longs

Bytes = npt.NDArray[np.uint8]
Arrays = tuple[Any, ...]
"""Of several kinds."""
Kept = npt.NDArray[np.uint64]
SAMPLE = 300_000
"""Visits in the sample that says where the quantiles lie; of a log with fewer than twice as many, all lengths are kept."""
BLOCKS = 32
"""The sample is taken from so many places, evenly spread."""
MEDIAN = (0.5,)
SPREAD = 4.5
"""Half a room in standard errors of the sample's rank: one room in some 100 000 misses its quantile, which costs one more round."""
ENTRY_ROWS = ("entrants", "customers", "left out", "deal left out", "asked", "deal asked")


@dataclass(frozen=True, slots=True)
class Tally:
    """What was counted, over all slices: `counts` (13, S), `buckets` (256, 4, S), `flows` (2, S, S: times, passes), and times in µs by key:
    how many and their quartiles for a stage, how many and their median for a move (S + source · S + target)."""

    counts: Longs
    buckets: Longs
    flows: Longs
    times: dict[int, tuple[int, tuple[int, ...]]]


def pass_slices(ready: Prepared) -> list[tuple[int, int]]:
    """Passes in slices of whole customers."""
    customer = ready.passes.customer
    parts = 1 if len(ready.passes.visit_stage) < SMALL else cores()
    edges = [0, *(len(customer) * k // parts for k in range(1, parts)), len(customer)]
    inner = [int(np.searchsorted(customer, customer[edge], side="left")) for edge in edges[1:-1]]
    bounds = [0, *inner, len(customer)]
    return [(a, b) for a, b in pairwise(bounds) if b > a]


def table_arrays(ready: Prepared) -> Arrays:
    """By stage, as the kernels want them: the stages before, after and beside it as bits; the latest entry that could be seen for the
    window, and the window; the same for the deal; whether the deal lies at or after it."""
    t = ready.tables
    beside = 1 - t.later - t.later.T - np.eye(len(t.later), dtype=np.uint8)
    sets = _as_bits(t.later.T), _as_bits(t.later), _as_bits(beside)
    return *sets, fixed(t.until - t.window), t.window, fixed(t.deal_until - t.deal_window), t.deal_window, t.to_deal


def _as_bits(rows: npt.NDArray[Any]) -> Longs:
    """Each row of 0 and 1 as one whole number, bit by bit."""
    weights = np.int64(1) << np.arange(rows.shape[1], dtype=np.int64)
    return fixed((rows.astype(np.int64) * weights).sum(axis=1))


def entry_room(spots: int) -> tuple[npt.NDArray[np.int32], Longs]:
    """Room for what `judge` counts."""
    return np.zeros(ek.BUCKETS * spots * ek.CODES, np.int32), np.zeros(spots * 8, np.int64)


def entry_counts(outcomes: npt.NDArray[Any], firsts: Longs, spots: int) -> tuple[dict[str, Longs], Longs]:
    """`ENTRY_ROWS` by spot, and the counts by bucket (256, 4, spots), of what `judge` counted."""
    code = outcomes.reshape(ek.BUCKETS, spots, 4, 4).astype(np.int64)  # last axes: the deal, the next stage
    next_, deal = code.sum(axis=2), code.sum(axis=3)
    by_bucket = np.empty((ek.BUCKETS, 4, spots), np.int64)
    by_bucket[:, tk.HIT], by_bucket[:, tk.BASE] = next_[..., 2], next_[..., 1] + next_[..., 2]
    by_bucket[:, tk.DEAL_HIT], by_bucket[:, tk.DEAL_BASE] = deal[..., 3], deal[..., 2] + deal[..., 3]
    kinds = firsts.reshape(spots, 2, 2, 2)  # last axes: first deal seen, first seen, first
    rows = {
        "entrants": code.sum(axis=(0, 2, 3)),
        "customers": kinds[..., 1].sum(axis=(1, 2)),
        "left out": next_[..., 0].sum(axis=0),
        "deal left out": deal[..., 1].sum(axis=0),
        "asked": kinds[..., 1, :].sum(axis=(1, 2)),
        "deal asked": kinds[:, 1].sum(axis=(1, 2)),
    }
    return rows, by_bucket


def summed(parts: list[Any], start: Any) -> tuple[Any, ...]:
    """The counts of all slices added up."""
    return reduce(lambda one, other: tuple(a + b for a, b in zip(one, other, strict=True)), parts, start)


def tally(ready: Prepared, chosen: Bytes) -> Tally:
    """Counts of all stages for the chosen customers (uint8 by customer)."""
    passes, visits = ready.passes, len(ready.passes.visit_stage)
    if visits and int(passes.end.max()) - passes.log_start >> tk.KEY:
        raise ValueError("times lie more than 140 years apart")  # the import takes none before 1970 or after 2099
    slices, rooms = pass_slices(ready), one_room(len(ready.bound.stages))
    if visits > 2 * SAMPLE:
        rooms = narrowed(rooms, count_passes(ready, chosen, rooms, _sample(len(passes), SAMPLE / visits))[1])
    while True:
        out, kept = count_passes(ready, chosen, rooms, slices)
        found, missed = told(out, kept, ready.tables.later)
        if found is not None:
            return found
        rooms = widened(rooms, missed)


def count_passes(ready: Prepared, chosen: Bytes, rooms: Longs, slices: list[tuple[int, int]]) -> tuple[Arrays, Kept]:
    """What is counted of the passes in some slices (arrays to be added), and the lengths that lie in rooms, sorted."""
    passes, size = ready.passes, len(ready.bound.stages)
    args: Any = (
        fixed(passes.customer, np.int32),
        ready.buckets,
        fixed(passes.status),
        fixed(passes.deal, np.int64),
        fixed(passes.visits_from, np.int64),
        fixed(passes.visit_stage),
        fixed(passes.visit_time, np.int64),
        fixed(chosen),
        *table_arrays(ready),
    )

    def work(begin: int, end: int) -> tuple[Arrays, Longs]:
        kept = np.empty(2 * int(passes.visits_from[end] - passes.visits_from[begin]) + 1, np.int64)
        out = _room(size)
        rest: Any = (*args, *_edges(rooms, size), *out, kept)
        count = tk.tally(begin, end, *rest)
        return out, kept[:count]

    parts = over(slices, work)
    kept = np.concatenate([np.zeros(0, np.uint64), *(part[1].view(np.uint64) for part in parts)])
    kept.sort()
    return summed([part[0] for part in parts], _room(size)), kept


def one_room(size: int) -> Longs:
    """Rooms (keys, 6) that hold everything: so do all lengths have to be kept."""
    rooms = np.full((size + size * size, 6), ek.FOREVER)
    rooms[:, 0] = 0
    return rooms


def widened(rooms: Longs, missed: list[int]) -> Longs:
    """The same, those of some keys holding everything."""
    out = rooms.copy()
    out[missed] = (0, *[ek.FOREVER] * 5)
    return out


def told(out: Arrays, kept: Kept, later: Bytes) -> tuple[Tally | None, list[int]]:
    """The tally; None where a quantile lay in none of the rooms, and of which keys."""
    times, missed = _times(out, kept, len(later))
    return (None if missed else _tally(out, times, later)), missed


def _sample(passes: int, share: float) -> list[tuple[int, int]]:
    """Blocks of passes, evenly spread, that hold a share of all; in two slices there are threads for."""
    edges = [passes * k // BLOCKS for k in range(BLOCKS + 1)]
    return [(a, a + int((b - a) * share) + 1) for a, b in pairwise(edges)]


def _room(size: int) -> Arrays:
    """Room for one slice's counts, and the neutral element of adding them up."""
    shapes = (size, (size, 3), size, size * size * 4, size * tk.PLACES)
    return *(np.zeros(shape, np.int64) for shape in shapes), *entry_room(size)


def _edges(rooms: Longs, size: int) -> tuple[Longs, Longs]:
    """The edges of rooms as the kernel wants them: a search tree for each stage, the edges of one room for each move."""
    tree = np.full((size, tk.PLACES), ek.FOREVER)
    tree[:, [4, 2, 5, 1, 6, 3]] = rooms[:size]
    return fixed(tree.ravel()), fixed(rooms[size:, :2].ravel())


def _shares(key: int, size: int) -> tuple[float, ...]:
    """The quantiles that are asked of a key: quartiles of a stage, the median of a move."""
    return QUARTILES if key < size else MEDIAN


def _by_key(kept: Kept, keys: int) -> list[Kept]:
    """The kept lengths of each key, sorted."""
    edges = np.searchsorted(kept, np.arange(keys + 1, dtype=np.uint64) << np.uint64(tk.KEY))
    lengths = kept & np.uint64((1 << tk.KEY) - 1)
    return [lengths[a:b] for a, b in pairwise(edges)]


def narrowed(rooms: Longs, kept: Kept) -> Longs:
    """Rooms around the quantiles of a sample, wide enough to hold those of all lengths but for very rare cases."""
    out, size = rooms.copy(), int(len(rooms) ** 0.5)  # size + size · size of them
    for key, mine in enumerate(_by_key(kept, len(rooms))):
        n = len(mine)
        spots = []
        for share in _shares(key, size):
            half = SPREAD * (share * (1 - share) * n) ** 0.5 + 1
            spots += [int(share * n - half), int(share * n + half)]
        if spots and spots[0] >= 0 and spots[-1] < n:
            # rooms that touch are one after another: edges never fall
            out[key, : len(spots)] = np.maximum.accumulate(mine[spots].astype(np.int64) + [0, 1] * (len(spots) // 2))
    return out


def _times(out: Arrays, kept: Kept, size: int) -> tuple[dict[int, tuple[int, tuple[int, ...]]], list[int]]:
    """How many lengths and their quantiles by key, and the keys where one lay in no room."""
    moves, places = out[3].reshape(-1, 4), out[4].reshape(size, tk.PLACES)
    found: dict[int, tuple[int, tuple[int, ...]]] = {}
    missed = []
    for key, mine in enumerate(_by_key(kept, size + size * size)):
        if key < size:
            by_place = places[key]
        else:
            times, below = moves[key - size, tk.TIMES], moves[key - size, tk.BELOW]
            by_place = np.array([below, len(mine), times - below - len(mine)])
        n = int(by_place.sum())
        if n == 0:
            continue
        upto = np.cumsum(by_place)
        ranks = [rank_of(share, n) for share in _shares(key, size)]
        at = np.searchsorted(upto, ranks, side="right")
        if (at % 2 == 0).any():
            missed.append(key)
            continue
        between = np.cumsum(np.where(np.arange(len(by_place)) % 2 == 0, by_place, 0))  # not kept, and shorter
        found[key] = n, tuple(int(mine[rank - between[place]]) for rank, place in zip(ranks, at, strict=True))
    return found, missed


def _tally(out: Arrays, times: dict[int, tuple[int, tuple[int, ...]]], later: Bytes) -> Tally:
    """All counts by stage, many of them from the moves: what was moved to was visited, what was visited again was repeated."""
    size = len(later)
    firsts, ends, skips, moves, _, outcomes, first_of = out
    rows, by_bucket = entry_counts(outcomes, first_of, size)
    by_move = moves.reshape(size, size, 4)
    moved, late = by_move[..., tk.TIMES], by_move[..., tk.LATE].sum(axis=0)
    counts = np.zeros((13, size), np.int64)
    counts[tk.FIRST_SEEN], counts[tk.SKIPS], counts[tk.BACKWARD] = firsts, skips, late
    counts[tk.EXITS], counts[tk.STILL_OPEN] = ends[:, EXIT], ends[:, OPEN]
    counts[tk.REPEATS] = firsts + moved.sum(axis=0) - rows["entrants"] - late
    counts[tk.RETURNS] = (moved * later.T).sum(axis=1)
    for name, row in zip(ENTRY_ROWS, COUNTED, strict=True):
        counts[row] = rows[name]
    return Tally(counts, by_bucket, np.stack([moved, by_move[..., tk.PASSES]]), times)


COUNTED = (tk.ENTRANTS, tk.CUSTOMERS, tk.LEFT_OUT, tk.DEAL_LEFT_OUT, tk.ASKED, tk.DEAL_ASKED)
"""Rows of the counts that `ENTRY_ROWS` fill."""
