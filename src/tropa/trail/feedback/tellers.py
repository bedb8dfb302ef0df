"""Who tells the mood of a text that has no score: a model of the user's own rated texts, a word list for English, or nobody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.stats.means import clustered_share
from tropa.stats.moods import UNKNOWN, deal_folds, learn
from tropa.trail.feedback.texts import Floats, Texts
from tropa.trail.feedback.words import ENGLISH, LANGUAGES, dictionary_form, need_extra, tokens
from tropa.trail.tape import Longs

NEGATIVE, NEUTRAL, POSITIVE = 0, 1, 2
KINDS, TOLD = 3, 4
"""Kinds of mood, and what may be told: they, and (last) unknown."""
EDGE = 0.5
"""A score of −0.5 and below is negative, of 0.5 and above positive."""
LEAST_RATED, LEAST_OF_KIND, LEAST_CHECK = 200, 20, 30
"""Rated texts of a language to learn from, of these negative and positive ones each, and to check a word list with."""
LEAST_CLASS = 10
MOST_LEARNT = 5_000
"""A model learns from so many rated texts at most: those of some customers, chosen by a hash."""
BUCKETS = 256


def kind_of(score: Floats) -> Longs:
    """The mood that a score says: −2…−0.5 negative, 0.5…2 positive, between them neutral. NaN gives `UNKNOWN`."""
    known = np.nan_to_num(score)
    kind = np.where(known <= -EDGE, NEGATIVE, np.where(known >= EDGE, POSITIVE, NEUTRAL))
    return np.where(np.isnan(score), UNKNOWN, kind).astype(np.int64)


@dataclass(frozen=True, slots=True)
class Check:
    """How right a teller was on `n` rated texts that it had not seen. `told`: those it answered; `base`: the share of their most
    frequent mood."""

    n: int
    told: int
    right: int
    low: float
    high: float
    base: float
    found: tuple[float | None, ...]
    """By mood: of the texts of that mood, the share that was told as it."""
    sure: tuple[float | None, ...]
    """By mood: of the texts told as it, the share that are of it."""


@dataclass(frozen=True, slots=True)
class Teller:
    """Who tells the moods of one language. `how`: `trained`, `listed` (a word list), `useless` (no better than guessing), `nobody`.

    `confused` int64 (256, 3, 4): rated texts by bucket, mood and what was told of them unseen; None where nothing is known of its mistakes.
    """

    language: str
    how: str
    rated: int
    told: Longs
    """By text of this language in their order: a mood or `UNKNOWN`."""
    check: Check | None = None
    confused: Longs | None = None


def tellers_of(texts: Texts) -> list[Teller]:
    """A teller for each language that texts without a score are in. Raises TR-T361 where the packages for it are not installed."""
    there = [lang for lang in LANGUAGES if ((texts.language == lang) & ~texts.rated).any()]
    if there:
        need_extra()
    return [_teller(texts, lang, np.flatnonzero(texts.language == lang)) for lang in there]


def _teller(texts: Texts, lang: str, mine: Longs) -> Teller:
    kind = kind_of(texts.score[mine])
    sizes = np.bincount(kind[kind != UNKNOWN], minlength=KINDS)
    rated = int(sizes.sum())
    if rated >= LEAST_RATED and min(sizes[NEGATIVE], sizes[POSITIVE]) >= LEAST_OF_KIND:
        learnt = _trained(texts, lang, mine, kind, sizes)
        if learnt is not None:
            return learnt
    if lang != ENGLISH:
        return Teller(lang, "nobody", rated, np.full(len(mine), UNKNOWN, np.int64))
    told = np.array([listed(str(text)) for text in texts.text[mine]], np.int64)
    known = kind != UNKNOWN
    if rated < LEAST_CHECK:
        return Teller(lang, "listed", rated, told)
    check = _checked(kind[known], told[known], texts.bucket[mine][known])
    confused = confusion(kind[known], told[known], texts.bucket[mine][known])
    if min(sizes[NEGATIVE], sizes[POSITIVE]) < LEAST_CLASS:
        return Teller(lang, "listed", rated, told, check)
    if not _useful(check):
        return Teller(lang, "useless", rated, np.full(len(mine), UNKNOWN, np.int64), check)
    return Teller(lang, "listed", rated, told, check, confused)


def _trained(texts: Texts, lang: str, mine: Longs, kind: Longs, sizes: Longs) -> Teller | None:
    enough = np.flatnonzero(sizes >= LEAST_CLASS)
    learnable = np.isin(kind, enough)
    drawn = np.argsort(np.where(learnable, texts.key[mine], np.iinfo(np.uint64).max), kind="stable")[:MOST_LEARNT]
    learnable &= np.isin(np.arange(len(mine)), drawn)
    rows = described([str(text) for text in texts.text[mine]], lang)
    fold = deal_folds(texts.key[mine][learnable], kind[learnable])
    if fold is None:
        return None
    learnt = learn(rows[learnable], kind[learnable], fold)
    names = np.append(learnt.classes, UNKNOWN)  # −1 finds the last one
    held_out, bucket = names[learnt.held_out], texts.bucket[mine][learnable]
    check = _checked(kind[learnable], held_out, bucket)
    if not _useful(check):
        return Teller(lang, "useless", int(sizes.sum()), np.full(len(mine), UNKNOWN, np.int64), check)
    told = names[learnt.tell(rows)]
    return Teller(lang, "trained", int(sizes.sum()), told, check, confusion(kind[learnable], held_out, bucket))


def described(texts: list[str], lang: str) -> Any:
    """Texts as rows of a model (sparse): words and pairs of words in dictionary forms, and runs of two to five letters, by TF-IDF."""
    from scipy.sparse import hstack
    from sklearn.feature_extraction.text import TfidfVectorizer

    lemmas = partial(_with_pairs, lang=lang)
    parts: list[Any] = []
    for fields in ({"analyzer": lemmas}, {"analyzer": "char_wb", "ngram_range": (2, 5), "max_features": 30_000}):
        least = 2 if len(texts) < 2_000 else 3
        try:
            parts.append(TfidfVectorizer(min_df=least, sublinear_tf=True, **fields).fit_transform(texts))
        except ValueError:  # nothing occurs in two texts: this side tells nothing
            continue
    if not parts:
        from scipy.sparse import csr_matrix

        return csr_matrix((len(texts), 1))
    return hstack(parts).tocsr()


def _with_pairs(text: str, lang: str) -> list[str]:
    words = [dictionary_form(word, lang) for word in tokens(text)]
    return words + [f"{a} {b}" for a, b in pairwise(words)]


def listed(text: str) -> int:
    """An English text's mood by VADER's word list with its own bounds (±0.05); `UNKNOWN` where it has none of its words.

    Source: Hutto and Gilbert, VADER, ICWSM 2014.
    """
    found = _vader()(text)
    if found["compound"] >= 0.05:
        return POSITIVE
    if found["compound"] <= -0.05:
        return NEGATIVE
    return NEUTRAL if found["pos"] or found["neg"] else UNKNOWN


_VADER: list[Callable[[str], dict[str, float]]] = []


def _vader() -> Callable[[str], dict[str, float]]:
    if not _VADER:
        from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

        _VADER.append(SentimentIntensityAnalyzer().polarity_scores)
    return _VADER[0]


def _checked(kind: Longs, told: Longs, bucket: Longs) -> Check:
    answered = told != UNKNOWN
    right = answered & (told == kind)
    n, hits = int(answered.sum()), int(right.sum())
    low, high = 0.0, 1.0
    if n:
        sums, sizes = (np.bincount(bucket[which], minlength=BUCKETS) for which in (right, answered))
        low, high = clustered_share(sums, sizes, int(np.count_nonzero(sizes)))
    base = float(np.bincount(kind[answered], minlength=KINDS).max() / n) if n else 1.0

    def share(part: npt.NDArray[np.bool_], whole: npt.NDArray[np.bool_]) -> float | None:
        return float((part & whole).sum() / whole.sum()) if whole.any() else None

    found = tuple(share(told == k, kind == k) for k in range(KINDS))
    sure = tuple(share(kind == k, told == k) for k in range(KINDS))
    return Check(len(kind), n, hits, low, high, base, found, sure)


def _useful(check: Check) -> bool:
    """Better than always naming the most frequent mood, beyond chance."""
    return check.told > 0 and check.low > check.base


def confusion(kind: Longs, told: Longs, bucket: Longs) -> Longs:
    """By bucket, mood and what was told of it, unseen (256, 3, 4): counts."""
    out = np.zeros((BUCKETS, KINDS, TOLD), np.int64)
    np.add.at(out, (bucket, kind, np.where(told == UNKNOWN, KINDS, told)), 1)
    return out
