"""Means and shares of things that come in clusters: several answers or passes of one customer are not independent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import pi, sqrt

import numpy as np
import numpy.typing as npt

from tropa.stats.intervals import wilson, wilson_of
from tropa.stats.normal import normal_quantile, t_quantile

Numbers = npt.NDArray[np.int64] | npt.NDArray[np.float64]
Floats = npt.NDArray[np.float64]
FEW = 100
"""Up to so many clusters the distribution of a mean is worked out; beyond them Student's t says next to the same."""
STEP = 0.1
NODES = np.exp(np.arange(-20.0, 12.0 + STEP / 2, STEP))
"""Where the characteristic function is asked, in standard deviations: so the trapezoidal rule is right to eight digits."""


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean with its interval; `method` names how it was found."""

    mean: float
    low: float
    high: float
    method: str


def clustered_mean(sums: Numbers, sizes: Numbers, lowest: float, highest: float, level: float = 0.95) -> Mean:
    """The mean of all answers and its interval, from the sum and the number of answers of each cluster (size ≥ 1), within lowest…highest.

    Of up to `FEW` clusters: a Bayesian bootstrap (`method` "bayes"): the clusters' weights are as likely as any, and half an imaginary
    cluster of middling size stands at each end of the scale for opinions not heard yet. Of answers yes and no that is Jeffreys' interval.
    Of more: Student's t with G − 1 degrees of freedom, the variance that of a ratio of cluster totals with the factor G/(G − 1) ("t").
    Where all clusters agree their spread says nothing: a share 1 − (α/2)^(1/G) of unseen customers may think anything on the scale
    ("extreme").
    Source: Rubin, Annals of Statistics 9 (1981) 130–134; Brown, Cai and DasGupta, Statistical Science 16 (2001) 101–133 for Jeffreys'
    interval; Cochran, Sampling Techniques (1977), 6.4 and 9A. Exact coverage: bench/truth. Raises ValueError for fewer than two clusters.
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
    if groups <= FEW:
        below = _weighed(np.asarray(sums, np.float64), np.asarray(sizes, np.float64), lowest, highest)
        low, high = (_where(below, share, lowest, highest) for share in (0.5 - level / 2, 0.5 + level / 2))
        return Mean(mean, min(low, mean), max(high, mean), "bayes")
    half = t_quantile(groups - 1, level) * sqrt(spread * groups / (groups - 1)) / n
    return Mean(mean, max(lowest, mean - half), min(highest, mean + half), "t")


def _weighed(sums: Floats, sizes: Floats, lowest: float, highest: float) -> Callable[[float], float]:
    """How likely the mean is to lie below a value, clusters weighed as a Bayesian bootstrap does.

    The mean lies below t just where a sum of gamma variables, one for each cluster, times (sum − t size) is below 0. Its characteristic
    function is known, and is inverted. Source: Gil-Pelaez, Biometrika 38 (1951) 481–482; Imhof, Biometrika 48 (1961) 419–426.
    """
    pairs, times = np.unique(np.stack([sums, sizes], axis=1), axis=0, return_counts=True)
    usual = float(sizes.mean())
    total = np.append(pairs[:, 0], [lowest * usual, highest * usual])
    size = np.append(pairs[:, 1], [usual, usual])
    shape = np.append(times, [0.5, 0.5])

    def below(value: float) -> float:
        off = total - value * size
        at = off[:, None] * (NODES / sqrt(float((shape * off * off).sum())))
        return 0.5 - STEP / pi * float(np.exp(-(shape[:, None] * np.log(1 - 1j * at)).sum(axis=0)).imag.sum())

    return below


def _where(below: Callable[[float], float], share: float, low: float, high: float) -> float:
    """The value that a `share` lies below, between `low` and `high`: by secants on the normal scale, halving where they fail (Illinois)."""
    wanted, edge = normal_quantile(share), 1e-9

    def off(value: float) -> float:
        return normal_quantile(min(max(below(value), edge), 1 - edge)) - wanted

    left, right = normal_quantile(edge) - wanted, normal_quantile(1 - edge) - wanted
    tolerance, last = 1e-7 * (high - low), 0
    for _ in range(100):
        middle = (low * right - high * left) / (right - left)
        found = off(middle)
        if abs(found) < 1e-6 or high - low < tolerance:
            return middle
        if found < 0:
            low, left = middle, found
            right, last = (right / 2 if last < 0 else right), -1
        else:
            high, right = middle, found
            left, last = (left / 2 if last > 0 else left), 1
    return (low + high) / 2


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
