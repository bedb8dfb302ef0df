"""The standard lanes of a map, most important first: one list for drawing, exchange and lint."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class StandardLane:
    """A row that every map has. `field` is the attribute of a stage (and of a touchpoint where `at_touchpoint`).

    `kind`: how its content is made: `items` lines of text, `one` a single text, `feels`, `pains`, `opportunities`, `barriers`,
    `brand`, `metrics`, `touchpoints`, `improvements`. The heading is the message `lane-<id>`.
    """

    id: str
    field: str
    kind: Literal[
        "items",
        "one",
        "feels",
        "pains",
        "opportunities",
        "barriers",
        "brand",
        "metrics",
        "touchpoints",
        "improvements",
        "owner",
    ]
    at_touchpoint: bool


LANES: tuple[StandardLane, ...] = (
    StandardLane("goal", "goal", "one", at_touchpoint=False),
    StandardLane("does", "does", "items", at_touchpoint=True),
    StandardLane("thinks", "thinks", "items", at_touchpoint=True),
    StandardLane("asks", "asks", "items", at_touchpoint=True),
    StandardLane("doubts", "doubts", "items", at_touchpoint=True),
    StandardLane("feels", "feels", "feels", at_touchpoint=True),
    StandardLane("expects", "expects", "items", at_touchpoint=False),
    StandardLane("touchpoints", "touchpoints", "touchpoints", at_touchpoint=False),
    StandardLane("pains", "pains", "pains", at_touchpoint=True),
    StandardLane("barriers", "barriers", "barriers", at_touchpoint=False),
    StandardLane("strengths", "strengths", "items", at_touchpoint=False),
    StandardLane("opportunities", "opportunities", "opportunities", at_touchpoint=True),
    StandardLane("brand", "brand", "brand", at_touchpoint=False),
    StandardLane("front_stage", "front_stage", "items", at_touchpoint=True),
    StandardLane("back_stage", "back_stage", "items", at_touchpoint=True),
    StandardLane("metrics", "metrics", "metrics", at_touchpoint=False),
    StandardLane("improvements", "improvements", "improvements", at_touchpoint=False),
    StandardLane("owner", "owner", "owner", at_touchpoint=True),
)

LINES = tuple(lane.field for lane in LANES if lane.kind == "items")
"""Fields of a stage that are lists of statements."""
POINT_LINES = tuple(lane.field for lane in LANES if lane.kind == "items" and lane.at_touchpoint)
"""Those that a touchpoint has too."""


def lane(lane_id: str) -> StandardLane | None:
    """The standard lane with this id, if there is one."""
    return next((item for item in LANES if item.id == lane_id), None)
