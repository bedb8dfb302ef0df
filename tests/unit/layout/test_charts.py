"""Charts of answers: everything lies on the page, figures stand beside colours, and the table says the same (R-26, R-60)."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree

import pytest

from tropa.layout.charts import chart
from tropa.layout.scene import Group, Item, Line, Page, Rect
from tropa.model import CannotTell, Unit
from tropa.model.measure import Answer, Cell, Column, Note, Picture
from tropa.render.svg import svg
from tropa.words import LANGUAGES, words

SHARE = (
    Column(id="share", kind="share", low="low", high="high"), Column(id="low", kind="share", aside=True),
    Column(id="high", kind="share", aside=True),
)  # fmt: skip
LONG = "Очень длинное название точки контакта, которое не помещается ни в одну строку и переносится"


def answer(measure: str, columns: tuple[Column, ...], rows: list[tuple[Cell, ...]], **more: object) -> Answer:
    return Answer.model_validate(
        {
            "measure": measure,
            "unit": Unit.PASSES,
            "n": 100,
            "columns": columns,
            "rows": tuple(rows),
            "data_version": "abc",
            **more,
        }
    )


BARS = answer(
    "funnel", (Column(id="state", kind="state"), *SHARE),
    [("stage:a", 1.0, 1.0, 1.0), ("stage:b", 0.45, 0.4, 0.5), ("stage:c", 0.0, 0.0, 0.02), ("stage:d", None, None, None)],
    notes=(Note(message="measure-note-left-out", facts={"n": 3}),), quotes=("Долго",),
)  # fmt: skip
MATRIX = answer(
    "steps", (Column(id="step", kind="number"), Column(id="state", kind="state"), *SHARE),
    [(k, f"stage:{s}", 0.9 / (s + 1) / (k + 1), None, None) for k in range(45) for s in range(35)],
)  # fmt: skip
CURVE = answer(
    "purchase-interval", (Column(id="time", kind="seconds"), *SHARE),
    [(k * 86_400.0, k / 40, None if k == 0 else k / 50, None if k == 0 else k / 30) for k in range(20)],
)  # fmt: skip
GRAPH = answer(
    "transitions", (Column(id="from", kind="state"), Column(id="to", kind="state"), Column(id="times", kind="count")),
    [("mark:start", "stage:a", 90), ("stage:a", "stage:b", 60), ("stage:b", "stage:a", 10), ("stage:b", "mark:left", 20),
     ("stage:b", "mark:deal", 30), ("stage:a", "stage:a", 5)],
)  # fmt: skip
CASES = {
    "bars": (BARS, Picture(kind="bars", x="state", value="share")),
    "matrix": (MATRIX, Picture(kind="matrix", x="step", y="state", value="share")),
    "curve": (CURVE, Picture(kind="curve", x="time", value="share")),
    "graph": (GRAPH, Picture(kind="graph", x="from", y="to", value="times")),
}


def drawn(name: str, lang: str = "ru") -> Page:
    one, picture = CASES[name]
    labels = {f"stage:{key}": f"{LONG} {key}" for key in [*"abcd", *range(35)]}
    return chart(one, picture, labels, words(lang), about="Карта")


def leaves(items: tuple[Item, ...]) -> Iterator[Item]:
    for item in items:
        if isinstance(item, Group):
            yield from leaves(item.items)
        else:
            yield item


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", sorted(CASES))
def test_everything_lies_on_the_page(name: str, lang: str) -> None:
    """R-26: however long the names and however many the rows."""
    page = drawn(name, lang)
    assert page.height < 2_000
    for item in leaves(page.items):
        if isinstance(item, Line):
            left = item.x - item.width * {"start": 0.0, "middle": 0.5, "end": 1.0}[item.anchor]
            assert left >= 0
            assert left + item.width <= page.width + 0.5
            assert 0 < item.y <= page.height
        if isinstance(item, Rect):
            assert item.x >= 0
            assert item.x + item.width <= page.width
    ElementTree.fromstring(svg(page, "light"))


@pytest.mark.parametrize("name", sorted(CASES))
def test_the_table_says_all(name: str) -> None:
    """R-60: a screen reader gets every row of the answer, in words."""
    table = drawn(name).tables[0]
    assert len(table.rows) == len(CASES[name][0].rows)
    assert all(len(row) == len(table.head) for row in table.rows)


def test_figures_stand_beside_colours() -> None:
    """R-60: a share is written, not only shaded; what is next to nothing is told as less than something."""
    texts = [item.text for item in leaves(drawn("bars").items) if isinstance(item, Line)]
    assert any("45" in text and "[40" in text for text in texts)
    few = MATRIX.model_copy(update={"rows": ((1, "stage:0", 0.4, None, None), (1, "stage:1", 0.0001, None, None))})
    page = chart(few, CASES["matrix"][1], {}, words("ru"))
    assert any(item.text.startswith("<") for item in leaves(page.items) if isinstance(item, Line))


def test_what_is_not_drawn_is_said() -> None:
    """R-26: a picture that cannot hold every row says how many it holds."""
    texts = [item.text for item in leaves(drawn("matrix").items) if isinstance(item, Line)]
    assert any(str(len(MATRIX.rows)) in text.replace("\u202f", "") and "таблице" in text for text in texts)


def test_an_empty_answer_says_why() -> None:
    """R-23: no picture, but the reason."""
    empty = answer("funnel", BARS.columns, [], cannot_tell=CannotTell(cannot_tell="one-stage"))
    page = chart(empty, CASES["bars"][1], {}, words("ru"))
    assert any("один этап" in item.text for item in leaves(page.items) if isinstance(item, Line))


def test_what_was_left_out_of_an_answer_is_not_drawn() -> None:
    """R-28: of one rule alone, that rule is the picture; a stage in a note is called by its title."""
    one = answer(
        "channels", (Column(id="channel", kind="channel"), Column(id="shapley", kind="share")), [("ads", 0.75), ("seo", 0.25)],
        notes=(Note(message="measure-note-channels-goal", facts={"n": 4, "stage": "stage:pick"}),),
    )  # fmt: skip
    page = chart(one, Picture(kind="bars", x="channel", value="markov"), {"stage:pick": "Выбор"}, words("ru"))
    told = svg(page)
    assert "75" in told
    assert "«Выбор»" in told.replace("\u2060", "")
