"""The ribbon in numbers: what comes to each stage, what goes on, what leaves, and at which scale it is drawn."""

from __future__ import annotations

from dataclasses import dataclass

from tropa.model import Break, Map, Rate, Readings, Stage, StageReading, columns

ENOUGH = 0.06
"""A stage whose ribbon would be thinner than this share of the widest one starts a scale of its own."""
ENOUGH_AT_DEAL = 0.34
"""The same at the deal, where a new scale is expected."""
SLACK = 1.04
"""A round factor may make the ribbon so much wider than at its start."""
NICE = (
    3,
    4,
    5,
    6,
    8,
    10,
    12,
    15,
    20,
    25,
    30,
    40,
    50,
    80,
    100,
    150,
    200,
    250,
    300,
    400,
    500,
    800,
    1000,
    2000,
    5000,
    10_000,
)


@dataclass(frozen=True, slots=True)
class Station:
    """One stage of the ribbon, in passes. `by`: went past without touching it (or along a parallel branch)."""

    stage: Stage
    reading: StageReading | None
    here: int = 0
    by: int = 0
    joiners: int = 0
    exits: int = 0
    open: int = 0
    breaks: tuple[Break, ...] = ()
    after_deal: bool = False
    factor: float = 1.0
    """How many times larger this station is drawn than the first one."""
    new_scale: bool = False

    @property
    def observed(self) -> bool:
        """Whether any event can show this stage."""
        return self.reading is not None and self.reading.observed

    @property
    def total(self) -> int:
        """All passes that reach this place of the path."""
        return self.here + self.by

    @property
    def on(self) -> int:
        """What is left after those who leave and those still under way."""
        return max(0, self.total - self.exits - self.open)

    @property
    def dearest(self) -> Break | None:
        """The dearest break of this place."""
        return min(self.breaks, key=lambda item: item.rank, default=None)

    @property
    def conversion(self) -> Rate | None:
        """Conversion to the next stage where it is known."""
        return self.reading.conversion if self.reading and isinstance(self.reading.conversion, Rate) else None


def stations(value: Map, stages: tuple[Stage, ...], readings: Readings | None) -> tuple[Station, ...]:
    """The stations of the shown stages, with their scales."""
    if readings is None:
        return tuple(Station(stage, None) for stage in stages)
    depth = columns(value)
    deal = value.deal_stage
    order = [stage.id for stage in value.stages]
    deal_at = order.index(deal.id) if deal else len(order)
    first = next((stage.id for stage in value.stages if _seen(readings, stage.id)), None)
    out = []
    for stage in stages:
        reading = readings.stage(stage.id)
        if reading is None or not reading.observed:
            out.append(Station(stage, reading, after_deal=order.index(stage.id) > deal_at))
            continue
        beside = sum(
            other.entrants
            for other in readings.stages
            if other.id != stage.id and other.observed and depth.get(other.id) == depth[stage.id]
        )
        breaks = tuple(item for item in readings.breaks if item.stage == stage.id and item.passes > 0)
        exits = min(reading.entrants, max(reading.exits, _not_again(breaks, reading.entrants)))
        out.append(
            Station(
                stage,
                reading,
                here=reading.entrants,
                by=reading.skips + beside,
                joiners=0 if stage.id == first else min(reading.first_seen, reading.entrants),
                exits=exits,
                open=min(reading.open, max(0, reading.entrants - exits)),
                breaks=breaks,
                after_deal=order.index(stage.id) >= deal_at,
            )
        )
    return _scaled(tuple(out))


def _not_again(breaks: tuple[Break, ...], here: int) -> int:
    """How many of those here will not buy again, at the rate of the loop: after the deal that is what leaving means."""
    return max((round(item.rate.value * here) for item in breaks if item.kind == "loop"), default=0)


def _seen(readings: Readings, stage: str) -> bool:
    found = readings.stage(stage)
    return found is not None and found.observed and found.entrants > 0


def _scaled(found: tuple[Station, ...]) -> tuple[Station, ...]:
    """Gives each station its factor: a new one starts where the ribbon would become a thread."""
    from dataclasses import replace

    top = max((item.total for item in found), default=0)
    if not top:
        return found
    out: list[Station] = []
    factor, started = 1.0, True
    for index, item in enumerate(found):
        new = False
        if item.observed and item.total and not started:
            share = item.total * factor / top
            deal = item.stage.deal is not None
            if share < (ENOUGH_AT_DEAL if deal else ENOUGH):
                rest = max(other.total for other in found[index:])
                room = top / (rest * factor)
                bigger = max((nice for nice in NICE if nice <= room * SLACK), default=0)
                if bigger:
                    factor, new = factor * bigger, True
        started = started and not (item.observed and item.total)
        out.append(replace(item, factor=factor, new_scale=new))
    return tuple(out)


def step(found: tuple[Station, ...], index: int) -> float:
    """How many times larger than the station before it this one is drawn."""
    before = found[index - 1].factor if index else 1.0
    return found[index].factor / before


def next_observed(found: tuple[Station, ...], index: int) -> int | None:
    """The next station that can be seen."""
    return next((i for i in range(index + 1, len(found)) if found[i].observed), None)
