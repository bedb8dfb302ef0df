"""Which of many texts tell best what some of them say and the others do not: by their words, the same choice everywhere (R-25)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from tropa.trail.feedback.stop_words import ENGLISH, RUSSIAN
from tropa.trail.feedback.words import tokens

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Longs = npt.NDArray[np.int64]

STEM, SHORTEST = 5, 3
"""Letters of a word that count; shorter words say nothing. Forms of a word in Russian and English mostly share their first five letters, so
that no dictionary is needed (truncation: McNamee and Mayfield, Information Retrieval 7, 2004)."""
PRIOR = 4.0
"""How many texts the common opinion weighs against those at hand: a word of one text is told from nothing."""
TELLING = 1.645
"""A word that stands in so many more of the texts, in standard errors, tells them apart; fewer is chance."""
COUNTED = 3
"""Of a text's words so many of the most telling count: a long text must not win by its length."""


def stems(text: str) -> set[str]:
    """The words of a text by their beginnings, without those that stand in texts about anything."""
    return {word[:STEM] for word in tokens(text) if len(word) >= SHORTEST} - _stops()


@cache
def _stops() -> frozenset[str]:
    return frozenset(word.replace("ё", "е")[:STEM] for word in RUSSIAN | ENGLISH)


class Vocabulary:
    """The words of a set of texts (n), counted once; then any of the texts can be held against the others."""

    def __init__(self, texts: Sequence[str]) -> None:
        numbers: dict[str, int] = {}
        found = [sorted(numbers.setdefault(stem, len(numbers)) for stem in sorted(stems(text))) for text in texts]
        self.size = len(texts)
        self.word: Longs = np.array([one for row in found for one in row], np.int64)
        self.text: Longs = np.repeat(np.arange(len(texts)), [len(row) for row in found]).astype(np.int64)
        self.words = len(numbers)

    def telling(self, mine: Bools) -> Floats:
        """By text (n): how much it says of what `mine` (n booleans) say and the others do not; 0 for others, and for what is chance.

        Words are weighed by their log odds in either set of texts over the standard error, with all texts as the prior (Monroe, Colaresi
        and Quinn, Political Analysis 16, 2008). The error is of texts with the word and of those without: theirs leaves out the others, for
        their words are rare, but of texts nearly all may have one.
        """
        out = np.zeros(self.size)
        inside, size = mine[self.text], int(mine.sum())
        if not size or size == self.size:
            return out
        here = np.bincount(self.word[inside], minlength=self.words).astype(np.float64)
        there = np.bincount(self.word[~inside], minlength=self.words).astype(np.float64)
        prior = PRIOR * (here + there + 0.5) / (self.size + 1)  # never none, never all
        with_it, without = here + prior, size + PRIOR - here - prior
        others, others_without = there + prior, self.size - size + PRIOR - there - prior
        weight = np.log(with_it / without) - np.log(others / others_without)
        weight /= np.sqrt(1 / with_it + 1 / without + 1 / others + 1 / others_without)
        weight[weight < TELLING] = 0
        word, text = self.word[inside], self.text[inside]
        order = np.lexsort((-weight[word], text))
        word, text = word[order], text[order]
        rank = np.arange(len(text)) - np.searchsorted(text, text)
        np.add.at(out, text[rank < COUNTED], weight[word[rank < COUNTED]])
        return np.asarray(out.round(9))
