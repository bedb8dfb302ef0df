"""Graphs: states on a line, steps forward on one side of it and backward on the other; on a phone the line stands upright."""

from __future__ import annotations

from tropa.layout.charts.sheet import SMALL, STRONG, Sheet
from tropa.layout.pen import line, set_lines, wrapped
from tropa.layout.scene import Disc, Path, Rect, Role

MOST_NODES, MOST_EDGES = 16, 60
TOLD = 14
STARTS, ENDS = ("mark:start",), ("mark:deal", "mark:left", "mark:open", "mark:other")
NAMES, STEP = 128.0, 46.0
"""Of an upright graph: room for names, and from one state to the next."""
Edge = tuple[float, str, str, int]
"""How many, from where, to where, and in which row of the answer that stands."""


def graph(sheet: Sheet) -> None:
    """States in the order they stand in the answer of the map; arcs as wide as steps are many, the largest with their number."""
    sources, targets = ([str(cell) for cell in sheet.cells(name)] for name in (sheet.picture.x, sheet.picture.y))
    counts = [value or 0.0 for value in sheet.numbers(sheet.picture.value)]
    edges = sorted(zip(counts, sources, targets, range(len(counts)), strict=True), reverse=True)
    traffic: dict[str, float] = {}
    for count, a, b, _ in edges:
        traffic[a] = traffic.get(a, 0.0) + count
        traffic[b] = traffic.get(b, 0.0) + count
    nodes = _in_order(sorted(traffic, key=lambda name: -traffic[name])[:MOST_NODES], edges)
    kept = [edge for edge in edges if edge[1] in nodes and edge[2] in nodes and edge[1] != edge[2]][:MOST_EDGES]
    sheet.drawn = len(kept)
    if kept and sheet.narrow:
        _upright(sheet, nodes, kept)
    elif kept:
        _lying(sheet, nodes, kept)


def _lying(sheet: Sheet, nodes: list[str], kept: list[Edge]) -> None:
    step = (sheet.right - sheet.left) / len(nodes)
    place = {name: sheet.left + step * (at + 0.5) for at, name in enumerate(nodes)}
    reach = max((abs(nodes.index(a) - nodes.index(b)) for _, a, b, _ in kept), default=1)
    unit = min(210.0 / reach, 46.0)
    base = sheet.y + 24 + unit * reach
    most = kept[0][0]
    peaks = {}
    for count, a, b, row in reversed(kept):
        height = unit * (nodes.index(b) - nodes.index(a)) * 1.3
        peaks[a, b] = base - height
        with sheet.mark(row, "mark arc"):
            _arc(sheet, place[a], place[b], base, base - height, 1.0 + 15.0 * count / most, gone=b == "mark:left")
    for count, a, b, row in kept[:TOLD]:
        with sheet.mark(row, "mark-words"):
            _count(sheet, (place[a] + place[b]) / 2, base + (peaks[a, b] - base) * 0.75, count)
    deepest = max((nodes.index(a) - nodes.index(b) for _, a, b, _ in kept), default=0)
    for name in nodes:
        sheet.items.append(Disc(round(place[name], 2), base, 5, fill="trail" if name not in ENDS else "ink"))
    under = base + 22 + unit * max(deepest, 0)
    tallest = 1
    for name in nodes:
        text = sheet.labels.get(name, name)
        lines = wrapped(text, step - 8, SMALL, 4, sheet.cuts, text)
        sheet.items.extend(set_lines(lines, round(place[name], 2), under, SMALL, "middle"))
        tallest = max(tallest, len(lines))
    sheet.y = under + tallest * SMALL.leading + 12


def _upright(sheet: Sheet, nodes: list[str], kept: list[Edge]) -> None:
    """States below one another, arcs beside them: the further a step leads, the further out it goes."""
    axis, most = sheet.left + NAMES, kept[0][0]
    place = {name: round(sheet.y + STEP * (at + 0.5), 2) for at, name in enumerate(nodes)}
    reach = max(abs(nodes.index(a) - nodes.index(b)) for _, a, b, _ in kept)
    unit = (sheet.right - axis - 8) / reach
    for count, a, b, row in reversed(kept):
        far = axis + unit * abs(nodes.index(b) - nodes.index(a))
        back = b == "mark:left" or nodes.index(b) < nodes.index(a)
        with sheet.mark(row, "mark arc"):
            way = (("M", axis, place[a]), ("C", round(far, 2), place[a], round(far, 2), place[b], axis, place[b]))
            ink: Role = "break-band" if back else "trail-band"
            wide = round(1.0 + 9.0 * count / most, 2)
            sheet.items.append(Path(way, stroke=ink, stroke_width=wide, opacity=0.85))
    for count, a, b, row in kept[: TOLD // 2]:
        out = unit * abs(nodes.index(b) - nodes.index(a)) * 0.75
        with sheet.mark(row, "mark-words"):
            _count(sheet, min(axis + out, sheet.right - 22), (place[a] + place[b]) / 2, count)
    for name in nodes:
        text = sheet.labels.get(name, name)
        lines = wrapped(text, NAMES - 14, SMALL, 2, sheet.cuts, text)
        top = place[name] - len(lines) * SMALL.leading / 2
        sheet.items.extend(set_lines(lines, axis - 12, round(top, 2), SMALL, "end"))
        sheet.items.append(Disc(axis, place[name], 4.5, fill="trail" if name not in ENDS else "ink"))
    sheet.y += STEP * len(nodes) + 8


def _in_order(names: list[str], edges: list[Edge]) -> list[str]:
    """Beginning first, ends last, and between them by how much more comes in from before than goes back: the way of most steps."""
    inner = [name for name in names if name not in STARTS + ENDS]
    flow = {(a, b): count for count, a, b, _ in edges}
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
