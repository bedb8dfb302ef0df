"""What groups of customers will buy: the sum with an interval in which chance and what is not known of the model both are.

For every draw of the models' numbers the future of customers is played: alive or not, their own rate and chance of dropping out, purchases,
what these are worth. Of large groups a sample is played and the rest follows from it, for their chance averages out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tropa.stats.bgnbd import Histories, Rates, alive, mean_ahead
from tropa.stats.gamma_gamma import Worths, expected_value

Floats = npt.NDArray[np.float64]
Longs = npt.NDArray[np.int64]
DRAWS = 200
PLAYED = 3_000
"""So many customers are played for each draw, all groups together."""
FEWEST = 250
"""So many at least of each group, where it has them."""
NODES = 8
"""Points of the integral for each draw: what is drawn varies by more than these leave out."""


@dataclass(frozen=True, slots=True)
class People:
    """Customers one by one: `seen` has a row for each, `count` purchases with a value worth `mean` each (0: none known)."""

    repeats: Floats
    last: Floats
    age: Floats
    count: Floats
    mean: Floats

    def of(self, who: Longs) -> People:
        """Some of them, in that order."""
        return People(self.repeats[who], self.last[who], self.age[who], self.count[who], self.mean[who])

    @property
    def seen(self) -> Histories:
        """Their histories, a row for each."""
        n = len(self.repeats)
        return Histories(self.repeats, self.last, self.age, np.ones(n), np.arange(n))


@dataclass(frozen=True, slots=True)
class Total:
    """Of a group: what is expected, and the interval; of `purchases` and of `money` (None without a model of values)."""

    purchases: float
    purchases_low: float
    purchases_high: float
    money: float | None = None
    money_low: float | None = None
    money_high: float | None = None


def totals(
    rates: Sequence[Rates],
    worths: Sequence[Worths] | None,
    people: People,
    groups: Sequence[Longs],
    expected: Floats,
    expected_money: Floats | None,
    ahead: float,
    seed: int,
    level: float = 0.95,
) -> tuple[Total, ...]:
    """By group (indices of people), purchases and money in (T, T + ahead]. Without `worths` every purchase has one price.

    `rates`, `worths`: draws of the models' numbers, used in pairs; `expected`, `expected_money`: by customer, at the estimate. The interval
    is that of a future that will be seen, not of a mean. Played sums are shifted to the expected ones by factor, so that both agree.
    """
    rng = np.random.default_rng(seed)
    samples = _samples(groups, rng)
    played = np.concatenate([who for who, _ in samples]) if samples else np.zeros(0, np.int64)
    edges = np.cumsum([0, *(len(who) for who, _ in samples)])
    mine = people.of(played)
    seen = mine.seen
    sums = np.zeros((2, len(rates), len(groups)))
    sampled = any(factor > 1 for _, factor in samples)
    for number, drawn in enumerate(rates):
        worth = None if worths is None else worths[number % len(worths)]
        bought, spent = play(drawn, worth, mine, ahead, rng)
        # where everybody is played, what is usual cancels
        mean = mean_ahead(drawn, seen, ahead, NODES) if sampled else bought
        usual = mean if worth is None else mean * expected_value(worth, mine.count, mine.mean)
        for at, (_, factor) in enumerate(samples):
            part = slice(edges[at], edges[at + 1])
            sums[0, number, at] = _scaled(factor, float(mean[part].sum()), float(bought[part].sum()))
            sums[1, number, at] = _scaled(factor, float(usual[part].sum()), float(spent[part].sum()))
    told = []
    for at, (group, (who, factor)) in enumerate(zip(groups, samples, strict=True)):
        value, low, high = _around(float(expected[group].sum()), sums[0, :, at], _bare(expected, who, factor), level)
        if expected_money is None:
            told.append(Total(value, low, high))
            continue
        money = float(expected_money[group].sum())
        if worths is None:  # every purchase has one price
            price = money / value if value else 0.0
            told.append(Total(value, low, high, money, low * price, high * price))
        else:
            around = _around(money, sums[1, :, at], _bare(expected_money, who, factor), level)
            told.append(Total(value, low, high, *around))
    return tuple(told)


def _samples(groups: Sequence[Longs], rng: np.random.Generator) -> list[tuple[Longs, float]]:
    """Of each group who is played, and how many times as many they stand for."""
    all_of_them = sum(len(group) for group in groups) or 1
    out = []
    for group in groups:
        room = max(FEWEST, PLAYED * len(group) // all_of_them)
        who = group if len(group) <= room else rng.choice(group, room, replace=False)
        out.append((who.astype(np.int64), len(group) / len(who) if len(who) else 1.0))
    return out


def _scaled(factor: float, usual: float, played: float) -> float:
    """The sum over a group of which one in `factor` was played: chance grows with the root of the number of customers."""
    return float(factor * usual + factor**0.5 * (played - usual))


def _bare(expected: Floats, who: Longs, factor: float) -> float:
    """What the estimate expects of those played, for all they stand for."""
    return float(expected[who].sum() * factor)


def _around(value: float, played: Floats, usual: float, level: float) -> tuple[float, float, float]:
    """The expected sum with the interval of the played ones. `usual`: what the estimate expects of the sample, so that its luck cancels."""
    shift = value / usual if usual > 0 else 1.0
    edges = (0.5 - level / 2, 0.5 + level / 2)
    low, high = np.quantile(played * shift, edges, method="weibull")  # of few draws any other holds too little
    return value, float(min(max(low, 0.0), value)), float(max(high, value))


def play(
    rates: Rates, worths: Worths | None, people: People, ahead: float, rng: np.random.Generator
) -> tuple[Floats, Floats]:
    """One future of each customer: how many purchases, and what they bring (without `worths`: the same number)."""
    n = len(people.repeats)
    bought = np.zeros(n)
    here = np.flatnonzero(rng.random(n) < alive(rates, people.seen))
    rate = rng.standard_gamma(rates.r + people.repeats[here]) / (rates.alpha + people.age[here])
    bought[here] = rng.poisson(rate * ahead)
    often = np.flatnonzero(bought > 1)  # who buys once has not dropped out before
    go = np.clip(rng.beta(rates.a, rates.b + rates.first + people.repeats[often]), 1e-9, 1 - 1e-12)
    until = np.ceil(np.log1p(-rng.random(len(often))) / np.log1p(-go))  # purchases up to dropping out: geometric
    bought[often] = np.minimum(bought[often], np.maximum(until, 1))
    if worths is None:
        return bought, bought
    some = np.flatnonzero(bought)
    count = people.count[some]
    scale = (worths.gamma + count * people.mean[some]) / rng.standard_gamma(worths.q + worths.p * count)
    spent = np.zeros(n)
    spent[some] = rng.standard_gamma(worths.p * bought[some]) * scale
    return bought, spent


def calls(rates: Sequence[Rates], seen: Histories, ahead: float, most: int = 60) -> Floats:
    """By row, the chances of 0, 1, …, `most` purchases or more in (T, T + ahead], averaged over draws: (rows, most + 1)."""
    from tropa.stats.bgnbd import at_least

    reach = np.zeros((len(seen.repeats), most + 2))
    reach[:, 0] = 1.0
    for drawn in rates:
        for count in range(1, most + 1):
            reach[:, count] += at_least(drawn, seen, ahead, count) / len(rates)
    return np.asarray(reach[:, :-1] - reach[:, 1:])
