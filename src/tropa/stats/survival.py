"""Waiting times, some of which had not ended when we stopped looking (Kaplan and Meier)."""

from __future__ import annotations

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


def _greenwood(left: float, events: Floats, at_risk: Floats) -> float:
    """Variance of the share `left` if all waits were independent."""
    there = (events > 0) & (at_risk > events)
    return left * left * float(np.sum(events[there] / (at_risk[there] * (at_risk[there] - events[there]))))


def _share_left(events: Floats, at_risk: Floats) -> Floats:
    """Share still waiting at the end, by row."""
    risk = np.where(at_risk > 0, at_risk, 1.0)
    return np.asarray(np.prod(1 - np.minimum(events / risk, 1.0), axis=1))
