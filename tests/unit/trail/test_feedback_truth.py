"""Intervals of moods against planted truth: told with mistakes, in clusters, near the end of the scale (R-30)."""

from __future__ import annotations

import numpy as np
import pytest

from tropa.stats.bootstrap import BUCKETS, bucket_weights
from tropa.trail.feedback.tellers import NEGATIVE, Teller, confusion
from tropa.trail.feedback.texts import Texts
from tropa.trail.measures.sentiment import REPLICATES, SEED, Shares, shares_of

WEIGHTS = np.concatenate([np.ones((1, BUCKETS)), bucket_weights(REPLICATES, SEED)])
TOLD = np.array([[0.7, 0.05, 0.1, 0.15], [0.15, 0.4, 0.15, 0.3], [0.08, 0.07, 0.65, 0.2]])
"""How often texts of a mood are told as what, and (last) not told."""
RATED = [0.4, 0.2, 0.4]


def world(rng: np.random.Generator, rated: int, new: int, moods: list[float], each: int, alike: float) -> Shares:
    """Rated texts of customers of their own, then `new` ones of customers with `each`, whose share `alike` is in their customer's mood."""
    n = rated + new
    customer = np.concatenate([np.arange(rated), rated + np.arange(new) // each])
    own = rng.choice(3, customer.max() + 1, p=moods)
    truth = np.concatenate([rng.choice(3, rated, p=RATED), rng.choice(3, new, p=moods)])
    truth = np.where((rng.random(n) < alike) & (np.arange(n) >= rated), own[customer], truth)
    told = (rng.random(n)[:, None] > TOLD.cumsum(axis=1)[truth]).sum(axis=1)
    told = np.where(told >= 3, -1, told)
    known, bucket = np.arange(n) < rated, rng.integers(0, BUCKETS, customer.max() + 1)[customer]
    texts = Texts(
        n, customer, np.zeros(n, np.uint64), bucket, np.zeros(n, np.int64), np.zeros(n, np.int64),
        np.where(known, (truth - 1) * 2.0, np.nan), np.full(n, "", object), np.full(n, "ru"),
    )  # fmt: skip
    teller = Teller("ru", "trained", rated, told, None, confusion(truth[known], told[known], bucket[known]))
    found = shares_of(texts, [teller], told, ~known, WEIGHTS)
    assert found is not None
    return found


@pytest.mark.slow
@pytest.mark.parametrize(
    ("rated", "new", "moods", "each", "alike", "widest"),
    [
        (300, 300, [0.2, 0.2, 0.6], 1, 0.0, 0.3),
        (300, 40, [0.2, 0.2, 0.6], 1, 0.0, 0.5),
        (300, 40, [0.03, 0.17, 0.8], 1, 0.0, 0.4),
        (300, 300, [0.2, 0.2, 0.6], 5, 0.7, 0.35),
        (1500, 15, [0.4, 0.2, 0.4], 1, 0.0, 0.8),
        (1500, 1000, [0.02, 0.2, 0.78], 1, 0.0, 0.2),
    ],
)
def test_intervals_hold_the_planted_share(
    rated: int, new: int, moods: list[float], each: int, alike: float, widest: float
) -> None:
    """R-30: of 200 worlds whose texts are told with mistakes 95 % intervals hold the share in 92 % at least, and are not boundless."""
    rng = np.random.default_rng((20_261_128, rated, new, each))
    found = [world(rng, rated, new, moods, each, alike).share(NEGATIVE) for _ in range(200)]
    held = np.mean([low <= moods[NEGATIVE] <= high for _, low, high in found])
    assert held >= 0.92
    assert np.mean([high - low for _, low, high in found]) <= widest
    assert np.mean([share for share, _, _ in found]) == pytest.approx(moods[NEGATIVE], abs=0.03)
