"""PDF (R-13): selectable text, paper sizes, language and title, widths as measured, the same bytes every time."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from fixtures_readings import readings
from fixtures_shop import TODAY, shop
from tropa.layout import PAPERS, lay_out
from tropa.layout.scene import Line, Page
from tropa.model import TropaError
from tropa.render.pdf import pdf
from tropa.words import words

MM = 72 / 25.4


@pytest.mark.parametrize("paper", ["a4", "a3", "a0"])
@pytest.mark.parametrize("lang", ["ru", "en"])
def test_pdf_has_paper_language_title_and_text(paper: str, lang: str) -> None:
    """Text can be selected and found; the sheet is the paper asked for."""
    value = shop()
    page = lay_out(value, readings(value), words(lang), page=paper, today=TODAY)
    found = PdfReader(io.BytesIO(pdf(page, paper)))
    assert len(found.pages) == 1 + len(page.more)
    box = found.pages[0].mediabox
    assert float(box.width) == pytest.approx(PAPERS[paper].width_mm * MM, abs=0.5)
    assert float(box.height) == pytest.approx(PAPERS[paper].height_mm * MM, abs=0.5)
    assert found.metadata is not None
    assert found.metadata.title == page.title
    assert str(found.trailer["/Root"]["/Lang"]).startswith(lang)  # type: ignore[index]  # pypdf's objects are untyped here
    text = "".join("".join(sheet.extract_text().split()) for sheet in found.pages)
    assert "".join(page.title.split())[:20] in text


def test_same_page_same_bytes() -> None:
    """No time of making, no chance."""
    value = shop()
    page = lay_out(value, readings(value), words("ru"), today=TODAY)
    assert pdf(page) == pdf(page)


def test_titles_with_quotes_do_not_break_the_document() -> None:
    """User words are a string, never typst."""
    value = shop().model_copy(update={"title": 'a"b\\c #panic("x") $1 \u0007'})
    page = lay_out(value, None, words("en"), today=TODAY)
    assert PdfReader(io.BytesIO(pdf(page))).metadata.title == 'a"b\\c #panic("x") $1'  # type: ignore[union-attr]  # it has metadata


def test_unknown_paper_is_a_coded_error() -> None:
    """TR-R002 with the known sizes."""
    page = lay_out(shop(), None, words("en"), today=TODAY)
    with pytest.raises(TropaError) as caught:
        pdf(page, "a33")
    assert caught.value.code == "TR-R002"
    assert caught.value.facts["near"] == "a3"


def test_lines_are_as_wide_as_measured() -> None:
    """The width that layout believed is the width that is drawn, within 1 %, kerning included (read back from pixels)."""
    from PIL import Image

    from tropa.layout.measure import measure
    from tropa.render.png import png

    for text in ("Тарас Григорьевич, AVATAR — 48 210", "После доставки: вакуум, ни совета", "To Avoid Wavy Type"):
        for weight, italic in ((400, False), (400, True), (600, False), (700, False)):
            inks, widths = [], []
            for told in (text, f"{text} {text}"):  # the difference is free of the bearings at both ends
                width = measure.width(told, 40, weight, italic)  # type: ignore[arg-type]  # a weight we ship
                line = Line(40, 80, told, 40, width, weight, "ink", "start", italic)  # type: ignore[arg-type]  # as above
                page = Page(round(width + 80), 120, "t", "d", "ru", (line,))
                picture = (
                    Image.open(io.BytesIO(png(page, 2))).convert("L").point(lambda value: 255 if value < 128 else 0)
                )
                box = picture.getbbox()
                assert box is not None
                inks.append((box[2] - box[0]) / 2)
                widths.append(width)
            assert inks[1] - inks[0] == pytest.approx(widths[1] - widths[0], rel=0.005)
