"""Words of a text: its language, its tokens, their dictionary forms, and patterns of one's own."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.util import find_spec
from typing import Any

from tropa.model import TropaError

RUSSIAN, ENGLISH, OTHER = "ru", "en", "other"
LANGUAGES = (RUSSIAN, ENGLISH, OTHER)
LONGEST = 2_000
"""Of a longer text only the beginning is looked at (characters)."""
EXTRA = {"sklearn": "scikit-learn", "pymorphy3": "pymorphy3", "vaderSentiment": "vaderSentiment"}
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_HIDDEN = re.compile(r"\S*•\S*")


def language(text: str) -> str:
    """`ru` where at least half of the letters are Cyrillic, `en` where more than half are Latin, else `other`.

    Other languages in these scripts are not told apart from them.
    """
    letters = [letter for letter in text.lower() if letter.isalpha()]
    cyrillic = sum("а" <= letter <= "я" or letter == "ё" for letter in letters)
    latin = sum("a" <= letter <= "z" for letter in letters)
    if cyrillic and 2 * cyrillic >= len(letters):
        return RUSSIAN
    return ENGLISH if 2 * latin > len(letters) else OTHER


def tokens(text: str) -> list[str]:
    """Words in small letters, ё as е; what was masked (`•`) and numbers are no words."""
    return [word.replace("’", "'") for word in _WORD.findall(_HIDDEN.sub(" ", text).lower().replace("ё", "е"))]


def need_extra() -> None:
    """Raises TR-T361 where a package of the extra `feedback` is not installed."""
    missing = [package for module, package in EXTRA.items() if find_spec(module) is None]
    if missing:
        raise TropaError("TR-T361", missing=", ".join(missing))


def dictionary_form(word: str, lang: str) -> str:
    """The form in a dictionary: Russian by pymorphy3, English without the s of plurals (Harman, J. Am. Soc. Inf. Sci. 42, 1991)."""
    if lang == RUSSIAN:
        return _russian(word)
    return _singular(word) if lang == ENGLISH else word


def _singular(word: str) -> str:
    word = word.removesuffix("'s")
    if len(word) < 4 or not word.endswith("s") or word.endswith(("us", "ss")):
        return word
    if word.endswith("ies") and not word.endswith(("eies", "aies")):
        return word[:-3] + "y"
    return word[:-1]


@lru_cache(maxsize=100_000)
def _russian(word: str) -> str:
    form: str = _analyser().parse(word)[0].normal_form
    return form.replace("ё", "е")


@lru_cache(maxsize=1)
def _analyser() -> Any:
    from pymorphy3 import MorphAnalyzer

    return MorphAnalyzer(lang="ru")


OwnThemes = tuple[tuple[str, tuple[str, ...]], ...]
"""Themes of one's own: name, and patterns of words (`дорог*`, `цена`) of which any makes a text be about it."""


def own_themes(text: str | None) -> OwnThemes:
    """Understands `доставка=доставк*,курьер*; цена=дорог*`. Raises TR-T360 for what is not so written, TR-T362 for a name given twice."""
    out: dict[str, tuple[str, ...]] = {}
    for part in (text or "").split(";"):
        if not part.strip():
            continue
        name, sign, rest = (piece.strip() for piece in part.partition("="))
        patterns = tuple(one.strip().lower().replace("ё", "е") for one in rest.split(",") if one.strip())
        if not (sign and name and patterns and all(_WORD.fullmatch(one.removesuffix("*")) for one in patterns)):
            raise TropaError("TR-T360", text=part.strip())
        if name in out:
            raise TropaError("TR-T362", name=name)
        out[name] = patterns
    return tuple(out.items())


def about(words: list[str], patterns: tuple[str, ...]) -> bool:
    """Whether any of the words fits any of the patterns; `*` at the end stands for any ending."""
    whole = {one for one in patterns if not one.endswith("*")}
    begins = tuple(one[:-1] for one in patterns if one.endswith("*"))
    return any(word in whole or bool(begins and word.startswith(begins)) for word in words)
