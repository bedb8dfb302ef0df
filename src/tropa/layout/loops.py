"""Arcs of the ways back, above the ribbon: the loyalty loop, and back to the start after a bad experience."""

from __future__ import annotations

from dataclasses import dataclass

from tropa.layout import figures
from tropa.layout.frame import Frame
from tropa.layout.pen import Cuts, Style, fitted
from tropa.layout.scene import Group, Item, Path, Rect, Role
from tropa.model import Loop, Map, Readings, say
from tropa.words import Words

LEVEL = 30.0


@dataclass(frozen=True, slots=True)
class Arc:
    """A loop with its words and the level it runs at (0 is nearest to the ribbon)."""

    loop: Loop
    text: str
    tip: str
    level: int
    start: float
    end: float


def arcs(value: Map, readings: Readings | None, frame: Frame, words: Words) -> tuple[Arc, ...]:
    """The loops between shown stages, shortest nearest to the ribbon, levels chosen so that no two arcs or labels meet."""
    shown = [loop for loop in value.loops if loop.source in frame.stages and loop.target in frame.stages]
    order = {stage.id: index for index, stage in enumerate(value.stages)}
    shown.sort(key=lambda loop: (abs(order[loop.source] - order[loop.target]), order[loop.target], loop.kind))
    taken: list[list[tuple[float, float]]] = []
    landings: dict[str, int] = {}
    out = []
    for loop in shown:
        start = _landing(loop.source, frame, landings, 0.72)
        end = _landing(loop.target, frame, landings, 0.30)
        text = _text(value, loop, readings, words)
        half = Style(13.5, 600).width(text) / 2 + 14
        middle = (start + end) / 2
        low, high = min(start, end, middle - half), max(start, end, middle + half)
        level = next((i for i, row in enumerate(taken) if all(high < a or low > b for a, b in row)), len(taken))
        if level == len(taken):
            taken.append([])
        taken[level].append((low, high))
        out.append(Arc(loop, text, _tip(loop, readings, words), level, start, end))
    return tuple(out)


def _landing(stage: str, frame: Frame, landings: dict[str, int], share: float) -> float:
    """Where on a stage an arc stands: several of them stand side by side."""
    count = landings.get(stage, 0)
    landings[stage] = count + 1
    slot = frame.stages[stage]
    return slot.x + slot.width * min(0.92, share + 0.07 * count)


def _text(value: Map, loop: Loop, readings: Readings | None, words: Words) -> str:
    own = say(loop.text, words.lang) or words(f"loop-{loop.kind}")
    figure = ""
    if readings is not None:
        if loop.kind == "loyalty":
            figure = figures.loop_text(words, readings.loop)
        else:
            passes = _passes(loop, readings)
            figure = words("picture-loop-passes", n=passes) if passes else ""
    return words("picture-loop", name=own, figure=figure) if figure else own


def _passes(loop: Loop, readings: Readings) -> int:
    return next((f.passes for f in readings.flows if f.source == loop.source and f.target == loop.target), 0)


def _tip(loop: Loop, readings: Readings | None, words: Words) -> str:
    if readings is None:
        return words("picture-tip-assumed")
    if loop.kind == "loyalty":
        return figures.loop_tip(words, readings.loop)
    return words("picture-tip-loop-passes", n=_passes(loop, readings))


def arcs_height(found: tuple[Arc, ...]) -> float:
    """Room that the arcs take."""
    return LEVEL * (1 + max(arc.level for arc in found)) + 26 if found else 0.0


def draw_arcs(found: tuple[Arc, ...], top: float, bottom: float, frame: Frame, cuts: Cuts) -> tuple[Item, ...]:
    """The arcs between `top` and the ribbon's numbers at `bottom`; higher levels are drawn first."""
    levels = 1 + max((arc.level for arc in found), default=0)
    out: list[Item] = []
    for arc in sorted(found, key=lambda arc: -arc.level):
        y = top + 14 + (levels - 1 - arc.level) * LEVEL
        out.append(_draw(arc, y, bottom, frame, cuts))
    return tuple(out)


def _draw(arc: Arc, y: float, bottom: float, frame: Frame, cuts: Cuts) -> Group:
    role: Role = "trail" if arc.loop.kind == "loyalty" else "muted"
    thick = 2.6 if arc.loop.kind == "loyalty" else 1.4
    dash = () if arc.loop.kind == "loyalty" else (6.0, 4.0)
    sign = -1 if arc.end < arc.start else 1
    bend = min(70.0, max(8.0, abs(arc.start - arc.end) / 2))
    r = round
    path = (
        ("M", r(arc.start, 2), r(bottom, 2)),
        ("C", r(arc.start, 2), r(y, 2), r(arc.start, 2), r(y, 2), r(arc.start + sign * bend, 2), r(y, 2)),
        ("L", r(arc.end - sign * bend, 2), r(y, 2)),
        ("C", r(arc.end, 2), r(y, 2), r(arc.end, 2), r(y, 2), r(arc.end, 2), r(bottom - 9, 2)),
    )
    head = (
        ("M", r(arc.end - 6, 2), r(bottom - 11, 2)), ("L", r(arc.end + 6, 2), r(bottom - 11, 2)), ("L", r(arc.end, 2), r(bottom, 2)),
        ("Z",),
    )  # fmt: skip
    style = Style(13.5, 600, role)
    half = min(style.width(arc.text), frame.right - frame.grid) / 2
    middle = min(max((arc.start + arc.end) / 2, frame.grid + half + 8), frame.right - half - 8)
    address = f"{arc.loop.source}/loop/{arc.loop.target}"
    above = 2 * half + 18 > abs(arc.start - arc.end) - 1.2 * bend  # no room in the line: the words stand over it
    label = fitted(
        middle, y - 6 if above else y + 4.6, arc.text, style, frame.right - frame.grid, cuts, address, "middle"
    )
    # paper behind the words: neither their own line nor that of a farther loop runs through them
    ground = (
        Rect(r(middle - half - 4, 2), r(y - 19, 2), r(2 * half + 8, 2), 17, fill="paper", radius=8)
        if above
        else Rect(r(middle - half - 9, 2), r(y - 10, 2), r(2 * half + 18, 2), 20, fill="paper", radius=10)
    )
    items = (Path(path, stroke=role, stroke_width=thick, dash=dash), Path(head, fill=role), ground, label)
    return Group(items, kind="loop", cell=address, tip=arc.tip, label=arc.text)
