"""Differences of two figures: intervals, and how likely chance alone makes one as large."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log, sqrt
from statistics import NormalDist

from tropa.stats.normal import normal_quantile

_NORMAL = NormalDist()


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure with its interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Gap:
    """A difference (second − first; of times: second ÷ first), its interval, and the two-sided p."""

    value: float
    low: float
    high: float
    p: float
    method: str


def newcombe(first: Measured, second: Measured, level: float = 0.95) -> Gap:
    """The difference of two shares of different people, from the interval of each (`contrast.difference`: from the counts alone).

    The interval is Newcombe's method 10; with intervals that allow for clusters it allows for them too. Both intervals must be of the same
    `level`. Source: Newcombe, Statistics in Medicine 17 (1998) 873–890.
    """
    return _gap(first, second, level, "newcombe")


def of_means(first: Measured, second: Measured, level: float = 0.95) -> Gap:
    """The difference of two means of different people, from the interval of each, of the same `level`: as sure on either side as these are.

    Source: Zou and Donner, Statistics in Medicine 27 (2008) 1693–1702 (method of variance estimates recovery, MOVER).
    """
    return _gap(first, second, level, "mover")


def _gap(first: Measured, second: Measured, level: float, method: str) -> Gap:
    """Second − first. p is of the normal variable whose half-width is that of the interval on the side of nothing, so that p < 1 − level
    just where the interval leaves out 0."""
    gap = second.value - first.value
    low = gap - sqrt((second.value - second.low) ** 2 + (first.high - first.value) ** 2)
    high = gap + sqrt((second.high - second.value) ** 2 + (first.value - first.low) ** 2)
    return Gap(gap, low, high, _p_of(gap, low, high, level), method)


def _p_of(gap: float, low: float, high: float, level: float) -> float:
    half = gap - low if gap > 0 else high - gap
    if gap == 0 or half <= 0:
        return 1.0 if gap == 0 else 0.0
    return 2 * _NORMAL.cdf(-abs(gap) / half * normal_quantile(0.5 + level / 2))


@dataclass(frozen=True, slots=True)
class Waits:
    """Lengths of time: their quartiles and how many they are."""

    n: int
    q25: float
    median: float
    q75: float


def ratio_of_medians(first: Waits, second: Waits, level: float = 0.95) -> Gap | None:
    """How many times as long the median is, with an approximate interval; None where a quartile is 0 or fewer than ten are known.

    Waits are skewed, so the medians are compared as logarithms; the standard error of a median is 1.2533 σ/√n (the asymptotic one of the
    normal distribution), σ being the distance of the quartiles by 1.349. Source: McGill, Tukey and Larsen, The American
    Statistician 32 (1978) 12–16, whose notches are the same on the scale of the figures themselves.
    """
    if min(first.q25, second.q25) <= 0 or min(first.n, second.n) < 10:
        return None
    error = sqrt(sum((1.2533 * (log(one.q75) - log(one.q25)) / 1.349) ** 2 / one.n for one in (first, second)))
    gap = log(second.median / first.median)
    half = normal_quantile(0.5 + level / 2) * error
    p = 2 * _NORMAL.cdf(-abs(gap) / error) if error > 0 else float(gap == 0)
    return Gap(exp(gap), exp(gap - half), exp(gap + half), p, "log-median")
