"""Which rows a picture has, and in which order."""

from __future__ import annotations

from typing import Literal

from tropa.model import LANES

Picture = Literal["infographic", "table", "buyer"]

QUOTED = ("thinks", "asks", "doubts")
"""Lanes whose statements are the customer's own words."""

MERGED = {"asks": "thinks", "doubts": "thinks"}
"""On the infographic these lanes are told in another's row."""

INFOGRAPHIC = (
    "goal",
    "does",
    "thinks",
    "feels",
    "touchpoints",
    "pains",
    "opportunities",
    "brand",
    "front_stage",
    "back_stage",
    "metrics",
    "improvements",
)
"""Rows of the infographic, in order; the map's own lanes come before the improvements."""

BUYER = (
    "goal",
    "asks",
    "touchpoints",
    "does",
    "expects",
    "comparison",
    "doubts",
    "barriers",
    "feels",
    "brand",
    "metrics",
    "improvements",
)
"""Rows of the buyer journey: what is decided, asked, where answers are sought, by what one chooses, what holds one back, what helps."""

WORKSHOP = ("goal", "does", "thinks", "feels", "touchpoints", "pains", "opportunities", "metrics", "improvements")
"""Rows of the empty map for a wall: what a team can say by heart in an afternoon; the map's own lanes follow."""


def rows_of(picture: Picture) -> tuple[str, ...]:
    """The standard rows of a picture, in order."""
    if picture == "table":
        return tuple(lane.id for lane in LANES)
    return INFOGRAPHIC if picture == "infographic" else BUYER
