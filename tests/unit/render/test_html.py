"""The standalone page (R-13): no network, tips by keyboard, tables, cards for phones, user words escaped."""

from __future__ import annotations

import re
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from fixtures_readings import readings
from fixtures_shop import TODAY, shop
from tropa.layout import VIEWS, lay_out
from tropa.model import Map
from tropa.render.html import html
from tropa.words import words

VOID = {"meta", "input", "br", "link", "img"}


class Walker(HTMLParser):
    """Reads a page and complains of tags that do not close."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append((tag, found))
        if found.get("id"):
            self.ids.append(str(found["id"]))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def made(value: Map | None = None, lang: str = "ru", *, measured: bool = True) -> str:
    """The shop's page with all views."""
    value = value or shop()
    found = readings(value) if measured else None
    pages = {view: lay_out(value, found, words(lang), view=view, today=TODAY) for view in VIEWS}
    return html(pages, value, found, words(lang))


@pytest.mark.parametrize("lang", ["ru", "en"])
@pytest.mark.parametrize("measured", [True, False])
def test_page_is_well_formed(lang: str, measured: bool) -> None:
    """Every tag closes, every id is one, the language is said."""
    walker = Walker()
    walker.feed(made(lang=lang, measured=measured))
    assert walker.open == []
    assert len(walker.ids) == len(set(walker.ids))
    assert next(found for tag, found in walker.tags if tag == "html")["lang"] == lang


def test_nothing_is_fetched() -> None:
    """A policy forbids it, and there is nothing to fetch."""
    page = made()
    assert "default-src 'none'" in page
    assert not re.search(r"(?:src|href)=\"(?!#|data:)", page)
    assert len(page) < 700_000


def test_numbers_can_be_reached_by_keyboard_and_say_where_they_come_from() -> None:
    """Breaks, stations, measured points and times are stops with a label."""
    walker = Walker()
    walker.feed(made())
    stops = [found for tag, found in walker.tags if tag == "g" and found.get("tabindex") == "0"]
    kinds = {str(found["class"]) for found in stops}
    assert {"station", "break", "time", "measured-point", "loop", "way"} <= kinds
    assert all(found.get("aria-label") and found.get("data-tip") for found in stops)


def test_views_switch_without_a_script() -> None:
    """Radio buttons and CSS; the first view is chosen."""
    walker = Walker()
    walker.feed(made())
    radios = [found for tag, found in walker.tags if tag == "input"]
    assert [found["id"] for found in radios] == [f"view-{view}" for view in VIEWS]
    assert ["checked" in found for found in radios] == [True, *[False] * (len(VIEWS) - 1)]


def test_tables_and_cards_hold_the_figures() -> None:
    """What is drawn can be read without the picture."""
    page = made(lang="en")
    assert '<th scope="row">Awareness</th><td>48,210</td>' in page
    assert page.count("<article") == 6
    assert "Where customers leave" in page


def test_words_of_users_stay_words() -> None:
    """Markup in a map is text on the page."""
    evil = "</title><script>alert(1)</script><img src=x onerror=alert(1)>\"'"
    value = shop().model_copy(update={"title": evil, "author": evil})
    walker = Walker()
    walker.feed(made(value))
    assert sum(tag == "script" for tag, _ in walker.tags) == 1
    assert not any(tag == "img" for tag, _ in walker.tags)


def test_same_input_same_bytes() -> None:
    """House rule."""
    assert made() == made()
