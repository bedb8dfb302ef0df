"""Waiting times, some of which had not ended when we stopped looking (Kaplan and Meier)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tropa.stats.normal import t_quantile

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

    Leaves out one bucket after another (jackknife) on waits sorted into steps of `step`, on the scale log(−log(share still waiting)), so
    that the interval stays within 0…1; Student's t with one degree less than buckets. None where there are fewer than two buckets,
    the share is 0 or 1 (the scale has no place for them), or leaving out any bucket changes nothing.
    Source: Miller, Biometrika 61 (1974); Borgan and Liestøl, Scandinavian Journal of Statistics 17 (1990) for the scale.
    """
    names, group = np.unique(bucket, return_inverse=True)
    groups = len(names)
    if groups < 2 or not 0 < came < 1:
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
    usable = (left > 0) & (left < 1)
    if usable.sum() < 2:
        return None
    scale = np.log(-np.log(left[usable]))
    count = int(usable.sum())
    error = float(np.sqrt((count - 1) / count * np.sum((scale - scale.mean()) ** 2)))
    if error < 1e-9:
        return None
    half = t_quantile(count - 1, level) * error
    still = 1 - came
    return float(1 - still ** np.exp(-half)), float(1 - still ** np.exp(half))


def _share_left(events: Floats, at_risk: Floats) -> Floats:
    """Share still waiting at the end, by row."""
    risk = np.where(at_risk > 0, at_risk, 1.0)
    return np.asarray(np.prod(1 - np.minimum(events / risk, 1.0), axis=1))
