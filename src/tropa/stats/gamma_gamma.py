"""What a purchase of each customer is worth: the Gamma-Gamma model (Fader and Hardie 2013, after Colombo and Jiang 1999).

Values of one customer's purchases are gamma(p, ν), ν is gamma(q, γ) over customers, and neither has to do with how often the customer
buys. Of a customer it takes how many purchases x have a value and their mean z.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from tropa.stats.normal import t_tail
from tropa.stats.peaks import Spread, bend_of, highest, spread_at, walked

Floats = npt.NDArray[np.float64]
LEAST = 20
"""The model is fitted to so many customers or more."""
EDGE = 12.0
CENTRE = np.array([1.0, 0.7, 0.0])
WIDTH = np.array([1.5, 1.0, 1.5])
FEW = 4_000
"""Up to so many customers draws follow the posterior itself. Of more, a sample says how it bends and all of them where the peak is."""
BLOCK = 1 << 16
"""Points times customers that a likelihood is found of at once."""
_STARTS = (np.array([1.0, 1.0, 0.0]), np.array([2.0, 0.0, 0.0]), np.array([0.0, 2.0, 0.0]))


@dataclass(frozen=True, slots=True)
class Worths:
    """The model's three numbers. `gamma` in units of money; a purchase is worth p · γ / (q − 1) on average."""

    p: float
    q: float
    gamma: float

    @property
    def mean(self) -> float:
        """What a purchase of somebody unknown is worth (q > 1 always holds here)."""
        return self.p * self.gamma / (self.q - 1)


@dataclass(frozen=True, slots=True)
class ValueFit:
    """A fitted model. `spread`: of log p, log(q − 1), log of the mean worth over `unit`. `tie`: see `tie_of`."""

    worths: Worths
    log_likelihood: float
    spread: Spread | None
    unit: float

    def draws(self, count: int, seed: int) -> Sequence[Worths]:
        """Numbers that the truth may be. None of them without a prior: the estimate itself."""
        if self.spread is None:
            return (self.worths,)
        return tuple(worths_at(point, self.unit) for point in self.spread.draws(count, seed))


def worths_at(point: Floats, unit: float) -> Worths:
    """The model's numbers at a point of the fit's scale."""
    p, over = float(np.exp(point[0])), float(np.exp(point[1]))
    return Worths(p, 1 + over, float(np.exp(point[2])) * unit * over / p)


def value_likelihood(worths: Worths, count: Floats, mean: Floats) -> float:
    """Logarithm of the likelihood of mean values (Fader and Hardie 2013, equation 1a). `count` ≥ 1, `mean` > 0."""
    return float(value_likelihoods(np.array([[worths.p, worths.q, worths.gamma]]), count, mean)[0])


def value_likelihoods(numbers: Floats, count: Floats, mean: Floats) -> Floats:
    """The same for many points at once: `numbers` (points, 3) are p, q, γ."""
    from scipy.special import gammaln

    p, q, gamma = numbers.T[:, :, None]
    times = np.bincount(count.astype(np.int64))
    names = np.flatnonzero(times)
    shape = p * names
    by_name = gammaln(shape + q) - gammaln(shape) - gammaln(q) + q * np.log(gamma)
    whole = count * mean
    out = by_name @ times[names] + numbers[:, 0] * (count @ np.log(whole)) - np.log(mean).sum()
    block = max(1, BLOCK // max(len(count), 1))
    for begin in range(0, len(out), block):
        some = slice(begin, begin + block)
        out[some] -= ((p[some] * count + q[some]) * np.log(gamma[some] + whole)).sum(axis=1)
    return np.asarray(out)


def value_slope(worths: Worths, count: Floats, mean: Floats) -> Floats:
    """The derivatives of `value_likelihood` by p, q, γ."""
    from scipy.special import digamma

    p, q, gamma = worths.p, worths.q, worths.gamma
    times = np.bincount(count.astype(np.int64))
    names = np.flatnonzero(times)
    times = times[names]
    whole = gamma + count * mean
    share, both = np.log(whole), digamma(p * names + q)
    by_p = (times * names) @ (both - digamma(p * names)) + count @ (np.log(count * mean) - share)
    by_q = times @ (both - digamma(q) + np.log(gamma)) - share.sum()
    by_gamma = (q / gamma - (p * count + q) / whole).sum()
    return np.array([by_p, by_q, by_gamma])


def fit_values(
    count: Floats, mean: Floats, prior: Literal["wide", "none"] = "wide"
) -> ValueFit | Literal["too-few", "no-fit"]:
    """The model of customers with `count` valued purchases worth `mean` each. `prior` as in `bgnbd_fit.fit`.

    Customers whose mean is not above zero are left out. What is no answer: fewer than `LEAST` customers, or numbers that ran away.
    """
    good = (mean > 0) & (count > 0)
    count, mean = count[good].astype(np.float64), mean[good].astype(np.float64)
    if len(mean) < LEAST:
        return "too-few"
    unit = float(np.average(mean, weights=count))
    hill = _Hill(count, mean, unit, prior)
    few = len(mean) <= FEW
    some = slice(None) if few else np.linspace(0, len(mean) - 1, FEW).astype(np.int64)
    rough = _Hill(count[some], mean[some], unit, prior)
    best = highest(rough, _STARTS, EDGE)
    if not np.isfinite(best).all() or (np.abs(best[:2]) > EDGE - 0.5).any() or abs(best[2]) > 2.9:
        return "no-fit"
    bend = bend_of(rough, best)
    if not few:
        bend *= len(mean) / FEW
        best = walked(hill, best, bend)
    worths = worths_at(best, unit)
    spread = None if prior == "none" else spread_at(best, bend, hill if few else None)
    return ValueFit(worths, value_likelihood(worths, count, mean), spread, unit)


@dataclass(frozen=True, slots=True)
class _Hill:
    """The logarithm of what is maximised, on the scale log p, log(q − 1), log of the mean worth."""

    count: Floats
    mean: Floats
    unit: float
    prior: str

    def heights(self, points: Floats) -> Floats:
        p, over = np.exp(points[:, 0]), np.exp(points[:, 1])
        numbers = np.stack([p, 1 + over, np.exp(points[:, 2]) * self.unit * over / p], axis=1)
        off = (points - CENTRE) / WIDTH
        prior = (off * off).sum(axis=1) / 2 if self.prior == "wide" else 0.0
        return value_likelihoods(numbers, self.count, self.mean) - prior

    def slope(self, point: Floats) -> Floats:
        worths = worths_at(point, self.unit)
        p, q, gamma = value_slope(worths, self.count, self.mean)
        pull = gamma * worths.gamma
        told = np.array([p * worths.p - pull, q * (worths.q - 1) + pull, pull])
        return told - (point - CENTRE) / WIDTH**2 if self.prior == "wide" else told


def expected_value(worths: Worths, count: Floats, mean: Floats) -> Floats:
    """By customer, what its further purchases are worth on average (Fader and Hardie 2013, equation 5); `count` 0: that of everybody."""
    p, q, gamma = worths.p, worths.q, worths.gamma
    return np.asarray((gamma + count * mean) * p / (p * count + q - 1), dtype=np.float64)


def tie_of(count: Floats, mean: Floats) -> tuple[float, float] | None:
    """Whether those who buy more often also spend more (or less) a purchase: Spearman's rank correlation and its chance (Student's t).

    The model takes there to be no tie. None where one of the two does not vary, or there are fewer than ten customers.
    """
    if len(count) < 10:
        return None
    one, other = _ranks(count), _ranks(mean)
    if not (one.any() and other.any()):
        return None
    tie = float(one @ other / np.sqrt((one @ one) * (other @ other)))
    freedom = len(count) - 2
    return tie, t_tail(freedom, tie * (freedom / max(1 - tie**2, 1e-12)) ** 0.5)


def _ranks(values: Floats) -> Floats:
    """Ranks less their mean; equal values share the mean of theirs."""
    _, at, times = np.unique(values, return_inverse=True, return_counts=True)
    upto = np.cumsum(times)
    return np.asarray((upto - (times - 1) / 2)[at] - (len(values) + 1) / 2)
