"""Intervals for shares."""

from __future__ import annotations

from math import sqrt

from tropa.stats.normal import normal_quantile


def wilson(successes: int, n: int, level: float = 0.95) -> tuple[float, float]:
    """Wilson's score interval for a binomial share.

    Args: `successes` out of `n` (n ≥ 1), the confidence `level`. Returns (low, high) within [0, 1].
    Source: E. B. Wilson, JASA 22 (1927) 209-212.
    Raises ValueError where n < 1 or successes lie outside 0…n.
    """
    if n < 1 or not 0 <= successes <= n:
        raise ValueError(f"{successes} of {n} is no share")
    low, high = wilson_of(successes / n, n, level)
    return (0.0 if successes == 0 else low, 1.0 if successes == n else high)


def wilson_of(share: float, n: float, level: float = 0.95) -> tuple[float, float]:
    """Wilson's formula for a share that rests on `n` independent trials, which need not be a whole number."""
    z = normal_quantile(0.5 + level / 2)
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return middle - half, middle + half
