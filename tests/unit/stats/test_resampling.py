"""Intervals by buckets of customers, and ratios drawn to the average (R-24)."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tropa.stats.bootstrap import BUCKETS, bucket_of, bucket_weights, percentile_interval, skewed_interval
from tropa.stats.shrink import shrink_ratios


def test_buckets_are_even() -> None:
    """Customers are dealt evenly, and always alike."""
    sizes = np.bincount(bucket_of(256_000), minlength=BUCKETS)
    assert sizes.min() > 800
    assert sizes.max() < 1200
    assert (bucket_of(1000) == bucket_of(2000)[:1000]).all()


def test_weights_stand_for_the_same_customers() -> None:
    """Every replicate stands for as many customers as there are; same seed, same weights."""
    sizes = np.bincount(bucket_of(5_000), minlength=BUCKETS).astype(float)
    weights = bucket_weights(50, 3, sizes)
    assert weights @ sizes == pytest.approx(np.full(50, 5_000.0))
    assert (weights == bucket_weights(50, 3, sizes)).all()


def test_interval_covers_the_mean() -> None:
    """95 % intervals of a mean over skewed customers hold the truth about as often as they say."""
    hits = 0
    for seed in range(300):
        rng = np.random.default_rng(seed)
        x = rng.lognormal(0, 0.8, 1_500)
        bucket = bucket_of(1_500)
        total, size = np.bincount(bucket, x, BUCKETS), np.bincount(bucket, minlength=BUCKETS).astype(float)
        weights = bucket_weights(400, seed)
        low, high = percentile_interval(x.mean(), (weights @ total) / (weights @ size))
        hits += low <= np.exp(0.32) <= high
    assert 0.915 <= hits / 300 <= 0.98


@settings(max_examples=100, deadline=None)
@given(st.lists(st.floats(-1e6, 1e6), max_size=60), st.floats(-1e6, 1e6))
def test_interval_is_finite_and_holds_the_value(replicates: list[float], value: float) -> None:
    """R-24: never NaN, and the estimate lies within its interval."""
    for interval in (percentile_interval, skewed_interval):
        low, high = interval(value, np.array([*replicates, np.nan]))
        assert np.isfinite([low, high]).all()
        assert low <= value <= high


def test_skewed_estimates_miss_on_both_sides_alike() -> None:
    """R-24: of a product of few things that is right on average, plain percentiles are too low four times as often as too high."""
    miss = {interval: [0, 0] for interval in (percentile_interval, skewed_interval)}
    for seed in range(1_500):
        rng = np.random.default_rng(seed)
        x = rng.exponential(1.0, 60)
        weights = rng.multinomial(60, np.full(60, 1 / 60), 400)
        square = (weights @ x / 60) ** 2
        for interval, missed in miss.items():
            low, high = interval(x.mean() ** 2, square)
            missed[0] += high < 1
            missed[1] += low > 1
    plain, better = miss[percentile_interval], miss[skewed_interval]
    assert plain[0] > 3 * plain[1]
    assert better[0] < plain[0]
    assert sum(better) < sum(plain)
    assert sum(better) / 1_500 < 0.08


def test_noise_is_drawn_to_the_average() -> None:
    """R-24: the best of twenty equal groups is not much of a reference; a truly better one is."""
    rng = np.random.default_rng(1)
    expected = np.full(20, 15.0)
    best = min(shrink_ratios(rng.poisson(15, 20).astype(float), expected, 0.2).mean.min() for _ in range(20))
    assert best > 0.65  # the raw minimum is about 0.35
    assert shrink_ratios(np.array([500.0, 1000.0]), np.array([1000.0, 1000.0]), 0.2).mean[0] == pytest.approx(
        0.5, abs=0.02
    )


def test_shrunk_ratios_are_calibrated() -> None:
    """The stated uncertainty is right: truths drawn from the prior lie within two deviations about 95 % of the time."""
    rng = np.random.default_rng(2)
    inside = total = 0
    for _ in range(200):
        true = np.clip(1 + abs(rng.normal(0, 0.25)) * rng.standard_normal(8), 0.05, None)
        expected = rng.uniform(20, 200, 8)
        found = shrink_ratios(true * expected + np.sqrt(expected * 0.8) * rng.standard_normal(8), expected, 0.2)
        inside += int((np.abs(found.mean - true) <= 1.96 * found.sd).sum())
        total += 8
    assert 0.92 <= inside / total <= 0.98


def test_nobody_expected() -> None:
    """R-65: without anybody to compare, everything is average."""
    found = shrink_ratios(np.zeros(3), np.zeros(3), 0.5)
    assert (found.mean == 1).all()
    assert np.isfinite(found.sd).all()
