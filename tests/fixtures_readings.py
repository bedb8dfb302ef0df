"""Realistic readings made by hand for the map of `fixtures_shop`, for tests of pictures. All figures are invented."""

from __future__ import annotations

from datetime import UTC, datetime

from tropa.model import (
    Break,
    CannotTell,
    Flow,
    LoopReading,
    Loss,
    Map,
    Period,
    Rate,
    Readings,
    Satisfaction,
    Scope,
    StageReading,
    Times,
    TouchpointReading,
    Unit,
)

DAY = 86_400.0


def rate(numerator: int, denominator: int, left_out: int = 0) -> Rate:
    """A share with a plausible interval."""
    share = numerator / denominator
    half = 1.96 * (share * (1 - share) / denominator) ** 0.5
    return Rate(
        numerator=numerator,
        denominator=denominator,
        unit=Unit.PASSES,
        low=max(0, share - half),
        high=min(1, share + half),
        left_out=left_out,
        window_s=30 * DAY,
    )


def times(days: float, n: int = 900) -> Times:
    """Times with quartiles around a median."""
    return Times(n=n, unit=Unit.PASSES, q25_s=days * DAY * 0.5, median_s=days * DAY, q75_s=days * DAY * 1.9)


def loss(value: float, spread: float = 0.15, kind: str = "revenue") -> Loss:
    """A loss with interval and ceiling."""
    return Loss(
        value=value,
        low=value * (1 - spread),
        high=value * (1 + spread),
        ceiling=value * 2.6,
        currency=None if kind == "deals" else "RUB",
        kind=kind,
        reference=0.55,
        reference_kind="segment",
        reference_name="тренеры",
    )


def score(mean: float, n: int) -> Satisfaction:
    """A measured emotion."""
    half = 2.2 / n**0.5
    return Satisfaction(mean=mean, low=mean - half, high=mean + half, n=n, instruments={"csat": n})


def readings(
    value: Map,
    entrants: tuple[int, ...] = (48_210, 21_640, 9_310, 6_120, 6_050, 1_190),
    *,
    money: bool = True,
    losses: tuple[float, ...] = (300_000, 400_000, 800_000, 0, 1_900_000, 0),
    segment: str | None = None,
) -> Readings:
    """Readings for a map with as many stages as `entrants`; 0 entrants: not observed. Scores at all stages but the first."""
    stages, breaks = [], []
    last = len(entrants) - 1
    moods = (None, 0.3, -0.2, 0.9, -1.15, 0.5)
    for index, (stage, here) in enumerate(zip(value.stages, entrants, strict=True)):
        if not here:
            stages.append(StageReading(id=stage.id, observed=False))
            continue
        following = next((k for k in range(index + 1, last + 1) if entrants[k]), None)
        on = min(here, entrants[following]) if following is not None else 0
        under_way = (here - on) // 12 if following is not None else here // 3
        mood = moods[index % len(moods)]
        stages.append(
            StageReading(
                id=stage.id,
                observed=True,
                entrants=here,
                customers=int(here * 0.8),
                events=here * 3,
                first_seen=here if index == 0 else 0,
                exits=here - on - under_way if following is not None else here // 2,
                open=under_way,
                next_stage=value.stages[following].id if following is not None else None,
                conversion=rate(on, here, here // 30) if following is not None else CannotTell(cannot_tell="one-stage"),
                time_to_next=times(0.4 + 2.7 * index) if following is not None else CannotTell(cannot_tell="one-stage"),
                satisfaction=score(mood, 40 + 90 * index) if mood is not None else CannotTell(cannot_tell="no-scores"),
            )
        )
        cost = losses[index % len(losses)]
        if cost and following is not None and here > on:
            breaks.append((stage.id, "loop" if index >= 4 else "exit", here - on, here, cost))
    breaks.sort(key=lambda item: -item[4])
    made = tuple(
        Break(
            stage=stage,
            kind=kind,
            rank=rank + 1,
            customers=int(gone * 0.9),
            passes=gone,
            rate=rate(gone, here),
            loss=loss(cost) if money else loss(max(1.0, cost / 9000), kind="deals"),
        )
        for rank, (stage, kind, gone, here, cost) in enumerate(breaks)
    )
    flows = tuple(
        Flow(
            source=value.stages[i].id,
            target=value.stages[i + 1].id,
            passes=min(entrants[i], entrants[i + 1]),
            times=entrants[i + 1],
            median_s=DAY * (1 + i),
        )
        for i in range(last)
        if entrants[i] and entrants[i + 1]
    )
    ids = {stage.id for stage in value.stages}
    back = (
        (Flow(source="use", target="awareness", passes=412, times=430, median_s=9 * DAY),)
        if {"use", "awareness"} <= ids
        else ()
    )
    points = tuple(
        TouchpointReading(
            id=point.id,
            stage=stage.id,
            observed=True,
            events=here * 2 // (k + 1),
            entrants=here // (k + 1),
            customers=here // (k + 2),
        )
        for stage, here in zip(value.stages, entrants, strict=True)
        for k, point in enumerate(stage.all_touchpoints)
        if here
    )
    again = entrants[-1] or 1
    return Readings(
        scope=Scope(
            data_version="g000003",
            period=Period(start=datetime(2025, 11, 1, tzinfo=UTC), end=datetime(2026, 10, 31, 23, 59, tzinfo=UTC)),
            events=sum(entrants) * 3,
            customers=max(1, int(max(entrants) * 0.415)),
            passes=max(entrants),
            bound_events=sum(entrants) * 3 - 512,
            open_passes=max(entrants) // 32,
            window_s=30 * DAY,
            silence_s=45 * DAY,
            settle_s=DAY,
            currency="RUB" if money else None,
            segment=segment,
        ),
        stages=tuple(stages),
        touchpoints=points,
        flows=flows + back,
        breaks=made,
        loop=LoopReading(
            horizon_s=120 * DAY,
            repeat_rate=rate(min(again, 1190), max(again, 6050)),
            interval=times(47),
            buyers=5900,
            buyers_again=1100,
            deals=7300,
        ),
    )
