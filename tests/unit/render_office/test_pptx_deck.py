"""Decks: native editable shapes and tables, titles, notes, alternative text; the same bytes every time (R-13)."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pptx import Presentation

from office_samples import readings, shop
from tropa.layout import lay_out
from tropa.layout.scene import Disc, Group, Item, Line, Page, Path, Rect, Symbol, Table
from tropa.render.figures import figure_tables
from tropa.render.icons import known_symbols
from tropa.render.pptx import pptx
from tropa.render.pptx.marks import drawing_of, emoji
from tropa.words import words

TODAY = date(2026, 11, 22)


def deck_of(page: Page, **options: Any) -> tuple[Any, bytes]:
    """The deck that is written, read again by the library, and its bytes."""
    out = io.BytesIO()
    pptx(page, out, **options)
    return Presentation(io.BytesIO(out.getvalue())), out.getvalue()


def page_of(*items: Item, width: float = 800, height: float = 500, **rest: Any) -> Page:
    return Page(width, height, "Заголовок", "Описание", "ru", items, **rest)


def walk(shapes: Any) -> list[Any]:
    """All shapes of a slide, those inside groups too."""
    out = []
    for shape in shapes:
        out.append(shape)
        if shape.shape_type is not None and hasattr(shape, "shapes"):
            out += walk(shape.shapes)
    return out


def texts(deck: Any) -> str:
    return "\n".join(
        shape.text_frame.text for slide in deck.slides for shape in walk(slide.shapes) if shape.has_text_frame
    )


def squeezed(text: str) -> str:
    return re.sub(r"\s|\u00ad", "", text)


def lines_of(items: tuple[Item, ...]) -> list[Line]:
    out = []
    for item in items:
        if isinstance(item, Line):
            out.append(item)
        elif isinstance(item, Group):
            out += lines_of(item.items)
    return out


@pytest.mark.parametrize("view", ["infographic", "table", "scheme"])
@pytest.mark.parametrize("lang", ["ru", "en"])
def test_a_map_becomes_a_deck_that_loses_no_text(view: Any, lang: str) -> None:
    """R-13: every text of the drawing, of each sheet, is on the slides as editable text."""
    value, say = shop(), words(lang)
    page = lay_out(value, readings(value), say, view=view, page="a3", today=TODAY)
    deck, _ = deck_of(page)
    shown = squeezed(texts(deck))
    for sheet in (page, *page.more):
        for line in lines_of(sheet.items):
            assert squeezed(line.text) in shown


def test_the_same_page_gives_the_same_bytes() -> None:
    """Decision of the house: same input, same bytes."""
    value, say = shop(), words("ru")
    page = lay_out(value, readings(value), say, page="a4", today=TODAY)
    assert deck_of(page)[1] == deck_of(page)[1]
    with zipfile.ZipFile(io.BytesIO(deck_of(page)[1])) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [name for name in package.namelist() if "thumbnail" in name]


def test_the_slide_has_the_proportions_of_the_page_and_a_title() -> None:
    title = Group((Line(10, 30, "Где уходят клиенты", 20, 180),), kind="title")
    deck, _ = deck_of(page_of(Rect(0, 0, 800, 500, fill="paper"), title))
    assert (deck.slide_width, deck.slide_height) == (800 * 9525, 500 * 9525)
    slide = deck.slides[0]
    assert slide.shapes.title.text_frame.text == "Где уходят клиенты"
    assert slide.shapes.title.left >= 0
    assert len(slide.shapes) == 1, "the sheet itself is the slide's ground, not a box over it"


def test_a_page_without_a_headline_of_its_own_still_has_a_title() -> None:
    slide = deck_of(page_of(Disc(50, 50, 10, fill="break")))[0].slides[0]
    assert slide.shapes.title.text_frame.text == "Заголовок"
    assert slide.shapes.title.top < 0, "above the slide: for outlines and screen readers"


def test_a_page_larger_than_a_slide_can_be_is_made_smaller() -> None:
    deck, _ = deck_of(page_of(Line(0, 100, "x", 40, 20), width=11_000, height=5_000))
    assert deck.slide_width == 56 * 914_400
    assert abs(deck.slide_width / deck.slide_height - 2.2) < 0.001


def test_the_lines_of_a_cell_are_one_text_box_that_wraps() -> None:
    """R-13: a person edits a cell, not lines; its provenance is the alternative text."""
    cell = Group(
        (
            Rect(90, 80, 220, 90, fill="break-tint", radius=8),
            Symbol("evidence-measured", 100, 92, 12, "trail"),
            Line(120, 104, "После доставки — вакуум:", 14, 170),
            Line(120, 122, "ни инструкции, ни совета", 14, 165),
            Line(300, 122, "Аня", 10, 20, role="muted"),
            Symbol("evidence-contradicted", 100, 136, 12, "break"),
            Line(120, 148, "Не знает, когда привезут", 14, 168),
        ),
        kind="cell", cell="purchase/pains", label="Боли", tip="измерено 12 ноября",
    )  # fmt: skip
    slide = deck_of(page_of(cell))[0].slides[0]
    group = next(shape for shape in slide.shapes if shape.name == "purchase/pains")
    assert group._element.nvGrpSpPr.cNvPr.get("descr") == "Боли; измерено 12 ноября"
    boxes = [shape for shape in walk(group.shapes) if shape.has_text_frame and shape.text_frame.text]
    assert len(boxes) == 1
    first, second = boxes[0].text_frame.paragraphs
    assert first.text == "После доставки — вакуум: ни инструкции, ни совета Аня"
    assert [run.font.size.pt for run in first.runs] == [10.5, 7.5]
    assert second.text == "Не знает, когда привезут"
    assert boxes[0].text_frame.word_wrap is True


def test_curves_hatches_dashes_and_colours_are_native() -> None:
    path = Path((("M", 0, 0), ("C", 50, -100, 100, 200, 150, 0), ("L", 150, 20), ("Z",)), fill="trail", opacity=0.5)
    hatched = Rect(200, 10, 50, 50, fill="sand", stroke="line", hatch=True, radius=10)
    dashed = Path((("M", 0, 300), ("L", 100, 300)), stroke="gold", stroke_width=2, dash=(6, 4))
    xml = deck_of(page_of(path, hatched, dashed))[1]
    with zipfile.ZipFile(io.BytesIO(xml)) as package:
        slide = package.read("ppt/slides/slide1.xml").decode()
    assert slide.count("<a:cubicBezTo>") == 1
    assert '<a:schemeClr val="accent1"><a:alpha val="50000"/></a:schemeClr>' in slide
    assert '<a:pattFill prst="ltUpDiag">' in slide
    assert 'prst="roundRect"' in slide
    assert '<a:ds d="300000" sp="200000"/>' in slide
    shapes = Presentation(io.BytesIO(xml)).slides[0].shapes
    curve = next(shape for shape in shapes if shape.name == "curve")
    assert curve.top < 0 < curve.top + curve.height, "the box is that of the curve itself, not of its control points"
    assert curve.height < 200 * 9525


def test_tables_are_native_and_go_on_over_slides() -> None:
    """R-13: PPTX with native editable tables."""
    value, say = shop(), words("ru")
    tables = figure_tables(value, readings(value), say)
    page = lay_out(value, readings(value), say, page="a3", today=TODAY)
    deck, _ = deck_of(page, tables=tables)
    native = [shape.table for slide in deck.slides for shape in slide.shapes if shape.has_table]
    assert [table.cell(1, 0).text for table in native] == ["Осведомлённость", "1", "Покупают снова"]
    assert native[0].first_row
    long = Table("Много строк", ("№", "Слово"), tuple((str(number), "слово " * 12) for number in range(60)))
    deck, _ = deck_of(page_of(), tables=(long,))
    native = [shape.table for slide in deck.slides for shape in slide.shapes if shape.has_table]
    assert len(native) > 1
    assert [row.cells[0].text for table in native for row in list(table.rows)[1:]] == [str(n) for n in range(60)]
    for slide in list(deck.slides)[1:]:
        frame = next(shape for shape in slide.shapes if shape.has_table)
        assert frame.top + frame.height <= deck.slide_height


def test_notes_hold_the_tables_and_what_was_shortened() -> None:
    page = page_of(
        tables=(Table("Этапы", ("Этап", "Проходов"), (("Покупка", "6 120"),)),), shortened=(("a/does/0", "длинный текст\x0b"),)
    )  # fmt: skip
    notes = deck_of(page)[0].slides[0].notes_slide.notes_text_frame.text
    assert "Этап\tПроходов" in notes
    assert "Покупка\t6 120" in notes
    assert "a/does/0: длинный текст" in notes


def test_the_deck_has_our_colours_in_its_theme() -> None:
    with zipfile.ZipFile(io.BytesIO(deck_of(page_of(), theme="dark")[1])) as package:
        theme = package.read("ppt/theme/theme1.xml").decode()
    assert '<a:accent1><a:srgbClr val="4FB8AC"/></a:accent1>' in theme
    assert '<a:latin typeface="Inter"/>' in theme


@pytest.mark.parametrize("name", sorted(name for name in known_symbols() if not name.startswith("emoji-")))
def test_every_symbol_is_native_shapes_inside_its_square(name: str) -> None:
    """R-07: marks are told by shape; an icon stays an outline that can be recoloured."""
    drawn = drawing_of(Symbol(name, 100, 200, 24))
    assert drawn
    for item in drawn:
        if isinstance(item, Path):
            numbers = [float(value) for command in item.commands for value in command[1:]]
            assert all(99 <= x <= 125 for x in numbers[::2])
            assert all(199 <= y <= 225 for y in numbers[1::2])


def test_evidence_marks_differ_by_shape() -> None:
    shapes = set()
    for name in ("assumed", "observed", "measured", "contradicted", "stale", "entered"):
        drawn = drawing_of(Symbol(f"evidence-{name}", 0, 0, 24))
        shapes.add(
            tuple((type(item).__name__, getattr(item, "fill", ""), bool(getattr(item, "dash", ()))) for item in drawn)
        )
    assert len(shapes) == 6


def test_an_emoji_is_a_letter() -> None:
    assert emoji(Symbol("emoji-1f600", 0, 0, 20)) == "\U0001f600"
    assert emoji(Symbol("emoji-zzz", 0, 0, 20)) == ""
    assert "\U0001f600" in texts(deck_of(page_of(Symbol("emoji-1f600", 10, 10, 20)))[0])


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(min_size=1, max_size=40), min_size=1, max_size=5), st.text(max_size=30), st.text(max_size=30))
def test_any_text_is_safe(lines: list[str], tip: str, cell: str) -> None:
    """User text of any kind: the package opens again and shows it (but for characters that XML cannot hold)."""
    drawn = tuple(Line(20, 40 + 18 * index, text, 14, 100) for index, text in enumerate(lines))
    deck, _ = deck_of(page_of(Group(drawn, kind="cell", tip=tip, cell=cell), Group(drawn, label=tip, kind=cell)))
    shown = squeezed(texts(deck)).replace("_x", "")
    for text in lines:
        kept = re.sub("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text)
        if kept.strip():
            assert squeezed(kept).replace("_x", "") in shown
