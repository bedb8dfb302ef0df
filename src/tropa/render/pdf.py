"""A laid-out page as PDF: the SVG of each sheet on paper of its size, text selectable, fonts embedded, the same bytes every time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from tropa.layout import PAPERS
from tropa.layout.scene import Page
from tropa.model import TropaError, near_miss
from tropa.render.svg import svg
from tropa.render.theme import FONT_FAMILY, ThemeName
from tropa.render.typeset import needs_others, typeset

MM_PER_PIXEL = 25.4 / 96


def pdf(pages: Page | Sequence[Page], paper: str | None = None, theme: ThemeName = "light") -> bytes:
    """PDF bytes. `paper`: a landscape sheet that every page is fitted on (None: sheets as large as the pages, at 96 pixels an inch).

    Further sheets of a page follow it. Raises TR-R002 for an unknown paper, TR-R004 when the document cannot be made.
    """
    if paper is not None and paper not in PAPERS:
        raise TropaError("TR-R002", name=paper, near=near_miss(paper, tuple(PAPERS)), known=", ".join(PAPERS))
    whole = [pages] if isinstance(pages, Page) else list(pages)
    sheets = [sheet for page in whole for sheet in (replace(page, more=()), *page.more)]
    inputs = {f"svg{index}": svg(sheet, theme, fonts=False) for index, sheet in enumerate(sheets)}
    return typeset(_source(sheets, paper), inputs, "pdf", others=needs_others(tuple(sheets)))


def _source(sheets: Sequence[Page], paper: str | None) -> str:
    """The typst document: a full-bleed picture on every page."""
    first = sheets[0]
    out = [
        f"#set document(title: {_text(first.title)}, description: {_text(first.description)}, date: none)",
        f'#set text(lang: {_text(first.lang)}, font: "{FONT_FAMILY}")',
    ]
    for index, sheet in enumerate(sheets):
        width, height, scaled = _size(sheet, paper)
        alt = _text(sheet.description or sheet.title)
        out.append(
            f"#page(width: {width:.3f}mm, height: {height:.3f}mm, margin: 0mm)[#align(center + horizon, "
            f'image(bytes(sys.inputs.svg{index}), format: "svg", width: {scaled:.3f}mm, alt: {alt}))]'
        )
    return "\n".join(out) + "\n"


def _size(sheet: Page, paper: str | None) -> tuple[float, float, float]:
    """Width and height of the page in millimetres, and the width of the picture on it."""
    if paper is None:
        return sheet.width * MM_PER_PIXEL, sheet.height * MM_PER_PIXEL, sheet.width * MM_PER_PIXEL
    size = PAPERS[paper]
    scale = min(size.width_mm / sheet.width, size.height_mm / sheet.height)
    return size.width_mm, size.height_mm, sheet.width * scale - 0.01


def _text(value: str) -> str:
    """A string of typst's."""
    clean = "".join(char if char.isprintable() or char in "\u00a0\u202f" else " " for char in value)
    clean = re.sub(" +", " ", clean).strip(" ")
    return '"' + clean.replace("\\", "\\\\").replace('"', '\\"') + '"'
