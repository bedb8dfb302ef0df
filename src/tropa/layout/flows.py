"""Ways between the boxes of the scheme: forward ones straight, those that skip stages above, those that go back below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from tropa.layout import figures
from tropa.layout.boxes import Box
from tropa.layout.pen import Style, line, set_lines
from tropa.layout.scene import Group, Item, Path, Rect, Role
from tropa.model import Flow, Map, Readings, predecessors, say
from tropa.words import Words

WIDEST = 44.0
LEVEL = 34.0
RARE = 0.004
"""Ways that less than this share of all passes went are not drawn (they are in the table)."""
MOST = 16
"""At most so many ways that skip, and so many that go back, are drawn: the widest."""
NEAR = 24.0
"""Where the next box was put by hand no further to the right than this, the way to it goes round."""
LABEL = Style(12, 600)
TIME = Style(11.5, 400, "muted")


@dataclass(frozen=True, slots=True)
class Way:
    """A way from one box to another. `planned`: the map has it, the data do not show it."""

    source: str
    target: str
    kind: Literal["next", "skip", "back"]
    passes: int
    thick: float
    label: str
    under: str
    tip: str
    role: Role
    planned: bool = False
    level: int = 0
    start: float = 0.0
    end: float = 0.0


def ways(value: Map, readings: Readings | None, boxes: Sequence[Box], words: Words) -> tuple[Way, ...]:
    """What is measured, then what the map intends and nobody has gone."""
    by_id = {box.stage.id: box for box in boxes}
    top = max((box.station.total for box in boxes), default=0) or 1
    flows = [flow for flow in readings.flows if flow.source in by_id and flow.target in by_id] if readings else []
    out = [_measured(flow, by_id, top, value, words) for flow in flows if flow.source != flow.target]
    known = {(way.source, way.target) for way in out}
    kept = [*(way for way in out if way.kind == "next")]
    for kind in ("skip", "back"):
        found = sorted((way for way in out if way.kind == kind), key=lambda way: (-way.passes, way.source, way.target))
        kept.extend(way for way in found[:MOST] if way.passes >= RARE * top)
    for target, sources in predecessors(value).items():
        kept.extend(
            _planned(source, target, by_id, value, words)
            for source in sources
            if source in by_id and target in by_id and (source, target) not in known
        )
    shown = {(way.source, way.target) for way in kept}
    for loop in value.loops:
        pair = (loop.source, loop.target)
        if loop.source in by_id and loop.target in by_id and pair not in shown and loop.source != loop.target:
            name = say(loop.text, words.lang) or words(f"loop-{loop.kind}")
            way = _planned(loop.source, loop.target, by_id, value, words)
            figure = figures.loop_text(words, readings.loop) if readings and loop.kind == "loyalty" else ""
            label = words("picture-loop", name=name, figure=figure) if figure else name
            role: Role = "trail" if loop.kind == "loyalty" else "muted"
            kept.append(replace(way, label=label, role=role, planned=not figure))
    return tuple(kept)


def _kind(source: Box, target: Box) -> Literal["next", "skip", "back"]:
    if target.column == source.column + 1 and target.x > source.right + NEAR:
        return "next"
    return "skip" if target.column > source.column else "back"


def _titles(source: str, target: str, value: Map, words: Words) -> dict[str, str]:
    return {
        "source": say(value.stage(source).title, words.lang),
        "target": say(value.stage(target).title, words.lang),
    }


def _measured(flow: Flow, boxes: dict[str, Box], top: int, value: Map, words: Words) -> Way:
    kind = _kind(boxes[flow.source], boxes[flow.target])
    tip = words("picture-scheme-flow", passes=flow.passes, **_titles(flow.source, flow.target, value, words))
    under = words.duration(flow.median_s) if flow.median_s is not None else ""
    if under:
        tip = f"{tip}, {words('picture-scheme-flow-time', median=under)}"
    widest = {"next": WIDEST, "skip": 12.0, "back": 5.0}[kind]
    thick = max(1.4, flow.passes / top * WIDEST)
    role: Role = "muted" if kind == "back" else "trail"
    label = words.integer(flow.passes)
    for loop in value.loops:
        if (loop.source, loop.target) == (flow.source, flow.target):
            name = say(loop.text, words.lang) or words(f"loop-{loop.kind}")
            label = words("picture-loop", name=name, figure=label)
            role = "trail" if loop.kind == "loyalty" else role
    return Way(flow.source, flow.target, kind, flow.passes, min(widest, thick), label, under, tip, role)


def _planned(source: str, target: str, boxes: dict[str, Box], value: Map, words: Words) -> Way:
    tip = words("picture-scheme-planned", **_titles(source, target, value, words))
    return Way(source, target, _kind(boxes[source], boxes[target]), 0, 1.6, "", "", tip, "muted", planned=True)


def lanes_of(found: tuple[Way, ...]) -> tuple[Way, ...]:
    """The same ways; the levels of arcs are chosen when their places are known (`draw_ways`), by order of length."""
    levels: dict[str, int] = {"skip": 0, "back": 0}
    out = []
    for way in found:
        if way.kind == "next":
            out.append(way)
            continue
        out.append(replace(way, level=levels[way.kind]))
        levels[way.kind] += 1
    return tuple(out)


def draw_ways(
    found: tuple[Way, ...], boxes: Sequence[Box], top: float, bottom: float, words: Words
) -> tuple[Item, ...]:
    """All ways: bands between neighbours, arcs above and below."""
    by_id = {box.stage.id: box for box in boxes}
    items: list[Item] = []
    items.extend(_bands([way for way in found if way.kind == "next"], by_id))
    arcs = sorted((way for way in found if way.kind != "next"), key=lambda way: -way.level)
    items.extend(_arc(way, by_id[way.source], by_id[way.target], top, bottom) for way in arcs)
    return tuple(items)


def _bands(found: list[Way], boxes: dict[str, Box]) -> list[Item]:
    """Ways to the next column, side by side where several leave or enter a box."""
    out: list[Item] = []
    for way in found:
        source, target = boxes[way.source], boxes[way.target]
        leave = _offset(way, [w for w in found if w.source == way.source], lambda w: boxes[w.target].y)
        enter = _offset(way, [w for w in found if w.target == way.target], lambda w: boxes[w.source].y)
        out.append(_band(way, source, target, source.middle + leave, target.middle + enter))
    return out


def _offset(way: Way, together: list[Way], height: Callable[[Way], float]) -> float:
    """Where the middle of a way stands among those that share its side of a box."""
    ordered = sorted(together, key=lambda w: (height(w), w.source, w.target))
    total = sum(w.thick for w in ordered) + 3 * (len(ordered) - 1)
    y = -total / 2
    for other in ordered:
        if other is way:
            return y + other.thick / 2
        y += other.thick + 3
    return 0.0


def _band(way: Way, source: Box, target: Box, y0: float, y1: float) -> Group:
    x0, x1 = source.right, target.x
    bend = (x1 - x0) * 0.5
    half = way.thick / 2
    r = round
    if way.planned:
        shape = Path(
            (("M", r(x0, 2), r(y0, 2)), ("C", r(x0 + bend, 2), r(y0, 2), r(x1 - bend, 2), r(y1, 2), r(x1, 2), r(y1, 2))),
            stroke="muted", stroke_width=1.6, dash=(2, 5),
        )  # fmt: skip
        return Group((shape,), kind="way", cell=f"{way.source}→{way.target}", tip=way.tip, label=way.tip)
    head = min(10.0, half + 4)
    shape = Path(
        (
            ("M", r(x0, 2), r(y0 - half, 2)),
            ("C", r(x0 + bend, 2), r(y0 - half, 2), r(x1 - bend, 2), r(y1 - half, 2), r(x1 - head, 2), r(y1 - half, 2)),
            ("L", r(x1, 2), r(y1, 2)), ("L", r(x1 - head, 2), r(y1 + half, 2)),
            ("C", r(x1 - bend, 2), r(y1 + half, 2), r(x0 + bend, 2), r(y0 + half, 2), r(x0, 2), r(y0 + half, 2)), ("Z",),
        ),
        fill="trail",
    )  # fmt: skip
    middle, y = (x0 + x1) / 2, (y0 + y1) / 2
    items: list[Item] = [shape]
    if abs(y1 - y0) > 24:
        width = LABEL.width(way.label) + 12
        items.append(Rect(r(middle - width / 2, 2), r(y - 10, 2), r(width, 2), 20, fill="paper", radius=10))
        items.append(line(middle, y + 4.4, way.label, LABEL, "middle"))
        return Group(tuple(items), kind="way", cell=f"{way.source}→{way.target}", tip=way.tip, label=way.tip)
    if LABEL.width(way.label) <= x1 - x0 - 4:
        items.append(line(middle, y - half - 6, way.label, LABEL, "middle"))
    if way.under and TIME.width(way.under) <= x1 - x0 - 4:
        items.append(line(middle, y + half + 14, way.under, TIME, "middle"))
    return Group(tuple(items), kind="way", cell=f"{way.source}→{way.target}", tip=way.tip, label=way.tip)


def _arc(way: Way, source: Box, target: Box, top: float, bottom: float) -> Group:
    """An arc above the boxes (forward over several columns) or below them (backward, or between branches)."""
    skip = way.kind == "skip"
    y = top - LEVEL * way.level if skip else bottom + 12 + LEVEL * way.level
    beside = not skip or source.rows > 1 or target.rows > 1
    path, head, x0, x1 = _beside(way, source, target, y) if beside else _over(way, source, target, y)
    role: Role = "trail-band" if skip and not way.planned else way.role
    items: list[Item] = [
        Path(path, stroke=role, stroke_width=way.thick, dash=(2, 5) if way.planned else ()),
        Path(head, fill=role),
    ]
    if way.label:
        style = Style(12, 600, "trail" if skip or way.role == "trail" else "muted")
        width = style.width(way.label)
        middle = (x0 + x1) / 2
        items.append(
            Rect(round(middle - width / 2 - 7, 2), round(y - 9, 2), round(width + 14, 2), 18, fill="paper", radius=9)
        )
        items.extend(set_lines((way.label,), middle, y - style.leading / 2, style, "middle"))
    return Group(tuple(items), kind="way", cell=f"{way.source}→{way.target}", tip=way.tip, label=way.label or way.tip)


Drawn = tuple[tuple[tuple[str | float, ...], ...], tuple[tuple[str | float, ...], ...], float, float]
"""The line, its arrow's head, and where it begins and ends."""


def _over(way: Way, source: Box, target: Box, y: float) -> Drawn:
    """From the top of a box over others to the top of a later one."""
    r, shift = round, 0.06 * (way.level % 4)
    x0, x1 = source.x + source.width * (0.66 + shift), target.x + target.width * (0.34 - shift)
    bend = min(26.0, abs(x1 - x0) / 2)
    path = (
        ("M", r(x0, 2), r(source.y, 2)), ("L", r(x0, 2), r(y + bend * 0.8, 2)),
        ("C", r(x0, 2), r(y, 2), r(x0, 2), r(y, 2), r(x0 + bend, 2), r(y, 2)), ("L", r(x1 - bend, 2), r(y, 2)),
        ("C", r(x1, 2), r(y, 2), r(x1, 2), r(y, 2), r(x1, 2), r(y + bend * 0.8, 2)), ("L", r(x1, 2), r(target.y - 8, 2)),
    )  # fmt: skip
    half = max(5.0, way.thick / 2 + 3)
    low = r(target.y, 2)
    head = (("M", r(x1 - half, 2), low - 10), ("L", r(x1 + half, 2), low - 10), ("L", r(x1, 2), low), ("Z",))
    return path, head, x0, x1


def _beside(way: Way, source: Box, target: Box, y: float) -> Drawn:
    """Out of the right side of a box, along `y`, and into the left side of another: nothing under the boxes is crossed."""
    r, out = round, 12.0 + 6.0 * (way.level % 3)
    x0, x1 = source.right + out, target.x - out
    y0 = source.y + source.height - 12 - 5 * (way.level % 2)
    y1 = target.y + target.height - 12 - 5 * (way.level % 2)
    sign = 1 if x1 > x0 else -1
    bend = min(24.0, abs(x1 - x0) / 2)
    down = 1 if y > y0 else -1
    up = 1 if y > y1 else -1
    path = (
        ("M", r(source.right, 2), r(y0, 2)), ("L", r(x0 - 6, 2), r(y0, 2)),
        ("C", r(x0, 2), r(y0, 2), r(x0, 2), r(y0, 2), r(x0, 2), r(y0 + down * 6, 2)), ("L", r(x0, 2), r(y - down * bend, 2)),
        ("C", r(x0, 2), r(y, 2), r(x0, 2), r(y, 2), r(x0 + sign * bend, 2), r(y, 2)), ("L", r(x1 - sign * bend, 2), r(y, 2)),
        ("C", r(x1, 2), r(y, 2), r(x1, 2), r(y, 2), r(x1, 2), r(y - up * bend, 2)), ("L", r(x1, 2), r(y1 + up * 6, 2)),
        ("C", r(x1, 2), r(y1, 2), r(x1, 2), r(y1, 2), r(min(x1 + 6, target.x - 7), 2), r(y1, 2)), ("L", r(target.x - 7, 2), r(y1, 2)),
    )  # fmt: skip
    half = max(4.5, way.thick / 2 + 2.5)
    head = (
        ("M", r(target.x - 9, 2), r(y1 - half, 2)), ("L", r(target.x - 9, 2), r(y1 + half, 2)), ("L", r(target.x, 2), r(y1, 2)), ("Z",),
    )  # fmt: skip
    return path, head, x0, x1
