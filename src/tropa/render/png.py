"""A laid-out page as PNG, drawn with the shipped fonts: the same picture on every machine."""

from __future__ import annotations

from dataclasses import replace
from math import ceil

from tropa.layout.scene import Page
from tropa.render.svg import GAP, svg
from tropa.render.theme import ThemeName
from tropa.render.typeset import needs_others, typeset


def png(page: Page, scale: float = 1.0, theme: ThemeName = "light") -> bytes:
    """PNG bytes; `scale` pixels to a pixel of the page. Further sheets of the page stand below the first.

    Scripts that the shipped fonts lack are drawn with the fonts of this machine, where it has them.
    """
    sheets = (replace(page, more=()), *page.more)
    tops, pictures, y = [], {}, 0
    for index, sheet in enumerate(sheets):
        across, down = _pixels(sheet, scale)
        # a sheet ends with a whole pixel, so that nothing is drawn at one size and stretched to another
        exact = replace(sheet, width=across / scale, height=down / scale, more=())
        pictures[f"sheet{index}"] = svg(exact, theme, fonts=False)
        tops.append(
            f'#place(top + left, dy: {y}pt, image(bytes(sys.inputs.sheet{index}), format: "svg", width: {across}pt))'
        )
        y += down + round(GAP * scale)
    wide = max(_pixels(sheet, scale)[0] for sheet in sheets)
    head = f"#set page(width: {wide}pt, height: {y - round(GAP * scale)}pt, margin: 0pt, fill: none)"
    return typeset("\n".join((head, *tops)), pictures, "png", others=needs_others(sheets))


def _pixels(sheet: Page, scale: float) -> tuple[int, int]:
    """Size of a sheet's picture."""
    return ceil(sheet.width * scale - 1e-6), ceil(sheet.height * scale - 1e-6)
