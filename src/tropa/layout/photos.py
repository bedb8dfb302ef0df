"""The team's own pictures on a page: those of image rows and of personas, ready to be set (bytes are made elsewhere)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

MOST_TALL = 132.0
"""No picture in a cell is taller."""


@dataclass(frozen=True, slots=True)
class Still:
    """A picture that may be drawn: a `data:` address of a PNG or JPEG, and its size in pixels."""

    source: str
    width: int
    height: int

    def within(self, room: float, tall: float = MOST_TALL) -> tuple[float, float]:
        """Width and height at which it fits, never larger than it is."""
        scale = min(1.0, room / self.width, tall / self.height)
        return round(self.width * scale, 2), round(self.height * scale, 2)


@dataclass(frozen=True, slots=True)
class Photos:
    """The pictures of a map by what the map calls them. What is not among them is told by its name."""

    images: Mapping[str, Still] = field(default_factory=dict)
    faces: Mapping[str, Still] = field(default_factory=dict)
    """Of personas: square, their corners already clear, so that they stand as circles."""


NO_PHOTOS = Photos()
