"""Intervals by resampling buckets of customers."""

from __future__ import annotations

from functools import lru_cache
from math import erfc, sqrt

import numpy as np
import numpy.typing as npt

from tropa.stats.normal import normal_quantile

Floats = npt.NDArray[np.float64]

BUCKETS = 256
"""Customers are dealt into so many buckets by a hash of who they are; a bucket is what is resampled."""
MOST_OFF = 0.3
"""A median is never taken to lie farther off, in standard deviations."""


def bucket_of(customers: int) -> npt.NDArray[np.uint8]:
    """The bucket of each of `customers` customers: evenly mixed, the same on every machine."""
    key = np.arange(1, customers + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    key = (key ^ (key >> np.uint64(32))) * np.uint64(0xD6E8FEB86659FD93)
    return ((key ^ (key >> np.uint64(32))) & np.uint64(BUCKETS - 1)).astype(np.uint8)


def bucket_weights(replicates: int, seed: int, sizes: Floats | None = None) -> Floats:
    """How often each bucket is drawn, (replicates, BUCKETS). Every row is a multinomial draw of BUCKETS buckets.

    With `sizes` (customers in each bucket) a row is scaled so that it stands for as many customers as there really are: the
    question is what these customers would have brought, not how many come.
    """
    weights = _draws(replicates, seed).astype(np.float64)
    if sizes is not None and sizes.sum() > 0:
        there = weights @ sizes
        weights *= np.where(there > 0, sizes.sum() / np.where(there > 0, there, 1.0), 1.0)[:, None]
    return weights


@lru_cache(maxsize=8)
def _draws(replicates: int, seed: int) -> npt.NDArray[np.int64]:
    out = np.random.default_rng(seed).multinomial(BUCKETS, np.full(BUCKETS, 1 / BUCKETS), size=replicates)
    out.setflags(write=False)
    return out


def percentile_interval(value: float, replicates: Floats, level: float = 0.95) -> tuple[float, float]:
    """Percentile interval (Efron 1979): (low, high), widened to hold the estimate itself.

    Replicates that are not finite are left out; without any, the interval is the value itself. The bias-corrected variants were
    tried: with a few hundred replicates their correction is noise, and they cover less (docs/adr/0010-price-of-a-break.md).
    """
    good = replicates[np.isfinite(replicates)]
    if not len(good):
        return value, value
    low, high = np.quantile(good, [0.5 - level / 2, 0.5 + level / 2])
    return float(min(low, value)), float(max(high, value))


def skewed_interval(value: float, replicates: Floats, level: float = 0.95) -> tuple[float, float]:
    """Bias-corrected percentile interval for an estimate that is right on average, though more often too low than too high (or the
    other way): (low, high), widened to hold the estimate itself.

    By how much its median lies off is told from the skewness of the replicates, a sixth of it in standard deviations, and not, as is
    usual, by counting how many lie below the estimate: of some hundred replicates that count is noise, and the interval covers less.
    Source: Efron, JASA 82 (1987) 171–185; Cornish and Fisher (1938) for the median.
    """
    good = replicates[np.isfinite(replicates)]
    spread = float(good.std()) if len(good) else 0.0
    if spread <= 1e-12 * max(1.0, abs(value)):
        return percentile_interval(value, replicates, level)
    skewness = float(np.mean(((good - good.mean()) / spread) ** 3))
    shift, z = 2 * min(max(skewness / 6, -MOST_OFF), MOST_OFF), normal_quantile(0.5 + level / 2)
    low, high = np.quantile(good, [_below(shift - z), _below(shift + z)])
    return float(min(low, value)), float(max(high, value))


def _below(z: float) -> float:
    """Share of the normal distribution below z."""
    return 0.5 * erfc(-z / sqrt(2))
