"""Intervals of many shares at once, whose trials come in clusters: what `means.clustered_share` says of one."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from tropa.stats.normal import normal_quantile

Counts = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


def clustered_shares(hits: Counts, bases: Counts, clusters: Counts, level: float = 0.95) -> tuple[Floats, Floats]:
    """The lower and the upper bounds of the intervals that `means.clustered_share` gives one by one.

    `hits` (shares, clusters), `bases` (the same, or one row for all), `clusters` (shares, or one number): different customers.
    Raises ValueError where there is no trial.
    """
    hits, bases = np.atleast_2d(hits), np.atleast_2d(bases)
    n, x = np.broadcast_to(bases.sum(axis=1), len(hits)), hits.sum(axis=1)
    if (n < 1).any():
        raise ValueError("no trials have no share")
    groups, share = np.count_nonzero(bases, axis=1), x / n
    rest = hits - share[:, None] * bases
    spread = (rest * rest).sum(axis=1) * groups
    unseen = (x == 0) | (x == n) | (groups < 2)  # nothing says how much clusters differ
    effect = np.divide(spread, (groups - 1) * n * share * (1 - share), out=np.ones(len(hits)), where=~unseen)
    few = np.maximum(np.minimum(clusters, n), 1)
    low, high = _wilsons(share, np.where((x == 0) | (x == n), few, n / np.maximum(effect, 1)), level)
    return np.where(x == 0, 0.0, low), np.where(x == n, 1.0, high)


def _wilsons(share: Floats, n: Floats, level: float) -> tuple[Floats, Floats]:
    """Wilson's formula (`intervals.wilson_of`) of many shares."""
    z = normal_quantile(0.5 + level / 2)
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * np.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return middle - half, middle + half
