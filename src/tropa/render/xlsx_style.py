"""Formats, colours and lists of the workbook, each made once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tropa.codec.tables import HIDDEN_SHEET
from tropa.layout.measure import measure
from tropa.model import EvidenceState
from tropa.render.theme import LIGHT

MARKS = {
    EvidenceState.ASSUMED: "○", EvidenceState.OBSERVED: "◐", EvidenceState.MEASURED: "●", EvidenceState.CONTRADICTED: "◆",
    EvidenceState.STALE: "◌", EvidenceState.ENTERED: "□",
}  # fmt: skip
"""How a cell's evidence is shown: by shape, in front of the text, through the number format (so the text itself stays as written)."""

POINTS_TO_PIXELS = 96 / 72
TEXT_SIZE = 10.0


class Style:
    """Formats of one workbook; equal wishes share one format."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def __call__(self, **wish: Any) -> Any:
        """A format: the house's font, wrapped, top-aligned, with what is wished on top."""
        base = {
            "font_name": "Inter", "font_family": 2, "font_size": TEXT_SIZE, "font_color": LIGHT["ink"], "valign": "top", "text_wrap": True,
            "border": 0,
        }  # fmt: skip
        whole = {**base, **wish}
        key = tuple(sorted(whole.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(whole)
        return self._made[key]


class Lists:
    """Lists for dropdowns: they stand on the hidden sheet, for Excel allows only 255 characters in place."""

    FIRST = 2

    def __init__(self) -> None:
        self._lists: list[tuple[str, ...]] = []

    def source(self, names: tuple[str, ...]) -> str:
        """The reference that a dropdown takes its choices from."""
        if names not in self._lists:
            self._lists.append(names)
        column = _letters(self.FIRST + self._lists.index(names))
        return f"='{HIDDEN_SHEET}'!${column}$1:${column}${len(names)}"

    def columns(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """The lists with the columns they stand in."""
        yield from enumerate(self._lists, self.FIRST)


def _letters(column: int) -> str:
    out = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        out = chr(65 + rest) + out
    return out


def height(text: str, pixels: float, size: float = TEXT_SIZE, weight: Any = 400) -> float:
    """The height in points that a text needs in a column of so many pixels (Excel does not measure by itself)."""
    lines = measure.wrap(text, max(20.0, pixels - 24), size * POINTS_TO_PIXELS, weight)
    return max(1, len(lines)) * size * 1.36
