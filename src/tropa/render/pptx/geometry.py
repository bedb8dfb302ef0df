"""Paths of a scene as DrawingML's custom geometry: straight and cubic pieces in the shape's own box."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import sqrt

from tropa.render.pptx.ink import emu

Command = tuple[str | float, ...]
Bounds = tuple[float, float, float, float]
"""Left, top, right, bottom."""


def points(command: Command) -> list[tuple[float, float]]:
    """The points of one command: for a curve two controls and the end."""
    numbers = [float(value) for value in command[1:]]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def bounds(commands: Sequence[Command]) -> Bounds | None:
    """The box that the path really fills (extremes of curves, not their control points); None for an empty path."""
    xs: list[float] = []
    ys: list[float] = []
    at = (0.0, 0.0)
    for command in commands:
        spots = points(command)
        if not spots:
            continue
        if command[0] == "C":
            one, two, end = spots
            xs += _extremes(at[0], one[0], two[0], end[0])
            ys += _extremes(at[1], one[1], two[1], end[1])
        at = spots[-1]
        xs.append(at[0])
        ys.append(at[1])
    return (min(xs), min(ys), max(xs), max(ys)) if xs else None


def _extremes(a: float, b: float, c: float, d: float) -> Iterator[float]:
    """Values where one coordinate of a cubic curve turns."""
    quadratic, linear, constant = -a + 3 * b - 3 * c + d, 2 * (a - 2 * b + c), b - a
    if abs(quadratic) < 1e-12:
        roots = [-constant / linear] if abs(linear) > 1e-12 else []
    else:
        inside = linear * linear - 4 * quadratic * constant
        roots = [(-linear + sign * sqrt(inside)) / (2 * quadratic) for sign in (-1, 1)] if inside >= 0 else []
    for t in roots:
        if 0 < t < 1:
            yield (1 - t) ** 3 * a + 3 * (1 - t) ** 2 * t * b + 3 * (1 - t) * t * t * c + t**3 * d


def geometry_xml(commands: Sequence[Command], box: Bounds, scale: float, *, filled: bool) -> str:
    """`a:custGeom` with the path drawn in the coordinates of `box`."""
    left, top, right, bottom = box

    def spot(x: float, y: float) -> str:
        return f'<a:pt x="{emu((x - left) * scale)}" y="{emu((y - top) * scale)}"/>'

    names = {"M": "moveTo", "L": "lnTo", "C": "cubicBezTo"}
    parts = []
    for command in commands:
        if command[0] == "Z":
            parts.append("<a:close/>")
            continue
        name = names[str(command[0])]
        parts.append(f"<a:{name}>{''.join(spot(x, y) for x, y in points(command))}</a:{name}>")
    wide, high = emu((right - left) * scale), emu((bottom - top) * scale)
    none = "" if filled else ' fill="none"'
    return (
        '<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/>'
        f'<a:pathLst><a:path w="{wide}" h="{high}"{none}>{"".join(parts)}</a:path></a:pathLst></a:custGeom>'
    )
