"""The picture of an answer drawn for a screen: as wide as that is, every mark with its row in words (R-26, R-60)."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree

import pytest

from tropa.layout.charts import bare_chart
from tropa.layout.geometry import bounds
from tropa.layout.scene import Group, Item, Line
from tropa.model import Unit
from tropa.model.measure import Answer, Cell, Column, Picture
from tropa.render.svg import Manner, svg_sheet
from tropa.words import LANGUAGES, words

SHARE = (
    Column(id="share", kind="share", low="low", high="high"), Column(id="low", kind="share", aside=True),
    Column(id="high", kind="share", aside=True),
)  # fmt: skip


def answer(measure: str, columns: tuple[Column, ...], rows: list[tuple[Cell, ...]]) -> Answer:
    return Answer(measure=measure, unit=Unit.PASSES, n=100, columns=columns, rows=tuple(rows), data_version="abc")


CASES = {
    "bars": (
        answer("funnel", (Column(id="state", kind="state"), *SHARE), [(f"stage:{k}", 1 / k, 0.1, 1.0) for k in range(1, 9)]),
        Picture(kind="bars", x="state", value="share"),
    ),
    "matrix": (
        answer(
            "steps", (Column(id="step", kind="number"), Column(id="state", kind="state"), *SHARE),
            [(k, f"stage:{s}", 0.9 / (s + 1), None, None) for k in range(20) for s in range(8)],
        ),
        Picture(kind="matrix", x="step", y="state", value="share"),
    ),
    "curve": (
        answer(
            "purchase-interval", (Column(id="time", kind="seconds"), *SHARE),
            [(k * 86_400.0, k / 40, k / 50, k / 30) for k in range(20)],
        ),
        Picture(kind="curve", x="time", value="share"),
    ),
    "graph": (
        answer(
            "transitions", (Column(id="from", kind="state"), Column(id="to", kind="state"), Column(id="times", kind="count")),
            [("mark:start", "stage:a", 90), ("stage:a", "stage:b", 60), ("stage:b", "stage:a", 10),
             ("stage:b", "mark:left", 20), ("stage:b", "mark:deal", 30)],
        ),
        Picture(kind="graph", x="from", y="to", value="times"),
    ),
}  # fmt: skip


def groups(items: tuple[Item, ...]) -> Iterator[Group]:
    for item in items:
        if isinstance(item, Group):
            yield item


@pytest.mark.parametrize("kind", CASES)
@pytest.mark.parametrize("width", [320.0, 358.0, 690.0, 1040.0])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_picture_fits_the_screen_it_is_drawn_for(kind: str, width: float, lang: str) -> None:
    """R-60: nothing lies beyond the width, on a phone neither."""
    found, picture = CASES[kind]
    page = bare_chart(found, picture, {}, words(lang), width)
    assert page.width == width
    left, top, right, bottom = bounds(page.items)
    assert left >= 0
    assert right <= width
    assert top >= 0
    assert bottom <= page.height


@pytest.mark.parametrize("kind", CASES)
@pytest.mark.parametrize("width", [340.0, 1200.0])
def test_every_row_is_told_by_its_mark(kind: str, width: float) -> None:
    """R-26: names and figures of each drawn row stand in the words of a mark; a mark that only repeats one is silent."""
    found, picture = CASES[kind]
    marks = [one for one in groups(bare_chart(found, picture, {}, words("en"), width).items) if one.tip]
    assert len(marks) == len(found.rows)
    assert all(len(one.tip.split("; ")) > 1 for one in marks)
    assert len({one.tip for one in marks}) == len(marks)


def test_title_notes_and_source_are_left_to_the_page() -> None:
    """R-60: what stands beside the picture is not said in it again."""
    found, picture = CASES["bars"]
    page = bare_chart(found, picture, {}, words("en"), 800)
    said = [item.text for group in groups(page.items) for item in group.items if isinstance(item, Line)]
    assert page.title not in said
    assert not [item for item in page.items if isinstance(item, Line)]


def test_a_strange_width_is_kept_in_bounds() -> None:
    """R-26: neither slivers nor acres."""
    found, picture = CASES["curve"]
    assert [bare_chart(found, picture, {}, words("en"), width).width for width in (100.0, 9000.0)] == [280.0, 2000.0]


@pytest.mark.parametrize("kind", CASES)
def test_the_element_is_whole_and_takes_the_keyboard(kind: str) -> None:
    """R-60: well-formed, each mark can be reached and is named, no ids but the sheet's own."""
    found, picture = CASES[kind]
    page = bare_chart(found, picture, {"stage:a": 'a "<b>" & c'}, words("ru"), 400)
    root = ElementTree.fromstring(svg_sheet(page, Manner(lambda role: f"var(--{role})", interactive=True, prefix="a")))
    marks = [one for one in root.iter("{http://www.w3.org/2000/svg}g") if one.get("data-tip")]
    assert marks
    assert all(one.get("tabindex") == "0" and one.get("aria-label") for one in marks)
