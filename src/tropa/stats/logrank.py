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
    times = np.unique(waits[ended])
    mine, all_of_them = np.sort(waits[inside]), np.sort(waits)
    at_risk = len(all_of_them) - np.searchsorted(all_of_them, times, side="left")
    risk_mine = len(mine) - np.searchsorted(mine, times, side="left")
    ends = _counts(waits[ended], times)
    ends_mine = _counts(waits[ended & inside], times)
    share = risk_mine / at_risk
    expected = float((ends * share).sum())
    open_ = at_risk > 1
    spread = float((ends * share * (1 - share) * (at_risk - ends) / np.maximum(at_risk - 1, 1))[open_].sum())
    if spread <= 0:
        return None
    seen = int(ends_mine.sum())
    square = (seen - expected) ** 2 / spread
    return LogRank(square, 2 * NormalDist().cdf(-(square**0.5)), seen, expected)


def _counts(values: Longs, times: Longs) -> Floats:
    return np.bincount(np.searchsorted(times, values), minlength=len(times)).astype(np.float64)


def greenwood(waits: Longs, ended: Bools, time: int) -> float:
    """Standard error of the Kaplan–Meier share at `time`, waits taken to be independent (Greenwood 1926); NaN where all have come."""
    times = np.unique(waits[ended & (waits <= time)])
    ordered = np.sort(waits)
    at_risk = (len(ordered) - np.searchsorted(ordered, times, side="left")).astype(np.float64)
    ends = _counts(waits[ended & (waits <= time)], times)
    if (at_risk <= ends).any():
        return float("nan")
    left = float(np.prod(1 - ends / at_risk))
    return left * float(np.sqrt(np.sum(ends / (at_risk * (at_risk - ends)))))
