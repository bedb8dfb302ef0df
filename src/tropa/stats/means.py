"""Means and shares of things that come in clusters: several answers or passes of one customer are not independent."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np
import numpy.typing as npt

from tropa.stats.intervals import wilson, wilson_of
from tropa.stats.normal import t_quantile

Numbers = npt.NDArray[np.int64] | npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean with its interval; `method` names how it was found."""

    mean: float
    low: float
    high: float
    method: str


def clustered_mean(sums: Numbers, sizes: Numbers, lowest: float, highest: float, level: float = 0.95) -> Mean:
    """The mean of all answers and its interval, from the sum and the number of answers of each cluster (size ≥ 1).

    The variance is that of a ratio of cluster totals with the small-sample factor G/(G − 1), the interval Student's t with G − 1
    degrees of freedom, cut to lowest…highest. Where all clusters agree, that variance is 0 and says nothing: then a share
    1 − (α/2)^(1/G) of unseen customers may think anything on the scale (`method` "extreme").
    Source: Cochran, Sampling Techniques (1977), 6.4 and 9A. Raises ValueError for fewer than two clusters.
    """
    groups = len(sums)
    if groups < 2:
        raise ValueError("one cluster has no spread")
    n = float(np.sum(sizes))
    mean = float(np.sum(sums)) / n
    rest = np.asarray(sums, dtype=np.float64) - mean * np.asarray(sizes, dtype=np.float64)
    spread = float(np.sum(rest * rest))
    if spread <= 1e-9 * max(1.0, mean * mean) * n:
        share = 1 - ((1 - level) / 2) ** (1 / groups)
        return Mean(mean, mean - (mean - lowest) * share, mean + (highest - mean) * share, "extreme")
    half = t_quantile(groups - 1, level) * sqrt(spread * groups / (groups - 1)) / n
    return Mean(mean, max(lowest, mean - half), min(highest, mean + half), "t")


def in_order(one: npt.NDArray[np.int64], other: npt.NDArray[np.int64]) -> tuple[Numbers, Numbers]:
    """Pairs of whole numbers by size, so that no sum over them hangs on the order in which they came."""
    if max(np.abs(one).max(initial=0), np.abs(other).max(initial=0)) >= 1 << 30:
        order = np.lexsort((one, other))
        return one[order], other[order]
    pairs = np.sort((other << 32) + one + (1 << 31))
    rest = (pairs & ((1 << 32) - 1)) - (1 << 31)
    return rest, (pairs - rest) >> 32


def clustered_share(hits: Numbers, bases: Numbers, clusters: int, level: float = 0.95) -> tuple[float, float]:
    """Wilson's interval for a share whose trials come in clusters: with as many trials as carry independent news.

    `hits`, `bases`: counts by cluster (or by bucket of clusters; empty ones are left out). The variance between them against that
    of independent trials is the design effect, never below 1; trials ÷ design effect go into Wilson's formula. Where all or
    none are hits the effect cannot be seen, and only `clusters` (different customers) count as trials.
    Source: Kish, Survey Sampling (1965), 8.2; Korn and Graubard, Survey Methodology 24 (1998).
    Raises ValueError where there is no trial.
    """
    n, x = int(np.sum(bases)), int(np.sum(hits))
    if n < 1:
        raise ValueError("no trials have no share")
    if x in (0, n):
        few = max(1, min(clusters, n))
        return wilson(0 if x == 0 else few, few, level)
    there = np.asarray(bases) > 0
    groups = int(there.sum())
    share = x / n
    rest = np.asarray(hits)[there] - share * np.asarray(bases)[there]
    effect = 1.0
    if groups > 1:
        effect = float(np.sum(rest * rest)) * groups / (groups - 1) / (n * share * (1 - share))
    return wilson_of(share, n / max(1.0, effect), level)
