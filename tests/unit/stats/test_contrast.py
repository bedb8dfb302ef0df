"""Differences, odds ratios, tests and many tests, against published numbers (R-25)."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tropa.stats.contrast import difference, false_discovery, fisher, independence, odds_ratio


@pytest.mark.parametrize(
    ("x", "n", "y", "m", "low", "high"),
    [
        (56, 70, 48, 80, 0.0524, 0.3339),
        (9, 10, 3, 10, 0.1705, 0.8090),
        (0, 10, 0, 20, -0.1611, 0.2775),
        (10, 10, 0, 10, 0.6075, 1.0),
    ],
)
def test_newcombe(x: int, n: int, y: int, m: int, low: float, high: float) -> None:
    """Newcombe 1998, table II, method 10."""
    found = difference(x, n, y, m)
    assert found == pytest.approx((x / n - y / m, low, high), abs=5e-5)


def test_odds_ratio_of_the_physicians() -> None:
    """Agresti 2013, 3.1.2: aspirin and heart attacks, 1.832 [1.440; 2.331] (a half in every cell changes the third figure)."""
    assert odds_ratio(189, 10_845, 104, 10_933) == pytest.approx((1.832, 1.440, 2.331), rel=0.005)


def test_fisher_and_the_lady() -> None:
    """Fisher 1935: three of four cups guessed, two-sided 0.486; all four 0.029."""
    assert fisher(3, 1, 1, 3) == pytest.approx(0.4857, abs=1e-4)
    assert fisher(4, 0, 0, 4) == pytest.approx(0.0286, abs=1e-4)


def test_false_discoveries_of_the_paper() -> None:
    """Benjamini and Hochberg 1995, 4.1: of fifteen p-values the first four are rejected at 5 %."""
    chances = np.array(
        [
            0.0001,
            0.0004,
            0.0019,
            0.0095,
            0.0201,
            0.0278,
            0.0298,
            0.0344,
            0.0459,
            0.3240,
            0.4262,
            0.5719,
            0.6528,
            0.7590,
            1.0,
        ]
    )
    adjusted = false_discovery(chances)
    assert (adjusted <= 0.05).tolist() == [True] * 4 + [False] * 11
    shuffled = np.random.default_rng(1).permutation(15)
    assert false_discovery(chances[shuffled]).tolist() == adjusted[shuffled].tolist()
    assert len(false_discovery(np.zeros(0))) == 0


counts = st.integers(0, 60)


@given(counts, counts, counts, counts)
def test_the_test_does_not_care_how_the_table_lies(a: int, b: int, c: int, d: int) -> None:
    chance = independence(a, b, c, d)
    assert 0 <= chance <= 1
    assert independence(a, c, b, d) == pytest.approx(chance)
    assert independence(d, c, b, a) == pytest.approx(chance)


@given(st.integers(0, 12), st.integers(0, 12), st.integers(0, 12), st.integers(0, 12))
def test_fisher_adds_up_plainly(a: int, b: int, c: int, d: int) -> None:
    """Against counting all tables one by one."""
    from math import comb

    row, column, n = a + b, a + c, a + b + c + d
    weights = {
        k: comb(row, k) * comb(n - row, column - k) for k in range(max(0, row + column - n), min(row, column) + 1)
    }
    expected = sum(w for w in weights.values() if w <= weights[a]) / sum(weights.values())
    assert fisher(a, b, c, d) == pytest.approx(expected)
