"""Shares set right for mistakes of telling, chances made honest, themes against chance (R-30)."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tropa.stats.mixing import plain_shares, sharpness, told_given_kind, true_shares
from tropa.stats.moods import UNKNOWN, Tuned, deal_folds, tune
from tropa.stats.themes import find_themes, shuffled

shares = st.lists(st.floats(0.05, 1), min_size=3, max_size=3)
MATRIX = np.array([[0.7, 0.05, 0.1, 0.15], [0.15, 0.4, 0.15, 0.3], [0.08, 0.07, 0.65, 0.2]])


@pytest.mark.parametrize(("positive", "sens", "spec"), [(0.3, 0.9, 0.8), (0.5, 0.7, 0.95), (0.05, 0.9, 0.9), (0.99, 0.9, 0.9)])  # fmt: skip
def test_two_kinds_are_rogan_and_gladen(positive: float, sens: float, spec: float) -> None:
    """R-30: (told + specificity − 1) ÷ (sensitivity + specificity − 1), cut to 0…1 (Rogan and Gladen 1978)."""
    matrix = np.array([[sens, 1 - sens], [1 - spec, spec]])
    expected = min(max((positive + spec - 1) / (sens + spec - 1), 0.0), 1.0)
    found = true_shares(1000 * np.array([positive, 1 - positive]), matrix)
    assert found[0] == pytest.approx(expected, abs=2e-3)
    assert found.sum() == pytest.approx(1)


@settings(max_examples=60, deadline=None)
@given(shares)
def test_what_mistakes_did_is_undone(drawn: list[float]) -> None:
    """R-30: told by the matrix and set right again: the shares that were; the likelihood is the grid's best."""
    truth = np.array(drawn) / sum(drawn)
    told = 5000 * truth @ MATRIX
    assert true_shares(told, MATRIX) == pytest.approx(truth, abs=5e-3)
    assert plain_shares(told, MATRIX) == pytest.approx(truth, abs=1e-9)


def test_the_shares_are_the_likeliest() -> None:
    """R-30: no point of a grid over all shares makes what was told likelier (the naive twin), also where the answer lies on the edge."""
    for told in (np.array([3.0, 4, 50, 9]), np.array([9.0, 1, 1, 2]), np.array([0.0, 20, 1, 0])):
        found = true_shares(told, MATRIX)
        best = float(told @ np.log(found @ MATRIX))
        grid = [np.array([a, b, 50 - a - b]) / 50 for a, b in product(range(51), repeat=2) if a + b <= 50]
        assert best >= max(float(told @ np.log(one @ MATRIX)) for one in grid) - 1e-4


def test_few_things_of_a_kind_are_not_told_without_mistakes() -> None:
    """R-30: rows are chances, and a kind seen once is not taken to be told rightly for sure; Youden's index of it."""
    matrix = told_given_kind(np.array([[1.0, 0, 0], [5, 80, 15]]))
    assert matrix.sum(axis=1) == pytest.approx([1, 1])
    assert matrix[0, 0] < 0.6
    assert sharpness(MATRIX, 0) == pytest.approx(0.7 - 0.15)
    assert sharpness(np.array([[0.5, 0.5], [0.5, 0.5]]), 0) == 0


def test_nothing_told_says_nothing() -> None:
    """R-30: without anything told every kind is equally likely."""
    assert true_shares(np.zeros(4), MATRIX) == pytest.approx([1 / 3] * 3)


def test_chances_that_say_too_much_are_tempered() -> None:
    """R-30: of overconfident chances those come out that come true as often as they say."""
    rng = np.random.default_rng(1)
    honest = rng.dirichlet([1, 1, 1], 4000)
    place = np.array([rng.choice(3, p=one) for one in honest])
    loud = honest**3 / (honest**3).sum(axis=1, keepdims=True)
    tuned = tune(loud, place)
    assert tuned.power == pytest.approx(1 / 3, abs=0.05)
    assert np.abs(tuned.calibrated(loud) - honest).max() < 0.05
    told = tuned.tell(loud)
    assert (told == UNKNOWN).any()
    assert (told == place)[told != UNKNOWN].mean() >= 0.79


def test_unsure_rows_are_unknown() -> None:
    """R-30: below the threshold there is no answer."""
    rows = np.array([[0.5, 0.3, 0.2], [0.7, 0.2, 0.1], [0.1, 0.1, 0.8]])
    assert Tuned(1.0, 0.6).tell(rows).tolist() == [UNKNOWN, 0, 2]


def test_folds_keep_customers_together_and_every_kind_in_the_rest() -> None:
    """R-30: None where a kind lies in one fold alone."""
    keys = np.repeat(np.arange(10, dtype=np.uint64), 3)
    fold = deal_folds(keys, np.tile([0, 1, 2], 10))
    assert fold is not None
    assert all(len(set(fold[keys == key].tolist())) == 1 for key in range(10))
    assert deal_folds(keys, (keys == 3).astype(np.int64)) is None


def test_shuffled_texts_keep_their_words_and_have_no_themes() -> None:
    """R-30: the null of the number of themes: planted themes go when the same words are dealt out anew."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    rng = np.random.default_rng(3)
    pools = [[f"w{pool}x{k}" for k in range(12)] for pool in range(4)]
    texts = [" ".join(rng.choice(pools[k % 4], 5, replace=False)) for k in range(240)]
    rows = TfidfVectorizer(sublinear_tf=True).fit_transform(texts)
    found = find_themes(rows, 1)
    assert found is not None
    assert len(found.words) == 4
    label, _ = found.label(rows)
    mine = [np.bincount(label[k::4] + 1, minlength=5) for k in range(4)]  # first those without a single theme
    assert sum(int(one[1:].max()) for one in mine) >= 0.95 * len(texts)
    assert len({int(one[1:].argmax()) for one in mine}) == 4
    before = rows.copy()
    mixed = shuffled(rows, np.random.default_rng(5))
    assert (rows != before).nnz == 0  # what was given is left as it was
    assert (np.diff(rows.indptr) == 5).all()
    assert mixed.shape == rows.shape
    assert (np.diff(mixed.indptr) <= np.diff(rows.indptr)).all()
    assert find_themes(mixed, 1) is None
