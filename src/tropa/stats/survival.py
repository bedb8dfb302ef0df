"""Waiting times, some of which had not ended when we stopped looking (Kaplan and Meier)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tropa.stats.intervals import wilson_of

Longs = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Curve:
    """Share that has come by each time: a step function. `times` rising (those at which somebody came), `came` the share after each."""

    times: Longs
    came: Floats

    def at(self, time: int) -> float:
        """Share that has come by `time`."""
        spot = int(np.searchsorted(self.times, time, side="right"))
        return float(self.came[spot - 1]) if spot else 0.0

    def when(self, share: float) -> int | None:
        """The earliest time by which `share` has come; None if so many never did."""
        spot = int(np.searchsorted(self.came, share - 1e-12))
        return int(self.times[spot]) if spot < len(self.times) else None


def kaplan_meier(waits: Longs, ended: npt.NDArray[np.bool_]) -> Curve:
    """The share that has come by each time. `waits` ≥ 0; `ended`: False where the wait was still going on (censored).

    A wait censored at the very time somebody came was still at risk then. Source: Kaplan and Meier, JASA 53 (1958).
    """
    sorted_waits = np.sort(waits)
    times, events = np.unique(waits[ended], return_counts=True)
    at_risk = len(waits) - np.searchsorted(sorted_waits, times, side="left")
    came = np.asarray(1.0 - np.cumprod(1.0 - events / at_risk), dtype=np.float64)
    return Curve(times.astype(np.int64), came)


def curve_interval(
    came: float,
    horizon: int,
    waits: Longs,
    ended: npt.NDArray[np.bool_],
    bucket: Longs,
    step: int,
    level: float = 0.95,
) -> tuple[float, float] | None:
    """An interval for the share `came` by `horizon`, where waits of one bucket hang together.

    Wilson's formula with as many trials as carry independent news: came (1 − came) ÷ variance. The variance is that of leaving out one
    bucket after another (jackknife), on waits sorted into steps of `step`, or Greenwood's of independent waits where that is larger (few
    who came say little of how waits hang together). None where there are fewer than two buckets, or the share is 0 or 1.
    Source: Miller, Biometrika 61 (1974); Greenwood (1926); Kish, Survey Sampling (1965), 8.2; Korn and Graubard (1998).
    """
    if not 0 < came < 1:
        return None
    there = np.bincount(bucket) > 0
    groups, group = int(there.sum()), (np.cumsum(there) - 1)[bucket]
    if groups < 2:
        return None
    steps = int(horizon // step) + 2
    cell = group * steps + np.minimum(waits // step, steps - 1)
    events = (
        np.bincount(cell[ended & (waits <= horizon)], minlength=groups * steps).reshape(groups, steps).astype(float)
    )
    all_waits = np.bincount(cell, minlength=groups * steps).reshape(groups, steps).astype(float)
    entering = all_waits[:, ::-1].cumsum(axis=1)[:, ::-1]
    censored = all_waits - events
    at_risk = entering - censored / 2
    left = _share_left(events.sum(axis=0) - events, at_risk.sum(axis=0) - at_risk)
    between = (groups - 1) / groups * float(np.sum((left - left.mean()) ** 2))
    n = came * (1 - came) / max(between, _greenwood(1 - came, events.sum(axis=0), at_risk.sum(axis=0)))
    return wilson_of(came, n, level)


FINE = 16
"""Into how many steps the time between two moments of a curve is cut."""


def curve_intervals(
    came: Sequence[float],
    longest: int,
    waits: Longs,
    ended: npt.NDArray[np.bool_],
    bucket: Longs,
    level: float = 0.95,
) -> tuple[tuple[float, float] | None, ...]:
    """As `curve_interval`, for the shares `came` by n moments at once: the k-th at longest · k ÷ n. All from one table of steps."""
    there = np.bincount(bucket) > 0
    groups, group = int(there.sum()), (np.cumsum(there) - 1)[bucket]
    if groups < 2 or not came:
        return (None,) * len(came)
    cells = FINE * len(came)
    # step 0 is time 0, step j what lies after moment j − 1 and up to moment j, the last one all that lies beyond
    step = -(-np.minimum(waits, longest + 1) * cells // longest)
    cell = group * (cells + 2) + np.minimum(step, cells + 1)
    shape = (groups, cells + 2)
    every = np.bincount(cell, minlength=groups * (cells + 2)).reshape(shape).astype(float)
    events = np.bincount(cell[ended], minlength=groups * (cells + 2)).reshape(shape).astype(float)[:, :-1]
    entering = every[:, ::-1].cumsum(axis=1)[:, :0:-1]
    at_risk = entering - (every[:, :-1] - events) / 2
    all_events, all_at_risk = events.sum(axis=0), at_risk.sum(axis=0)
    risk = all_at_risk - at_risk
    lost = np.divide(all_events - events, risk, out=np.zeros_like(risk), where=risk > 0)
    left = np.cumprod(1 - np.minimum(lost, 1.0), axis=1)[:, FINE::FINE]
    between = (groups - 1) / groups * ((left - left.mean(axis=0)) ** 2).sum(axis=0)
    alone = (all_events > 0) & (all_at_risk > all_events)
    news = np.divide(all_events, all_at_risk * (all_at_risk - all_events), out=np.zeros(cells + 1), where=alone)
    plain = np.cumsum(news)[FINE::FINE]
    return tuple(
        wilson_of(share, share * (1 - share) / max(float(one), (1 - share) ** 2 * float(other)), level)
        if 0 < share < 1
        else None
        for share, one, other in zip(came, between, plain, strict=True)
    )


def _greenwood(left: float, events: Floats, at_risk: Floats) -> float:
    """Variance of the share `left` if all waits were independent."""
    there = (events > 0) & (at_risk > events)
    return left * left * float(np.sum(events[there] / (at_risk[there] * (at_risk[there] - events[there]))))


def _share_left(events: Floats, at_risk: Floats) -> Floats:
    """Share still waiting at the end, by row."""
    risk = np.where(at_risk > 0, at_risk, 1.0)
    return np.asarray(np.prod(1 - np.minimum(events / risk, 1.0), axis=1))
