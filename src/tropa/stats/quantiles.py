"""Exact quantiles: the smallest value with at least the asked share at or below it (numpy's `inverted_cdf`)."""

from __future__ import annotations

from math import ceil

import numpy as np
import numpy.typing as npt

QUARTILES = (0.25, 0.5, 0.75)


def rank_of(share: float, n: int) -> int:
    """Which of n sorted values (from 0) is the quantile. Raises ValueError for n < 1."""
    if n < 1:
        raise ValueError("no values have no quantile")
    return min(max(ceil(share * n - 1e-9) - 1, 0), n - 1)


def quantiles(values: npt.NDArray[np.int64], shares: tuple[float, ...] = QUARTILES) -> tuple[int, ...]:
    """Quantiles of whole numbers, each one of the values themselves. Raises ValueError for no values."""
    ranks = [rank_of(share, len(values)) for share in shares]
    parted = np.partition(values, sorted(set(ranks)))
    return tuple(int(parted[rank]) for rank in ranks)


def ranks_of(shares: tuple[float, ...], sizes: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """By how many values there are (≥ 1), which of them in rising order (from 0) the quantiles are: (sizes, shares), as `rank_of`."""
    ranks = np.ceil(np.multiply.outer(sizes, shares) - 1e-9).astype(np.int64) - 1
    return np.clip(ranks, 0, sizes[:, None] - 1)
