"""The grid of a page: paper, type sizes, and where each column stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tropa.layout.content import Column, Content
from tropa.layout.pen import Style


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet: its size in millimetres (landscape) and the width in pixels that its drawing has at the least."""

    name: str
    width_mm: float
    height_mm: float
    pixels: float

    @property
    def ratio(self) -> float:
        """Height by width."""
        return self.height_mm / self.width_mm


PAPERS: Mapping[str, Paper] = {
    paper.name: paper
    for paper in (
        Paper("a4", 297, 210, 1640),
        Paper("a3", 420, 297, 2000),
        Paper("a2", 594, 420, 2360),
        Paper("a1", 841, 594, 2720),
        Paper("a0", 1189, 841, 3080),
        Paper("slide", 338.67, 190.5, 1920),
    )
}
"""Paper by name. `screen` is no paper: as wide as its columns ask, as tall as its rows."""

SCREEN_WIDTH = 1600.0
MARGIN = 56.0
LABELS = 158.0
MIN_STAGE = 148.0
MIN_POINT = 136.0


@dataclass(frozen=True, slots=True)
class Sizes:
    """Text styles of a page."""

    title: Style
    subtitle: Style
    head: Style
    task: Style
    label: Style
    about: Style
    body: Style
    strong: Style
    aside: Style
    number: Style
    money: Style
    price: Style
    tiny: Style


def sizes(narrow: bool) -> Sizes:
    """Styles; narrow columns get body text one step smaller."""
    body = 13.5 if narrow else 14.5
    return Sizes(
        title=Style(29, 700),
        subtitle=Style(15.5, 400, "muted"),
        head=Style(15 if narrow else 17, 600),
        task=Style(12.5, 400, "muted"),
        label=Style(14.5, 600),
        about=Style(12.5, 400, "muted"),
        body=Style(body),
        strong=Style(body, 600),
        aside=Style(12.5, 400, "muted"),
        number=Style(14.5, 600),
        money=Style(16, 600, "break"),
        price=Style(24, 700, "break"),
        tiny=Style(12, 400, "muted"),
    )


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a column or a whole stage stands."""

    x: float
    width: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.width

    @property
    def middle(self) -> float:
        """Its centre."""
        return self.x + self.width / 2


@dataclass(frozen=True, slots=True)
class Frame:
    """A page's grid: x from `left` to `right`; the labels stand left of the first column."""

    width: float
    left: float
    right: float
    columns: Mapping[str, Slot]
    stages: Mapping[str, Slot]
    type: Sizes
    opened: frozenset[str]

    @property
    def grid(self) -> float:
        """Where the first column begins."""
        return self.left + LABELS


def needed(columns: tuple[Column, ...]) -> float:
    """The least page width that gives every column its room."""
    opened = any(column.point is not None for column in columns)
    return 2 * MARGIN + LABELS + sum(_least(column, opened) for column in columns)


def _least(column: Column, opened: bool) -> float:
    """A closed stage beside opened ones gets the room of one and a half touchpoints."""
    if column.point is not None:
        return MIN_POINT
    return MIN_POINT * 1.5 if opened else MIN_STAGE


def frame(content: Content, width: float) -> Frame:
    """A grid of the given width: what columns need at the least, and the rest shared evenly."""
    opened = frozenset(column.stage.id for column in content.columns if column.point is not None)
    room = width - 2 * MARGIN - LABELS
    least = [_least(column, bool(opened)) for column in content.columns]
    spare = max(0.0, room - sum(least)) / len(least)
    columns: dict[str, Slot] = {}
    stages: dict[str, Slot] = {}
    x = MARGIN + LABELS
    for column, own in zip(content.columns, least, strict=True):
        slot = Slot(x, own + spare)
        columns[column.key] = slot
        first = stages.get(column.stage.id)
        stages[column.stage.id] = Slot(first.x, first.width + slot.width) if first else slot
        x += slot.width
    narrow = min(slot.width for slot in columns.values()) < 190
    return Frame(width, MARGIN, width - MARGIN, columns, stages, sizes(narrow), opened)
