"""Quantiles of the normal and of Student's distribution against scipy's (R-23)."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import ndtri, stdtrit

from tropa.stats.normal import EXACT, normal_quantile, t_quantile

LEVELS = (0.5, 0.8, 0.9, 0.95, 0.99, 0.999)


@pytest.mark.parametrize("level", LEVELS)
def test_students_quantiles(level: float) -> None:
    """R-23: for few and many degrees of freedom, on both sides of where the expansion takes over."""
    for freedom in (*range(1, EXACT + 60), 1_000, 1_000_000, 1_000_000_000):
        assert t_quantile(freedom, level) == pytest.approx(float(stdtrit(freedom, 0.5 + level / 2)), rel=2e-10)


def test_normal_quantiles() -> None:
    """R-23: the normal quantile, and Student's as its limit."""
    for share in np.linspace(0.001, 0.999, 333):
        assert normal_quantile(float(share)) == pytest.approx(float(ndtri(share)), abs=1e-12)
    assert t_quantile(10**9, 0.95) == pytest.approx(normal_quantile(0.975), rel=1e-8)


def test_no_freedom_has_no_quantile() -> None:
    """R-23: less than one degree of freedom is refused."""
    with pytest.raises(ValueError, match="one degree"):
        t_quantile(0, 0.95)
