"""Gamma-Gamma: published numbers, a naive twin, properties (R-27)."""

from __future__ import annotations

from math import gamma, log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cdnow import VALUES, cdnow
from tropa.stats.gamma_gamma import Worths, expected_value, fit_values, tie_of, value_likelihood, value_slope


def spenders() -> tuple[np.ndarray, np.ndarray]:  # type: ignore[type-arg]
    rows = [row for row in cdnow(VALUES) if int(row["x"])]
    return np.array([float(row["x"]) for row in rows]), np.array([float(row["zbar"]) for row in rows])


def test_cdnow_as_published() -> None:
    """R-27: Fader and Hardie (2013): p 6.25, q 3.74, γ 15.44 on the 946 who bought again."""
    count, mean = spenders()
    assert len(count) == 946
    found = fit_values(count, mean, prior="none")
    assert not isinstance(found, str)
    assert found.worths.p == pytest.approx(6.25, abs=0.005)
    assert found.worths.q == pytest.approx(3.74, abs=0.006)
    assert found.worths.gamma == pytest.approx(15.44, abs=0.01)
    wide = fit_values(count, mean)
    assert not isinstance(wide, str)
    assert wide.worths.mean == pytest.approx(found.worths.mean, rel=0.01)


def test_expected_values_as_published() -> None:
    """R-27: their examples: 35 for somebody unknown; a customer's own mean counts more the more often it was seen."""
    model = Worths(6.25, 3.74, 15.44)
    assert model.mean == pytest.approx(35.2, abs=0.1)
    told = expected_value(model, np.array([0.0, 1.0, 2.0, 12.0]), np.array([0.0, 11.77, 22.35, 22.35]))
    assert told[0] == pytest.approx(model.mean)
    assert told[1] == pytest.approx((15.44 + 11.77) * 6.25 / (6.25 + 2.74))
    assert abs(told[3] - 22.35) < abs(told[2] - 22.35)


worths = st.builds(Worths, st.floats(0.3, 15), st.floats(1.1, 12), st.floats(0.5, 60))
rows = st.lists(st.tuples(st.integers(1, 9), st.floats(0.5, 400)), min_size=1, max_size=8)


@given(worths, rows)
def test_likelihood_as_it_is_written(model: Worths, seen: list[tuple[int, float]]) -> None:
    """R-27: equation 1a of the note, term by term, and its derivatives."""
    p, q, scale = model.p, model.q, model.gamma
    total = sum(
        log(gamma(p * x + q) / gamma(p * x) / gamma(q) / z * (scale / (scale + x * z)) ** q)
        + p * x * log(x * z / (scale + x * z))
        for x, z in seen
    )
    count, mean = np.array([float(x) for x, _ in seen]), np.array([z for _, z in seen])
    assert value_likelihood(model, count, mean) == pytest.approx(total, rel=1e-8, abs=1e-8)
    told = value_slope(model, count, mean)
    for at, size in enumerate((p, q, scale)):
        up, down = (
            value_likelihood(
                Worths(*(v + (side * 1e-5 * size if k == at else 0) for k, v in enumerate((p, q, scale)))), count, mean
            )
            for side in (1, -1)
        )
        assert told[at] == pytest.approx((up - down) / (2e-5 * size), rel=1e-3, abs=1e-4)


@given(worths, rows)
def test_expected_value_lies_between_ones_own_and_everybodys(model: Worths, seen: list[tuple[int, float]]) -> None:
    """R-27: a weighted mean of the two."""
    count, mean = np.array([float(x) for x, _ in seen]), np.array([z for _, z in seen])
    told = expected_value(model, count, mean)
    low, high = np.minimum(mean, model.mean), np.maximum(mean, model.mean)
    assert ((told >= low * (1 - 1e-9)) & (told <= high * (1 + 1e-9))).all()


def test_a_sample_leads_to_the_peak_of_all() -> None:
    """R-27: with many customers the search begins with some of them, and ends where all of them say."""
    rng = np.random.default_rng(2)
    n = 30_000
    count = rng.integers(1, 6, n).astype(float)
    mean = rng.gamma(4.0 * count) / rng.gamma(3.5, 1 / 20.0, n) / count
    found = fit_values(count, mean, prior="none")
    assert not isinstance(found, str)
    assert found.worths.p == pytest.approx(4.0, rel=0.04)
    assert found.worths.q == pytest.approx(3.5, rel=0.04)
    steep = value_slope(found.worths, count, mean) * np.array([found.worths.p, found.worths.q - 1, found.worths.gamma])
    assert np.abs(steep).max() < 1e-3 * n**0.5


def test_what_cannot_be_told() -> None:
    """R-27: few customers, or values that are all the same, give no numbers."""
    assert fit_values(np.ones(19), np.full(19, 10.0)) == "too-few"
    assert fit_values(np.ones(500), np.r_[np.zeros(485), np.ones(15)]) == "too-few"
    assert fit_values(np.full(300, 4.0), np.full(300, 10.0), prior="none") == "no-fit"


def test_tie_is_spearmans() -> None:
    """R-27: whether frequent buyers spend more: as scipy's, ties shared."""
    from scipy.stats import spearmanr

    count, mean = spenders()
    found = tie_of(count, mean)
    theirs = spearmanr(count, mean)
    assert found is not None
    assert found == (pytest.approx(theirs.statistic), pytest.approx(theirs.pvalue, rel=0.02))
    assert tie_of(count[:9], mean[:9]) is None
    assert tie_of(np.ones(20), mean[:20]) is None
