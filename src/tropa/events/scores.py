"""Scores of every instrument on the one scale −2…+2."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tropa.events.profile import Profile
from tropa.events.synonyms import words_of


@dataclass(frozen=True, slots=True)
class Scale:
    """(score − `middle`) ÷ `step`, for scores from `low` to `high`; where `blank_zero`, a 0 means that nothing was answered."""

    low: float
    high: float
    middle: float
    step: float
    blank_zero: bool = False


SCALES: Mapping[str, Scale] = {
    "nps": Scale(0, 10, 5, 2.5),
    "csat": Scale(1, 5, 3, 1, blank_zero=True),
    "stars": Scale(1, 5, 3, 1, blank_zero=True),
    "ten": Scale(1, 10, 5.5, 2.25, blank_zero=True),
    "ces": Scale(1, 7, 4, 1.5, blank_zero=True),
    "ces-effort": Scale(1, 7, 4, -1.5, blank_zero=True),
    "native": Scale(-2, 2, 0, 1),
}
"""`ces` is agreement that it was easy (7 is best); `ces-effort` is the effort itself (7 is worst)."""

_WORDS = {
    "nps": "nps",
    "csat": "csat",
    "ces": "ces",
    "stars": "stars",
    "звезды": "stars",
    "звезд": "stars",
    "удовлетворенность": "csat",
    "satisfaction": "csat",
}


def instrument_named(name: str) -> str | None:
    """The instrument that a word or column name speaks of."""
    if name.strip().lower() in SCALES:
        return name.strip().lower()
    return next((_WORDS[word] for word in words_of(name) if word in _WORDS), None)


def guess_instrument(item: Profile) -> str:
    """The instrument of a score column: by its name where the range allows it, else by the range."""
    named = instrument_named(item.name)
    if named is not None and item.low >= min(SCALES[named].low, 0) and item.high <= SCALES[named].high:
        return named
    if item.low < 0:
        return "native"
    if item.high <= 5:
        return "stars"
    return "nps" if item.low == 0 else "ten"
