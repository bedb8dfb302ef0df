"""Mermaid `journey`: what is written fits its grammar, what cannot be is told (R-13)."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from office_samples import readings, shop
from strategies import maps
from tropa.model import Map, say
from tropa.render.mermaid import escape, mermaid, score
from tropa.words import words

ENTITY = re.compile(r"#(\d+);")
NAME = r"(?:[^#:;\n]|#\d+;)+"
ACTOR = r"(?:[^#:;,\n]|#\d+;)+"
LINES = (
    re.compile("journey"),
    re.compile(rf"    accTitle: {NAME}"),
    re.compile(rf"    accDescr: {NAME}"),
    re.compile(rf"    title {NAME}"),
    re.compile(rf"    section {NAME}"),
    re.compile(rf"      {NAME}: [1-5](?:\.\d)?: {ACTOR}(?:, {ACTOR})*"),
)
"""The lines of the format, as mermaid 11's own grammar has them (tried with mermaid 11.17 itself in a browser)."""


def decoded(text: str) -> str:
    return ENTITY.sub(lambda found: chr(int(found[1])), text)


@given(st.text(max_size=60))
def test_names_read_back_as_they_were(text: str) -> None:
    line = " ".join(text.split())
    name = escape(text)
    assert decoded(name) == (line or "—")
    assert re.fullmatch(NAME, name)
    assert "%" not in name, "no directive and no comment can hide in a name"
    assert not re.match(r"(?i)title|section|journey|acc(title|descr)|---", name)


@settings(max_examples=60, deadline=None)
@given(maps(), st.sampled_from(["ru", "en"]))
def test_every_line_fits_the_grammar(value: Map, lang: str) -> None:
    text, _ = mermaid(value, None, words(lang))
    for line in text.splitlines():
        assert any(pattern.fullmatch(line) for pattern in LINES), line
    assert text.count("    section ") == len(value.stages)
    tasks = sum(max(1, len(stage.all_touchpoints)) for stage in value.stages)
    assert sum(line.startswith("      ") for line in text.splitlines()) == tasks


def test_scores_are_measured_before_asserted() -> None:
    value = shop()
    found = readings(value)
    use, awareness = value.stages[4], value.stages[0]
    assert score(use, use.touchpoints[0], found) == pytest.approx(1.8), "measured −1.2 at the stage"
    assert score(awareness, awareness.touchpoints[0], found) == pytest.approx(3.5), (
        "asserted +0.5: nothing is measured there"
    )
    assert score(awareness, None, None) == pytest.approx(3.5)


def test_a_score_nobody_gave_is_told() -> None:
    value = Map.model_validate({"title": "x", "stages": [{"id": "a", "title": "A"}]})
    text, lost = mermaid(value, None, words("ru"))
    assert "A: 3: Клиент" in text
    assert any("записано 3" in line for line in lost)


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_losses_are_listed(lang: str) -> None:
    """R-13: losses on a lossy format are listed, never silent."""
    value = shop()
    say_it = words(lang)
    _, lost = mermaid(value, readings(value), say_it)
    for name, count in (("loops", 1), ("improvements", 1), ("pains", 6), ("personas", 1)):
        assert say_it(f"mermaid-loss-{name}", n=count) in lost
    assert say_it("mermaid-loss-readings") in lost
    assert say_it("mermaid-loss-languages", names="en" if lang == "ru" else "ru") in lost


def test_actors_are_the_persona_and_the_channel() -> None:
    text, _ = mermaid(shop(), None, words("ru"))
    assert f"Сайт: 3.5: {say(shop().personas[0].title, 'ru').replace(',', '#44;')}, сайт" in text
