"""Curves with their bands; several of them told apart by colour, dashes and the name at their end."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from math import log10
from typing import Literal

from tropa.layout.charts.sheet import SMALL, Sheet
from tropa.layout.pen import fitted, line
from tropa.layout.scene import Disc, Path, Role

HEIGHT = 380.0
NAMES = 190.0
"""Room for the names of several curves, at their right."""
LOOKS: tuple[tuple[Role, tuple[float, ...]], ...] = (
    ("ink", ()), ("trail", ()), ("break", (9, 4)), ("gold", (2, 3)), ("muted", (12, 3, 2, 3)), ("trail", (5, 5)), ("break", ()),
    ("ink", (2, 4)),
)  # fmt: skip
"""Colour and dashes of each of several curves; more than these are left to the table."""
Spot = Callable[[float, float], tuple[float, float]]


def curve(sheet: Sheet) -> None:
    """A value over time as steps (what has not happened yet is not drawn as if it came gradually) with its band; or several of them."""
    xs, ys = sheet.numbers(sheet.picture.x), sheet.numbers(sheet.picture.value)
    lows, highs = sheet.ends(sheet.picture.value)
    points = [(x, y) for x, y in zip(xs, ys, strict=True) if x is not None and y is not None]
    sheet.drawn = len(points)
    if not points:
        return
    names = sheet.names(sheet.picture.series) if sheet.picture.series else []
    several = len(set(names)) > 1
    far = max(x for x, _ in points) or 1.0
    ends = [] if several else [high for high in highs if high is not None]
    most = _round_up(max([y for _, y in points] + ends + [0.01]))
    bottom = sheet.y + 10 + (240.0 if sheet.narrow else HEIGHT)
    at = _axes(sheet, far, most, bottom, several)
    if several:
        _curves(sheet, at, names, bottom)
    else:
        _band(sheet, at, [(x, low, high) for x, low, high in zip(xs, lows, highs, strict=True)])
        _way(sheet, [at(x, y) for x, y in points], "trail", ())
        for row, (x_, y_) in enumerate(zip(xs, ys, strict=True)):
            if x_ is not None and y_ is not None:
                with sheet.mark(row):
                    sheet.items.append(Disc(*at(x_, y_), 3.2, fill="trail"))
    sheet.y = max(sheet.y, bottom + 40)


def _axes(sheet: Sheet, far: float, most: float, bottom: float, several: bool) -> Spot:
    """Lines and figures of both axes; where a time and a share lie on the page."""
    left, top = sheet.left + (46 if sheet.narrow else 64), sheet.y + 10
    right = sheet.right - (NAMES if several and not sheet.narrow else 0)

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
    return at


def _band(sheet: Sheet, at: Spot, ends: list[tuple[float | None, float | None, float | None]]) -> None:
    band = [(x, low, high) for x, low, high in ends if x is not None and low is not None and high is not None]
    if len(band) < 2:
        return
    upper = _steps([at(x, high) for x, _, high in band])
    lower = _steps([at(x, low) for x, low, _ in band])
    ring: list[tuple[str | float, ...]] = [("M", *upper[0]), *(("L", *one) for one in upper[1:] + lower[::-1]), ("Z",)]
    sheet.items.append(Path(tuple(ring), fill="trail-tint"))


def _way(sheet: Sheet, points: list[tuple[float, float]], ink: Role, dash: tuple[float, ...]) -> None:
    way = _steps(points)
    steps = (("M", *way[0]), *(("L", *one) for one in way[1:]))
    sheet.items.append(Path(steps, stroke=ink, stroke_width=2.4, dash=dash))


def _curves(sheet: Sheet, at: Spot, names: list[str], bottom: float) -> None:
    """One curve for each name, which stands at its end (on a phone: below, with a piece of its line)."""
    xs, ys = sheet.numbers(sheet.picture.x), sheet.numbers(sheet.picture.value)
    rows: dict[str, list[int]] = {}
    for row, name in enumerate(names):
        if xs[row] is not None and ys[row] is not None:
            rows.setdefault(name, []).append(row)
    shown = list(rows.items())[: len(LOOKS)]
    sheet.drawn = sum(len(mine) for _, mine in shown)
    tags = []
    for (name, mine), (ink, dash) in zip(shown, LOOKS, strict=False):
        points = [at(xs[row] or 0.0, ys[row] or 0.0) for row in mine]
        _way(sheet, points, ink, dash)
        for row, point in zip(mine, points, strict=True):
            with sheet.mark(row):
                sheet.items.append(Disc(*point, 2.6, fill=ink))
        tags.append((points[-1][1], name, ink, dash))
    if sheet.narrow:
        places = [(bottom + 46 + 20 * k, *tag[1:]) for k, tag in enumerate(tags)]
        begin, sheet.y = sheet.left, bottom + 46 + 20 * len(tags)
    else:
        places, begin = _apart(tags, bottom), sheet.right - NAMES + 12
    for y, name, ink, dash in places:
        sheet.items.append(Path((("M", begin, y), ("L", begin + 26, y)), stroke=ink, stroke_width=2.4, dash=dash))
        room = (sheet.right - begin) - 34
        sheet.items.append(fitted(begin + 32, y + 4, name, SMALL, room, sheet.cuts, name))


Tag = tuple[float, str, Role, tuple[float, ...]]


def _apart(tags: list[Tag], bottom: float) -> list[Tag]:
    """The tags as near to the ends of their curves as they fit, from the bottom up."""
    out: list[Tag] = []
    free = bottom - 2
    for y, name, ink, dash in sorted(tags, reverse=True):
        place = min(y, free)
        out.append((place, name, ink, dash))
        free = place - 18
    return out


def _steps(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    out = [points[0]]
    for before, after in pairwise(points):
        out += [(after[0], before[1]), after]
    return out


def _round_up(value: float) -> float:
    """The next of 1, 2, 2.5, 5 times a power of ten, at most the whole."""
    power = 10 ** int(log10(value) - 1) if value > 0 else 0.01
    return min(1.0, next(step * power for step in (1, 2, 2.5, 5, 10, 20, 25, 50, 100) if step * power >= value))
