"""The buyer journey: the path to one purchase decision, derived from the customer journey (R-09).

It ends with the deal: the stages from which one comes to it, what is read of them, no loyalty loop and nothing of what follows.
"""

from __future__ import annotations

from tropa.model.journey import predecessors
from tropa.model.map import Map
from tropa.model.reading import CannotTell, LoopReading, Readings, StageReading
from tropa.model.stage import Metric


def buyer_stages(value: Map) -> frozenset[str]:
    """The deal's stage and all that lie before it on some way; empty where no stage has the deal."""
    deal = value.deal_stage
    if deal is None:
        return frozenset()
    before = predecessors(value)
    kept, wave = {deal.id}, {deal.id}
    while wave:
        wave = {earlier for name in wave for earlier in before[name]} - kept
        kept |= wave
    return frozenset(kept)


def buyer_journey(value: Map) -> Map:
    """The same map up to and including the deal: its stages in their order, and of everything else what belongs to them.

    A map without a deal is returned as it is: nobody has said which decision is meant.
    """
    kept = buyer_stages(value)
    if not kept:
        return value
    before = predecessors(value)
    stages, previous = [], None
    for stage in value.stages:
        if stage.id in kept:
            follows = stage.after is not None or before[stage.id] == ((previous,) if previous else ())
            changes: dict[str, object] = {} if follows else {"after": before[stage.id]}
            if stage.deal is not None:
                changes["metrics"] = tuple(metric for metric in stage.metrics if not _beyond(metric, stage.id))
            stages.append(stage.model_copy(update=changes) if changes else stage)
            previous = stage.id
    return value.model_copy(
        update={
            "stages": tuple(stages),
            "loops": tuple(
                loop for loop in value.loops if loop.kind != "loyalty" and {loop.source, loop.target} <= kept
            ),
            "improvements": tuple(item for item in value.improvements if item.stage in kept),
            "targets": tuple(target for target in value.targets if target.stage in kept and target.kind == "exit"),
            "comparison": value.comparison if value.comparison_stage in kept else None,
        }
    )


def buyer_readings(value: Map, readings: Readings) -> Readings:
    """What was read of a whole map, for its buyer journey: breaks on the way to the deal, dearest first; nothing of coming again.

    Of the deal's stage it is not told how many go on: what follows is no part of this path. All breaks together were computed with
    those that follow, so they are left out too.
    """
    kept = buyer_stages(value)
    if not kept or value.deal_stage is None:
        return readings
    deal = value.deal_stage.id
    breaks = sorted(
        (item for item in readings.breaks if item.stage in kept and item.kind == "exit"), key=lambda item: item.rank
    )
    return readings.model_copy(
        update={
            "stages": tuple(
                _last(stage) if stage.id == deal else stage for stage in readings.stages if stage.id in kept
            ),
            "touchpoints": tuple(point for point in readings.touchpoints if point.stage in kept),
            "flows": tuple(flow for flow in readings.flows if {flow.source, flow.target} <= kept),
            "loop": LoopReading(),
            "breaks": tuple(
                item.model_copy(update={"rank": rank, "dearer_than": None, "rank_from": None, "rank_to": None})
                for rank, item in enumerate(breaks, start=1)
            ),
            "all_together": None,
        }
    )


def _beyond(metric: Metric, deal: str) -> bool:
    """Whether a metric of the deal's stage is about what follows it."""
    return metric.reading in {f"{place}{name}" for place in ("", f"{deal}.") for name in ("conversion", "time_to_next")}


def _last(stage: StageReading) -> StageReading:
    end = CannotTell(cannot_tell="last-stage")
    return stage.model_copy(update={"next_stage": None, "conversion": end, "time_to_next": end})
