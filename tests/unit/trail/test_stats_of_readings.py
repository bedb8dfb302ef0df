"""Quantiles, Kaplan–Meier, clustered means and shares against plain or published answers (R-23, R-27, R-30)."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy.stats import beta

from tropa.stats.intervals import wilson
from tropa.stats.means import clustered_mean, clustered_share
from tropa.stats.quantiles import quantiles, rank_of, ranks_of
from tropa.stats.survival import curve_interval, curve_intervals, kaplan_meier


@given(hnp.arrays(np.int64, st.integers(1, 60), elements=st.integers(0, 50)))
def test_quantiles_are_those_of_numpy(values: np.ndarray) -> None:
    """The smallest value with at least the share at or below it."""
    shares = (0.1, 0.25, 0.5, 0.75, 0.9)
    assert quantiles(values, shares) == tuple(np.quantile(values, shares, method="inverted_cdf"))
    sizes = np.array([len(values), 1, 7])
    assert ranks_of(shares, sizes).tolist() == [[rank_of(share, n) for share in shares] for n in sizes.tolist()]


def test_no_values_no_quantile() -> None:
    """An error, not a zero."""
    with pytest.raises(ValueError):
        rank_of(0.5, 0)


def test_kaplan_meier_of_leukaemia() -> None:
    """The 6-MP arm of Freireich et al. 1963, the textbook example: S(6) = 0.857, S(10) = 0.753, S(23) = 0.448."""
    weeks = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
    ended = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]
    curve = kaplan_meier(np.array(weeks), np.array(ended, dtype=bool))
    assert [round(1 - curve.at(week), 3) for week in (5, 6, 7, 10, 13, 16, 22, 23, 35)] == [
        1.0, 0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448, 0.448,
    ]  # fmt: skip
    assert curve.when(0.5) == 23
    assert curve.when(0.9) is None


def test_the_interval_of_the_curve_covers() -> None:
    """Over simulated shops whose customers differ, the interval holds the true share about as often as it says."""
    rng = np.random.default_rng(11)
    hits = 0
    for _ in range(300):
        taste = rng.beta(2, 3, 250)
        customer = np.repeat(np.arange(250), rng.integers(1, 6, 250))
        came = rng.random(len(customer)) < taste[customer]
        wait = np.where(came, rng.integers(1, 30, len(customer)), 10**6)
        cut = rng.integers(20, 60, len(customer))
        ended = wait <= cut
        waits = np.minimum(wait, cut).astype(np.int64)
        curve = kaplan_meier(waits, ended)
        around = curve_interval(curve.at(29), 29, waits, ended, customer.astype(np.int64), 1)
        assert around is not None
        hits += around[0] <= 0.4 <= around[1]
    assert 0.92 <= hits / 300 <= 0.98


@pytest.mark.parametrize(("customers", "share"), [(40, 0.1), (150, 0.03)])
def test_the_interval_of_a_rare_repeat_covers(customers: int, share: float) -> None:
    """R-27: where some few come again, leaving out one bucket after another alone is too sure: it covered 76 to 82 %."""
    rng = np.random.default_rng(12)
    hits = tried = 0
    for _ in range(400):
        came = rng.random(customers) < share
        wait = np.where(came, rng.integers(1, 30, customers), 10**6)
        cut = rng.integers(20, 60, customers)
        ended = wait <= cut
        waits = np.minimum(wait, cut).astype(np.int64)
        around = curve_interval(
            kaplan_meier(waits, ended).at(29), 29, waits, ended, np.arange(customers, dtype=np.int64), 1
        )
        if around is not None:
            tried += 1
            hits += around[0] <= share <= around[1]
    assert tried > 350
    assert hits / tried >= 0.92


@given(
    st.lists(st.tuples(st.integers(0, 40), st.booleans(), st.integers(0, 5)), min_size=1, max_size=60),
    st.integers(1, 32),
    st.integers(2, 6),
)
def test_intervals_of_many_moments_are_those_of_each(
    rows: list[tuple[int, bool, int]], longest: int, points: int
) -> None:
    """R-27: one table of steps tells what a table for each moment told, where no step holds two different waits."""
    waits, ended, bucket = (np.array(column) for column in zip(*rows, strict=True))
    curve = kaplan_meier(waits, ended)
    moments = [longest * k // points for k in range(1, points + 1)]
    shares = [curve.at(at) for at in moments]
    found = curve_intervals(shares, longest, waits, ended, bucket)
    for at, share, around in zip(moments, shares, found, strict=True):
        alone = curve_interval(share, at, waits, ended, bucket, 1)
        assert (around is None) == (alone is None)
        assert around is None or around == pytest.approx(alone, abs=1e-9)


def test_nothing_to_leave_out() -> None:
    """One bucket, or a share of 0 or 1: nothing to tell an interval from."""
    waits, ended, one = np.array([1, 2]), np.array([True, False]), np.array([0, 0])
    assert curve_interval(0.5, 5, waits, ended, one, 1) is None
    assert curve_interval(0.0, 5, waits, ~ended, np.array([0, 1]), 1) is None


def test_independent_trials_are_wilsons() -> None:
    """Clusters of one trial: the interval of Wilson, to a hair; whole clusters: as if only clusters were tried."""
    ones = np.ones(50, dtype=np.int64)
    hits = np.array([1] * 20 + [0] * 30)
    assert clustered_share(hits, ones, 50) == pytest.approx(wilson(20, 50), abs=0.004)
    low, high = clustered_share(hits * 10, ones * 10, 50)
    assert (low, high) == pytest.approx(wilson(20, 50), abs=0.004)
    assert clustered_share(np.array([7]), np.array([7]), 1) == wilson(1, 1)
    assert clustered_share(np.array([0, 0]), np.array([4, 0]), 3) == wilson(0, 3)
    with pytest.raises(ValueError):
        clustered_share(np.array([0]), np.array([0]), 0)


def test_means_of_many_single_answers_are_students() -> None:
    """R-30: one answer a customer, more than a hundred of them: the textbook t interval; one customer has no spread."""
    values = np.random.default_rng(5).integers(-2, 3, 120).astype(np.float64)
    found = clustered_mean(values, np.ones(120), -2, 2)
    half = 1.9800998764569243 * values.std(ddof=1) / 120**0.5
    assert (found.mean, found.low, found.high) == pytest.approx(
        (values.mean(), values.mean() - half, values.mean() + half)
    )
    assert found.method == "t"
    with pytest.raises(ValueError):
        clustered_mean(np.array([1.0]), np.array([1]), -2, 2)


@pytest.mark.parametrize(("hits", "n"), [(1, 2), (4, 5), (3, 10), (59, 60), (50, 100)])
def test_means_of_yes_and_no_are_jeffreys(hits: int, n: int) -> None:
    """R-30: of answers 0 and 1 the interval is that of Beta(hits + ½, misses + ½), as published."""
    found = clustered_mean(np.repeat([1.0, 0.0], [hits, n - hits]), np.ones(n), 0, 1)
    known = beta.ppf([0.025, 0.975], hits + 0.5, n - hits + 0.5)
    assert (found.low, found.high) == pytest.approx(tuple(known), abs=1e-6)
    assert found.method == "bayes"


@given(st.lists(st.tuples(st.integers(-2, 2), st.integers(1, 4)), min_size=2, max_size=25), st.randoms())
@settings(max_examples=20, deadline=None)
def test_means_are_drawn_as_they_are_worked_out(answers: list[tuple[int, int]], mixed: random.Random) -> None:
    """R-30: the naive twin draws the weights of customers; the order in which they come is nothing to it."""
    sizes = np.array([size for _, size in answers])
    sums = np.array([score for score, _ in answers]) * sizes * 1.0
    found = clustered_mean(sums, sizes, -2, 2)
    assert -2 <= found.low <= found.mean <= found.high <= 2
    order = list(range(len(answers)))
    mixed.shuffle(order)
    assert clustered_mean(sums[order], sizes[order], -2, 2) == found
    if found.method == "extreme":
        return
    draw, usual = np.random.default_rng(1), sizes.mean()
    own, ends = draw.standard_gamma(1.0, (20_000, len(sums))), draw.standard_gamma(0.5, (20_000, 2))
    means = (own @ sums + ends @ [-2 * usual, 2 * usual]) / (own @ sizes + ends.sum(axis=1) * usual)
    below = np.mean(means[:, None] < [found.low, found.high], axis=0)
    wanted = [0.025 if found.low < found.mean else below[0], 0.975 if found.high > found.mean else below[1]]
    assert below == pytest.approx(wanted, abs=0.007)
