"""What a laid-out page is made of: boxes, curves and measured lines of text, in numbers. Renderers only walk over it.

Units are CSS pixels (1/96 inch), origin top left, y downwards. Colours are roles (`render.theme` gives them values), so the
same scene is drawn light or dark, by SVG or by PowerPoint.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Role = Literal[
    "paper", "card", "sand", "ink", "muted", "line", "trail", "trail-tint", "trail-band", "break", "break-tint", "break-band",
    "gold", "on-ink", "none",
]  # fmt: skip
"""What a colour is for."""

Weight = Literal[400, 500, 600, 700]


@dataclass(frozen=True, slots=True)
class Rect:
    """A box. `hatch` fills it with the pattern of what cannot be observed."""

    x: float
    y: float
    width: float
    height: float
    fill: Role = "none"
    stroke: Role = "none"
    stroke_width: float = 1.0
    radius: float = 0.0
    hatch: bool = False
    opacity: float = 1.0
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Path:
    """Straight and cubic pieces: ("M", x, y), ("L", x, y), ("C", x1, y1, x2, y2, x, y), ("Z",)."""

    commands: tuple[tuple[str | float, ...], ...]
    fill: Role = "none"
    stroke: Role = "none"
    stroke_width: float = 1.0
    dash: tuple[float, ...] = ()
    opacity: float = 1.0


@dataclass(frozen=True, slots=True)
class Disc:
    """A circle."""

    x: float
    y: float
    r: float
    fill: Role = "none"
    stroke: Role = "none"
    stroke_width: float = 1.0
    opacity: float = 1.0


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text that has been measured. `x` is its left end, middle or right end as `anchor` says; `y` its baseline."""

    x: float
    y: float
    text: str
    size: float
    width: float
    weight: Weight = 400
    role: Role = "ink"
    anchor: Literal["start", "middle", "end"] = "start"
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Symbol:
    """An icon, an emoji or an evidence mark by name (`evidence-measured`, `channel-mail`, `emoji-…`), in a square of side `size`."""

    name: str
    x: float
    y: float
    size: float
    role: Role = "ink"
    title: str = ""


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture of the team's own. `source`: a `data:` address of a PNG or JPEG; `title`: what a screen reader says."""

    x: float
    y: float
    width: float
    height: float
    source: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Things that belong together: a cell, a stage's head, the ribbon, a break.

    `cell` is its address in the map (`stage`, `stage/lane`, `stage/touchpoint/lane`); `tip` says in words where its content comes
    from (shown on hover); `label` is its name for a screen reader; `href` leads to another page.
    """

    items: tuple[Item, ...]
    id: str = ""
    kind: str = ""
    cell: str = ""
    tip: str = ""
    label: str = ""
    href: str = ""


Item = Rect | Path | Disc | Line | Symbol | Photo | Group


@dataclass(frozen=True, slots=True)
class Table:
    """The same content as rows of text, for screen readers and for reading without the picture."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A laid-out page."""

    width: float
    height: float
    title: str
    description: str
    lang: str
    items: tuple[Item, ...]
    tables: tuple[Table, ...] = ()
    shortened: tuple[tuple[str, str], ...] = ()
    """(address, full text) of every text that was cut with an ellipsis; it is listed on the page and beside it."""
    notes: tuple[str, ...] = field(default=())
    more: tuple[Page, ...] = ()
    """Further sheets: rows and texts that did not fit this one."""
