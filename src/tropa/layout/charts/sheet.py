"""What every chart is drawn on: an answer with its words, a place that grows downwards, and figures as text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from tropa.layout.figures import digits_for
from tropa.layout.pen import Cuts, Style
from tropa.layout.scene import Group, Item
from tropa.model.measure import Answer, Cell, Column, Picture
from tropa.words import Words
from tropa.words.numbers import NBSP

WIDTH, MARGIN = 1200.0, 48.0
LEAST_WIDTH, MOST_WIDTH, NARROW = 280.0, 2000.0, 700.0
TITLE, ASK, BODY, STRONG, SMALL = (
    Style(26, 700), Style(15, 400, "muted"), Style(14), Style(14, 600), Style(12.5, 400, "muted"),
)  # fmt: skip
NAMES = ("state", "channel", "path", "reason", "text", "month")
"""Kinds of columns whose cells are names."""


@dataclass(slots=True)
class Sheet:
    """An answer being laid out. `y`: where the next thing begins; `drawn`: how many of its rows are in the picture.

    `width`: of the page, `WIDTH` on paper and whatever a screen has; a chart that is `narrow` stands its words above its marks.
    What belongs to one row is put down within `mark`, so that a page can tell its figures.
    """

    answer: Answer
    picture: Picture
    labels: Mapping[str, str]
    words: Words
    items: list[Item] = field(default_factory=list)
    cuts: Cuts = field(default_factory=Cuts)
    _told: list[tuple[str, ...]] = field(default_factory=list)
    y: float = MARGIN
    drawn: int = 0
    width: float = WIDTH

    def __post_init__(self) -> None:
        """An answer may be asked for without what its picture shows: then that shows the first share that is there."""
        there = [column for column in self.answer.columns if column.kind == "share" and not column.aside]
        if there and self.picture.value and all(column.id != self.picture.value for column in self.answer.columns):
            self.picture = self.picture.model_copy(update={"value": there[0].id})

    @property
    def narrow(self) -> bool:
        """Whether it is to fit a phone."""
        return self.width < NARROW

    @property
    def left(self) -> float:
        """Where the page's content begins."""
        return 10.0 if self.narrow else MARGIN

    @property
    def right(self) -> float:
        """Where the page's content ends."""
        return self.width - self.left

    @contextmanager
    def mark(self, at: int, kind: str = "mark") -> Iterator[None]:
        """What is put down within belongs to one row, which is told in words where one points at it.

        `kind`: `mark arc` is met on its line alone, `mark-words` says again what another mark tells.
        """
        begin = len(self.items)
        yield
        mine = tuple(self.items[begin:])
        del self.items[begin:]
        if mine:
            self.items.append(Group(mine, kind=kind, tip="" if kind == "mark-words" else self.tip(at)))

    def tip(self, at: int) -> str:
        """A row in words: every figure with its name."""
        row = self.told_rows()[at]
        named = zip(self.shown(), row, strict=True)
        return "; ".join(f"{self.words(column.title)}: {told}" for column, told in named if told)

    def shown(self) -> list[Column]:
        """The columns that are told by themselves."""
        return [column for column in self.answer.columns if not column.aside]

    def told_rows(self) -> list[tuple[str, ...]]:
        """All rows in words, with shares and times as they are said."""
        if not self._told:
            columns = []
            for column in self.shown():
                if column.kind in NAMES:
                    columns.append(self.names(column.id))
                    continue
                low, high = self.ends(column.id)
                three = zip(self.numbers(column.id), low, high, strict=True)
                columns.append([self.figure(column.kind, *one) for one in three])
            self._told.extend(zip(*columns, strict=True))
        return self._told

    def figure(self, kind: str, value: float | None, low: float | None, high: float | None) -> str:
        """A figure as it is said."""
        if value is None:
            return "—"
        if kind in ("share", "chance"):
            return self.share(value, low, high)
        if kind == "seconds":
            return self.words.duration(value)
        say = self.words.decimal if kind not in ("count", "money") else lambda one: self.words.integer(round(one))
        if low is None or high is None:
            return say(value)
        return f"{say(value)}{NBSP}[{say(low)};{NBSP}{say(high)}]"

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
