"""R-11: the comparison with competitors on pictures, in tables, Markdown and slides; nothing changes for maps without one."""

from __future__ import annotations

import json
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from fixtures_readings import readings
from fixtures_shop import TODAY, shop
from pictures import check, placed, sheets
from tropa.layout import lay_out
from tropa.layout.geometry import all_groups
from tropa.layout.rivals import comparison_table, ordered
from tropa.model import Comparison, Criterion, Evidence, Map, Rival, RivalScore, View
from tropa.render.figures import figure_tables
from tropa.render.markdown import markdown
from tropa.render.pptx import pptx
from tropa.words import words

LONG = "Точно не подделка, и есть кого спросить, даже если это воскресенье и поздний вечер"
PAGES = [("table", "screen", frozenset()), ("table", "a4", "all"), ("infographic", "a3", frozenset())]


def compared(stage: str = "consideration", rivals: int = 3) -> Map:
    """The shop with a comparison at one of its stages."""
    names = tuple(Rival(id=f"r{n}", title=f"Лавка {n}") for n in range(rivals - 1))
    us = Rival(id="us", title="Спортпит Сергея", us=True)
    criteria = tuple(
        Criterion(
            id=name, title=title, weight=weight,
            scores=(
                RivalScore(rival="us", score=6, evidence=(Evidence(quote="дороже"),)),
                *(RivalScore(rival=one.id, score=min(10, 3 + 2.5 * n)) for n, one in enumerate(names) if name != "fast" or n),
            ),
        )
        for name, title, weight in (("price", "Дешевле", 3), ("fast", "Быстрее привозят", 2), ("sure", LONG, 2.5))
    )  # fmt: skip
    value = Comparison(
        stage=stage, positioning=f"Подберём за пять минут. {LONG}", rivals=(*names, us), criteria=criteria
    )
    return shop().model_copy(update={"comparison": value})


@pytest.mark.parametrize("stage", [stage.id for stage in shop().stages])
@pytest.mark.parametrize(("view", "paper", "opened"), PAGES)
def test_the_table_is_drawn_cleanly_under_any_stage(stage: str, view: Any, paper: str, opened: Any) -> None:
    """Nothing overlaps, nothing leaves the page: at the first stage, at the last, opened and closed."""
    value = compared(stage)
    page = lay_out(value, readings(value), words("ru"), view=view, page=paper, opened=opened, today=TODAY)
    check(page)
    found = [group for sheet in sheets(page) for group in all_groups(sheet.items, "table")]
    assert [group.cell for group in found] == ["comparison"]
    told = {item.line.text for group in found for item in placed(group.items)}
    assert {"Дешевле", "6", "С\u00a0учётом весов"} <= told or {"Дешевле", "6", "С учётом весов"} <= told


@pytest.mark.parametrize("rivals", [1, 2, 7, 30])
def test_many_rivals(rivals: int) -> None:
    """Whoever finds no room is listed with the shortened texts."""
    value = compared(rivals=rivals)
    page = lay_out(value, None, words("ru"), view="table", page="a4", today=TODAY)
    check(page)
    shown = " ".join(item.line.text for sheet in sheets(page) for item in placed(sheet.items))
    listed = {text for _, text in page.shortened}
    for number in range(rivals - 1):
        assert f"Лавка {number}" in listed or f"Лавка {number}" in " ".join(shown.split())
    assert bool(listed) == (rivals == 30)


def test_we_stand_first_and_means_are_weighted() -> None:
    """As rows of text: criteria down, we first; where scores are missing it is said of how many the mean is."""
    table = comparison_table(compared(), words("ru"))
    assert table is not None
    assert table.head[2] == "Спортпит Сергея"
    assert [row[2] for row in table.rows] == ["6", "6", "6", "6,0"]
    assert table.rows[1][3] == "—"
    assert table.rows[-1][3] == "3,0 (по 2 из 3)"


def test_everywhere_it_is_told() -> None:
    """R-13: Markdown, slides, the tables of a page (which HTML shows)."""
    value, say = compared(), words("ru")
    caption = say("comparison-at", stage="Рассмотрение")
    told = markdown(value, None, say, today=TODAY)
    assert caption in told
    assert told.count("Быстрее привозят") == 1
    page = lay_out(value, None, say, view="table", today=TODAY)
    assert caption in {table.caption for table in page.tables}
    out = BytesIO()
    pptx(page, out, tables=figure_tables(value, None, say))
    slides = Presentation(BytesIO(out.getvalue())).slides
    tables = [shape.table for slide in slides for shape in slide.shapes if shape.has_table]
    assert "Быстрее привозят" in {cell.text for table in tables for cell in table.iter_cells()}


def test_hidden_or_elsewhere() -> None:
    """A view that hides the row, or shows other stages only, has no table; a map without a comparison has none either."""
    views = (View(id="v", title="V", hide=("comparison",)), View(id="w", title="W", stages=("purchase",)))
    value = compared().model_copy(update={"views": views})
    for one, view in ((value, "v"), (value, "w"), (shop(), None)):
        page = lay_out(one, None, words("en"), view="table", view_id=view, today=TODAY)
        assert not list(all_groups(page.items, "table"))
    assert comparison_table(shop(), words("en")) is None


def test_what_staff_do_is_a_lane_of_its_own() -> None:
    """R-02: front stage and back stage, of a stage and of a touchpoint, on both pictures."""
    value = shop()
    first = value.stages[0]
    point = first.touchpoints[0].model_copy(update={"back_stage": ("Ставит метку на ролик",)})
    said = {"front_stage": ("Отвечает в комментариях",), "touchpoints": (point, *first.touchpoints[1:])}
    value = value.model_copy(update={"stages": (first.model_copy(update=said), *value.stages[1:])})
    for view in ("table", "infographic"):
        page = lay_out(value, None, words("ru"), view=view, opened="all", today=TODAY)  # type: ignore[arg-type]  # a name
        check(page)
        rows = {group.id for group in all_groups(page.items, "row")}
        assert {"row-front_stage", "row-back_stage"} <= rows
        cells = {group.cell for group in all_groups(page.items, "cell")}
        assert f"{first.id}/{point.id}/back_stage" in cells


VECTORS = json.loads((Path(__file__).resolve().parents[2] / "vectors" / "rivals.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", VECTORS, ids=[case["name"] for case in VECTORS])
def test_sums_are_those_that_the_app_shows(case: dict[str, Any]) -> None:
    """The same cases hold the form's sums in the browser (`frontend/src/ui/panel/rivals.test.ts`)."""
    value = Comparison.model_validate(case["comparison"])
    assert [rival.id for rival in ordered(value)] == case["order"]
    for rival, wanted in case["totals"].items():
        found = value.total(rival)
        assert found == (None if wanted is None else (pytest.approx(wanted[0]), wanted[1]))
    assert {one.id: value.lead(one) for one in value.criteria} == case["leads"]
