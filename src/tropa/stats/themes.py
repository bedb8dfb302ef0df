"""Themes of texts: a non-negative factorisation of their words; as many as come out again from halves, none where words mix at random."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Longs = npt.NDArray[np.int64]
MOST, HALVES, SHUFFLES = 10, 6, 3
STABLE = 0.6
"""Mean agreement (cosine of matched themes) from which a number of themes is believed, and a theme is told."""
NEARLY = 0.05
"""More themes are taken where their agreement is so little below the best one."""
MAIN = 0.5
"""A text has a theme where that theme carries so much of it."""
NO_THEME = -1


@dataclass(frozen=True, slots=True)
class Themes:
    """Themes that were found. `words` (themes, words): rows of length 1; `agreement`: how much of each comes out again from halves."""

    words: Floats
    agreement: Floats
    model: Any
    kept: Longs

    def weights(self, rows: Any) -> Floats:
        """How much of each theme is in each row, (n, themes of the model)."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that it has not fully settled changes no theme of a text
            found = np.asarray(self.model.transform(rows))
        return np.asarray(found * np.linalg.norm(self.model.components_, axis=1))

    def label(self, rows: Any) -> tuple[Longs, Floats]:
        """The theme of each row (place in `words`, `NO_THEME`: none carries half of it), and how much of it that theme carries."""
        weights = self.weights(rows)
        whole = weights.sum(axis=1)
        best = weights.argmax(axis=1)
        carried = weights[np.arange(len(best)), best]
        place = np.full(weights.shape[1], NO_THEME, np.int64)
        place[self.kept] = np.arange(len(self.kept))
        clear = (whole > 1e-9) & (carried >= MAIN * whole)
        return np.where(clear, place[best], NO_THEME), np.asarray(carried)


def find_themes(rows: Any, seed: int, most: int = MOST) -> Themes | None:
    """Themes of rows (sparse TF-IDF, n × words), or None where words go together no more than chance would have it.

    Not more than there are singular values above those of the same words shuffled among the texts (Horn, Psychometrika 30, 1965); of these
    numbers the largest whose themes come out again from random halves nearly best (Greene, O'Callaghan and Cunningham, ECML PKDD 2014).
    Factorisation: Lee and Seung, Nature 401 (1999).
    """
    most = min(most, _above_chance(rows, seed, most), rows.shape[0] // 10)
    tried: list[tuple[int, Any, Floats]] = []
    for k in range(2, most + 1):
        model = _factors(rows, k, seed)
        tried.append((k, model, _agreement(rows, _unit(model.components_), seed)))
    best = max((float(agreed.mean()) for _, _, agreed in tried), default=0.0)
    if best < STABLE:
        return None
    _, model, agreed = [one for one in tried if float(one[2].mean()) >= max(best - NEARLY, STABLE)][-1]
    kept = np.flatnonzero(agreed >= STABLE)
    return Themes(_unit(model.components_)[kept], agreed[kept], model, kept)


def shuffled(rows: Any, rng: np.random.Generator) -> Any:
    """The same words dealt out anew: how many each text has, and how often each is used, stay; what goes together does not."""
    from scipy.sparse import csr_matrix

    used = rows.indices[rng.permutation(len(rows.indices))]
    idf = np.zeros(rows.shape[1])
    np.maximum.at(idf, rows.indices, rows.data)
    out = csr_matrix((idf[used], used, rows.indptr.copy()), shape=rows.shape)
    out.sum_duplicates()
    return _scaled(out)


def _scaled(rows: Any) -> Any:
    from scipy.sparse import diags

    size = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    return (diags(1 / np.where(size > 0, size, 1.0)) @ rows).tocsr()


def _above_chance(rows: Any, seed: int, most: int) -> int:
    """How many singular values lie above those of shuffled texts; the first, which is the words' frequency, counts as one theme."""
    k = min(most, min(rows.shape) - 1)
    if k < 2:
        return 0
    plain = _scaled(_like_shuffled(rows))
    found = _singular(plain, k, seed)
    chance = np.max(
        [_singular(shuffled(rows, np.random.default_rng((seed, turn))), k, seed) for turn in range(SHUFFLES)], axis=0
    )
    above = found[1:] > 1.05 * chance[1]
    return 1 + int(above.sum())


def _like_shuffled(rows: Any) -> Any:
    """The rows with each word's largest weight, as `shuffled` gives it, so that the two can be compared."""
    out = rows.copy()
    top = np.zeros(rows.shape[1])
    np.maximum.at(top, rows.indices, rows.data)
    out.data = top[rows.indices]
    return out


def _singular(rows: Any, k: int, seed: int) -> Floats:
    from sklearn.utils.extmath import randomized_svd

    return np.asarray(randomized_svd(rows, n_components=k, n_iter=5, random_state=seed)[1])


def _factors(rows: Any, k: int, seed: int) -> Any:
    from sklearn.decomposition import NMF

    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore"
        )  # it may stop before it has fully settled: agreement of halves judges what came out
        return NMF(k, init="nndsvd", random_state=seed, max_iter=200, tol=1e-3).fit(rows)


def _unit(words: Floats) -> Floats:
    return np.asarray(words / np.maximum(np.linalg.norm(words, axis=1, keepdims=True), 1e-300))


def _agreement(rows: Any, words: Floats, seed: int) -> Floats:
    """By theme, its mean cosine with the theme of a random half that it is matched with."""
    from scipy.optimize import linear_sum_assignment

    found = np.zeros(len(words))
    for turn in range(HALVES):
        order = np.random.default_rng((seed, len(words), turn)).permutation(rows.shape[0])
        half = np.sort(order[: rows.shape[0] // 2])
        alike = words @ _unit(_factors(rows[half], len(words), seed).components_).T
        mine, other = linear_sum_assignment(-alike)
        found[mine] += alike[mine, other] / HALVES
    return found
