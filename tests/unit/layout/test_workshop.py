"""The empty map for a wall, tiled over sheets in true size (R-07, R-13)."""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from fixtures_shop import TODAY, shop
from pictures import check, crafted, placed, sheets
from tropa.layout import PAPERS, lay_out
from tropa.layout.geometry import all_groups
from tropa.layout.orders import WORKSHOP
from tropa.layout.scene import Page, Rect
from tropa.layout.workshop import MM
from tropa.model import Map, View
from tropa.render.pdf import pdf
from tropa.words import words

STICKY = 76 * MM
"""A sticky note is a square of 76 mm."""


def laid(value: Map, paper: str = "a4", lang: str = "ru", view_id: str | None = None) -> Page:
    """The empty map."""
    return lay_out(value, None, words(lang), view="workshop", page=paper, view_id=view_id, today=TODAY)


def boxes(page: Page) -> dict[str, Rect]:
    """The cells of a sheet by address."""
    found = {group.cell: group.items[0] for group in all_groups(page.items, "cell")}
    return {cell: box for cell, box in found.items() if isinstance(box, Rect)}


@pytest.mark.parametrize("paper", ["a4", "a3", "a0", "slide"])
@pytest.mark.parametrize("lang", ["ru", "en"])
def test_every_stage_meets_every_lane_once_and_a_note_fits_each_cell(paper: str, lang: str) -> None:
    """The sheets together are the whole grid, in millimetres of the paper; no cell is cut by an edge."""
    value = shop()
    page = laid(value, paper, lang)
    check(page)
    size = PAPERS[paper]
    cells: list[str] = []
    for sheet in sheets(page):
        assert (sheet.width, sheet.height) == pytest.approx((size.width_mm * MM, size.height_mm * MM), abs=0.01)
        for cell, box in boxes(sheet).items():
            assert min(box.width, box.height) > STICKY
            assert box.x >= 9 * MM
            assert box.x + box.width <= sheet.width - 9 * MM
            assert box.y + box.height <= sheet.height - 9 * MM
            cells.append(cell)
    assert len(cells) == len(set(cells))
    lanes = [*WORKSHOP, *(lane.id for lane in value.lanes)]
    assert {f"{stage.id}/{lane}" for stage in value.stages for lane in lanes} <= set(cells)


def test_the_grid_is_empty_whatever_the_map_says() -> None:
    """Of a map that says much, names and questions are printed and nothing of the cells; feelings have a plus and a minus."""
    value = crafted(3, crowded=True)
    rows = {*WORKSHOP, *(lane.id for lane in value.lanes)}
    inside = [
        item.line.text
        for sheet in sheets(laid(value))
        for item in placed(sheet.items)
        for stage, _, lane in [item.cell.partition("/")]
        if lane in rows and stage in {one.id for one in value.stages}
    ]
    assert set(inside) == {"+", "−"}


def test_a_named_view_chooses_rows_and_stages() -> None:
    """What a view hides is not printed."""
    value = shop()
    first = value.stages[0].id
    view = View(id="short", title="Коротко", hide=("metrics", "improvements"), stages=(first,))
    page = laid(value.model_copy(update={"views": (view,)}), view_id="short")
    cells = [cell for sheet in sheets(page) for cell in boxes(sheet)]
    assert f"{first}/does" in cells
    assert not [cell for cell in cells if cell.endswith(("/metrics", "/improvements"))]
    assert not [cell for cell in cells for stage in value.stages[1:] if cell.startswith(f"{stage.id}/")]


def test_pdf_has_a_page_for_each_sheet_with_its_number() -> None:
    """R-13: pages of A4, each says which of how many it is and where it hangs."""
    page = laid(shop())
    found = PdfReader(BytesIO(pdf(page, "a4")))
    whole = len(sheets(page))
    assert whole > 4
    assert len(found.pages) == whole
    for index, sheet in enumerate(found.pages):
        assert float(sheet.mediabox.width) == pytest.approx(297 * 72 / 25.4, abs=0.5)
        assert "".join(
            words("ru")("workshop-sheet", n=index + 1, whole=whole, row=0, place=0).split(":")[0].split()
        ) in ("".join(sheet.extract_text().split()))


@pytest.mark.parametrize("count", [1, 2, 12])
def test_long_names_and_many_stages(count: int) -> None:
    """Names that are too long are shortened and told; one stage is a grid too."""
    value = crafted(count, crowded=True)
    for paper in ("a4", "screen"):
        check(laid(value, paper))
    assert not laid(value, "screen").more
