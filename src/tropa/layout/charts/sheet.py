"""What every chart is drawn on: an answer with its words, a place that grows downwards, and figures as text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tropa.layout.figures import digits_for
from tropa.layout.pen import Cuts, Style
from tropa.layout.scene import Item
from tropa.model.measure import Answer, Cell, Picture
from tropa.words import Words
from tropa.words.numbers import NBSP

WIDTH, MARGIN = 1200.0, 48.0
TITLE, ASK, BODY, STRONG, SMALL = (
    Style(26, 700), Style(15, 400, "muted"), Style(14), Style(14, 600), Style(12.5, 400, "muted"),
)  # fmt: skip


@dataclass(slots=True)
class Sheet:
    """An answer being laid out. `y`: where the next thing begins; `drawn`: how many of its rows are in the picture."""

    answer: Answer
    picture: Picture
    labels: Mapping[str, str]
    words: Words
    items: list[Item] = field(default_factory=list)
    cuts: Cuts = field(default_factory=Cuts)
    y: float = MARGIN
    drawn: int = 0

    def cells(self, column: str) -> tuple[Cell, ...]:
        """All cells of a column."""
        return self.answer.column(column)

    def numbers(self, column: str | None) -> list[float | None]:
        """All cells of a column as numbers; None where there is none, or no such column."""
        if column is None:
            return [None] * len(self.answer.rows)
        return [float(cell) if isinstance(cell, (int, float)) else None for cell in self.cells(column)]

    def names(self, column: str) -> list[str]:
        """All cells of a column in words."""
        ways = self.cells("having") if any(one.id == "having" for one in self.answer.columns) else None
        out = []
        for at, cell in enumerate(self.cells(column)):
            own = f"{cell}|{ways[at]}" if ways is not None else str(cell)
            out.append(self.labels.get(own) or self.labels.get(str(cell)) or str(cell))
        return out

    def ends(self, column: str) -> tuple[list[float | None], list[float | None]]:
        """The ends of a column's intervals."""
        found = next(one for one in self.answer.columns if one.id == column)
        return self.numbers(found.low), self.numbers(found.high)

    def share(self, value: float, low: float | None, high: float | None) -> str:
        """A share with its interval in as many figures as that allows."""
        if low is None or high is None:
            return self.words.percent(value)
        digits = digits_for(low, high)
        shown = self.words.percent(value, None if value in (0.0, 1.0) else digits)
        if digits is None:
            return shown
        ends = f";{NBSP}".join(self.words.decimal(end * 100, digits) for end in (low, high))
        return f"{shown}{NBSP}[{ends}]"
