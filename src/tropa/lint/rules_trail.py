"""Rules over a map and its data: bindings, order, targets, what the measured figures say against it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

from tropa.lint.finding import Amount
from tropa.lint.ground import Ground
from tropa.lint.rules_content import Found, _name
from tropa.model import EventRule, EvidenceState, Figure, Metric, Satisfaction, Stage, later, near_miss, successors
from tropa.model.lookup import READING_NAMES, Kind, Known, entered_known, known_at
from tropa.model.standing import misses


def unknown_event(ground: Ground) -> Found:
    """A rule none of whose events the log has. (Of several names for one thing one is enough: shops call it differently.)"""
    if ground.events is None:
        return
    known = tuple(ground.events)
    for address, kind, rule in ground.rules():
        names = _events(rule)
        if names and not any(name in known for name in names):
            near = next((found for found in (near_miss(name, known) for name in names) if found), "")
            yield address, {"event": ", ".join(names), "kind": kind, "near": near}


def overlapping_bindings(ground: Ground) -> Found:
    """Two places that ask for the same event under the same conditions: the second never gets it."""
    bound = [item for item in ground.rules() if item[1] in ("stage", "touchpoint")]
    for (one, _, rule), (other, _, second) in combinations(bound, 2):
        shared = sorted(set(_events(rule)) & set(_events(second)))
        if one != other and shared and _conditions(rule) == _conditions(second):
            yield other, {"event": shared[0], "first": one.removesuffix(".when")}


def _events(rule: EventRule) -> tuple[str, ...]:
    return () if rule.event is None else (rule.event,) if isinstance(rule.event, str) else rule.event


def _conditions(rule: EventRule) -> Any:
    return rule.model_dump(exclude={"event", "void"})


def no_deal(ground: Ground) -> Found:
    """A map no stage of which says what a deal is: conversion and losses cannot be counted."""
    if ground.map.deal_stage is None:
        yield "stages", {}


def orphan_branch(ground: Ground) -> Found:
    """A stage that cannot be reached from the first one, or from which nothing goes on although it is not the last."""
    first, last = ground.map.stages[0], ground.map.stages[-1]
    reachable, following = later(ground.map)[first.id], successors(ground.map)
    for address, stage in ground.stages():
        if stage.id != first.id and stage.id not in reachable:
            yield f"{address}.after", {"stage": _name(stage.title), "kind": "unreachable"}
        elif (
            stage.id != last.id
            and not following[stage.id]
            and not any(loop.source == stage.id for loop in ground.map.loops)
        ):
            yield address, {"stage": _name(stage.title), "kind": "dead-end"}


def loop_that_is_no_return(ground: Ground) -> Found:
    """A loop leads back; one to a later stage is a branch, and one to another branch leads nowhere."""
    after = later(ground.map)
    for index, loop in enumerate(ground.map.loops):
        if loop.source != loop.target and loop.source not in after[loop.target]:
            yield f"loops.{index}", {"source": loop.source, "target": loop.target}


def stage_not_observed(ground: Ground) -> Found:
    """Stages that the log says nothing of: bound to no event (`unbound`), or to events that never came (`silent`)."""
    measured = ground.measured
    if measured is None:
        return
    for address, stage in ground.stages():
        reading = measured.stage(stage.id)
        if reading is not None and not reading.observed:
            bound = (
                stage.when is not None or stage.deal is not None or any(point.when for point in stage.all_touchpoints)
            )
            yield address, {"stage": _name(stage.title), "kind": "silent" if bound else "unbound"}


def metric_beyond_target(ground: Ground) -> Found:
    """Metrics whose figure, measured or typed by hand, lies with its whole interval on the other side of the target."""
    for address, stage in ground.stages():
        for metric in stage.metrics:
            known = known_at(ground.measured, metric.reading, stage.id) if metric.reading else None
            if not isinstance(known, Known):
                figure = next((item for item in stage.figures if item.reading in (metric.id, metric.reading)), None)
                known = entered_known(figure) if figure is not None else None
            if isinstance(known, Known) and misses(metric, known):
                short = metric.at_least is not None and known.value < metric.at_least
                target, sign = (metric.at_least, "≥") if short else (metric.at_most, "≤")
                kind, currency = _kind(metric, known), _currency(ground)
                facts = {
                    "metric": _name(metric.title),
                    "value": Amount(float(known.value), kind, currency),
                    "target": Amount(float(target or 0.0), kind, currency, sign, exact=True),
                }
                yield f"{address}.metrics.{metric.id}", facts


def _kind(metric: Metric, known: Known) -> Kind:
    """What the figure is. One typed under the metric's own name is of the kind of the reading that the metric names."""
    name = (metric.reading or "").rpartition(".")[2]
    if known.kind != "number" or not name:
        return known.kind
    named = entered_known(Figure(reading=name, value=known.value)).kind
    return known.kind if named == "seconds" else named  # a time is typed in days, and only under its own name


def _currency(ground: Ground) -> str | None:
    return ground.measured.scope.currency if ground.measured is not None else ground.map.money.currency


def emotion_contradicted(ground: Ground) -> Found:
    """Asserted emotions that the customers' own answers contradict (see `model.standing.beyond`)."""
    measured = ground.measured
    if measured is None:
        return
    for address, stage, owner in ground.owners():
        whole = isinstance(owner, Stage)
        key = f"{stage.id}/feels/0" if whole else f"{stage.id}/{owner.id}/feels/0"
        if ground.states.get(key) is not EvidenceState.CONTRADICTED or owner.feels is None:
            continue
        reading = measured.stage(stage.id) if whole else measured.touchpoint(owner.id)
        score = reading.satisfaction if reading else None
        if isinstance(score, Satisfaction) and owner.feels.score is not None:
            facts = {
                "place": _name(owner.title),
                "asserted": Amount(float(owner.feels.score), "score", exact=True),
                "mean": Amount(float(score.mean), "score"),
                "n": score.n,
            }
            yield f"{address}.feels", facts


def unknown_reading(ground: Ground) -> Found:
    """Metrics, evidence and figures that name a figure which does not exist."""
    places = [stage.id for stage in ground.map.stages] + [point.id for _, point in ground.map.touchpoints()]
    for address, stage in ground.stages():
        for metric in stage.metrics:
            if metric.reading is not None:
                yield from _unknown(f"{address}.metrics.{metric.id}.reading", metric.reading, places)
    for address, item in ground.evidence():
        if item.reading is not None:
            yield from _unknown(address, item.reading, places)
    for address, _, owner in ground.owners():
        own = tuple(metric.id for metric in owner.metrics) if isinstance(owner, Stage) else ()
        for index, figure in enumerate(owner.figures):
            known = READING_NAMES + own
            if figure.reading not in known:
                yield (
                    f"{address}.figures.{index}.reading",
                    {"reading": figure.reading, "near": near_miss(figure.reading, known)},
                )


def _unknown(address: str, reading: str, places: list[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    place, _, name = reading.rpartition(".")
    if name not in READING_NAMES:
        near = near_miss(name, READING_NAMES)
        yield address, {"reading": reading, "near": f"{place}.{near}".lstrip(".") if near else ""}
    elif place and place not in places:
        near = near_miss(place, places)
        yield address, {"reading": reading, "near": f"{near}.{name}" if near else ""}
