"""R-13: a Mermaid `journey` becomes a map; what it cannot hold is listed; broken texts end in coded errors with the line."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strategies import maps
from tropa.codec import from_mermaid
from tropa.model import Map, TropaError, say
from tropa.render.mermaid import mermaid, score
from tropa.words import words

RU = words("ru")

EXAMPLE = """journey
    title My working day
    section Go to work
      Make tea: 5: Me
      Go upstairs: 3: Me
      Do work: 1: Me, Cat
    section Go home
      Go downstairs: 5: Me
      Sit down: 5: Me
"""
"""The example of Mermaid's own page."""


def test_the_example_of_the_documentation() -> None:
    """Sections are stages, tasks touchpoints, 1…5 is −2…+2, the actor of most tasks the persona, the other an owner. Nothing is lost."""
    value, lost = from_mermaid(EXAMPLE, "x.mmd", words("en"))
    assert lost == ("Tasks without the actor “Me”: 0; in the map they go the whole way.",) or lost == ()
    assert say(value.title, "en") == "My working day"
    assert value.language == "en"
    assert [say(stage.title, "en") for stage in value.stages] == ["Go to work", "Go home"]
    points = [
        (say(p.title, "en"), p.feels.score if p.feels else None, value.who(p.owner, "en"))
        for _, p in value.touchpoints()
    ]
    assert points == [
        ("Make tea", 2.0, ""), ("Go upstairs", 0.0, ""), ("Do work", -2.0, "Cat"), ("Go downstairs", 2.0, ""), ("Sit down", 2.0, ""),
    ]  # fmt: skip
    assert [say(persona.title, "en") for persona in value.personas] == ["Me"]
    assert value.persona == value.personas[0].id


FULL = """---
title: Мой день
config: {theme: dark}
---
%%{init: {"theme":
  "forest"}}%%
journey
    accTitle: Другое
    accDescr { Как я
      иду на работу }
    %% комментарий
    TITLE День #40;черновик#41; #quot;1#quot;
    Проснуться: 2
    section Дорога
      Чай: 5: Я, Кот   # хвост
      Работать: 1: Я, Кот, Аня, сайт : хвост
      Странно: abc: Робот
      Вне: 9: Я
    section Пусто
"""


def test_everything_a_text_may_have() -> None:
    """Front matter, directives, comments, entity codes, keywords in any case; each thing without a place is told."""
    value, lost = from_mermaid(FULL, "x.mmd", RU)
    assert say(value.title, "ru") == 'День (черновик) "1"'
    assert say(value.about, "ru") == "Как я иду на работу"
    assert value.language == "ru"
    assert [say(stage.title, "ru") for stage in value.stages] == ['День (черновик) "1"', "Дорога", "Пусто"]
    work = next(point for _, point in value.touchpoints() if point.title == "Работать")
    assert (work.channel, value.who(work.owner, "ru"), work.feels.score if work.feels else None) == (
        "website",
        "Кот",
        -2.0,
    )
    strange = next(point for _, point in value.touchpoints() if point.title == "Странно")
    assert strange.feels is None
    expected = {
        "clamped": 1, "unscored": 1, "absent": 2, "unsectioned": 1, "titles": 1, "rests": 1, "settings": 2, "comments": 2,
    }  # fmt: skip
    assert set(lost) == {
        *(RU(f"mermaid-in-loss-{name}", n=n, name="Я") for name, n in expected.items()),
        RU("mermaid-in-loss-actors", names="Аня"),
    }


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("", "TR-C090", 1),
        ("%% only\n", "TR-C090", 1),
        ("journey\n title X\n", "TR-C090", 1),
        ("\nflowchart LR\n a --> b\n", "TR-C090", 2),
        ("journey\n section A\n  No score\n", "TR-C091", 3),
        ("journey\n section A\n  Empty:\n", "TR-C091", 3),
        ("journey\n section A\n  One; two: 3: Me\n", "TR-C091", 3),
        ("---\ntitle: x\n---\njourney\n oops\n", "TR-C091", 5),
    ],
)
def test_what_is_no_journey(text: str, code: str, line: int) -> None:
    """R-12: the line is said."""
    with pytest.raises(TropaError) as caught:
        from_mermaid(text, "x.mmd", RU)
    assert (caught.value.code, caught.value.where.line) == (code, line)


PIECES = [*EXAMPLE.splitlines(), *FULL.splitlines(), "#", ":", ";", "%%{", "section ²"]


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200) | st.lists(st.sampled_from(PIECES), max_size=12).map("\n".join))
def test_any_text_is_a_map_or_a_coded_error(text: str) -> None:
    """Issue 2.5: nothing but coded errors, whatever is read."""
    for whole in (text, f"journey\n{text}"):
        try:
            read = from_mermaid(whole, "x.mmd", RU)[0].stages
        except TropaError as error:
            read = error.code.startswith("TR-C")  # type: ignore[assignment]  # true of our errors
        assert read


@settings(max_examples=80, deadline=None)
@given(maps(), st.sampled_from(["ru", "en"]))
def test_what_we_write_we_read(value: Map, lang: str) -> None:
    """Names of stages and touchpoints come back in order, scores to a tenth; a stage without touchpoints stays one."""
    lines, _ = mermaid(value, None, words(lang))
    back, _ = from_mermaid(lines, "x.mmd", words(lang))

    def named(one: Map) -> list[list[str]]:
        out = []
        for stage in one.stages:
            title = " ".join(say(stage.title, lang).split()) or "—"
            names = [" ".join(say(point.title, lang).split()) or "—" for point in stage.all_touchpoints]
            out.append([title] if names == [title] else [title, *names])
        return out

    assert named(back) == named(value)
    for one, other in zip(value.stages, back.stages, strict=True):
        known = [score(one, point, None) for point in one.all_touchpoints] or [score(one, None, None)]
        read = [score(other, point, None) for point in other.all_touchpoints] or [score(other, None, None)]
        for before, after in zip(known, read, strict=True):
            assert after == pytest.approx(3 if before is None else before, abs=0.0501)
