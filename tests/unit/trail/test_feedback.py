"""Themes and moods of texts: planted ones come out, chance gives none, and what is not known is said (R-30)."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opinions import THEMES, moody, opinions, themed
from shops import DAY, log, shop_map
from test_rounds import answers_of, numbered, part_of

from tropa.model import TropaError
from tropa.model.measure import Answer
from tropa.trail import prepare
from tropa.trail.answers import find_answers
from tropa.trail.feedback import tellers
from tropa.trail.feedback import texts as feedback_texts
from tropa.trail.feedback import words as feedback_words
from tropa.trail.feedback.tellers import NEGATIVE, POSITIVE, kind_of, listed
from tropa.trail.feedback.texts import Texts, with_texts
from tropa.trail.feedback.words import about, dictionary_form, language, own_themes, tokens
from tropa.trail.filters import Filter, choose
from tropa.trail.measures import Asked, ask, begin, themes
from tropa.trail.parts import prepare_part
from tropa.trail.rounds import run
from tropa.trail.tape import Tape


def asked_of(tape: Tape, wish: Filter | None = None) -> Asked:
    ready = prepare(tape, shop_map())
    return Asked.of(choose(ready, find_answers(ready), wish or Filter()))


def rows_of(answer: Answer) -> list[dict[str, Any]]:
    return [dict(zip([column.id for column in answer.columns], row, strict=True)) for row in answer.rows]


def notes_of(answer: Answer) -> dict[str, dict[str, Any]]:
    return {note.message: note.facts for note in answer.notes}


def collected(tape: Tape) -> Texts:
    asked = asked_of(tape)
    found: Texts = run(with_texts(lambda texts: texts), [asked])
    return found


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_planted_themes_are_found_and_named_by_their_words(lang: str) -> None:
    """R-30: as many themes as pools of words, nine in ten of their texts put right, named by words of the pool."""
    texts, truth = themed(lang, 80)
    tape = opinions(texts)
    found = themes.find(collected(tape), [tokens(text) for text in texts], lang)
    assert len(found) == 3
    covered = np.any([theme.texts for theme in found], axis=0)
    assert covered.mean() >= 0.9
    pure = sum(int(np.bincount(np.array(truth)[theme.texts]).max()) for theme in found)
    assert pure / covered.sum() >= 0.9
    pools = [set(pool) for pool in THEMES[lang].values()]
    assert sorted(
        pools.index(next(pool for pool in pools if set(theme.name.split(", ")) <= pool)) for theme in found
    ) == [0, 1, 2]


def test_words_of_one_pool_have_no_themes() -> None:
    """R-30: where words go together by chance only, none is told, and that is an answer."""
    pool = [word for pool in THEMES["ru"].values() for word in pool]
    for seed in range(3):
        texts, _ = themed("ru", 240, seed, [pool])
        answer = ask("themes", asked_of(opinions(texts)))
        assert answer.rows == ()
        assert answer.cannot_tell is not None
        assert answer.cannot_tell.cannot_tell == "no-themes"
        assert "measure-note-themes-none" in notes_of(answer)


def test_a_theme_is_told_with_its_scores_places_and_quotes() -> None:
    """R-30: counts, mean score, share of negative ones, by stage; the quote is one of its texts."""
    texts, truth = themed("ru", 60)
    scores = [{0: -2, 1: 1, 2: 2}[one] for one in truth]
    events = ["pick" if one == 0 else "see" for one in truth]
    answer = ask("themes", asked_of(opinions(texts, [float(one) for one in scores], events)), {"level": "stages"})
    rows = rows_of(answer)
    late = next(row for row in rows if set(row["theme"].split(", ")) <= set(THEMES["ru"]["доставка"]))
    assert late["place"] == "mark:everywhere"
    assert late["texts"] >= 54
    assert late["share"] == late["texts"] / late["whole"]
    assert late["low"] < late["share"] < late["high"]
    assert late["score"] < -1.7
    assert late["negative"] == late["negatives"] / late["rated"] > 0.9
    assert late["quote"] in texts
    assert any(quote == f"{late['theme']}: {late['quote']}" for quote in answer.quotes)
    assert [row["place"] for row in rows if row["theme"] == late["theme"]] == ["mark:everywhere", "stage:pick"]
    assert all(row["customers"] >= themes.LEAST_CUSTOMERS for row in rows)


def test_own_themes_are_counted_exactly() -> None:
    """R-30: a text is of a theme where any of its words fits; beside the found ones, or where there are too few to find any."""
    texts = ["Курьер опоздал", "дорого", "Дорогая доставка!", "дорога дальняя", "спасибо"] * 2
    answer = ask("themes", asked_of(opinions(texts)), {"themes": "доставка=доставк*,курьер; цена = дорого,дорогая"})
    rows = rows_of(answer)
    assert [(row["theme"], row["texts"], row["whole"]) for row in rows] == [("доставка", 4, 10), ("цена", 4, 10)]
    assert notes_of(answer)["measure-note-themes-few"] == {"lang": "ru", "n": 10, "least": 50}


@pytest.mark.parametrize(
    ("raw", "code"), [("доставка", "TR-T360"), ("a=", "TR-T360"), ("a=b c", "TR-T360"), ("a=b;a=c", "TR-T362")]
)
def test_own_themes_that_are_not_understood_are_told(raw: str, code: str) -> None:
    """R-30: says how themes are written."""
    with pytest.raises(TropaError, match=code):
        ask("themes", asked_of(opinions(["a"])), {"themes": raw})


def test_without_the_extra_the_answer_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """R-30: a coded error; own themes of few texts need no package."""
    monkeypatch.setattr(feedback_words, "find_spec", lambda name: None)
    texts, scores = moody("ru", 60)
    asked = asked_of(opinions(texts, [None, *map(float, scores[1:])]))
    for name in ("themes", "sentiment"):
        with pytest.raises(TropaError, match="TR-T361") as caught:
            ask(name, asked)
        assert "scikit-learn" in str(caught.value.facts)
    assert ask("themes", asked_of(opinions(texts[:20])), {"themes": "цена=цен*"}).rows
    assert (
        ask("sentiment", asked_of(opinions(texts, [float(one) for one in scores]))).notes == ()
    )  # scores alone tell it


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_a_model_of_ones_own_texts_beats_the_base_rate_and_may_not_know(lang: str) -> None:
    """R-30: trained on rated texts, checked on held-out ones; unrated texts' shares are set right; unknown is used."""
    texts, scores = moody(lang, 400)
    new, truth = moody(lang, 300, seed=9, shares=(0.7, 0.1, 0.2))
    answer = ask("sentiment", asked_of(opinions(texts + new, [*map(float, scores), *[None] * 300])), {"level": "whole"})
    (row,) = rows_of(answer)
    facts = notes_of(answer)["measure-note-mood-trained-checked"]
    assert facts["lang"] == lang
    assert facts["low"] > facts["base"]
    assert facts["told"] < 100
    assert row["measured"] == 400
    assert row["predicted"] + row["untold"] == 300
    assert row["untold"] > 0
    negative = np.mean(np.array([*scores, *truth]) == -2)
    positive = np.mean(np.array([*scores, *truth]) == 2)
    assert row["negative_low"] <= negative <= row["negative_high"]
    assert row["positive_low"] <= positive <= row["positive_high"]
    assert row["negative_high"] - row["negative_low"] < 0.2


def test_without_rated_texts_russian_is_not_told_and_english_weakly() -> None:
    """R-30: promises nothing for Russian; for English a word list whose mistakes are said to be unknown."""
    russian, _ = moody("ru", 40)
    answer = ask("sentiment", asked_of(opinions(russian)))
    assert answer.rows == ()
    assert answer.cannot_tell is not None
    assert answer.cannot_tell.cannot_tell == "no-mood"
    assert notes_of(answer)["measure-note-mood-nobody"]["lang"] == "ru"
    english = ask("sentiment", asked_of(opinions(["I love it", "Horrible and bad", "Table seven"] * 10)), {"level": "whole"})  # fmt: skip
    (row,) = rows_of(english)
    assert (row["predicted"], row["untold"], row["negatives"], row["positives"], row["known"]) == (20, 10, 10, 10, 20)
    assert (row["negative"], row["negative_low"], row["negative_high"]) == (0.5, 0.0, 1.0)  # nobody checked the list
    assert "measure-note-mood-listed" in notes_of(english)


def test_what_an_unchecked_list_tells_may_be_anything() -> None:
    """R-30: beside 80 rated texts, half of them negative, 20 that the list tells widen the interval by their whole share (Manski 1990)."""
    rated = ["so so"] * 80, [-2.0, 2.0] * 40
    (alone,) = rows_of(ask("sentiment", asked_of(opinions(rated[0], rated[1])), {"level": "whole"}))
    # 28 rated ones of the language are too few to check the list with
    few = ["so so"] * 28 + ["Стол"] * 52 + ["I love it"] * 20
    (row,) = rows_of(ask("sentiment", asked_of(opinions(few, rated[1] + [None] * 20)), {"level": "whole"}))
    assert row["negative"] == pytest.approx(0.4)
    assert row["negative_low"] == pytest.approx(0.8 * alone["negative_low"], abs=0.02)
    assert row["negative_high"] == pytest.approx(0.8 * alone["negative_high"] + 0.2, abs=0.02)


def test_words_that_say_nothing_of_the_mood_are_not_learnt() -> None:
    """R-30: a model no better than the most frequent mood tells nothing, and that is said."""
    texts, scores = moody("ru", 300, noise=1.0)
    answer = ask("sentiment", asked_of(opinions(texts + texts[:50], [*map(float, scores), *[None] * 50])), {"level": "whole"})  # fmt: skip
    (row,) = rows_of(answer)
    assert row["predicted"] == 0
    assert row["untold"] == 50
    assert any(name.startswith("measure-note-mood-useless") for name in notes_of(answer))


def test_the_word_list_gives_its_published_examples() -> None:
    """R-30: VADER's own documented sentences (Hutto and Gilbert's README), by its documented bounds."""
    good = (
        "VADER is smart, handsome, and funny.",
        "VADER is VERY SMART, handsome, and FUNNY!!!",
        "At least it isn't a horrible book.",
    )
    bad = ("The book was bad.", "Today SUX!", "VADER is not smart, handsome, nor funny.")
    assert [listed(one) for one in good] == [POSITIVE] * 3
    assert [listed(one) for one in bad] == [NEGATIVE] * 3
    assert listed("") == listed("Стол") == listed("table") == -1


def test_scores_are_moods_by_their_halves() -> None:
    """R-30: −2…−0.5 negative, 0.5…2 positive."""
    assert kind_of(np.array([-2, -0.5, -0.4, 0, 0.4, 0.5, 2, np.nan])).tolist() == [0, 0, 1, 1, 1, 2, 2, -1]


@pytest.mark.parametrize(
    ("text", "lang"),
    [("Всё хорошо, ok", "ru"), ("Hello мир и", "en"), ("12 😀", "other"), ("", "other"), ("很好", "other")],
)
def test_languages_by_their_letters(text: str, lang: str) -> None:
    """R-30."""
    assert language(text) == lang


def test_words_are_plain_words() -> None:
    """R-30: what was masked and numbers are no words; Russian forms and English plurals are brought together."""
    said = "Звоните +7 ••• •••-••-67, a•••@m•••.ru: Ещё «из-за» don’t 5кг"
    assert tokens(said) == ["звоните", "еще", "из-за", "don't", "кг"]
    assert {dictionary_form(word, "ru") for word in ("курьер", "курьеры", "курьером")} == {"курьер"}
    assert [dictionary_form(word, "en") for word in ("deliveries", "couriers", "bus", "class", "its")] == [
        "delivery", "courier", "bus", "class", "its",
    ]  # fmt: skip


def test_only_texts_of_the_chosen_passes_count() -> None:
    """R-30: a period leaves out the others; a score alone is no text."""
    tape = log(("a", 0, "see"), ("a", 24 * 20, "see"), ("b", 1, "see"), texts=["early", "late", ""], scores=[1, 2, 1])
    ready = prepare(tape, shop_map())

    def said(wish: Filter) -> list[str]:
        asked = Asked.of(choose(ready, find_answers(ready), wish))
        found: Texts = run(with_texts(lambda texts: texts), [asked])
        return [str(one) for one in found.text]

    assert said(Filter()) == ["early", "late"]
    assert said(Filter(start=10 * DAY)) == ["late"]


@pytest.mark.parametrize("name", ["themes", "sentiment"])
def test_the_cut_changes_nothing(name: str) -> None:
    """R-63: any number of slices."""
    texts, scores = moody("ru", 240)
    felt = [None if k % 10 == 0 else float(one) for k, one in enumerate(scores)]
    asked = asked_of(opinions(texts, felt, ["see", "pick"] * 120))
    expected = run(begin(name, asked.frame, {"level": "touchpoints"}), [asked], 1)
    assert expected.rows
    assert run(begin(name, asked.frame, {"level": "touchpoints"}), [asked], 5) == expected


def test_of_many_texts_some_customers_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """R-30: what is collected and what is learnt from is bounded, and both are said."""
    monkeypatch.setattr(feedback_texts, "MOST_TEXTS", 250)
    monkeypatch.setattr(tellers, "MOST_LEARNT", 150)
    texts, scores = moody("ru", 500)
    felt = [None if k % 20 == 0 else float(one) for k, one in enumerate(scores)]
    answer = ask("sentiment", asked_of(opinions(texts, felt)), {"level": "whole"})
    (row,) = rows_of(answer)
    assert 200 <= row["texts"] == answer.n < 300
    assert notes_of(answer)["measure-note-texts-sampled"] == {"n": answer.n, "all": 500}
    assert notes_of(answer)["measure-note-mood-trained-checked"]["checked"] == 150


@pytest.mark.parametrize("name", ["themes", "sentiment"])
def test_parts_with_texts_of_their_own_change_nothing(name: str) -> None:
    """R-63: customers dealt out to three parts, out of order, everything pickled on the way."""
    texts, scores = moody("ru", 240)
    tape = numbered(opinions(texts, [None if k % 10 == 0 else float(one) for k, one in enumerate(scores)]))
    ready = prepare(tape, shop_map())
    whole = Asked.of(choose(ready, find_answers(ready), Filter()))
    parts = []
    for k in range(3):
        mine = [c for c in reversed(range(240)) if c * 7 % 3 == k]
        said = {"event": np.arange(len(mine)), "text": np.array([texts[c] for c in mine], object)}
        part = prepare_part(replace(part_of(tape, mine), texts=said), ready)
        parts.append(Asked.of(choose(part, find_answers(part), Filter())))
    expected = ask(name, whole)
    assert expected.rows
    assert answers_of(name, whole.frame, parts, {}) == expected


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(max_size=30), min_size=1, max_size=12), st.text(max_size=20))
def test_any_text_is_answered(texts: list[str], own: str) -> None:
    """R-30: no unicode is too strange."""
    tape = opinions(texts * 6)
    assert ask("themes", asked_of(tape)).measure == "themes"
    assert ask("sentiment", asked_of(tape)).measure == "sentiment"
    for text in texts:
        about(tokens(text), ("a*",))
    with suppress(TropaError):
        assert all(patterns for _, patterns in own_themes(own))
