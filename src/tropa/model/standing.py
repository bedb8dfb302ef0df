"""How much each statement of a map may be believed: assumed, observed, measured, contradicted, entered, stale (R-31)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date as Date  # noqa: N812 - the same name as in the values it judges
from datetime import timedelta

from tropa.model.entered import ENTERED
from tropa.model.evidence import SHELF_LIFE, Evidence, EvidenceState, evidence_state
from tropa.model.lanes import LINES, POINT_LINES
from tropa.model.lookup import Known, entered_at, known_at
from tropa.model.map import Improvement, Map
from tropa.model.reading import CannotTell, Readings
from tropa.model.stage import Cell, Feels, Figure, Metric, Said, Stage, Statement, Touchpoint, said

ENOUGH_ANSWERS = 5
"""A mean of fewer scores neither supports nor contradicts what the team asserts."""

EMOTION_TOLERANCE = 0.5
"""An asserted emotion is contradicted when the measured interval lies wholly further than this from it."""

State = EvidenceState


class _Judge:
    """What all judgements of one map share: the day, the shelf life, and whether the readings are fresh."""

    def __init__(self, value: Map, readings: Readings | None, today: Date) -> None:
        self.readings = readings
        self.today = today
        self.shelf_life: timedelta = value.shelf_life or SHELF_LIFE
        period = readings.scope.period if readings else None
        # Simulated data are about no real day: they never go stale.
        old = period is not None and not value.simulated and today - period.end.date() > self.shelf_life
        self.measured = State.STALE if old else State.MEASURED

    def evidence(self, evidence: tuple[Evidence, ...], stage: str) -> State:
        """Evidence alone; a reading that the trail cannot give (any more) supports nothing."""
        if self.readings is not None:
            evidence = tuple(item for item in evidence if item.reading is None or self._answered(item.reading, stage))
            if any(item.reading for item in evidence):
                return self.measured
        return evidence_state(evidence, self.today, self.shelf_life)

    def _answered(self, address: str, stage: str) -> bool:
        return isinstance(known_at(self.readings, address, stage), Known)

    def entered(self, figure: Figure) -> State:
        old = figure.date is not None and self.today - figure.date > self.shelf_life
        return State.STALE if old else State.ENTERED

    def feels(self, feels: Feels | None, owner: Stage | Touchpoint, stage: str) -> State | None:
        """The asserted emotion against the measured one; where nothing is measured, against what it rests on."""
        place = self.readings and (
            self.readings.touchpoint(owner.id) if isinstance(owner, Touchpoint) else self.readings.stage(stage)
        )
        score = place.satisfaction if place else None
        if score is not None and not isinstance(score, CannotTell) and score.n >= ENOUGH_ANSWERS:
            if feels is not None and feels.score is not None and beyond(score.low, score.high, feels.score):
                return State.CONTRADICTED
            return self.measured
        figure = entered_at(owner, "satisfaction")
        if figure is not None:
            return self.entered(figure)
        return None if feels is None else self.evidence(feels.evidence, stage)

    def metric(self, metric: Metric, stage: Stage) -> State:
        """A target is contradicted when the whole interval of the reading lies on its other side."""
        known = known_at(self.readings, metric.reading, stage.id) if metric.reading else None
        if isinstance(known, Known):
            return State.CONTRADICTED if misses(metric, known) else self.measured
        figure = entered_at(stage, metric.id) or (entered_at(stage, metric.reading) if metric.reading else None)
        return self.entered(figure) if figure is not None else State.ASSUMED

    def touchpoint(self, point: Touchpoint) -> State:
        reading = self.readings.touchpoint(point.id) if self.readings else None
        if reading is not None and reading.observed and reading.events:
            return self.measured
        dated = [self.entered(figure) for figure in point.figures]
        return dated[-1] if dated else State.ASSUMED


def beyond(low: float, high: float, asserted: float) -> bool:
    """Whether a measured interval lies wholly further than `EMOTION_TOLERANCE` from the asserted score."""
    return low > asserted + EMOTION_TOLERANCE or high < asserted - EMOTION_TOLERANCE


def misses(metric: Metric, known: Known) -> bool:
    """Whether a figure, with its whole interval, lies on the other side of a metric's target."""
    low = known.value if known.low is None else known.low
    high = known.value if known.high is None else known.high
    if metric.at_least is not None and high < metric.at_least:
        return True
    return metric.at_most is not None and low > metric.at_most


def standing(value: Map, readings: Readings | None, today: Date) -> Mapping[str, EvidenceState]:
    """The state of every statement by address, in the map's order.

    Addresses: `stage/lane/i` and `stage/touchpoint/lane/i`; lane ids are those of `model.lanes` and of the map's own lanes, i is the
    index of the statement in its list. `goal` and `feels` have index 0. `brand`: 0 is the brand's goal, i + 1 its i-th action.
    `touchpoints/i`: the i-th of `Stage.all_touchpoints`. `metrics/i`, `improvements/i` (of this stage), and `figures/i` for figures typed
    by hand. An owner is no claim and has no state.
    """
    # Readings that were typed by hand are no measurements: the figures themselves are judged, at their places.
    judge = _Judge(value, None if readings is not None and readings.scope.data_version == ENTERED else readings, today)
    out: dict[str, EvidenceState] = {}
    for stage in value.stages:
        out.update(_stage(judge, value, stage))
        for point in stage.all_touchpoints:
            out.update(_point(judge, stage, point))
    return out


def _stage(judge: _Judge, value: Map, stage: Stage) -> Iterator[tuple[str, State]]:
    if stage.goal is not None:
        goal = stage.goal.evidence if isinstance(stage.goal, Statement) else ()
        yield f"{stage.id}/goal/0", judge.evidence(goal, stage.id)
    for lane in LINES:
        yield from _said(judge, f"{stage.id}/{lane}", getattr(stage, lane), stage.id)
    yield from _common(judge, stage.id, stage, stage.id)
    for index, barrier in enumerate(stage.barriers):
        yield f"{stage.id}/barriers/{index}", judge.evidence(barrier.evidence, stage.id)
    if stage.brand is not None:
        if stage.brand.goal is not None:
            yield f"{stage.id}/brand/0", State.ASSUMED
        for index, item in enumerate(stage.brand.does):
            yield f"{stage.id}/brand/{index + 1}", judge.evidence(said(item).evidence, stage.id)
    for index, metric in enumerate(stage.metrics):
        yield f"{stage.id}/metrics/{index}", judge.metric(metric, stage)
    for index, point in enumerate(stage.all_touchpoints):
        yield f"{stage.id}/touchpoints/{index}", judge.touchpoint(point)
    for index, improvement in enumerate(improvements_of(value, stage.id)):
        yield f"{stage.id}/improvements/{index}", State.ASSUMED if improvement.effect is None else State.OBSERVED


def _point(judge: _Judge, stage: Stage, point: Touchpoint) -> Iterator[tuple[str, State]]:
    for lane in POINT_LINES:
        yield from _said(judge, f"{stage.id}/{point.id}/{lane}", getattr(point, lane), stage.id)
    yield from _common(judge, f"{stage.id}/{point.id}", point, stage.id)


def _common(judge: _Judge, prefix: str, owner: Stage | Touchpoint, stage: str) -> Iterator[tuple[str, State]]:
    """The lanes that stages and touchpoints share beside plain statements."""
    feels = judge.feels(owner.feels, owner, stage)
    if feels is not None:
        yield f"{prefix}/feels/0", feels
    for index, pain in enumerate(owner.pains):
        yield f"{prefix}/pains/{index}", judge.evidence(pain.evidence, stage)
    for index, chance in enumerate(owner.opportunities):
        yield f"{prefix}/opportunities/{index}", judge.evidence(chance.evidence, stage)
    for index, figure in enumerate(owner.figures):
        yield f"{prefix}/figures/{index}", judge.entered(figure)
    for lane, cell in owner.cells.items():
        yield from _cell(judge, f"{prefix}/{lane}", cell, stage)


def _said(judge: _Judge, prefix: str, items: tuple[Said, ...], stage: str) -> Iterator[tuple[str, State]]:
    for index, item in enumerate(items):
        yield f"{prefix}/{index}", judge.evidence(said(item).evidence, stage)


def _cell(judge: _Judge, prefix: str, cell: Cell | str, stage: str) -> Iterator[tuple[str, State]]:
    if isinstance(cell, str):
        yield f"{prefix}/0", State.ASSUMED
        return
    own = judge.evidence(cell.evidence, stage)
    if not cell.items:
        yield f"{prefix}/0", own
    for index, item in enumerate(cell.items):
        state = judge.evidence(said(item).evidence, stage)
        yield f"{prefix}/{index}", own if state is State.ASSUMED else state


def improvements_of(value: Map, stage: str) -> tuple[Improvement, ...]:
    """The improvements of one stage, in the map's order."""
    return tuple(item for item in value.improvements if item.stage == stage)
