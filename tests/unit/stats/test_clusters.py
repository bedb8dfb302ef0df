"""Groups of like rows: found where they are, not found where there are none (R-29)."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tropa.stats.clusters import agreement, find_groups, k_means, nearest, silhouette


def blobs(centres: list[tuple[float, ...]], each: int, spread: float, seed: int = 3) -> tuple[np.ndarray, np.ndarray]:
    """Points around centres, and whose they are."""
    rng = np.random.default_rng(seed)
    rows = np.concatenate([rng.normal(centre, spread, (each, len(centre))) for centre in centres])
    return rows, np.repeat(np.arange(len(centres)), each)


@pytest.mark.parametrize("many", [2, 3, 5])
def test_planted_groups_are_found_as_many_as_there_are(many: int) -> None:
    """The number of groups and who belongs to which."""
    centres = [(10.0 * k, 5.0 * (k % 2), -3.0 * (k % 3)) for k in range(many)]
    rows, whose = blobs(centres, 200, 1.0)
    groups = find_groups(rows, seed=1)
    assert groups is not None
    assert len(groups.centres) == many
    assert agreement(groups.label(rows), whose) > 0.99
    assert groups.by_group.min() > 0.9


def test_where_there_are_no_groups_none_are_told() -> None:
    """One cloud, round or long, and a cloud of shares: 40 worlds, at most one with groups."""
    told = 0
    for seed in range(20):
        rng = np.random.default_rng(seed)
        told += find_groups(rng.normal(size=(600, 6)), seed=seed) is not None
        shares = np.sqrt(rng.dirichlet(np.full(8, 3.0), 600))
        told += find_groups(shares, seed=seed) is not None
    assert told <= 1


def test_one_point_is_no_group() -> None:
    """All alike: nothing to divide."""
    assert find_groups(np.ones((100, 3)), seed=1) is None


def test_agreement_of_a_known_pair() -> None:
    """The worked table of Hubert and Arabie's index in scikit-learn's guide: 0.2424…; the same grouping under other names is 1."""
    one, other = np.array([0, 0, 0, 1, 1, 1]), np.array([0, 0, 1, 1, 2, 2])
    assert agreement(one, other) == pytest.approx(8 / 33)
    assert agreement(one, 1 - one) == 1.0


@given(st.lists(st.integers(0, 3), min_size=2, max_size=30), st.data())
def test_agreement_is_that_of_counted_pairs(one: list[int], data: st.DataObject) -> None:
    """Naive: every pair of rows, together or apart in each."""
    other = data.draw(st.lists(st.integers(0, 3), min_size=len(one), max_size=len(one)))
    n = len(one)
    pairs = [(i, j) for i in range(n) for j in range(i)]
    both = sum(one[i] == one[j] and other[i] == other[j] for i, j in pairs)
    left, right = sum(one[i] == one[j] for i, j in pairs), sum(other[i] == other[j] for i, j in pairs)
    expected, most = left * right / len(pairs), (left + right) / 2
    wanted = 1.0 if most == expected else (both - expected) / (most - expected)
    assert agreement(np.array(one), np.array(other)) == pytest.approx(wanted)


def test_centres_are_means_of_their_own_and_no_start_is_better() -> None:
    """Lloyd's fixed point, at least as good as the planted grouping."""
    rows, whose = blobs([(0.0, 0.0), (6.0, 0.0), (0.0, 6.0)], 60, 1.0)
    centres = k_means(rows, 3, np.random.default_rng(1))
    mine = nearest(rows, centres)
    for k in range(3):
        assert centres[k] == pytest.approx(rows[mine == k].mean(axis=0))
    spent = sum(((rows[mine == k] - centres[k]) ** 2).sum() for k in range(3))
    planted = sum(((rows[whose == k] - rows[whose == k].mean(axis=0)) ** 2).sum() for k in range(3))
    assert spent <= planted + 1e-9
    assert 0.5 < silhouette(rows, centres) < 1
