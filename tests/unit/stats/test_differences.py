"""R-10, R-29: differences of two figures against published numbers, scipy and simulated truth."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from tropa.stats.differences import Measured, Waits, newcombe, of_means, ratio_of_medians
from tropa.stats.intervals import wilson
from tropa.stats.means import clustered_mean
from tropa.stats.normal import t_quantile, t_tail


def share(hits: int, n: int) -> Measured:
    return Measured(hits / n, *wilson(hits, n))


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((10, 10), (0, 10), 0.6075, 1.0000),
    ],
)
def test_newcombe_as_published(one: tuple[int, int], other: tuple[int, int], low: float, high: float) -> None:
    """Newcombe, Statistics in Medicine 17 (1998), table II, method 10."""
    found = newcombe(share(*other), share(*one))
    assert (found.low, found.high) == (pytest.approx(low, abs=6e-5), pytest.approx(high, abs=6e-5))
    assert (found.p < 0.05) == (found.low > 0)


@given(st.integers(0, 60), st.integers(0, 60))
def test_p_and_interval_agree(one: int, other: int) -> None:
    """A share differs at 5 % just where its 95 % interval leaves out nothing; turned around it is the same with its sign."""
    found, turned = newcombe(share(one, 60), share(other, 60)), newcombe(share(other, 60), share(one, 60))
    assert (found.p < 0.05) == (found.low > 0 or found.high < 0)
    assert (found.value, found.low, found.p) == pytest.approx((-turned.value, -turned.high, turned.p))


def mean(answers: np.ndarray) -> Measured:
    half = t_quantile(len(answers) - 1, 0.95) * answers.std(ddof=1) / len(answers) ** 0.5
    return Measured(answers.mean(), answers.mean() - half, answers.mean() + half)


def test_means_of_many_differ_as_welch_says() -> None:
    """R-10: from symmetric intervals of many answers it is the test of unequal variances."""
    draw = np.random.default_rng(1)
    for n, spread, shift in ((300, 1.0, 0.2), (200, 0.5, 0.1), (400, 3.0, -1.0)):
        one, other = draw.normal(0, 1, 250), draw.normal(shift, spread, n)
        found, known = of_means(mean(one), mean(other)), stats.ttest_ind(other, one, equal_var=False)
        low, high = known.confidence_interval()
        assert found.p == pytest.approx(known.pvalue, abs=0.004)
        assert (found.low, found.high) == (pytest.approx(low, abs=0.01), pytest.approx(high, abs=0.01))


def test_few_answers_alike_are_seldom_called_different() -> None:
    """R-10, R-30: five answers against five of the same opinions, every way they can fall: at most 6 in 100 are called different."""
    scale, five = np.arange(-2.0, 3.0), list(itertools.combinations_with_replacement(range(5), 5))
    tables = np.array([np.bincount(row, minlength=5) for row in five])
    ends = [clustered_mean(np.repeat(scale, table), np.ones(5), -2.0, 2.0) for table in tables]
    figures = [Measured(one.mean, one.low, one.high) for one in ends]
    called = np.array(
        [[(gap := of_means(one, other)).low > 1e-9 or gap.high < -1e-9 for other in figures] for one in figures]
    )
    for opinions in ([0.2] * 5, [0.05, 0.1, 0.2, 0.35, 0.3], [0.4, 0.05, 0.1, 0.05, 0.4], [0.02, 0.03, 0.1, 0.25, 0.6]):
        chance = stats.multinomial.pmf(tables, 5, opinions)
        assert chance @ called @ chance <= 0.06
    far = (
        stats.multinomial.pmf(tables, 5, [0.6, 0.3, 0.1, 0, 0])
        @ called
        @ stats.multinomial.pmf(tables, 5, [0, 0, 0.1, 0.3, 0.6])
    )
    assert far > 0.99


@pytest.mark.parametrize("freedom", [1, 2, 7, 60, 999, 5000])
def test_the_tail_of_students_t(freedom: int) -> None:
    """Against scipy."""
    for value in (0.0, 0.3, -1.96, 4.0):
        assert t_tail(freedom, value) == pytest.approx(
            2 * stats.t.sf(abs(value), freedom), abs=2e-4 if freedom > 1000 else 1e-12
        )


def waits(seconds: np.ndarray) -> Waits:
    q25, median, q75 = np.quantile(seconds, [0.25, 0.5, 0.75])
    return Waits(len(seconds), q25, median, q75)


def test_medians_hold_their_level() -> None:
    """Simulated waits: where nothing differs about 5 % are called different; where one is twice as long it is found and held."""
    draw = np.random.default_rng(2)
    false = held = 0
    for _ in range(400):
        one, same = (waits(draw.lognormal(11, 1.1, 150)) for _ in range(2))
        nothing, twice = ratio_of_medians(one, same), ratio_of_medians(one, waits(2 * draw.lognormal(11, 1.1, 150)))
        assert nothing is not None
        assert twice is not None
        false += nothing.p < 0.05
        held += twice.low < 2 < twice.high
    assert 4 <= false <= 40
    assert held >= 360


def test_medians_of_nothing() -> None:
    """No answer where a quartile is 0 or too few are known."""
    assert ratio_of_medians(Waits(50, 0, 10, 20), Waits(50, 1, 10, 20)) is None
    assert ratio_of_medians(Waits(9, 1, 10, 20), Waits(50, 1, 10, 20)) is None
