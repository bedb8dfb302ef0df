"""Readings of stages, flows and touchpoints from what the kernels count."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.model import CannotTell, Flow, Rate, Satisfaction, StageReading, Times, TouchpointReading, Unit
from tropa.stats.means import clustered_share
from tropa.trail.kernels import points as pk
from tropa.trail.kernels import tally as tk
from tropa.trail.prepare import Prepared
from tropa.trail.slices import fixed, over
from tropa.trail.tally import ENTRY_ROWS, Tally, entry_counts, entry_room, pass_slices, summed, table_arrays
from tropa.trail.tape import Longs

SECOND = 1_000_000
"""µs in a second."""
Bytes = npt.NDArray[np.uint8]
Answers = dict[int, Satisfaction | CannotTell]


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
                median_s=found[1][0] / SECOND if found else None,
            )
        )
    return tuple(out)


def touch(ready: Prepared, chosen: Bytes) -> tuple[Longs, Longs]:
    """Counts (7, P) and counts by bucket (256, 4, P) of the touchpoints for the chosen customers."""
    return touched(len(ready.bound.points), *touches(ready, chosen))


def touched(size: int, events: Longs, outcomes: npt.NDArray[np.int32], firsts: Longs) -> tuple[Longs, Longs]:
    """The same from what `touches` adds up to."""
    rows, by_bucket = entry_counts(outcomes, firsts, size)
    return np.stack([events[:size], *(rows[name] for name in ENTRY_ROWS)]), by_bucket


def touches(ready: Prepared, chosen: Bytes) -> tuple[Any, ...]:
    """What is counted of touchpoints, arrays to be added."""
    bound, passes = ready.bound, ready.passes
    size = len(bound.points)
    number = {name: index for index, name in enumerate(bound.stages)}
    before, after, _, *windows = table_arrays(ready)
    args: Any = (
        fixed(passes.customer, np.int32),
        ready.buckets,
        fixed(passes.deal, np.int64),
        fixed(passes.first_event, np.int64),
        fixed(ready.tape.offsets, np.int64),
        fixed(ready.tape.time, np.int64),
        fixed(bound.stage),
        fixed(bound.point),
        fixed(chosen),
        fixed(np.array([number[stage] for stage, _ in bound.points], dtype=np.int64)),
        before,
        after,
        *windows,
    )

    def work(begin: int, end: int) -> tuple[Any, ...]:
        events, (outcomes, firsts) = np.zeros(size + 1, np.int64), entry_room(size)
        rest: Any = (*args, events, outcomes, firsts)
        pk.touch(begin, end, *rest)
        return events, outcomes, firsts

    return summed(over(pass_slices(ready), work), (np.zeros(size + 1, np.int64), *entry_room(size)))


def touchpoint_readings(
    ready: Prepared, counted: tuple[Longs, Longs], answers: Answers
) -> tuple[TouchpointReading, ...]:
    """Readings of all touchpoints in the map's order. `counted`: what `touch` found."""
    bound, (counts, buckets) = ready.bound, counted
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
