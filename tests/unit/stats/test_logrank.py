"""The log-rank test and Greenwood's error: published numbers, a naive twin, properties (R-27)."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tropa.stats.logrank import greenwood, log_rank
from tropa.stats.survival import kaplan_meier

MP = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
MP_ENDED = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]
"""Weeks in remission of leukaemia patients (Freireich et al., Blood 21, 1963; told in Kleinbaum and Klein, Survival Analysis)."""


def test_freireich_log_rank() -> None:
    """R-27: 16.79 on one degree of freedom, 9 relapses where 19.25 were to be expected."""
    waits = np.array(MP + PLACEBO)
    ended = np.array(MP_ENDED + [1] * len(PLACEBO), dtype=np.bool_)
    found = log_rank(waits, ended, np.arange(42) < 21)
    assert found is not None
    assert found.square == pytest.approx(16.79, abs=0.005)
    assert found.chance == pytest.approx(4.17e-5, rel=0.01)
    assert (found.seen, found.expected) == (9, pytest.approx(19.25, abs=0.005))


def test_freireich_curve_and_its_error() -> None:
    """R-27: the published estimates, with Greenwood's standard errors."""
    waits, ended = np.array(MP), np.array(MP_ENDED, dtype=np.bool_)
    curve = kaplan_meier(waits, ended)
    still = {6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448}
    errors = {6: 0.0764, 7: 0.0869, 10: 0.0963, 13: 0.1068, 16: 0.1141, 22: 0.1282, 23: 0.1346}
    for week, share in still.items():
        assert 1 - curve.at(week) == pytest.approx(share, abs=0.0006)
        assert greenwood(waits, ended, week) == pytest.approx(errors[week], abs=0.0001)
    assert curve.when(0.5) == 23


def naive(waits: list[int], ended: list[bool], inside: list[bool]) -> tuple[int, float, float]:
    """Mantel's table at every time, one after another: ends in the group, expected ends, variance."""
    seen, expected, spread = 0, 0.0, 0.0
    for time in sorted({wait for wait, end in zip(waits, ended, strict=True) if end}):
        n = sum(wait >= time for wait in waits)
        n1 = sum(wait >= time and mine for wait, mine in zip(waits, inside, strict=True))
        d = sum(wait == time and end for wait, end in zip(waits, ended, strict=True))
        seen += sum(wait == time and end and mine for wait, end, mine in zip(waits, ended, inside, strict=True))
        expected += d * n1 / n
        if n > 1:
            spread += d * (n1 / n) * (1 - n1 / n) * (n - d) / (n - 1)
    return seen, expected, spread


@given(st.lists(st.tuples(st.integers(0, 12), st.booleans(), st.booleans()), min_size=1, max_size=40))
def test_as_the_twin_counts(rows: list[tuple[int, bool, bool]]) -> None:
    """R-27: the same table, and the other side of the test says the same."""
    waits, ended, inside = ([row[at] for row in rows] for at in range(3))
    seen, expected, spread = naive(waits, ended, inside)
    told = np.array(waits), np.array(ended, dtype=np.bool_)
    found = log_rank(*told, np.array(inside, dtype=np.bool_))
    if spread <= 1e-12:
        assert found is None
        return
    assert found is not None
    assert (found.seen, found.expected) == (seen, pytest.approx(expected))
    assert found.square == pytest.approx((seen - expected) ** 2 / spread)
    other = log_rank(*told, ~np.array(inside, dtype=np.bool_))
    assert other is not None
    assert other.square == pytest.approx(found.square)


def test_under_no_difference_small_chances_are_rare() -> None:
    """R-27: in 2,000 worlds without a difference the chance is below 5 % in about 5 %."""
    rng = np.random.default_rng(7)
    low = 0
    for _ in range(2000):
        ends, limits = rng.exponential(10, 60), rng.uniform(2, 25, 60)
        waits = np.minimum(ends, limits) * 100
        found = log_rank(waits.astype(np.int64), ends <= limits, np.arange(60) < 25)
        low += found is not None and found.chance < 0.05
    assert 0.035 < low / 2000 < 0.068
