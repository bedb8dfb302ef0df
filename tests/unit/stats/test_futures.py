"""What groups will buy: sums, and intervals that hold what comes (R-27)."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tropa.stats.bgnbd import Rates, at_least, mean_ahead
from tropa.stats.futures import People, _around, calls, play, totals
from tropa.stats.gamma_gamma import Worths, expected_value

MODEL, WORTHS = Rates(0.8, 60.0, 0.7, 2.2), Worths(5.0, 3.6, 520.0)


def people(seed: int, n: int) -> People:
    rng = np.random.default_rng(seed)
    x = rng.poisson(1.2, n).astype(float)
    age = rng.uniform(30, 300, n)
    last = np.where(x > 0, rng.uniform(0, 1, n) * age, 0.0)
    return People(x, last, age, x, np.where(x > 0, rng.gamma(4.0, 250.0, n), 0.0))


def variance(mine: People, ahead: float) -> float:
    """Of all their purchases together, from the chances of so many or more."""
    counts = np.arange(1, 100)
    reach = np.array([at_least(MODEL, mine.seen, ahead, int(count)) for count in counts])
    return float((((2 * counts - 1)[:, None] * reach).sum(axis=0) - reach.sum(axis=0) ** 2).sum())


def test_played_futures_have_the_moments_of_the_model() -> None:
    """R-27: many games of the same customers: mean and variance of the purchases, mean of the money."""
    mine = people(1, 40)
    rng = np.random.default_rng(2)
    games = np.array([play(MODEL, WORTHS, mine, 90.0, rng) for _ in range(6000)])
    mean = mean_ahead(MODEL, mine.seen, 90.0)
    bought, spent = games[:, 0].sum(axis=1), games[:, 1].sum(axis=1)
    assert bought.mean() == pytest.approx(mean.sum(), rel=0.01)
    assert bought.var() == pytest.approx(variance(mine, 90.0), rel=0.06)
    money = mean * expected_value(WORTHS, mine.count, mine.mean)
    assert spent.mean() == pytest.approx(money.sum(), rel=0.015)


def test_chances_of_a_customer_are_those_of_games() -> None:
    """R-27: so often two purchases, so often none."""
    mine = people(5, 6)
    rng = np.random.default_rng(2)
    games = np.array([play(MODEL, None, mine, 120.0, rng)[0] for _ in range(8000)])
    told = calls([MODEL], mine.seen, 120.0, most=8)
    assert told.sum(axis=1) == pytest.approx(1)
    for count in range(4):
        assert (games == count).mean(axis=0) == pytest.approx(told[:, count], abs=0.02)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 1000), st.integers(20, 900), st.integers(1, 4))
def test_groups_are_told_with_what_is_expected(seed: int, n: int, parts: int) -> None:
    """R-27: the sums are those of the estimate; intervals hold them; the same for the same seed; a group of nobody is nothing."""
    mine = people(seed, n)
    mean = mean_ahead(MODEL, mine.seen, 60.0)
    money = mean * expected_value(WORTHS, mine.count, mine.mean)
    groups = [np.arange(n)[np.arange(n) % parts == at] for at in range(parts)] + [np.zeros(0, np.int64)]
    asked = ([MODEL] * 40, [WORTHS] * 40, mine, groups, mean, money, 60.0, seed)
    told = totals(*asked)
    assert told == totals(*asked)
    assert sum(one.purchases for one in told) == pytest.approx(mean.sum())
    for one in told:
        assert one.purchases_low <= one.purchases <= one.purchases_high
        assert one.money is not None
        assert one.money_low is not None
        assert one.money_high is not None
        assert one.money_low <= one.money <= one.money_high
    assert told[-1].purchases_high == 0


def test_a_sample_of_a_large_group_is_as_sure_as_all_of_it() -> None:
    """R-27: 20,000 customers of whom some are played: the interval is as wide as chance makes it, the model's numbers being known."""
    mine = people(3, 20_000)
    mean = mean_ahead(MODEL, mine.seen, 60.0)
    found = totals([MODEL] * 400, None, mine, [np.arange(20_000)], mean, None, 60.0, 1)[0]
    width = 2 * 1.96 * (10 * variance(mine.of(np.arange(2_000)), 60.0)) ** 0.5
    assert found.purchases_high - found.purchases_low == pytest.approx(width, rel=0.15)
    assert found.money is None


def test_ends_hold_as_much_as_they_say() -> None:
    """R-27: of 199 equally likely futures the fifth from below and from above: 95 % of a further one lie between (Weibull's ranks)."""
    seen = np.arange(1.0, 200.0)
    assert _around(100.0, np.random.default_rng(1).permutation(seen), 100.0, 0.95) == pytest.approx((100, 5, 195))
