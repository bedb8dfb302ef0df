"""Setting text: from words to measured lines at a place, with a record of what had to be shortened."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from tropa.layout.measure import measure
from tropa.layout.scene import Item, Line, Role, Weight

LEADING = 1.32
"""Distance between baselines, in sizes."""


@dataclass(frozen=True)
class Style:
    """How a text looks."""

    size: float
    weight: Weight = 400
    role: Role = "ink"
    italic: bool = False

    @cached_property
    def leading(self) -> float:
        """Distance between baselines in pixels."""
        return round(self.size * LEADING, 2)

    def width(self, text: str) -> float:
        """Width of one line in this style."""
        return measure.width(text, self.size, self.weight, self.italic)


@dataclass(slots=True)
class Cuts:
    """Gathers the texts that had to be shortened while a page is laid out: (address, full text)."""

    found: list[tuple[str, str]] = field(default_factory=list)

    def add(self, address: str, text: str) -> None:
        """Notes a shortened text, once."""
        if (address, text) not in self.found:
            self.found.append((address, text))


def line(x: float, y: float, text: str, style: Style, anchor: Literal["start", "middle", "end"] = "start") -> Line:
    """One measured line with its baseline at `y`."""
    return Line(
        round(x, 2),
        round(y, 2),
        text,
        style.size,
        round(style.width(text), 2),
        style.weight,
        style.role,
        anchor,
        style.italic,
    )


def fitted(
    x: float, y: float, text: str, style: Style, width: float, cuts: Cuts, address: str,
    anchor: Literal["start", "middle", "end"] = "start",
) -> Line:  # fmt: skip
    """One line no wider than `width`; where it is shortened, `cuts` is told."""
    shown = measure.shorten(text, width, style.size, style.weight, style.italic)
    if shown != text:
        cuts.add(address, text)
    return line(x, y, shown, style, anchor)


def wrapped(
    text: str, width: float, style: Style, max_lines: int | None = None, cuts: Cuts | None = None, address: str = ""
) -> tuple[str, ...]:
    """Lines of a paragraph. Where `max_lines` shortens it, `cuts` is told."""
    lines = measure.wrap(text, width, style.size, style.weight, max_lines, style.italic)
    if cuts is not None and max_lines is not None and len(lines) == max_lines:
        whole = measure.wrap(text, width, style.size, style.weight, None, style.italic)
        if len(whole) > max_lines:
            cuts.add(address, text)
    return lines


def set_lines(
    lines: tuple[str, ...], x: float, top: float, style: Style, anchor: Literal["start", "middle", "end"] = "start"
) -> tuple[Item, ...]:
    """Lines of a paragraph whose first line's box begins at `top`."""
    leading = style.leading
    base = top + (leading - style.size) / 2 + style.size * 0.8
    return tuple(line(x, base + index * leading, text, style, anchor) for index, text in enumerate(lines))


def height_of(lines: tuple[str, ...], style: Style) -> float:
    """Height of the box of these lines."""
    return len(lines) * style.leading


def balanced(text: str, width: float, style: Style, max_lines: int) -> tuple[str, ...]:
    """Lines of about equal length (for headings): as few as are needed, and none much shorter than the others."""
    lines = measure.wrap(text, width, style.size, style.weight, max_lines)
    if len(lines) < 2 or lines[-1].endswith("…"):
        return lines
    low, high = width / len(lines), width
    for _ in range(8):
        middle = (low + high) / 2
        tried = measure.wrap(text, middle, style.size, style.weight)
        if len(tried) <= len(lines) and all(style.width(item) <= width for item in tried):
            high = middle
        else:
            low = middle
    return measure.wrap(text, high, style.size, style.weight, max_lines)
