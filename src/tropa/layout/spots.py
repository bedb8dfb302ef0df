"""The scheme as somebody arranged it by hand in the app (`Stage.at`): the same arrangement at the size of the drawing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from tropa.layout.boxes import Box
from tropa.model import Map, Stage, columns

COLUMN = 276.0
"""From one column of the app's scheme to the next, in the pixels in which `Stage.at` is told."""
ROW = 420.0
"""From one branch of the app's scheme to the one below it."""
BOX = 196.0
"""Width of a box of the app's scheme."""
GAP = 110.0
"""Room under a box for those who leave there."""
BESIDE = 24.0
"""Room between boxes that stand side by side."""
WIDEST = 3.0
"""An arrangement more than so many times as wide or as tall as its boxes in one row is mostly paper: it is not followed."""

Spots = Mapping[str, tuple[float, float]]
"""Left upper corners by stage, the leftmost and the topmost at 0."""


def spots(value: Map, stages: tuple[Stage, ...]) -> Spots | None:
    """Where the app shows the boxes; None where nobody moved any, or so far that the picture would be empty."""
    if not any(stage.at for stage in stages):
        return None
    depth = columns(value)
    order = {level: index for index, level in enumerate(sorted({depth[stage.id] for stage in stages}))}
    rows: dict[int, int] = {}
    found: dict[str, tuple[float, float]] = {}
    for stage in stages:
        level = depth[stage.id]
        row = rows[level] = rows.get(level, -1) + 1
        found[stage.id] = stage.at or (order[level] * COLUMN, row * ROW)
    left, top = (min(spot[axis] for spot in found.values()) for axis in (0, 1))
    moved = {name: (x - left, y - top) for name, (x, y) in found.items()}
    far = WIDEST * max(2, len(stages)) * COLUMN
    return None if any(max(spot) > far for spot in moved.values()) else moved


def breadth(spots: Spots) -> float:
    """How many columns wide an arrangement is, at least two: boxes put nearly below one another are not pulled apart."""
    return max(2.0, 1 + max(x for x, _ in spots.values()) / COLUMN)


def arranged(boxes: tuple[Box, ...], spots: Spots, left: float, step: float) -> tuple[Box, ...]:
    """The boxes at their spots, `step` from column to column; where taller boxes would now overlap, the lower one gives way downwards."""
    tall = {box.stage.id: spots[box.stage.id][1] * box.width / BOX for box in boxes}
    placed: dict[str, Box] = {}
    for box in sorted(boxes, key=lambda one: (tall[one.stage.id], spots[one.stage.id][0])):
        x, y = left + spots[box.stage.id][0] / COLUMN * step, tall[box.stage.id]
        beside = [one for one in placed.values() if x < one.right + BESIDE and one.x < x + box.width + BESIDE]
        for other in sorted(beside, key=lambda one: one.y):
            if y < other.y + other.height + GAP and other.y < y + box.height + GAP:
                y = other.y + other.height + GAP
        placed[box.stage.id] = replace(box, x=x, y=y, rows=max(2, box.rows))
    return tuple(placed[box.stage.id] for box in boxes)
