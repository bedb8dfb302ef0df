"""Fitting the BG/NBD model and its sisters: the most likely numbers, and how far from them the truth may lie."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import numpy.typing as npt

from tropa.stats.bgnbd import NEVER, Histories, Rates, log_likelihood, log_likelihoods, slope
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
Model = Literal["bg", "mbg", "nbd", "weighed"]
KINDS: tuple[Model, ...] = ("bg", "mbg", "nbd")
LEAST_WEIGHT = 0.02
"""A model less likely than this is left out."""


@dataclass(frozen=True, slots=True)
class Fit:
    """A fitted model. `spread`: of its numbers on the scale of `scale_of` (NBD: the first two); `unit`: the mean age that α is measured in
    there; `evidence`: logarithm of how likely the histories are in it, whatever its numbers; `beside`: other models with their chances,
    where several were weighed (what is left of 1 is this one's)."""

    rates: Rates
    log_likelihood: float
    spread: Spread | None
    unit: float
    evidence: float = 0.0
    beside: tuple[tuple[float, Fit], ...] = ()

    @property
    def kinds(self) -> tuple[tuple[float, Rates], ...]:
        """The models with their chances, this one first."""
        rest = tuple((chance, one.rates) for chance, one in self.beside)
        return ((1 - sum(chance for chance, _ in rest), self.rates), *rest)

    def over(self, told: Callable[[Rates], Floats]) -> Floats:
        """What is told of the models, each as far as it is likely."""
        return np.asarray(sum(chance * told(rates) for chance, rates in self.kinds))

    def draws(self, count: int, seed: int) -> Sequence[Rates]:
        """Numbers that the truth may be, as likely as the data say: of each model as many as it is likely. None of them without a
        prior: the estimate itself."""
        if self.spread is None:
            return (self.rates,)
        edges = np.rint(np.cumsum([0.0, *(chance for chance, _ in self.beside)]) * count).astype(int)
        found = list(self._own(count - int(edges[-1]), seed))
        for (_, one), many in zip(self.beside, np.diff(edges), strict=True):
            found += one._own(int(many), seed + 1)
        if not self.beside:
            return tuple(found)
        return tuple(found[at] for at in np.random.default_rng(seed).permutation(len(found)))

    def _own(self, count: int, seed: int) -> Sequence[Rates]:
        assert self.spread is not None  # with a prior there is one
        return (
            [rates_at(point, self.unit, self.rates.first) for point in self.spread.draws(count, seed)] if count else ()
        )


def rates_at(point: Floats, unit: float, first: int = 0) -> Rates:
    """The model's numbers at a point of the fit's scale: log r, log α / (r · unit), logit a / (a + b), log(a + b); of NBD the first two."""
    r, alpha, a, b = _numbers(point[None], unit)[0].tolist()
    return Rates(r, alpha, a, b, first)


def _numbers(points: Floats, unit: float) -> Floats:
    """r, α, a, b by point."""
    r = np.exp(points[:, 0])
    alpha = np.exp(points[:, 1]) * r * unit
    if points.shape[1] == 2:
        return np.stack([r, alpha, np.full(len(r), NEVER), np.ones(len(r))], axis=1)
    share, both = 1 / (1 + np.exp(-points[:, 2])), np.exp(points[:, 3])
    return np.stack([r, alpha, share * both, (1 - share) * both], axis=1)


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
    which only their proportion matters. `model`: BG/NBD, MBG/NBD, NBD (nobody leaves), or all three, each as likely as it makes the data
    (its evidence by Laplace's approximation, all equally likely before: Kass and Raftery, JASA 90, 1995; without a prior the one of the
    first two that makes them likelier). What is no answer: too few customers, too few who came again, or numbers that ran away.
    """
    if seen.customers < LEAST:
        return "too-few"
    if seen.again < LEAST_AGAIN:
        return "few-again"
    every = KINDS if prior == "wide" else KINDS[:2]
    found = [_fitted(seen, prior, kind) for kind in (every if model == "weighed" else (model,))]
    good = [one for one in found if one is not None]
    if not good:
        return "no-fit"
    if prior == "none":
        return max(good, key=lambda one: one.log_likelihood)
    return _weighed(sorted(good, key=lambda one: -one.evidence))


def _weighed(found: list[Fit]) -> Fit:
    """The first of models with the others beside it, as likely as they are."""
    chance = np.exp(np.array([one.evidence - found[0].evidence for one in found]))
    chance = np.where(chance >= LEAST_WEIGHT * chance.sum(), chance, 0.0)
    chance /= chance.sum()
    beside = tuple((float(one), other) for one, other in zip(chance[1:], found[1:], strict=True) if one)
    return replace(found[0], beside=beside)


def _fitted(seen: Histories, prior: Prior, kind: str) -> Fit | None:
    """One of the models; None where its numbers ran away."""
    unit, first, free = float(seen.weight @ seen.age) / seen.customers, int(kind == "mbg"), 2 if kind == "nbd" else 4
    hill = _Hill(seen, unit, prior, first)
    rough = hill if len(seen.weight) <= FEW_ROWS else _Hill(_coarser(seen), unit, prior, first)
    best = highest(rough, [start[:free] for start in _starts(seen, unit)], EDGE)
    if _ran_away(best, unit):
        return None
    bend = bend_of(rough, best)
    if rough is not hill:
        best = walked(hill, best, bend)
    rates = rates_at(best, unit, first)
    spread = None if prior == "none" else spread_at(best, bend, hill if rough is hill else None)
    evidence = float(hill.heights(best[None])[0] - np.log(WIDTH[:free]).sum() - np.linalg.slogdet(bend)[1] / 2)
    return Fit(rates, log_likelihood(rates, seen), spread, unit, evidence)


def _ran_away(point: Floats, unit: float) -> bool:
    logs = np.log(_numbers(point[None], unit)[0, : len(point)] / np.array([1, unit, 1, 1])[: len(point)])
    return not np.isfinite(logs).all() or bool((np.abs(logs) > EDGE - 0.5).any())


@dataclass(frozen=True, slots=True)
class _Hill:
    """The logarithm of what is maximised, on the fit's scale."""

    seen: Histories
    unit: float
    prior: str
    first: int

    def heights(self, points: Floats) -> Floats:
        told = log_likelihoods(_numbers(points, self.unit), self.first, self.seen)
        return told - (self._off(points) ** 2).sum(axis=1) / 2 if self.prior == "wide" else told

    def slope(self, point: Floats) -> Floats:
        r, alpha, a, b = slope(rates_at(point, self.unit, self.first), self.seen)
        told = np.array([r + alpha, alpha])
        if len(point) > 2:
            share = 1 / (1 + np.exp(-point[2]))
            told = np.array([*told, (1 - share) * a - share * b, a + b])
        return told - self._off(point) / WIDTH[: len(point)] if self.prior == "wide" else told

    def _off(self, points: Floats) -> Floats:
        """How far from what was likely before looking, in widths of that."""
        free = points.shape[-1]
        return np.asarray((points - CENTRE[:free]) / WIDTH[:free])


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
