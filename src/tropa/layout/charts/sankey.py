"""Flows from step to step as ribbons: columns of states, as high as passes stand there, with names and figures that never overlap."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tropa.layout.charts.sheet import SMALL, Sheet
from tropa.layout.pen import Style, fitted
from tropa.layout.scene import Path, Rect, Role

BAR, GAP, RIGHT, RIGHT_NARROW, ACROSS = 12.0, 10.0, 150.0, 92.0, 118.0
"""Width of a state, least distance of two states, room for the names of the last column (on a phone), least distance of two steps."""
NAME, FIGURE = Style(13, 600), Style(12, 400, "muted")
LABEL = 34.0
"""Height of a name with its figures below."""
LEAST_HEIGHT, THINNEST, LEAST = 460.0, 0.6, 0.003
"""Height of the picture; thickness of a ribbon; share of all passes that a state is drawn from."""
START, DEAL, LEFT, OPEN, OTHER = "mark:start", "mark:deal", "mark:left", "mark:open", "mark:other"
_PLACE = {DEAL: 0, OTHER: 2, START: 3, OPEN: 4, LEFT: 5}
"""Where marks stand in a column: deals on top, those who left at the bottom, states between."""
Key = tuple[int, str]


@dataclass(slots=True)
class Node:
    """A state at a step: passes into it and out of it, and where it stands."""

    into: float = 0.0
    out: float = 0.0
    y: float = 0.0
    height: float = 0.0

    @property
    def passes(self) -> float:
        """How many passes stand there."""
        return max(self.into, self.out)


@dataclass(frozen=True, slots=True)
class Flow:
    """So many passes from a state at a step to a state at the next. `row`: of the answer."""

    row: int
    source: Key
    target: Key
    passes: float


@dataclass(frozen=True, slots=True)
class Arranged:
    """Where everything stands: states by step and name, flows with the upper edges of both their ends, thickness in pixels a pass."""

    nodes: Mapping[Key, Node]
    steps: tuple[int, ...]
    spots: Mapping[Flow, tuple[float, float]]
    scale: float
    bottom: float


def arranged(flows: list[Flow], top: float) -> Arranged:
    """States below one another from `top` on, each as high as its passes, and ribbons that lie beside one another on both sides."""
    nodes = _nodes(flows)
    steps = tuple(sorted({step for step, _ in nodes}))
    columns = [_ordered([key for key in nodes if key[0] == step], nodes) for step in steps]
    height = max(LEAST_HEIGHT, max(len(column) for column in columns) * (LABEL + GAP))
    scale = _scale(columns, nodes, height)
    bottom = max(_stand(column, nodes, top, scale) for column in columns)
    return Arranged(nodes, steps, _spots(flows, nodes, scale), scale, bottom)


def sankey(sheet: Sheet) -> None:
    """The picture: what comes into a state leaves it on the other side; ends are states of their own, where the ribbon stops."""
    every = flows_of(sheet)
    around = any(flow.source[0] <= 0 for flow in every)
    flows = large(_fitting(sheet, every, around), LEAST * _whole(sheet))
    if not flows:
        return
    found = arranged(flows, sheet.y + 30)
    right = RIGHT_NARROW if sheet.narrow else RIGHT
    across = (sheet.right - sheet.left - right - BAR) / max(len(found.steps) - 1, 1)
    place = {step: sheet.left + across * at for at, step in enumerate(found.steps)}
    sheet.drawn = _ribbons(sheet, found, place)
    for step in found.steps:
        room = (right if step == found.steps[-1] else across) - 8
        head = _head(sheet, step, every) if around else sheet.words("picture-step", n=step)
        sheet.items.append(fitted(place[step], sheet.y + 14, head, SMALL, room, sheet.cuts, head))
    for key, node in found.nodes.items():
        _state(sheet, key, node, place[key[0]], (right if key[0] == found.steps[-1] else across - BAR) - 14)
    sheet.y = found.bottom


def _fitting(sheet: Sheet, flows: list[Flow], around: bool) -> list[Flow]:
    """The flows of as many steps as there is room for: from the beginning, or those nearest to what they are `around`."""
    most = max(int((sheet.right - sheet.left - BAR - (RIGHT_NARROW if sheet.narrow else RIGHT)) / ACROSS), 1)
    steps = sorted({flow.source[0] for flow in flows}, key=lambda step: abs(step + 0.5) if around else step)
    kept = set(steps[:most])
    return [flow for flow in flows if flow.source[0] in kept]


def large(flows: list[Flow], least: float) -> list[Flow]:
    """Those between states with passes enough to be seen."""
    nodes = _nodes(flows)
    return [flow for flow in flows if min(nodes[flow.source].passes, nodes[flow.target].passes) >= least]


def _stand(column: list[Key], nodes: Mapping[Key, Node], top: float, scale: float) -> float:
    """Places the states of a column below one another; where the next would stand."""
    y = top
    for key in column:
        node = nodes[key]
        node.height, node.y = max(node.passes * scale, 2.0), y
        y += max(node.height, LABEL) + GAP
    return y


def flows_of(sheet: Sheet) -> list[Flow]:
    """The rows of the answer as flows."""
    columns = (sheet.cells(sheet.picture.series), sheet.cells(sheet.picture.x), sheet.cells(sheet.picture.y))
    steps = [int(float(cell or 0)) for cell in columns[0]]
    rows = zip(steps, columns[1], columns[2], sheet.numbers(sheet.picture.value), strict=True)
    return [Flow(row, (step, str(a)), (step + 1, str(b)), n or 0.0) for row, (step, a, b, n) in enumerate(rows)]


def _nodes(flows: list[Flow]) -> dict[Key, Node]:
    nodes: dict[Key, Node] = {}
    for flow in flows:
        nodes.setdefault(flow.source, Node()).out += flow.passes
        nodes.setdefault(flow.target, Node()).into += flow.passes
    return nodes


def _ordered(column: list[Key], nodes: Mapping[Key, Node]) -> list[Key]:
    """States of a column, the fullest first, between the marks."""
    return sorted(column, key=lambda key: (_PLACE.get(key[1], 1), -nodes[key].passes, key[1]))


def _scale(columns: list[list[Key]], nodes: Mapping[Key, Node], height: float) -> float:
    """Pixels for one pass, so that the fullest column with its names is just as high as wanted."""
    low, high = 0.0, height / max(sum(nodes[key].passes for key in column) for column in columns)
    for _ in range(40):
        middle = (low + high) / 2
        needed = max(sum(max(nodes[key].passes * middle, LABEL) + GAP for key in column) for column in columns)
        low, high = (middle, high) if needed <= height else (low, middle)
    return low


def _spots(flows: list[Flow], nodes: Mapping[Key, Node], scale: float) -> dict[Flow, tuple[float, float]]:
    """The upper edges of both ends of every flow, in the order of what stands at the other end."""
    leaves = {key: node.y for key, node in nodes.items()}
    comes = dict(leaves)
    spots: dict[Flow, tuple[float, float]] = {}
    for flow in sorted(flows, key=lambda one: (one.source, nodes[one.target].y)):
        spots[flow] = (leaves[flow.source], 0.0)
        leaves[flow.source] += flow.passes * scale
    for flow in sorted(flows, key=lambda one: (one.target, nodes[one.source].y)):
        spots[flow] = (spots[flow][0], comes[flow.target])
        comes[flow.target] += flow.passes * scale
    return spots


def _ribbons(sheet: Sheet, found: Arranged, place: Mapping[int, float]) -> int:
    """Ribbons from side to side, the broadest below; how many are broad enough to be seen."""
    drawn = 0
    for flow in sorted(found.spots, key=lambda one: -one.passes):
        thick = flow.passes * found.scale
        if thick < THINNEST:
            continue
        drawn += 1
        x, to = place[flow.source[0]] + BAR, place[flow.target[0]]
        fill, opacity = ink_of(flow.target[1], flow.source[1])
        with sheet.mark(flow.row, "mark arc"):
            shape = ribbon(x, found.spots[flow][0], to, found.spots[flow][1], thick)
            sheet.items.append(Path(shape, fill=fill, opacity=opacity))
    return drawn


def ribbon(x: float, y: float, to: float, end: float, thick: float) -> tuple[tuple[str | float, ...], ...]:
    """A band of even thickness that leaves and comes level."""
    x, y, to, end, thick = (round(one, 2) for one in (x, y, to, end, thick))
    half = round((x + to) / 2, 2)
    low, low_end = round(y + thick, 2), round(end + thick, 2)
    return (
        ("M", x, y), ("C", half, y, half, end, to, end), ("L", to, low_end), ("C", half, low_end, half, low, x, low), ("Z",),
    )  # fmt: skip


def ink_of(target: str, source: str) -> tuple[Role, float]:
    """The colour of a ribbon: by where it leads, and how strong."""
    if target == LEFT:
        return "break-band", 0.55
    if target == DEAL:
        return "trail", 0.45
    if target in (OPEN, OTHER) or source in (OTHER, START):
        return "sand", 0.85
    return "trail-band", 0.6


_BARS: Mapping[str, Role] = {LEFT: "break", DEAL: "trail", OPEN: "muted", OTHER: "muted", START: "muted"}


def _state(sheet: Sheet, key: Key, node: Node, x: float, room: float) -> None:
    """A state: its bar, its name and how many passes stand there."""
    name, whole = _name(sheet, key[1]), _whole(sheet)
    fill = _BARS.get(key[1], "trail")
    sheet.items.append(Rect(round(x, 2), round(node.y, 2), BAR, round(node.height, 2), fill=fill, radius=2))
    share = sheet.words.percent(node.passes / whole, 0 if node.passes / whole >= 0.095 else 1)
    count = sheet.words.integer(node.passes)
    figure = f"{count} · {share}" if FIGURE.width(f"{count} · {share}") <= room else count
    told = fitted(x + BAR + 7, node.y + 14, name, NAME, room, sheet.cuts, name)
    wide = min(max(told.width, FIGURE.width(figure)) + 8, room + 8)
    veil = Rect(
        round(x + BAR + 3, 2), round(node.y + 1, 2), round(wide, 2), LABEL - 2, fill="paper", radius=3, opacity=0.72
    )
    sheet.items += [veil, told, fitted(x + BAR + 7, node.y + 29, figure, FIGURE, room, sheet.cuts, figure)]


def _whole(sheet: Sheet) -> float:
    return next((value for value in sheet.numbers("whole") if value), 1.0)


def _name(sheet: Sheet, state: str) -> str:
    return sheet.labels.get(state, state)


def _head(sheet: Sheet, step: int, flows: list[Flow]) -> str:
    """What a step around a state is called; the state itself by its name."""
    if step:
        return sheet.words(f"picture-step-{'before' if step < 0 else 'after'}", n=abs(step))
    return _name(sheet, next(key[1] for flow in flows for key in (flow.source, flow.target) if key[0] == 0))
