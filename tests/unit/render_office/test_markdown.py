"""The map as Markdown: everything is there, user text is only text, the same every time (R-13)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from office_samples import readings, shop
from strategies import maps
from tropa.layout.scene import Table
from tropa.model import Map, say
from tropa.model.entered import entered_readings
from tropa.render.markdown import escape, markdown, table
from tropa.words import words

TODAY = date(2026, 11, 22)
READER = MarkdownIt("commonmark").enable("table").enable("strikethrough")


def plain(tokens: list[Token] | None) -> str:
    """The text that a reader of the parsed Markdown sees."""
    out = ""
    for token in tokens or []:
        if token.type == "inline":
            out += plain(token.children)
        elif token.type in ("softbreak", "hardbreak"):
            out += " "
        else:
            out += token.content
    return out


@given(st.text(max_size=60))
def test_escaped_text_reads_as_itself(text: str) -> None:
    """R-13: user text makes no markup, wherever it stands."""
    line = " ".join(text.split())
    tokens = READER.parse(escape(text))
    assert {token.type for token in tokens} <= {"paragraph_open", "inline", "paragraph_close"}
    assert plain(tokens) == line.replace("\x00", "\ufffd")
    kinds = {child.type for token in tokens for child in token.children or []}
    assert kinds <= {"text", "text_special"}


@pytest.mark.parametrize(
    "text", ["# x", "1. x", "- x", "+ x", "> x", "a | b", "$5 and $6", "<b>", "[a](b)", "=== ", "&lt;", "* * *"]
)
def test_beginnings_of_lines_and_math_are_escaped(text: str) -> None:
    assert plain(READER.parse(escape(text))) == text.strip()
    assert "$" not in escape(text).replace("\\$", "")


def test_a_table_keeps_its_cells() -> None:
    tokens = READER.parse(table(Table("", ("Где", "Сколько"), (("a | b\nc", "1"), ("**d**", "22")))))
    cells = [plain([token]) for token in tokens if token.type == "inline"]
    assert cells == ["Где", "Сколько", "a | b c", "1", "**d**", "22"]
    assert "---:" in table(Table("", ("a", "b"), (("x", "1"),)))


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_the_whole_map_is_there(lang: str) -> None:
    value, say_it = shop(), words(lang)
    text = markdown(value, readings(value), say_it, today=TODAY)
    shown = plain(READER.parse(text))
    for stage in value.stages:
        assert say(stage.title, lang) in shown
        for pain in stage.pains:
            assert say(pain.text, lang) in shown
    assert say_it("lane-improvements") in shown
    assert "1,9" in shown or "1.9M" in shown
    assert "<script>" not in text.replace("\\<", "")
    assert text == markdown(value, readings(value), say_it, today=TODAY)
    assert text.endswith("\n")
    assert "\n\n\n" not in text


def test_a_map_without_a_log_says_so() -> None:
    """R-22: first-class without any log."""
    text = markdown(shop(), None, words("ru"), today=TODAY)
    assert escape(words("ru")("story-no-log")) in text
    assert words("ru")("text-table-stages") not in text


def test_figures_typed_by_hand_are_called_so() -> None:
    value = Map.model_validate(
        {"title": "x", "stages": [{"id": "a", "title": "A", "figures": [{"reading": "entrants", "value": 300}]}, {"id": "b", "title": "B"}]}
    )  # fmt: skip
    text = markdown(value, entered_readings(value), words("ru"), today=TODAY)
    assert "цифры введены вручную" in text
    assert "| A | 300 |" in text


@settings(max_examples=40, deadline=None)
@given(maps(), st.sampled_from(["ru", "en"]))
def test_any_map_can_be_written(value: Map, lang: str) -> None:
    text = markdown(value, entered_readings(value), words(lang), today=TODAY)
    headings = [token for token in READER.parse(text) if token.type == "heading_open" and token.tag == "h3"]
    assert len(headings) == len(value.stages) + len(value.personas)
