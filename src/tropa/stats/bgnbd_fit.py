"""Fitting the BG/NBD model: the most likely numbers, and how far from them the truth may lie."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from tropa.stats.bgnbd import Histories, Rates, log_likelihood, slope
from tropa.stats.peaks import Spread, bend_of, highest, spread_at, walked

Floats = npt.NDArray[np.float64]
LEAST, LEAST_AGAIN = 50, 20
"""From so many customers on, and so many of them who bought again, the model is fitted."""
EDGE = 12.0
"""Numbers whose logarithm goes beyond this (in the unit of the mean age) have run away: the data do not say how large they are."""
FEW_ROWS = 4_000
"""Up to so many different histories draws follow the posterior itself; beyond, the normal at its peak."""
CENTRE = np.array([np.log(0.5), 0.0, -1.0, 1.0])
WIDTH = np.array([1.5, 3.0, 1.5, 1.25])
"""What is taken to be likely of shops before looking (see `scale_of`): wide normals, so that a few hundred customers outweigh them."""

Lack = Literal["too-few", "few-again", "no-fit"]
Prior = Literal["wide", "none"]
Model = Literal["bg", "mbg", "likelier"]


@dataclass(frozen=True, slots=True)
class Fit:
    """A fitted model. `spread`: of the four numbers on the scale of `scale_of`; `unit`: the mean age that α is measured in there."""

    rates: Rates
    log_likelihood: float
    spread: Spread | None
    unit: float

    def draws(self, count: int, seed: int) -> Sequence[Rates]:
        """Numbers that the truth may be, as likely as the data say. None of them without a prior: the estimate itself."""
        if self.spread is None:
            return (self.rates,)
        return tuple(rates_at(point, self.unit, self.rates.first) for point in self.spread.draws(count, seed))


def rates_at(point: Floats, unit: float, first: int = 0) -> Rates:
    """The model's numbers at a point of the fit's scale: log r, log α / (r · unit), logit a / (a + b), log(a + b)."""
    r, both = float(np.exp(point[0])), float(np.exp(point[3]))
    share = 1 / (1 + float(np.exp(-point[2])))
    return Rates(r, float(np.exp(point[1])) * r * unit, share * both, (1 - share) * both, first)


def scale_of(rates: Rates, unit: float) -> Floats:
    """The point of the fit's scale where the numbers are: how alike customers buy, how rarely, how easily they go, how alike in that."""
    return np.array(
        [
            np.log(rates.r),
            np.log(rates.alpha / (rates.r * unit)),
            np.log(rates.a / rates.b),
            np.log(rates.a + rates.b),
        ]
    )


def fit(seen: Histories, prior: Prior = "wide", model: Model = "bg") -> Fit | Lack:
    """The model of the histories.

    `none`: plain maximum likelihood. `wide`: the peak of the likelihood times wide normals on the fit's scale (`CENTRE`, `WIDTH`); with
    some thousand customers that is the same to two digits, with some hundred it keeps a and b from running away along the ridge on
    which only their proportion matters. `model`: BG/NBD, MBG/NBD, or the one of them that makes the data more likely (both have
    four numbers). What is no answer: too few customers, too few who came again, or numbers that ran away.
    """
    if seen.customers < LEAST:
        return "too-few"
    if seen.again < LEAST_AGAIN:
        return "few-again"
    found = [_fitted(seen, prior, first) for first in {"bg": (0,), "mbg": (1,), "likelier": (0, 1)}[model]]
    good = [one for one in found if one is not None]
    if not good:
        return "no-fit"
    return max(good, key=lambda one: one.log_likelihood)


def _fitted(seen: Histories, prior: Prior, first: int) -> Fit | None:
    """One of the two models; None where its numbers ran away."""
    unit = float(seen.weight @ seen.age) / seen.customers
    hill = _Hill(seen, unit, prior, first)
    rough = hill if len(seen.weight) <= FEW_ROWS else _Hill(_coarser(seen), unit, prior, first)
    best = highest(rough, _starts(seen, unit), EDGE)
    if _ran_away(best, unit):
        return None
    bend = bend_of(rough, best)
    if rough is not hill:
        best = walked(hill, best, bend)
    rates = rates_at(best, unit, first)
    spread = None if prior == "none" else spread_at(best, bend, hill if rough is hill else None)
    return Fit(rates, log_likelihood(rates, seen), spread, unit)


def _ran_away(point: Floats, unit: float) -> bool:
    rates = rates_at(point, unit)
    logs = np.log([rates.r, rates.alpha / unit, rates.a, rates.b])
    return not np.isfinite(logs).all() or bool((np.abs(logs) > EDGE - 0.5).any())


@dataclass(frozen=True, slots=True)
class _Hill:
    """The logarithm of what is maximised, on the fit's scale."""

    seen: Histories
    unit: float
    prior: str
    first: int

    def height(self, point: Floats) -> float:
        off = (point - CENTRE) / WIDTH
        return log_likelihood(rates_at(point, self.unit, self.first), self.seen) - (
            float(off @ off) / 2 if self.prior == "wide" else 0
        )

    def slope(self, point: Floats) -> Floats:
        r, alpha, a, b = slope(rates_at(point, self.unit, self.first), self.seen)
        share = 1 / (1 + np.exp(-point[2]))
        told = np.array([r + alpha, alpha, (1 - share) * a - share * b, a + b])
        return told - (point - CENTRE) / WIDTH**2 if self.prior == "wide" else told


def _starts(seen: Histories, unit: float) -> tuple[Floats, ...]:
    """Where the search begins: the rate at which customers buy, with few and with many of them dropping out."""
    often = float(seen.weight @ seen.repeats) / seen.customers
    calm = float(np.clip(-np.log(max(often, 1e-3)), -5, 5))
    return (
        np.array([np.log(0.5), calm - 0.5, -1.0, 1.0]),
        np.array([np.log(2.0), calm - 1.0, 0.5, 0.0]),
        np.array([np.log(0.3), calm, -2.5, 2.0]),
    )


def _coarser(seen: Histories) -> Histories:
    """Many rows as few, to find the neighbourhood of the peak in."""
    step = float(seen.age.max()) / 48 or 1.0
    table = np.stack([np.minimum(seen.repeats, 40), np.rint(seen.last / step), np.rint(seen.age / step)], axis=1)
    code = ((table[:, 0] * 64 + table[:, 1]) * 64 + table[:, 2]).astype(np.int64)
    names, row = np.unique(code, return_inverse=True)
    weight = np.bincount(row, weights=seen.weight)
    many, at = np.divmod(names, 64 * 64)
    early, late = np.divmod(at, 64)
    return Histories(
        many.astype(np.float64), early * step, late * step, np.asarray(weight, dtype=np.float64), row.astype(np.int64)
    )
