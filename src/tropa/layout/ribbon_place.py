"""What the parts of one ribbon share: its measures, and where its columns, cuts and feet are."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from tropa.layout.frame import Frame, Slot
from tropa.layout.pen import Cuts
from tropa.layout.stations import Station
from tropa.model import Break, Map, Readings
from tropa.words import Words

CUT = 0.5
"""Where in its column a stage's strand peels off."""
NUMBERS = 24.0
"""Room for the numbers above the band."""
JOINERS = 34.0
"""Room for those who come from above."""


@dataclass(frozen=True, slots=True)
class Ribbon:
    """A ribbon to be drawn: `height` is that of the widest band, `foot` the room for strands below it, `disc` the largest radius."""

    stations: tuple[Station, ...]
    height: float = 132.0
    foot: float = 54.0
    disc: float = 32.0
    below: float = 0.0
    """Room for prices that stand below their discs, where columns are narrow."""

    @property
    def has_joiners(self) -> bool:
        """Whether anybody comes late enough to be drawn from above."""
        return any(item.joiners and self.thick(item, item.joiners) >= 1.5 for item in self.stations)

    @property
    def measured(self) -> bool:
        """Whether there is anything to show."""
        return any(item.observed and item.total for item in self.stations)

    @property
    def total_height(self) -> float:
        """From the first label to the foot of the lowest price."""
        above = NUMBERS + (JOINERS if self.has_joiners else 0)
        if not self.measured:
            return 20 + min(self.height, 64) + 20
        return above + self.height + self.foot + 2 * self.disc + 10 + self.below

    def thick(self, at: Station, passes: float) -> float:
        """Thickness of so many passes at the scale of a station."""
        top = max((item.total for item in self.stations), default=0)
        if not top or passes <= 0:
            return 0.0
        return max(1.2, passes * at.factor / top * self.height)

    def radius(self, item: Break) -> float:
        """Radius of a break's disc: its area is as the money; the dearest has the largest."""
        dearest = max((b.loss.value for s in self.stations for b in s.breaks), default=0.0)
        if dearest <= 0 or item.loss.value <= 0:
            return 0.0
        return max(4.0, self.disc * sqrt(item.loss.value / dearest))


@dataclass(frozen=True, slots=True)
class Place:
    """What the drawing of one ribbon needs everywhere."""

    ribbon: Ribbon
    frame: Frame
    words: Words
    value: Map
    readings: Readings
    cuts: Cuts
    top: float
    """Upper edge of the band."""
    worst: Break | None

    def slot(self, index: int) -> Slot:
        """Where a stage's column stands."""
        return self.frame.stages[self.ribbon.stations[index].stage.id]

    def cut(self, index: int) -> float:
        """Where its strand peels off."""
        slot = self.slot(index)
        return slot.x + slot.width * CUT


def foot_of(place: Place, index: int) -> tuple[float, float, float]:
    """Left end, width and height of the foot of a station's strand."""
    item, slot = place.ribbon.stations[index], place.slot(index)
    thick = place.ribbon.thick(item, item.exits)
    width = max(2.0, min(thick * 0.42, slot.width * 0.16))
    x = place.cut(index) + min(slot.width * 0.12, 16 + thick * 0.16)
    return x, width, place.top + place.ribbon.height + place.ribbon.foot
