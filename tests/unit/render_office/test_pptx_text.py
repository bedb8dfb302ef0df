"""Lines of the layout become paragraphs that wrap where they were laid out (R-13)."""

from __future__ import annotations

import pytest

from tropa.layout.measure import TextMeasure
from tropa.layout.scene import Line, Symbol
from tropa.render.pptx.geometry import bounds
from tropa.render.pptx.text import blocks, box, paragraphs

MEASURE = TextMeasure()


def line(x: float, y: float, text: str, size: float = 14, **rest: object) -> Line:
    return Line(x, y, text, size, MEASURE.width(text, size), **rest)  # type: ignore[arg-type]


def test_lines_of_one_statement_are_joined() -> None:
    found = paragraphs([line(10, 20, "Видит блогера,"), line(10, 38, "гуглит «с чего начать»")], join=True)
    assert [paragraph.text for paragraph in found] == ["Видит блогера, гуглит «с чего начать»"]
    assert found[0].leading == 18


def test_a_mark_beside_a_line_begins_a_statement() -> None:
    items = [
        Symbol("evidence-assumed", 0, 8, 10),
        line(14, 18, "одно"),
        Symbol("evidence-assumed", 0, 26, 10),
        line(14, 36, "другое"),
    ]
    assert [paragraph.text for paragraph in paragraphs(items, join=True)] == ["одно", "другое"]


def test_words_broken_at_a_hyphen_are_put_together() -> None:
    broken = [line(0, 10, "интернет-"), line(0, 28, "магазин и пере\u00ad"), line(0, 46, "писка")]
    assert paragraphs(broken, join=True)[0].text == "интернет-магазин и переписка"


def test_labels_of_a_drawing_stay_apart() -> None:
    found = paragraphs([line(0, 10, "+2"), line(0, 28, "0")], join=False)
    assert [paragraph.text for paragraph in found] == ["+2", "0"]


def test_an_aside_on_the_baseline_is_a_run_of_its_own_voice() -> None:
    text = line(0, 10, "Чат молчит")
    aside = line(text.width + 6, 10.2, "Игорь", 10, role="muted")
    paragraph = paragraphs([text, aside], join=True)[0]
    assert [run for run, _ in paragraph.runs] == ["Чат молчит", " Игорь"]
    assert paragraph.leading == pytest.approx(14 * 1.32), "one baseline, although the numbers differ by a hair"
    assert paragraph.width == pytest.approx(aside.x + aside.width)


def test_a_box_is_too_narrow_for_the_next_rows_first_word() -> None:
    """Otherwise the text would flow otherwise than on every other output."""
    rows = MEASURE.wrap("После доставки тишина: ни инструкции, ни вопроса, ни совета никому", 150, 14)
    found = blocks(paragraphs([line(0, 10 + 18 * number, row) for number, row in enumerate(rows)], join=True))
    assert len(found) == 1
    _, _, width, _ = box(found[0], 400)
    assert MEASURE.wrap(found[0].paragraphs[0].text, width, 14) == rows


def test_texts_of_different_edges_are_different_boxes() -> None:
    found = blocks(paragraphs([line(0, 10, "слева"), line(300, 10, "справа", anchor="end")], join=True))
    assert sorted(block.edge for block in found) == [(0, "start"), (300, "end")]
    left, _, width, _ = box(next(block for block in found if block.edge[1] == "end"))
    assert left + width == pytest.approx(300)


def test_the_box_of_a_curve_is_where_it_really_goes() -> None:
    found = bounds((("M", 0, 0), ("C", 0, -100, 100, -100, 100, 0)))
    assert found == pytest.approx((0, -75, 100, 0))
    assert bounds((("Z",),)) is None
