"""Readings by calendar month, and which changes from one month to the next are more than noise (R-31, R-42)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import erfc, hypot, sqrt

import numpy as np
import numpy.typing as npt

from tropa.model import CannotTell, Rate, Satisfaction, StageReading
from tropa.stats.contrast import false_discovery
from tropa.stats.normal import normal_quantile
from tropa.trail.answers import satisfaction
from tropa.trail.calendar import periods
from tropa.trail.loops import common_horizon, loop_reading
from tropa.trail.measures.asked import Asked
from tropa.trail.passes import only_passes
from tropa.trail.prepare import Part, Prepared
from tropa.trail.stages import stage_readings
from tropa.trail.tally import tally

MOST_MONTHS = 60
LEVEL = 0.05
"""Share of false alarms among the changes that are told."""
FIGURES = ("conversion", "to_deal", "satisfaction")


@dataclass(frozen=True, slots=True)
class Month:
    """The readings of the passes that began in a month (`2026-03`, of the log's zone). `start`, `end`: µs, `end` not included;
    stages without events."""

    name: str
    start: int
    end: int
    passes: int
    stages: tuple[StageReading, ...]
    repeat_rate: Rate | CannotTell


@dataclass(frozen=True, slots=True)
class Change:
    """A figure that changed from one month to the next by more than noise. `chance`: adjusted over everything that was compared."""

    stage: str | None
    """None: the loop's repeat rate."""
    figure: str
    before: str
    month: str
    was: float
    now: float
    chance: float


@dataclass(frozen=True, slots=True)
class Timeline:
    """Months in order, the changes beyond noise, and how many comparisons were made."""

    months: tuple[Month, ...]
    changes: tuple[Change, ...]
    compared: int


def timeline(asked: Asked, most: int = 24) -> Timeline:
    """The last `most` calendar months. A month counts the passes that began in it, whole, whatever became of them later."""
    ready = asked.ready
    if not len(ready.passes):
        return Timeline((), (), 0)
    edges, names = periods(int(ready.passes.start.min()), int(ready.passes.start.max()), "month", ready.tape.zone)
    which = np.searchsorted(edges, ready.passes.start, side="right") - 1
    of_answer = which[np.searchsorted(ready.passes.first_event, asked.answers.event, side="right") - 1]
    months = []
    for number in range(max(0, len(names) - min(most, MOST_MONTHS)), len(names)):
        inside = which == number
        part = Part(ready.whole, _in_whole(ready, inside), int(edges[number]), int(edges[number + 1]))
        mine = replace(ready, passes=only_passes(ready.passes, inside), part=part)
        answers = replace(
            asked.answers,
            **{
                name: getattr(asked.answers, name)[of_answer == number]
                for name in ("event", "customer", "stage", "point", "score", "instrument")
            },
        )
        scores, _ = satisfaction(answers, asked.customers)
        counted = tally(mine, asked.customers)
        nothing = np.zeros(len(ready.bound.stages), np.int64)
        repeat = loop_reading(mine, asked.customers, common_horizon(ready)).repeat_rate
        stages = stage_readings(mine, counted, scores, nothing)
        count = int((asked.customers[mine.passes.customer] != 0).sum())
        months.append(Month(names[number], int(edges[number]), int(edges[number + 1]), count, stages, repeat))
    return Timeline(tuple(months), *changes(tuple(months)))


def _in_whole(ready: Prepared, inside: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """The same choice among all passes."""
    if ready.part is None:
        return inside
    out = np.zeros(len(ready.part.which), np.bool_)
    out[np.flatnonzero(ready.part.which)[inside]] = True
    return out


Figure = Rate | Satisfaction


def changes(months: tuple[Month, ...]) -> tuple[tuple[Change, ...], int]:
    """What changed from month to month by more than noise, and how many comparisons that is out of.

    The standard error of each figure is read off the side of its interval that faces the other one (square and add: Newcombe 1998,
    Statistics in Medicine 17, 873-890), so that 0 of 1 is no change from 68 %. The difference is held against the normal
    distribution; all comparisons of the timeline are adjusted together (Benjamini and Hochberg).
    """
    found = list(_pairs(months))
    chances = np.array([_chance(was, now) for _, _, _, was, now in found])
    adjusted = false_discovery(chances)
    out = [
        Change(stage, figure, months[at - 1].name, months[at].name, _value(was), _value(now), float(q))
        for (stage, figure, at, was, now), q in zip(found, adjusted, strict=True)
        if q <= LEVEL
    ]
    return tuple(out), len(found)


def _pairs(months: tuple[Month, ...]) -> Iterator[tuple[str | None, str, int, Figure, Figure]]:
    for at in range(1, len(months)):
        before, month = months[at - 1], months[at]
        for was, now in zip(before.stages, month.stages, strict=True):
            for figure in FIGURES:
                one, other = getattr(was, figure), getattr(now, figure)
                if not isinstance(one, CannotTell) and not isinstance(other, CannotTell):
                    yield now.id, figure, at, one, other
        first, second = before.repeat_rate, month.repeat_rate
        if not isinstance(first, CannotTell) and not isinstance(second, CannotTell):
            yield None, "repeat_rate", at, first, second


def _value(figure: Figure) -> float:
    return figure.value if isinstance(figure, Rate) else figure.mean


def _chance(was: Figure, now: Figure) -> float:
    z = normal_quantile(0.5 + was.level / 2)
    lower, higher = sorted((was, now), key=_value)
    error = hypot(lower.high - _value(lower), _value(higher) - higher.low) / z
    return 1.0 if error <= 0 else erfc((_value(higher) - _value(lower)) / error / sqrt(2))


__all__ = ["Change", "Month", "Timeline", "changes", "timeline"]
