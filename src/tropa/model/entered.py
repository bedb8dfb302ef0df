"""A picture of the trail from figures typed by hand, so that a map without any log is drawn like one with it (R-22)."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import Literal

from tropa.model.map import Map
from tropa.model.reading import (
    Break,
    CannotTell,
    Flow,
    LoopReading,
    Loss,
    Rate,
    Readings,
    Satisfaction,
    Scope,
    StageReading,
    Times,
    TouchpointReading,
    Unit,
)
from tropa.model.stage import Figure, Stage, Touchpoint

ENTERED = "entered"
"""The data version, and the method, of what was typed by hand: such figures are drawn with the mark □."""


@dataclass(frozen=True, slots=True)
class _Typed:
    """Figures of one stage or touchpoint by name (the last one wins)."""

    figures: dict[str, Figure]

    def get(self, name: str) -> Figure | None:
        return self.figures.get(name)

    def count(self, name: str) -> int | None:
        figure = self.figures.get(name)
        return None if figure is None else max(0, round(figure.value))


def entered_readings(value: Map) -> Readings | None:
    """The figures typed by hand as `Readings`; None where the map has none of them.

    Nothing is made up: a stage has entrants if `entrants` (or `customers`) was typed for it, or if they follow from the stage before it
    and its conversion. A rate typed without `n` counts the entrants of its stage; without those it is a share of 100 (its parts are then
    only a way to write it, as `method` "entered" says). `low` and `high` are those typed, else those of a share of so many (Wilson), else
    for a score the value itself. `scope.data_version` is "entered".
    """
    typed = {stage.id: _typed(stage) for stage in value.stages}
    points = {point.id: _typed(point) for _, point in value.touchpoints()}
    if not any(item.figures for item in (*typed.values(), *points.values())):
        return None
    entrants = _entrants(value, typed)
    stages = tuple(_stage(value, stage, typed[stage.id], entrants) for stage in value.stages)
    by_id = {stage.id: stage for stage in stages}
    passes = max((stage.entrants for stage in stages), default=0)
    return Readings(
        scope=_scope(value, typed, passes),
        stages=stages,
        touchpoints=tuple(_point(stage.id, point, points[point.id]) for stage, point in value.touchpoints()),
        flows=tuple(
            Flow(
                source=stage.id,
                target=stage.next_stage,
                passes=stage.conversion.numerator,
                times=stage.conversion.numerator,
            )
            for stage in stages
            if stage.next_stage is not None and isinstance(stage.conversion, Rate) and by_id[stage.next_stage].observed
        ),
        loop=_loop(typed),
        breaks=_breaks(value, typed, by_id),
    )


def _typed(owner: Stage | Touchpoint) -> _Typed:
    return _Typed({figure.reading: figure for figure in owner.figures})


def _entrants(value: Map, typed: dict[str, _Typed]) -> dict[str, int]:
    """Entrants by stage, where typed or where the stage written before has entrants and a conversion (branches: only where typed)."""
    out: dict[str, int] = {}
    previous: Stage | None = None
    for stage in value.stages:
        own = typed[stage.id].count("entrants")
        own = typed[stage.id].count("customers") if own is None else own
        share = typed[previous.id].get("conversion") if previous is not None else None
        if own is not None:
            out[stage.id] = own
        elif previous is not None and stage.after is None and share is not None and previous.id in out:
            out[stage.id] = round(out[previous.id] * min(1.0, max(0.0, share.value)))
        previous = stage
    return out


def _next(value: Map, stage: Stage, entrants: dict[str, int]) -> str | None:
    """The next stage in the map's order that has entrants."""
    ids = [item.id for item in value.stages]
    return next((name for name in ids[ids.index(stage.id) + 1 :] if name in entrants), None)


def _stage(value: Map, stage: Stage, typed: _Typed, entrants: dict[str, int]) -> StageReading:
    count = entrants.get(stage.id)
    following = _next(value, stage, entrants)
    score = _satisfaction(typed.get("satisfaction"))
    if count is None:
        return StageReading(id=stage.id, observed=False, satisfaction=score)
    conversion: Rate | CannotTell = CannotTell(cannot_tell="one-stage")
    share = typed.get("conversion")
    if share is not None:
        conversion = _rate(share, count, Unit.PASSES)
    elif following is not None and 0 < count >= entrants[following]:
        conversion = _shown(entrants[following], count, None, None, Unit.PASSES)
    exits = typed.count("exits")
    if exits is None:
        exits = count - round(count * conversion.value) if isinstance(conversion, Rate) else 0
    deal = typed.get("to_deal")
    return StageReading(
        id=stage.id, observed=True, entrants=count, customers=typed.count("customers") or count, exits=exits, next_stage=following,
        conversion=conversion, to_deal=_rate(deal, count, Unit.PASSES) if deal else CannotTell(cannot_tell="no-deal"),
        time_to_next=_times(typed.get("time_to_next"), Unit.PASSES), satisfaction=score,
    )  # fmt: skip


def _point(stage: str, point: Touchpoint, typed: _Typed) -> TouchpointReading:
    count = typed.count("entrants")
    count = typed.count("customers") if count is None else count
    share = typed.get("conversion")
    return TouchpointReading(
        id=point.id, stage=stage, observed=count is not None, entrants=count or 0, customers=typed.count("customers") or count or 0,
        conversion=_rate(share, count or 0, Unit.PASSES) if share else CannotTell(cannot_tell="not-observed"),
        satisfaction=_satisfaction(typed.get("satisfaction")),
    )  # fmt: skip


def _rate(figure: Figure, entrants: int, unit: Unit) -> Rate:
    share = min(1.0, max(0.0, figure.value))
    whole = figure.n or entrants or 100
    known = bool(figure.n or entrants)
    return _shown(round(share * whole), whole, figure.low, figure.high, unit, known=known)


def _shown(part: int, whole: int, low: float | None, high: float | None, unit: Unit, *, known: bool = True) -> Rate:
    """A rate typed by hand. Where the number of cases is not known and no interval was typed, the interval says nothing: 0…1."""
    wilson = _wilson(part, whole) if known else (0.0, 1.0)
    return Rate(
        numerator=part, denominator=whole, unit=unit, low=wilson[0] if low is None else low, high=wilson[1] if high is None else high,
        method=ENTERED,
    )  # fmt: skip


def _wilson(part: int, whole: int, z: float = 1.959963984540054) -> tuple[float, float]:
    """Wilson's 95 % interval for a share (`model` cannot import `stats`; a test holds the two equal)."""
    share = part / whole
    middle = (share + z * z / (2 * whole)) / (1 + z * z / whole)
    half = z / (1 + z * z / whole) * sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole))
    low = 0.0 if part == 0 else max(0.0, middle - half)
    return low, 1.0 if part == whole else min(1.0, middle + half)


def _times(figure: Figure | None, unit: Unit) -> Times | CannotTell:
    if figure is None:
        return CannotTell(cannot_tell="not-observed")
    day = 86_400.0
    low = figure.value if figure.low is None else figure.low
    high = figure.value if figure.high is None else figure.high
    return Times(
        n=figure.n or 0, unit=unit, q25_s=low * day, median_s=figure.value * day, q75_s=high * day, method=ENTERED
    )


def _satisfaction(figure: Figure | None) -> Satisfaction | CannotTell:
    if figure is None:
        return CannotTell(cannot_tell="no-scores")
    low = figure.value if figure.low is None else figure.low
    high = figure.value if figure.high is None else figure.high
    return Satisfaction(mean=figure.value, low=low, high=high, n=figure.n or 0, method=ENTERED)


def _loop(typed: dict[str, _Typed]) -> LoopReading:
    """The repeat rate, wherever it was typed (the last stage that has it wins)."""
    figures = [item.get("repeat_rate") for item in typed.values()]
    found = [figure for figure in figures if figure is not None]
    if not found:
        return LoopReading()
    return LoopReading(repeat_rate=_rate(found[-1], 0, Unit.DEALS))


def _breaks(value: Map, typed: dict[str, _Typed], stages: dict[str, StageReading]) -> tuple[Break, ...]:
    """Breaks where a `loss` (money per 30 days) was typed, dearest first. No reference is known: it is the rate itself."""
    rows: list[tuple[Figure, str, int, Rate]] = []
    for stage in value.stages:
        figure = typed[stage.id].get("loss")
        if figure is None:
            continue
        reading = stages[stage.id]
        left = reading.exits
        whole = max(reading.entrants, left)
        rate = (
            _shown(left, whole, None, None, Unit.PASSES)
            if whole
            else _shown(0, 100, None, None, Unit.PASSES, known=False)
        )
        rows.append((figure, stage.id, left, rate))
    rows.sort(key=lambda row: -row[0].value)
    kind: Literal["revenue", "margin"] = "margin" if value.money.margin else "revenue"
    return tuple(
        Break(
            stage=stage, kind="exit", rank=rank, customers=left, passes=left, rate=rate,
            loss=Loss(
                value=figure.value, low=figure.value if figure.low is None else figure.low,
                high=figure.value if figure.high is None else figure.high, ceiling=figure.value, currency=value.money.currency, kind=kind,
                reference=rate.value, reference_kind="none", method=ENTERED,
            ),
        )
        for rank, (figure, stage, left, rate) in enumerate(rows, 1)
    )  # fmt: skip


def _scope(value: Map, typed: dict[str, _Typed], passes: int) -> Scope:
    customers = max((item.count("customers") or 0 for item in typed.values()), default=0)

    def seconds(name: str) -> float:
        limit = getattr(value.limits, name)
        return limit.total_seconds() if limit is not None else 0.0

    return Scope(
        data_version=ENTERED, period=None, events=0, customers=customers, passes=passes, bound_events=0, open_passes=0,
        window_s=seconds("window"), silence_s=seconds("silence"), settle_s=seconds("settle"), currency=value.money.currency,
    )  # fmt: skip
