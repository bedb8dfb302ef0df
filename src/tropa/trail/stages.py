"""Readings of stages, flows and touchpoints: two rounds of a kernel over the passes, then exact quantiles."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.model import CannotTell, Flow, Rate, Satisfaction, StageReading, Times, TouchpointReading, Unit
from tropa.stats.means import clustered_share
from tropa.stats.quantiles import QUARTILES, bins_of_ranks, rank_of
from tropa.trail.bind import NO_POINT
from tropa.trail.kernels import points as pk
from tropa.trail.kernels import tally as tk
from tropa.trail.prepare import Prepared
from tropa.trail.slices import SMALL, fixed, over
from tropa.trail.tape import Longs

SECOND = 1_000_000
"""µs in a second."""
Bytes = npt.NDArray[np.uint8]
Answers = dict[int, Satisfaction | CannotTell]


@dataclass(frozen=True, slots=True)
class Tally:
    """What `tally` counted, over all slices: `counts` (13, S), `buckets` (256, 4, S), `flows` (2, S, S), quartiles in µs by key."""

    counts: Longs
    buckets: Longs
    flows: Longs
    times: dict[int, tuple[int, tuple[int, ...]]]


def pass_slices(ready: Prepared) -> list[tuple[int, int]]:
    """Passes in slices of whole customers."""
    customer = ready.passes.customer
    parts = 1 if len(ready.passes.visit_stage) < SMALL else 2
    edges = [0, *(len(customer) * k // parts for k in range(1, parts)), len(customer)]
    inner = [int(np.searchsorted(customer, customer[edge], side="left")) for edge in edges[1:-1]]
    bounds = [0, *inner, len(customer)]
    return [(a, b) for a, b in pairwise(bounds) if b > a]


def _pass_arrays(ready: Prepared) -> tuple[Any, ...]:
    passes = ready.passes
    return (
        fixed(passes.customer, np.int32),
        fixed(passes.status),
        fixed(passes.deal, np.int64),
        fixed(passes.visits_from, np.int64),
        fixed(passes.visit_stage),
        fixed(passes.visit_time, np.int64),
    )


def _table_arrays(ready: Prepared) -> tuple[Any, ...]:
    t = ready.tables
    return t.later, t.window, t.deal_window, t.until, t.deal_until, t.to_deal


def _fineness(keys: int) -> int:
    """Bins to a doubling (as a power of two), so that all histograms together stay below some ten megabytes."""
    return 4 if keys <= 700 else 2 if keys <= 4_500 else 0


def tally(ready: Prepared, chosen: Bytes) -> Tally:
    """Counts of all stages for the chosen customers (uint8 by customer), in two rounds."""
    size = len(ready.bound.stages)
    keys = size + size * size
    fine = _fineness(keys)
    bins = (64 - fine + 1) << fine
    slices = pass_slices(ready)
    before, after = _as_bits(ready.tables.later.T), _as_bits(ready.tables.later)
    args: Any = (*_pass_arrays(ready), fixed(chosen), before, after, *_table_arrays(ready)[1:], fine)
    visits_from = ready.passes.visits_from

    def count(begin: int, end: int) -> tuple[Any, ...]:
        most = 2 * int(visits_from[end] - visits_from[begin])
        keys_of, lengths = np.empty(most, np.uint16), np.empty(most, np.int64)
        out = _empty(size, bins)
        rest: Any = (*args, *out, keys_of, lengths)
        room = tk.tally(begin, end, *rest)
        return (*out, fixed(keys_of[:room]), fixed(lengths[:room]))

    parts = over(slices, count)
    counts, buckets, flows, hist = (
        sum((p[k] for p in parts), start=start) for k, start in enumerate(_empty(size, bins))
    )
    filled = [int(key) for key in np.flatnonzero(hist.sum(axis=1))]
    where = {key: bins_of_ranks(hist[key], _ranks(hist[key])) for key in filled}
    wanted = np.full((keys, 3), -1, np.int64)
    for key, found in where.items():
        wanted[key] = [spot for spot, _ in found]
    most = sum(int(hist[key, sorted({spot for spot, _ in found})].sum()) for key, found in where.items())

    def keep(begin: int, end: int) -> Longs:
        kept = np.empty((2, most), np.int64)
        rest: Any = (parts[begin][4], parts[begin][5], fixed(wanted), fine, kept)
        return kept[:, : tk.gather(*rest)]

    kept = np.concatenate([np.zeros((2, 0), np.int64), *over([(k, k + 1) for k in range(len(parts))], keep)], axis=1)
    return Tally(counts, buckets, flows, _exact(kept, where, hist))


def _empty(size: int, bins: int) -> tuple[Longs, Longs, Longs, Longs]:
    """Room for one slice's counts, and the neutral element of adding them up."""
    shapes = ((13, size), (tk.BUCKETS, 4, size), (2, size, size), (size + size * size, bins))
    counts, buckets, flows, hist = (np.zeros(shape, np.int64) for shape in shapes)
    return counts, buckets, flows, hist


def _as_bits(rows: npt.NDArray[Any]) -> Longs:
    """Each row of 0 and 1 as one whole number, bit by bit."""
    weights = np.int64(1) << np.arange(rows.shape[1], dtype=np.int64)
    return fixed((rows.astype(np.int64) * weights).sum(axis=1))


def _ranks(row: Longs) -> tuple[int, ...]:
    n = int(row.sum())
    return tuple(rank_of(share, n) for share in QUARTILES)


def _exact(
    kept: Longs, where: dict[int, tuple[tuple[int, int], ...]], hist: Longs
) -> dict[int, tuple[int, tuple[int, ...]]]:
    """Quartiles from the kept lengths: within the bin of each, the one of the asked rank."""
    out = {}
    order = np.argsort(kept[0], kind="stable")
    keys, lengths = kept[0][order], kept[1][order]
    for key, found in where.items():
        begin, end = np.searchsorted(keys, [key, key + 1])
        mine = np.sort(lengths[begin:end])
        below = {}
        seen = 0
        for spot in sorted({spot for spot, _ in found}):
            below[spot] = seen
            seen += int(hist[key, spot])
        out[key] = (int(hist[key].sum()), tuple(int(mine[below[spot] + rank]) for spot, rank in found))
    return out


def stage_readings(ready: Prepared, counted: Tally, answers: Answers, events: Longs) -> tuple[StageReading, ...]:
    """Readings of all stages in the map's order. `events`: bound events of the chosen customers by stage."""
    return tuple(_stage(ready, counted, answers, events, s) for s in range(len(ready.bound.stages)))


def _stage(ready: Prepared, counted: Tally, answers: Answers, events: Longs, s: int) -> StageReading:
    bound, limits = ready.bound, ready.limits
    name = bound.stages[s]
    if not bound.observed[s]:
        return StageReading(id=name, observed=False)
    row = counted.counts[:, s]
    following = ready.tables.next_stage[s]
    return StageReading(
        id=name,
        observed=True,
        entrants=int(row[tk.ENTRANTS]),
        customers=int(row[tk.CUSTOMERS]),
        events=int(events[s]),
        first_seen=int(row[tk.FIRST_SEEN]),
        skips=int(row[tk.SKIPS]),
        backward_entries=int(row[tk.BACKWARD]),
        returns=int(row[tk.RETURNS]),
        repeats=int(row[tk.REPEATS]),
        exits=int(row[tk.EXITS]),
        open=int(row[tk.STILL_OPEN]),
        next_stage=bound.stages[following] if following >= 0 else None,
        conversion=_rate(
            counted.buckets[:, tk.HIT, s],
            counted.buckets[:, tk.BASE, s],
            int(row[tk.ASKED]),
            int(row[tk.LEFT_OUT]),
            int(limits.window[s]),
        )
        if following >= 0
        else CannotTell(cannot_tell="last-stage"),
        to_deal=_deal_rate(ready, s, counted.buckets[:, :, s], int(row[tk.DEAL_ASKED]), int(row[tk.DEAL_LEFT_OUT])),
        time_to_next=_times(counted, s, int(row[tk.LEFT_OUT]), following),
        satisfaction=answers.get(s, CannotTell(cannot_tell="no-scores")),
    )


def _rate(hits: Longs, bases: Longs, customers: int, left_out: int, window: int) -> Rate | CannotTell:
    """A conversion from its counts by bucket."""
    base = int(bases.sum())
    if base == 0:
        return CannotTell(cannot_tell="window-not-seen" if left_out else "too-few", n=left_out)
    low, high = clustered_share(hits, bases, customers)
    return Rate(
        numerator=int(hits.sum()),
        denominator=base,
        unit=Unit.PASSES,
        low=low,
        high=high,
        method="wilson-clustered",
        left_out=left_out,
        window_s=window / SECOND,
    )


def _deal_rate(ready: Prepared, s: int, buckets: Longs, customers: int, left_out: int) -> Rate | CannotTell:
    if ready.bound.deal_stage < 0 or not ready.bound.observed[ready.bound.deal_stage]:
        return CannotTell(cannot_tell="no-deal")
    if not ready.tables.to_deal[s]:
        return CannotTell(cannot_tell="after-deal")
    window = int(ready.tables.deal_window[s])
    return _rate(buckets[:, tk.DEAL_HIT], buckets[:, tk.DEAL_BASE], customers, left_out, window)


def _times(counted: Tally, s: int, left_out: int, following: int) -> Times | CannotTell:
    if following < 0:
        return CannotTell(cannot_tell="last-stage")
    if s not in counted.times:
        return CannotTell(cannot_tell="window-not-seen" if left_out else "too-few")
    n, (q25, q50, q75) = counted.times[s]
    return Times(
        n=n, unit=Unit.PASSES, q25_s=q25 / SECOND, median_s=q50 / SECOND, q75_s=q75 / SECOND, left_out=left_out
    )


def flow_readings(ready: Prepared, counted: Tally) -> tuple[Flow, ...]:
    """Every pair of stages that passes went between directly, in the map's order."""
    size = len(ready.bound.stages)
    names = ready.bound.stages
    out = []
    for a, b in np.argwhere(counted.flows[0] > 0):
        found = counted.times.get(size + int(a) * size + int(b))
        out.append(
            Flow(
                source=names[a],
                target=names[b],
                passes=int(counted.flows[1, a, b]),
                times=int(counted.flows[0, a, b]),
                median_s=found[1][1] / SECOND if found else None,
            )
        )
    return tuple(out)


def touch(ready: Prepared, chosen: Bytes) -> tuple[Longs, Longs]:
    """Counts (7, P) and counts by bucket (256, 4, P) of the touchpoints for the chosen customers."""
    bound, passes = ready.bound, ready.passes
    size = len(bound.points)
    number = {name: index for index, name in enumerate(bound.stages)}
    stage_of = fixed(np.array([number[stage] for stage, _ in bound.points], dtype=np.int64))
    args: Any = (
        fixed(passes.customer, np.int32),
        fixed(passes.deal, np.int64),
        fixed(passes.first_event, np.int64),
        fixed(ready.tape.offsets, np.int64),
        fixed(ready.tape.time, np.int64),
        fixed(bound.stage),
        fixed(bound.point),
        NO_POINT,
        fixed(chosen),
        stage_of,
        _as_bits(ready.tables.later.T),
        *_table_arrays(ready)[1:],
    )

    def work(begin: int, end: int) -> tuple[Longs, Longs]:
        counts, buckets = np.zeros((7, size), np.int64), np.zeros((tk.BUCKETS, 4, size), np.int64)
        rest: Any = (*args, counts, buckets)
        pk.touch(begin, end, *rest)
        return counts, buckets

    parts = over(pass_slices(ready), work)
    counts = sum((part[0] for part in parts), start=np.zeros((7, size), np.int64))
    return counts, sum((part[1] for part in parts), start=np.zeros((tk.BUCKETS, 4, size), np.int64))


def touchpoint_readings(ready: Prepared, chosen: Bytes, answers: Answers) -> tuple[TouchpointReading, ...]:
    """Readings of all touchpoints in the map's order."""
    bound = ready.bound
    if not bound.points:
        return ()
    counts, buckets = touch(ready, chosen)
    number = {name: index for index, name in enumerate(bound.stages)}
    return tuple(_point(ready, counts, buckets, answers, k, number) for k in range(len(bound.points)))


def _point(
    ready: Prepared, counts: Longs, buckets: Longs, answers: Answers, k: int, number: dict[str, int]
) -> TouchpointReading:
    stage, name = ready.bound.points[k]
    if not ready.bound.point_events[k]:
        return TouchpointReading(id=name, stage=stage, observed=False)
    s = number[stage]
    row, mine = counts[:, k], buckets[:, :, k]
    following = ready.tables.next_stage[s]
    return TouchpointReading(
        id=name,
        stage=stage,
        observed=True,
        events=int(row[pk.EVENTS]),
        entrants=int(row[pk.ENTRANTS]),
        customers=int(row[pk.CUSTOMERS]),
        next_stage=ready.bound.stages[following] if following >= 0 else None,
        conversion=_rate(
            mine[:, tk.HIT], mine[:, tk.BASE], int(row[pk.ASKED]), int(row[pk.LEFT_OUT]), int(ready.limits.window[s])
        )
        if following >= 0
        else CannotTell(cannot_tell="last-stage"),
        to_deal=_deal_rate(ready, s, mine, int(row[pk.DEAL_ASKED]), int(row[pk.DEAL_LEFT_OUT])),
        satisfaction=answers.get(k, CannotTell(cannot_tell="no-scores")),
    )
