"""Which figures are greater than which by more than chance (R-24)."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tropa.stats.ranks import greater


def naive(value: np.ndarray, replicates: np.ndarray, known: np.ndarray) -> list[list[bool]]:
    """Pair by pair, the standard error from the differences themselves."""
    out = []
    for i in range(len(value)):
        row = []
        for j in range(len(value)):
            error = float(np.std(replicates[:, i] - replicates[:, j], ddof=1))
            row.append(bool(i != j and known[i] and known[j] and value[i] - value[j] > 1.959963985 * error))
        out.append(row)
    return out


@given(st.integers(0, 2**32 - 1), st.integers(1, 6))
@settings(max_examples=40, deadline=None)
def test_as_told_pair_by_pair(seed: int, size: int) -> None:
    """R-24: the same as from the differences; nobody is above one who is above him, nor is one that is not known."""
    rng = np.random.default_rng(seed)
    value = rng.normal(0, 2, size)
    replicates = value + rng.standard_normal((50, size)) @ rng.normal(0, 0.5, (size, size))
    known = rng.random(size) < 0.8
    found = greater(value, replicates, known)
    assert found.tolist() == naive(value, replicates, known)
    assert not (found & found.T).any()
    assert not found[~known].any()
    assert not found[:, ~known].any()


def test_differences_of_nothing_are_not_told_apart() -> None:
    """R-24: of two equal figures one is called greater in about one draw of twenty; figures that rise and fall together are apart."""
    rng = np.random.default_rng(3)
    wrong = [
        greater(value, value + rng.standard_normal((200, 2)), np.ones(2, np.bool_)).any()
        for value in rng.standard_normal((600, 2))
    ]
    assert 0.025 < np.mean(wrong) < 0.085
    common = rng.standard_normal((200, 1)) * 10
    assert greater(
        np.array([1.0, 0.0]), common + np.array([1.0, 0.0]) + rng.normal(0, 0.1, (200, 2)), np.ones(2, np.bool_)
    )[0, 1]


def test_without_replicates_nothing_is_told() -> None:
    """R-24: one draw says nothing of chance."""
    assert not greater(np.array([9.0, 1.0]), np.array([[9.0, 1.0]]), np.ones(2, np.bool_)).any()
