"""Symbols of a scene as native shapes: circles, boxes and outlines of the same drawings that the SVG uses; emoji as letters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from xml.etree import ElementTree

from fontTools.pens.recordingPen import RecordingPen
from fontTools.svgLib.path import parse_path

from tropa.layout.scene import Disc, Item, Path, Rect, Role, Symbol
from tropa.render.icons import symbol_markup

_BOX = 24.0
"""Side of the box that icons are drawn in."""

_K = 0.5522847498
"""Control length of a quarter circle drawn as a cubic curve."""

_INHERITED = ("fill", "stroke", "stroke-width", "stroke-dasharray", "opacity")

Command = tuple[str | float, ...]


@dataclass(frozen=True, slots=True)
class _Piece:
    """One shape of an icon in its box: commands, or a circle or rectangle by its numbers; `ink` says fill, stroke or both."""

    kind: str
    numbers: tuple[float, ...]
    commands: tuple[Command, ...]
    filled: bool
    stroked: bool
    width: float
    dash: tuple[float, ...]


def emoji(symbol: Symbol) -> str:
    """The character of an emoji symbol (`emoji-1f600`, several joined by `-`); empty for another symbol."""
    if not symbol.name.startswith("emoji-"):
        return ""
    try:
        return "".join(chr(int(code, 16)) for code in symbol.name.split("-")[1:])
    except (ValueError, OverflowError):
        return ""


def drawing_of(symbol: Symbol) -> tuple[Item, ...]:
    """The shapes of a mark or an icon, in the colour of the symbol's role."""
    scale = symbol.size / _BOX
    return tuple(_placed(piece, symbol, scale) for piece in _pieces(symbol.name))


def _placed(piece: _Piece, symbol: Symbol, scale: float) -> Item:
    ink: Role = symbol.role
    fill: Role = ink if piece.filled else "none"
    stroke: Role = ink if piece.stroked else "none"
    width = piece.width * scale
    x, y = symbol.x, symbol.y
    if piece.kind == "circle" and not piece.dash:
        cx, cy, r = piece.numbers
        return Disc(x + cx * scale, y + cy * scale, r * scale, fill, stroke, width)
    if piece.kind == "rect":
        left, top, wide, high, radius = (number * scale for number in piece.numbers)
        return Rect(x + left, y + top, wide, high, fill, stroke, width, radius)
    commands = tuple(
        (name, *(value * scale + (x, y)[index % 2] for index, value in enumerate(_numbers(rest))))
        for name, *rest in piece.commands
    )
    return Path(commands, fill, stroke, width, tuple(part * scale for part in piece.dash))


def _numbers(values: list[str | float]) -> Iterator[float]:
    return (float(value) for value in values)


@lru_cache(maxsize=256)
def _pieces(name: str) -> tuple[_Piece, ...]:
    root = ElementTree.fromstring(f"<svg>{symbol_markup(name, 'currentColor', 'none')}</svg>")
    return tuple(_walk(root, {}))


def _walk(node: ElementTree.Element, style: Mapping[str, str]) -> Iterator[_Piece]:
    style = {**style, **{key: node.attrib[key] for key in _INHERITED if key in node.attrib}}
    kind = node.tag.rpartition("}")[2]
    if kind in ("path", "circle", "rect"):
        yield _piece(kind, node.attrib, style)
    for child in node:
        yield from _walk(child, style)


def _piece(kind: str, given: Mapping[str, str], style: Mapping[str, str]) -> _Piece:
    def number(key: str, default: float = 0.0) -> float:
        return float(given.get(key, default))

    numbers: tuple[float, ...] = ()
    commands: tuple[Command, ...] = ()
    if kind == "circle":
        numbers = (number("cx"), number("cy"), number("r"))
        commands = _circle(*numbers)
    elif kind == "rect":
        numbers = (number("x"), number("y"), number("width"), number("height"), number("rx", number("ry")))
    else:
        commands = tuple(_outline(given["d"]))
    dash = tuple(float(part) for part in style.get("stroke-dasharray", "").replace(",", " ").split())
    return _Piece(
        kind, numbers, commands, style.get("fill", "currentColor") != "none", style.get("stroke", "none") != "none",
        float(style.get("stroke-width", 1)), dash,
    )  # fmt: skip


def _outline(outline: str) -> Iterator[Command]:
    """The commands of an SVG path as straight and cubic pieces."""
    pen = RecordingPen()
    parse_path(outline, pen)
    at = (0.0, 0.0)
    for name, spots in pen.value:
        points: list[Any] = list(spots)
        if name in ("moveTo", "lineTo"):
            yield ("M" if name == "moveTo" else "L", *points[0])
        elif name == "curveTo":
            yield ("C", *(value for point in points for value in point))
        elif name == "qCurveTo":
            bend, end = points
            first = tuple(start + 2 / 3 * (mid - start) for start, mid in zip(at, bend, strict=True))
            second = tuple(stop + 2 / 3 * (mid - stop) for stop, mid in zip(end, bend, strict=True))
            yield ("C", *first, *second, *end)
        elif name == "closePath":
            yield ("Z",)
        if points:
            at = points[-1]


def _circle(x: float, y: float, r: float) -> tuple[Command, ...]:
    k = r * _K
    return (
        ("M", x, y - r),
        ("C", x + k, y - r, x + r, y - k, x + r, y),
        ("C", x + r, y + k, x + k, y + r, x, y + r),
        ("C", x - k, y + r, x - r, y + k, x - r, y),
        ("C", x - r, y - k, x - k, y - r, x, y - r),
        ("Z",),
    )
