"""Quantiles of the normal and of Student's distribution, without loading a large library for two numbers."""

from __future__ import annotations

from functools import cache
from math import atan, cos, pi, sin, sqrt
from statistics import NormalDist

EXACT = 200
"""Up to so many degrees of freedom the quantile is solved for; beyond them the expansion is right to ten digits."""


def normal_quantile(share: float) -> float:
    """The value that a standard normal variable stays below with probability `share` (0 < share < 1)."""
    return NormalDist().inv_cdf(share)


@cache
def t_quantile(freedom: int, level: float) -> float:
    """The two-sided quantile of Student's t: with probability `level` the variable lies within ± this value.

    Source: Abramowitz and Stegun, Handbook of Mathematical Functions (1964), 26.7.3–4 (the distribution for whole degrees of freedom)
    and 26.7.5 (the expansion for many of them). Raises ValueError for less than one degree of freedom.
    """
    if freedom < 1:
        raise ValueError("Student's t has at least one degree of freedom")
    guess = _expanded(freedom, normal_quantile(0.5 + level / 2))
    return guess if freedom > EXACT else _solved(freedom, level)


def t_tail(freedom: int, value: float) -> float:
    """Probability that Student's t lies beyond ± `value` (two-sided). Beyond a thousand degrees of freedom the normal one stands for it."""
    if freedom > 1000:
        return 2 * NormalDist().cdf(-abs(value))
    return max(0.0, 1 - _within(freedom, atan(abs(value) / sqrt(freedom))))


def _expanded(n: int, z: float) -> float:
    """The Cornish–Fisher expansion around the normal quantile."""
    z2 = z * z
    g1 = z * (z2 + 1) / 4
    g2 = z * ((5 * z2 + 16) * z2 + 3) / 96
    g3 = z * (((3 * z2 + 19) * z2 + 17) * z2 - 15) / 384
    g4 = z * ((((79 * z2 + 776) * z2 + 1482) * z2 - 1920) * z2 - 945) / 92_160
    return z + (g1 + (g2 + (g3 + g4 / n) / n) / n) / n


def _within(freedom: int, angle: float) -> float:
    """Probability of |t| ≤ √freedom · tan(angle): a finite sum for whole degrees of freedom."""
    square = cos(angle) ** 2
    odd = freedom % 2
    term = total = 1.0 if freedom > 1 else 0.0
    for k in range(2 + odd, freedom - 1, 2):
        term *= square * (k - 1) / k
        total += term
    if odd:
        return 2 / pi * (angle + sin(angle) * cos(angle) * total)
    return sin(angle) * total


def _solved(freedom: int, level: float) -> float:
    """By halving the angle's interval until it cannot be halved any more."""
    low, high = 0.0, pi / 2
    for _ in range(200):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if _within(freedom, middle) < level else (low, middle)
    return sqrt(freedom) * sin(low) / cos(low)
