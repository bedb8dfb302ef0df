"""What customers write about: themes found in their texts, and themes of the user's own, with scores beside them (R-30)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.model import CannotTell, Unit
from tropa.model.measure import Answer, Cell, Column, Declaration, Note, Parameter, Picture, Setting
from tropa.stats.means import clustered_mean, clustered_share
from tropa.stats.themes import NO_THEME, find_themes
from tropa.trail.answers import HIGHEST, LOWEST, UNIT
from tropa.trail.feedback.stop_words import ENGLISH as ENGLISH_STOPS
from tropa.trail.feedback.stop_words import RUSSIAN as RUSSIAN_STOPS
from tropa.trail.feedback.tellers import EDGE
from tropa.trail.feedback.texts import LEVELS, Floats, Place, Texts, places_of, with_texts
from tropa.trail.feedback.words import (
    ENGLISH,
    RUSSIAN,
    OwnThemes,
    about,
    dictionary_form,
    need_extra,
    own_themes,
    tokens,
)
from tropa.trail.measures.asked import Asked, answer_of
from tropa.trail.tape import Longs

SEED, BUCKETS = 20_261_129, 256
LEAST_TEXTS, LEAST_CUSTOMERS = 50, 5
FITTED = 4_000
"""Themes are looked for in so many texts of a language; then each text is put to its theme."""
RARE, OFTEN, MOST_WORDS = 3, 0.5, 2_000
"""Words in fewer texts, in a larger share of them, and beyond so many, name no theme."""
NAMED, QUOTE, QUOTED = 3, 200, 2
STOPS = {RUSSIAN: RUSSIAN_STOPS, ENGLISH: ENGLISH_STOPS}
DECLARATION = Declaration(
    id="themes",
    unit=Unit.ANSWERS,
    parameters=(
        Parameter(id="level", kind="choice", choices=LEVELS, default="whole"),
        Parameter(id="themes", kind="text", optional=True),
    ),
    picture=Picture(kind="bars", x="theme", value="share"),
    columns=(
        Column(id="theme", kind="text"),
        Column(id="place", kind="state"),
        Column(id="share", kind="share", low="low", high="high", part="texts", whole="whole"),
        Column(id="low", kind="share", aside=True),
        Column(id="high", kind="share", aside=True),
        Column(id="texts", kind="count"),
        Column(id="whole", kind="count", aside=True),
        Column(id="customers", kind="count"),
        Column(id="score", kind="score", low="score_low", high="score_high"),
        Column(id="score_low", kind="score", aside=True),
        Column(id="score_high", kind="score", aside=True),
        Column(id="negative", kind="share", low="negative_low", high="negative_high", part="negatives", whole="rated"),
        Column(id="negative_low", kind="share", aside=True),
        Column(id="negative_high", kind="share", aside=True),
        Column(id="negatives", kind="count", aside=True),
        Column(id="rated", kind="count"),
        Column(id="quote", kind="text"),
    ),
    definition="themes",
    slow=True,
)


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme: its name, which texts are about it, and how much so (for the choice of quotes)."""

    name: str
    texts: npt.NDArray[np.bool_]
    weight: Floats
    own: bool = False
    agreement: float = 1.0


def rounds(frame: Asked, settings: Mapping[str, Setting]) -> Any:
    """The user's own themes as given, then the found ones, the most frequent first; each everywhere, then by place.

    Raises TR-T360, TR-T362 for own themes that are not understood, TR-T361 where a package of the extra `feedback` is missing.
    """
    level, own = str(settings["level"]), own_themes(None if settings["themes"] is None else str(settings["themes"]))
    return with_texts(lambda texts: _told(frame, texts, level, own))


def _told(frame: Asked, texts: Texts, level: str, own: OwnThemes) -> Answer:
    words = [tokens(str(text)) for text in texts.text]
    mine = [Theme(name, found, np.asarray(found, np.float64), own=True) for name, found in _own(words, own)]
    enough = [lang for lang in STOPS if (texts.language == lang).sum() >= LEAST_TEXTS]
    found = [theme for lang in enough for theme in find(texts, words, lang)]
    found = [theme for theme in found if _customers(texts, theme.texts) >= LEAST_CUSTOMERS]
    found.sort(key=lambda theme: (-int(theme.texts.sum()), theme.name))
    rows, few = list[tuple[Cell, ...]](), 0
    places = places_of(frame.ready, texts, level)
    for theme in (*mine, *found):
        for number, place in enumerate(places):
            if number and _customers(texts, theme.texts & place[1]) < LEAST_CUSTOMERS:
                few += int((theme.texts & place[1]).any())
                continue
            rows.append(_row(texts, theme, place))
    notes = _notes(texts, found, enough, few)
    shown = tuple(f"{theme.name}: {quote}" for theme in (*mine, *found) for quote in _quotes(texts, theme, QUOTED))
    lack = CannotTell(cannot_tell="no-themes" if enough else "too-few", n=len(texts)) if not rows else None
    return answer_of(DECLARATION, frame, len(texts), rows, notes, quotes=shown, cannot_tell=lack)


def _own(words: list[list[str]], own: OwnThemes) -> list[tuple[str, npt.NDArray[np.bool_]]]:
    return [(name, np.array([about(one, patterns) for one in words], np.bool_)) for name, patterns in own]


def find(texts: Texts, words: list[list[str]], lang: str) -> list[Theme]:
    """The themes of the texts of a language; none where words go together only by chance. Raises TR-T361."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    need_extra()
    at = np.flatnonzero(texts.language == lang)
    # of a long log those texts whose customers' keys are the smallest; ties by their order, which is the same everywhere
    fitted = np.sort(np.argsort(texts.key[at], kind="stable")[:FITTED])
    lemmas = [_lemmas(words[k], lang) for k in at]
    vectors = TfidfVectorizer(analyzer=_as_given, min_df=RARE, max_df=OFTEN, max_features=MOST_WORDS, sublinear_tf=True)
    try:
        vectors.fit([lemmas[k] for k in fitted])
    except ValueError:  # no word is in enough texts
        return []
    rows = vectors.transform(lemmas)
    told = np.flatnonzero(np.diff(rows.indptr)[fitted])
    themes = find_themes(rows[fitted[told]], SEED) if len(told) >= LEAST_TEXTS else None
    if themes is None:
        return []
    label, weight = themes.label(rows)
    names, terms = _names(words, at, label, themes.words, vectors.get_feature_names_out(), lang), len(themes.words)
    out = []
    for number in range(terms):
        which, much = np.zeros(len(texts), np.bool_), np.zeros(len(texts))
        which[at], much[at] = label == number, weight
        if which.any():
            out.append(Theme(names[number], which, much, agreement=float(themes.agreement[number])))
    return out


def _as_given(words: list[str]) -> list[str]:
    return words


def _lemmas(words: list[str], lang: str) -> list[str]:
    """Dictionary forms that may name a theme."""
    forms = (dictionary_form(word, lang) for word in words if word not in STOPS[lang])
    return [form for form in forms if len(form) > 2 and form not in STOPS[lang]]


def _names(words: list[list[str]], at: Longs, label: Longs, weights: Floats, terms: Any, lang: str) -> list[str]:
    """Each theme by its most telling words, as its texts write them most often.

    Telling: heavy in the theme and in no other, weight × its share of the word's weight in all themes.
    """
    telling = weights * weights / np.maximum(weights.sum(axis=0), 1e-300)
    written: list[dict[str, Counter[str]]] = [{} for _ in weights]
    for k, theme in zip(at.tolist(), label.tolist(), strict=True):
        if theme != NO_THEME:
            for word in words[k]:
                written[theme].setdefault(dictionary_form(word, lang), Counter())[word] += 1
    out = []
    for number, row in enumerate(telling):
        best = [str(terms[one]) for one in np.argsort(-row.round(9), kind="stable")[:NAMED] if row[one] > 0]
        forms = [written[number].get(one, Counter({one: 1})) for one in best]
        out.append(", ".join(min(form.items(), key=lambda item: (-item[1], item[0]))[0] for form in forms))
    return out


def _customers(texts: Texts, which: npt.NDArray[np.bool_]) -> int:
    return len(np.unique(texts.customer[which]))


def _row(texts: Texts, theme: Theme, place: Place) -> tuple[Cell, ...]:
    name, here = place
    which = theme.texts & here
    n, whole = int(which.sum()), int(here.sum())
    rated = which & texts.rated
    bad = rated & (np.nan_to_num(texts.score) <= -EDGE)
    negative: tuple[Cell, ...] = (None, None, None)
    if rated.any():
        negative = (int(bad.sum()) / int(rated.sum()), *_interval(texts, bad, rated))
    quote = _quotes(texts, Theme(theme.name, which, theme.weight), 1)
    return (
        theme.name, name, n / whole, *_interval(texts, which, here), n, whole, _customers(texts, which),
        *_score(texts, rated), *negative, int(bad.sum()), int(rated.sum()), quote[0] if quote else None,
    )  # fmt: skip


def _interval(texts: Texts, hits: npt.NDArray[np.bool_], base: npt.NDArray[np.bool_]) -> tuple[float, float]:
    sums, sizes = (np.bincount(texts.customer[one], minlength=1) for one in (hits, base))
    sums = np.append(sums, np.zeros(len(sizes) - len(sums), np.int64))
    return clustered_share(sums, sizes, int(np.count_nonzero(sizes)))


def _score(texts: Texts, rated: npt.NDArray[np.bool_]) -> tuple[Cell, ...]:
    """The mean score with its interval; nothing from fewer than two customers."""
    customer = texts.customer[rated]
    if len(np.unique(customer)) < 2:
        return None, None, None
    sizes = np.bincount(customer)
    whole = np.zeros(len(sizes), np.int64)
    np.add.at(whole, customer, np.round(texts.score[rated] * UNIT).astype(np.int64))
    found = clustered_mean(whole[sizes > 0] / UNIT, sizes[sizes > 0], LOWEST, HIGHEST)
    return found.mean, found.low, found.high


def _quotes(texts: Texts, theme: Theme, most: int) -> list[str]:
    """Texts that are the most about it and different from each other, of different customers; as masked at import, long ones cut."""
    which = np.flatnonzero(theme.texts)
    out: list[str] = []
    known: set[int] = set()
    for at in which[np.argsort(-theme.weight[which].round(9), kind="stable")].tolist():
        text = " ".join(str(texts.text[at]).split())
        text = text if len(text) <= QUOTE else text[: QUOTE - 1].rstrip() + "…"
        if text not in out and int(texts.customer[at]) not in known:
            out.append(text)
            known.add(int(texts.customer[at]))
        if len(out) == most:
            break
    return out


def _notes(texts: Texts, found: list[Theme], enough: list[str], few: int) -> list[Note]:
    notes = []
    if found:
        covered = int(np.any([theme.texts for theme in found], axis=0).sum())
        agreement = round(float(np.mean([theme.agreement for theme in found])), 2)
        notes.append(
            Note(message="measure-note-themes", facts={"n": len(found), "covered": covered, "all": len(texts), "agreement": agreement})
        )  # fmt: skip
    elif enough:
        notes.append(Note(message="measure-note-themes-none"))
    for lang in STOPS:
        n = int((texts.language == lang).sum())
        if 0 < n < LEAST_TEXTS:
            notes.append(Note(message="measure-note-themes-few", facts={"lang": lang, "n": n, "least": LEAST_TEXTS}))
    if few:
        notes.append(Note(message="measure-note-few-customers", facts={"n": few, "least": LEAST_CUSTOMERS}))
    if texts.all > len(texts):
        notes.append(Note(message="measure-note-texts-sampled", facts={"n": len(texts), "all": texts.all}))
    return notes
