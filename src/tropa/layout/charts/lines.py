"""Curves with their bands."""

from __future__ import annotations

from itertools import pairwise
from math import log10
from typing import Literal

from tropa.layout.charts.sheet import SMALL, Sheet
from tropa.layout.pen import line
from tropa.layout.scene import Disc, Path

HEIGHT = 380.0


def curve(sheet: Sheet) -> None:
    """A value over time as steps (what has not happened yet is not drawn as if it came gradually), with its band."""
    xs, ys = sheet.numbers(sheet.picture.x), sheet.numbers(sheet.picture.value)
    lows, highs = sheet.ends(sheet.picture.value)
    points = [(x, y) for x, y in zip(xs, ys, strict=True) if x is not None and y is not None]
    sheet.drawn = len(points)
    if not points:
        return
    left, right, top = sheet.left + (46 if sheet.narrow else 64), sheet.right, sheet.y + 10
    bottom = top + (240.0 if sheet.narrow else HEIGHT)
    far = max(x for x, _ in points) or 1.0
    most = _round_up(max([y for _, y in points] + [high for high in highs if high is not None] + [0.01]))

    def at(x: float, y: float) -> tuple[float, float]:
        return round(left + (right - left) * x / far, 2), round(bottom - (bottom - top) * min(y / most, 1.0), 2)

    for k in range(5):
        y = at(0, most * k / 4)[1]
        sheet.items.append(Path((("M", left, y), ("L", right, y)), stroke="line"))
        sheet.items.append(line(left - 10, y + 4, sheet.words.percent(most * k / 4), SMALL, "end"))
    parts = 2 if sheet.narrow else 5
    for k in range(parts + 1):
        anchor: Literal["start", "middle", "end"] = "start" if k == 0 else "end" if k == parts else "middle"
        x = at(far * k / parts, 0)[0]
        sheet.items.append(line(x, bottom + 20, sheet.words.duration(far * k / parts), SMALL, anchor))
    band = [(x, low, high) for x, low, high in zip(xs, lows, highs, strict=True) if None not in (x, low, high)]
    if len(band) > 1:
        upper = _steps([at(x or 0, high or 0) for x, _, high in band])
        lower = _steps([at(x or 0, low or 0) for x, low, _ in band])
        ring: list[tuple[str | float, ...]] = [
            ("M", *upper[0]),
            *(("L", *one) for one in upper[1:] + lower[::-1]),
            ("Z",),
        ]
        sheet.items.append(Path(tuple(ring), fill="trail-tint"))
    way = _steps([at(x, y) for x, y in points])
    sheet.items.append(Path((("M", *way[0]), *(("L", *one) for one in way[1:])), stroke="trail", stroke_width=2.4))
    for row, (x_, y_) in enumerate(zip(xs, ys, strict=True)):
        if x_ is not None and y_ is not None:
            with sheet.mark(row):
                sheet.items.append(Disc(*at(x_, y_), 3.2, fill="trail"))
    sheet.y = bottom + 40


def _steps(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    out = [points[0]]
    for before, after in pairwise(points):
        out += [(after[0], before[1]), after]
    return out


def _round_up(value: float) -> float:
    """The next of 1, 2, 2.5, 5 times a power of ten, at most the whole."""
    power = 10 ** int(log10(value) - 1) if value > 0 else 0.01
    return min(1.0, next(step * power for step in (1, 2, 2.5, 5, 10, 20, 25, 50, 100) if step * power >= value))
