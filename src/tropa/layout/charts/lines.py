"""Curves with their bands, and graphs: states on a line, steps forward above it and backward below."""

from __future__ import annotations

from itertools import pairwise
from math import log10
from typing import Literal

from tropa.layout.charts.sheet import MARGIN, SMALL, STRONG, WIDTH, Sheet
from tropa.layout.pen import line, set_lines, wrapped
from tropa.layout.scene import Disc, Path, Rect, Role

HEIGHT = 380.0
MOST_NODES, MOST_EDGES = 16, 60
TOLD = 14
STARTS, ENDS = ("mark:start",), ("mark:deal", "mark:left", "mark:open", "mark:other")


def curve(sheet: Sheet) -> None:
    """A value over time as steps (what has not happened yet is not drawn as if it came gradually), with its band."""
    xs, ys = sheet.numbers(sheet.picture.x), sheet.numbers(sheet.picture.value)
    lows, highs = sheet.ends(sheet.picture.value)
    points = [(x, y) for x, y in zip(xs, ys, strict=True) if x is not None and y is not None]
    sheet.drawn = len(points)
    if not points:
        return
    left, right, top = MARGIN + 64, WIDTH - MARGIN, sheet.y + 10
    bottom = top + HEIGHT
    far = max(x for x, _ in points) or 1.0
    most = _round_up(max([y for _, y in points] + [high for high in highs if high is not None] + [0.01]))

    def at(x: float, y: float) -> tuple[float, float]:
        return round(left + (right - left) * x / far, 2), round(bottom - (bottom - top) * min(y / most, 1.0), 2)

    for k in range(5):
        y = at(0, most * k / 4)[1]
        sheet.items.append(Path((("M", left, y), ("L", right, y)), stroke="line"))
        sheet.items.append(line(left - 10, y + 4, sheet.words.percent(most * k / 4), SMALL, "end"))
    anchors: tuple[Literal["start", "middle", "end"], ...] = ("start", "middle", "middle", "middle", "middle", "end")
    for k, anchor in enumerate(anchors):
        x = at(far * k / 5, 0)[0]
        sheet.items.append(line(x, bottom + 20, sheet.words.duration(far * k / 5), SMALL, anchor))
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


def graph(sheet: Sheet) -> None:
    """States in the order they stand in the answer of the map; arcs as wide as steps are many, the largest with their number."""
    sources, targets = ([str(cell) for cell in sheet.cells(name)] for name in (sheet.picture.x, sheet.picture.y))
    counts = [value or 0.0 for value in sheet.numbers(sheet.picture.value)]
    edges = sorted(zip(counts, sources, targets, strict=True), reverse=True)
    traffic: dict[str, float] = {}
    for count, a, b in edges:
        traffic[a] = traffic.get(a, 0.0) + count
        traffic[b] = traffic.get(b, 0.0) + count
    nodes = _in_order(sorted(traffic, key=lambda name: -traffic[name])[:MOST_NODES], edges)
    kept = [edge for edge in edges if edge[1] in nodes and edge[2] in nodes and edge[1] != edge[2]][:MOST_EDGES]
    sheet.drawn = len(kept)
    if not kept:
        return
    step = (WIDTH - 2 * MARGIN) / len(nodes)
    place = {name: MARGIN + step * (at + 0.5) for at, name in enumerate(nodes)}
    reach = max((abs(nodes.index(a) - nodes.index(b)) for _, a, b in kept), default=1)
    unit = min(210.0 / reach, 46.0)
    base = sheet.y + 24 + unit * reach
    most = kept[0][0]
    peaks = {}
    for count, a, b in reversed(kept):
        height = unit * (nodes.index(b) - nodes.index(a)) * 1.3
        peaks[a, b] = base - height
        _arc(sheet, place[a], place[b], base, base - height, 1.0 + 15.0 * count / most, gone=b == "mark:left")
    for count, a, b in kept[:TOLD]:
        _count(sheet, (place[a] + place[b]) / 2, base + (peaks[a, b] - base) * 0.75, count)
    deepest = max((nodes.index(a) - nodes.index(b) for _, a, b in kept), default=0)
    for name in nodes:
        sheet.items.append(Disc(round(place[name], 2), base, 5, fill="trail" if name not in ENDS else "ink"))
    under = base + 22 + unit * max(deepest, 0)
    for name in nodes:
        text = sheet.labels.get(name, name)
        lines = wrapped(text, step - 8, SMALL, 4, sheet.cuts, text)
        sheet.items.extend(set_lines(lines, round(place[name], 2), under, SMALL, "middle"))
    sheet.y = under + 4 * SMALL.leading + 12


def _in_order(names: list[str], edges: list[tuple[float, str, str]]) -> list[str]:
    """Beginning first, ends last, and between them by how much more comes in from before than goes back: the way of most steps."""
    inner = [name for name in names if name not in STARTS + ENDS]
    flow = {(a, b): count for count, a, b in edges}
    placed: list[str] = []
    while inner:
        # whoever has least coming in from those that are still to be placed goes first
        first = min(
            inner,
            key=lambda one: (sum(flow.get((other, one), 0.0) - flow.get((one, other), 0.0) for other in inner), one),
        )
        placed.append(first)
        inner.remove(first)
    starts = [name for name in STARTS if name in names]
    return [*starts, *placed, *(name for name in ENDS if name in names)]


def _arc(sheet: Sheet, x: float, to: float, base: float, peak: float, width: float, *, gone: bool) -> None:
    """Forward above, back below; leaving and going back in the colour of breaks."""
    x, to, peak = round(x, 2), round(to, 2), round(peak, 2)
    commands = (("M", x, base), ("C", x, peak, to, peak, to, base))
    ink: Role = "break-band" if gone or to < x else "trail-band"
    sheet.items.append(Path(commands, stroke=ink, stroke_width=round(width, 2), opacity=0.85))


def _count(sheet: Sheet, x: float, y: float, count: float) -> None:
    text = sheet.words.integer(count)
    half = STRONG.width(text) / 2 + 5
    sheet.items.append(Rect(round(x - half, 2), round(y - 9, 2), round(2 * half, 2), 18, fill="paper", radius=9))
    sheet.items.append(line(x, y + 5, text, STRONG, "middle"))
