"""What customers will buy and bring: the models of purchases and of their values fitted to a table of buyers, and checked on later ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt

from tropa.stats.bgnbd import Histories, alive, histories, mean_ahead
from tropa.stats.bgnbd_fit import Fit, Lack, fit
from tropa.stats.futures import DRAWS, People, Total, totals
from tropa.stats.gamma_gamma import ValueFit, expected_value, fit_values
from tropa.trail.measures.buyers import Buyers, Wealth
from tropa.trail.passes import DAY
from tropa.trail.tape import Longs

Floats = npt.NDArray[np.float64]
SEED = 20_261_128
SLICES = 6
"""Discounted purchases are summed over so many slices of the horizon."""
YEAR = 365.0


@dataclass(frozen=True, slots=True)
class Models:
    """Fitted to buyers: `people` one by one (times in days), `seen` the same counted by history; `price`: of every purchase alike, where
    values have no model. Neither: no money is known."""

    fit: Fit
    values: ValueFit | None
    price: float | None
    people: People
    seen: Histories


def modelled(table: Buyers, wealth: Wealth, until: int, *, early: bool = False) -> Models | Lack:
    """The models of the buyers as known at `until` (µs). `early`: of what they had done by the table's cut."""
    purchases, last = (table.early, table.early_last) if early else (table.purchases, table.last)
    count, again = (table.early_repeats, table.early_again) if early else (table.repeats, table.again)
    x = purchases - 1
    since, age = (last - table.first) / DAY, (until - table.first) / DAY
    seen = histories(x, since, age)
    fitted = fit(seen, model="weighed")
    if isinstance(fitted, str):
        return fitted
    valued = count.astype(np.float64)
    mean = wealth.of(again, count) / np.maximum(valued, 1)
    values, price = None, wealth.each
    if price is None and wealth.kind is not None and valued.any():
        some = valued > 0
        found = fit_values(valued[some], mean[some])
        values = None if isinstance(found, str) else found
        price = float(wealth.of(again, count).sum() / valued.sum()) if values is None else None
    return Models(fitted, values, price, People(x.astype(np.float64), since, age, valued, mean), seen)


@dataclass(frozen=True, slots=True)
class Expected:
    """By customer: the chance of still being a customer, purchases ahead, and the money of them (None: no money is known)."""

    alive: Floats
    purchases: Floats
    money: Floats | None


def expected(models: Models, ahead: float, discount: float = 0.0) -> Expected:
    """What the estimate expects within `ahead` days. `discount`: of money a year later, 0…1 (purchases are not discounted)."""
    row = models.seen.row
    living = models.fit.over(lambda rates: alive(rates, models.seen))[row]
    mean = models.fit.over(lambda rates: mean_ahead(rates, models.seen, ahead))
    purchases = mean[row]
    each = _each(models)
    if each is None:
        return Expected(living, purchases, None)
    weight = _discounted(models, ahead, discount, mean)[row] if discount else purchases
    return Expected(living, purchases, weight * each)


def _each(models: Models) -> Floats | float | None:
    if models.values is None:
        return models.price
    return expected_value(models.values.worths, models.people.count, models.people.mean)


def _discounted(models: Models, ahead: float, discount: float, whole: Floats) -> Floats:
    """By row, purchases each worth (1 + discount)^−years: the horizon in slices, each discounted from its middle."""
    out, before = np.zeros_like(whole), np.zeros_like(whole)
    for k in range(1, SLICES + 1):
        some = partial(mean_ahead, seen=models.seen, ahead=ahead * k / SLICES, nodes=10)
        upto = whole if k == SLICES else models.fit.over(some)
        out += (upto - before) * (1 + discount) ** (-ahead * (k - 0.5) / SLICES / YEAR)
        before = upto
    return out


def sums(
    models: Models, told: Expected, groups: Sequence[Longs], ahead: float, draws: int = DRAWS
) -> tuple[Total, ...]:
    """By group, purchases and money with the intervals of what will be seen."""
    rates = models.fit.draws(draws, SEED)
    worths = None if models.values is None else models.values.draws(draws, SEED + 1)
    return totals(rates, worths, models.people, groups, told.purchases, told.money, ahead, SEED + 2)


@dataclass(frozen=True, slots=True)
class Check:
    """What was predicted from the purchases up to a cut for the time after it, beside what came. `ahead`: days; `groups`: by number of
    repeat purchases before the cut, how many customers, what was expected, and what came; the first is everybody."""

    cut: int
    ahead: float
    groups: tuple[tuple[str, int, Total, int, float], ...]


BANDS = (("0", 0, 0), ("1", 1, 1), ("2", 2, 2), ("3–4", 3, 4), ("5+", 5, 1 << 40))
"""Numbers of repeat purchases that are told together."""


def checked(table: Buyers, wealth: Wealth, cut: int, until: int) -> Check | Lack:
    """Fits the models to what was known at the cut, and holds their prediction against what came after it."""
    there = np.flatnonzero(table.early > 0)
    known = chosen_rows(table, there)
    models = modelled(known, wealth, cut, early=True)
    if isinstance(models, str):
        return models
    ahead = (until - cut) / DAY
    told = expected(models, ahead)
    x = known.early - 1
    bands = [("", np.arange(len(x), dtype=np.int64))]
    bands += [(name, np.flatnonzero((x >= low) & (x <= high)).astype(np.int64)) for name, low, high in BANDS]
    bands = [(name, who) for name, who in bands if len(who)]
    found = sums(models, told, [who for _, who in bands], ahead, DRAWS // 2)
    spent = wealth.of(known.late_spent, known.late)
    groups = tuple(
        (name, len(who), total, int(known.late[who].sum()), float(spent[who].sum()))
        for (name, who), total in zip(bands, found, strict=True)
    )
    return Check(cut, ahead, groups)


def chosen_rows(table: Buyers, which: Longs) -> Buyers:
    """Some of the buyers."""
    return Buyers(*(getattr(table, name)[which] for name in Buyers.__slots__))


def cut_of(until: int, start: int, horizon: int) -> int:
    """Where the log is cut for the check: as long before its end as the horizon, at most a third of it."""
    return until - min(horizon, max(until - start, 0) // 3)
