"""Whether waits in groups end alike: the log-rank test (Mantel 1966), and Greenwood's variance of a Kaplan–Meier curve."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

Longs = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Ends:
    """When waits ended. By time (rising, those at which some did): how many `ended` and how many were `at_risk`; `came`: the Kaplan–Meier
    share by then; `variance`: Greenwood's of it (NaN where everybody had come). `begins`: where each time begins among the sorted waits."""

    times: Longs
    ended: Longs
    at_risk: Longs
    came: Floats
    variance: Floats
    begins: Longs

    def at(self, time: int) -> tuple[float, float]:
        """The share that has come by `time`, and its variance."""
        spot = int(np.searchsorted(self.times, time, side="right"))
        return (float(self.came[spot - 1]), float(self.variance[spot - 1])) if spot else (0.0, 0.0)

    def when(self, share: float) -> int | None:
        """The earliest time by which `share` has come; None if so many never did."""
        spot = int(np.searchsorted(self.came, share - 1e-12))
        return int(self.times[spot]) if spot < len(self.times) else None


def ends_of(waits: Longs, ended: Bools) -> Ends:
    """When sorted waits ended (`ended` False: still going on). Source: Greenwood, Reports on Public Health 33 (1926)."""
    begins = np.flatnonzero(np.r_[np.ones(min(1, len(waits)), np.bool_), waits[1:] != waits[:-1]]).astype(np.int64)
    times = np.add.reduceat(ended.astype(np.int64), begins) if len(begins) else begins
    some = times > 0
    begins, times = begins[some], times[some]
    at_risk = len(waits) - begins
    left = np.cumprod(1.0 - times / at_risk)
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = left * left * np.cumsum(times / (at_risk * (at_risk - times)))
    return Ends(
        waits[begins], times, at_risk, np.asarray(1.0 - left, np.float64), np.asarray(variance, np.float64), begins
    )


@dataclass(frozen=True, slots=True)
class LogRank:
    """`square`: the statistic, chi-square with one degree of freedom where both groups wait alike; `chance` of one so large or larger.

    `seen`, `expected`: ends in the group, and how many there would have been had it waited like everybody.
    """

    square: float
    chance: float
    seen: int
    expected: float


def log_rank(waits: Longs, ended: Bools, inside: Bools) -> LogRank | None:
    """The waits of a group (`inside`) against all others. `ended` False: the wait was still going on.

    None where nothing ended while both sides were waiting. Source: Mantel, Cancer Chemotherapy Reports 50 (1966); variance hypergeometric.
    """
    order = np.argsort(waits, kind="stable")
    waits, ended = waits[order], ended[order]
    every = ends_of(waits, ended)
    return log_rank_of(every, spreads_of(every), ended, inside[order])


def spreads_of(every: Ends) -> Floats:
    """By time, what a group's share of those at risk, and the others', are multiplied with to make the statistic's variance."""
    rest = (every.at_risk - every.ended) / np.maximum(every.at_risk - 1, 1)
    return np.asarray(np.where(every.at_risk > 1, every.ended * rest, 0.0), np.float64)


def log_rank_of(every: Ends, spreads: Floats, ended: Bools, inside: Bools) -> LogRank | None:
    """As `log_rank`, of waits that are sorted and whose `ends_of` and `spreads_of` are known."""
    before = np.zeros(len(inside) + 1, np.int32)
    np.cumsum(inside, out=before[1:])
    share = (before[-1] - before[every.begins]) / every.at_risk
    expected, spread = float((every.ended * share).sum()), float((spreads * share * (1 - share)).sum())
    if spread <= 0:
        return None
    seen = int(np.count_nonzero(ended & inside))
    square = (seen - expected) ** 2 / spread
    return LogRank(square, 2 * NormalDist().cdf(-(square**0.5)), seen, expected)


def greenwood(waits: Longs, ended: Bools, time: int) -> float:
    """Standard error of the Kaplan–Meier share at `time`, waits taken to be independent; NaN where all have come."""
    order = np.argsort(waits, kind="stable")
    return float(np.sqrt(ends_of(waits[order], ended[order]).at(time)[1]))
