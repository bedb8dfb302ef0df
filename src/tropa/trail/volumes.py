"""Event names by volume, with every place that the map gives their events; and one event looked at closely (R-22)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.trail.bind import NO_POINT, NO_STAGE, Bound, event_counts
from tropa.trail.calendar import wall
from tropa.trail.kernels.bind import DEAL, VOID
from tropa.trail.tape import NO_VALUE, Column, Longs, Tape

TOP = 20


@dataclass(frozen=True, slots=True)
class Place:
    """Where some events of a name are bound: stage, touchpoint (None: the stage itself), how many."""

    stage: str
    touchpoint: str | None
    events: int


@dataclass(frozen=True, slots=True)
class NameVolume:
    """An event name. `unbound`: events that no rule fits (those that make or void a deal are used, so not among them)."""

    event: str
    events: int
    customers: int
    unbound: int
    places: tuple[Place, ...]


def name_volumes(tape: Tape, bound: Bound) -> tuple[NameVolume, ...]:
    """All event names: those with the most unbound events first, then by volume."""
    points, stages = len(bound.points), len(bound.stages)
    width = points + stages + 2
    place = np.where(bound.point == NO_POINT, bound.stage.astype(np.int64) + points, bound.point)
    used = (bound.flags & np.uint8(DEAL | VOID)) != 0
    place = np.where(bound.stage == NO_STAGE, np.where(used, width - 2, width - 1), place)
    cells = tape.event.codes.astype(np.int64) * width + place
    seen = np.bincount(cells, minlength=width * len(tape.event.names)).reshape(-1, width)
    code_of = {name: code for code, name in enumerate(tape.event.names)}
    out = []
    for one in event_counts(tape):
        row = seen[code_of[one.event]]
        found = [_place(bound, int(spot), int(row[spot])) for spot in np.argsort(-row, kind="stable") if row[spot]]
        there = tuple(item for item in found if item is not None)
        out.append(NameVolume(one.event, one.events, one.customers, int(row[width - 1]), there))
    return tuple(sorted(out, key=lambda item: (item.unbound == 0, -item.unbound, -item.events, item.event)))


def _place(bound: Bound, spot: int, events: int) -> Place | None:
    points = len(bound.points)
    if spot < points:
        return Place(*bound.points[spot], events)
    return Place(bound.stages[spot - points], None, events) if spot - points < len(bound.stages) else None


@dataclass(frozen=True, slots=True)
class Values:
    """A column as seen on the events of one name: how many have it, how many different values, the most frequent ones."""

    column: str
    known: int
    different: int
    top: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class EventDetails:
    """One event name closely. Times in µs UTC; `value` (least, median, most, how many) in minor units; `months`: events by month."""

    event: str
    events: int
    customers: int
    first: int
    last: int
    months: tuple[tuple[str, int], ...]
    value: tuple[int, int, int, int] | None
    scores: tuple[tuple[float, int], ...]
    channels: Values
    columns: tuple[Values, ...]


def event_details(tape: Tape, name: str) -> EventDetails | None:
    """What the log has with the events of a name; None where there are none. Values are as they are kept: mask them before showing."""
    if name not in tape.event.names[1:]:
        return None
    spots = np.flatnonzero(tape.event.codes == tape.event.names.index(name))
    if not len(spots):
        return None
    time = tape.time[spots]
    months, counts = np.unique(
        wall(time, tape.zone).astype("datetime64[us]").astype("datetime64[M]"), return_counts=True
    )
    owner = np.searchsorted(tape.offsets, spots, side="right")
    score = tape.score[spots]
    marks, answers = np.unique(score[~np.isnan(score)], return_counts=True)
    columns = [_values(key, column, spots) for key, column in tape.properties.items() if key != "text"]
    return EventDetails(
        event=name,
        events=len(spots),
        customers=len(np.unique(owner)),
        first=int(time.min()),
        last=int(time.max()),
        months=tuple((str(month), int(n)) for month, n in zip(months, counts, strict=True)),
        value=_money(tape.value[spots]),
        scores=tuple((round(float(mark), 3), int(n)) for mark, n in zip(marks, answers, strict=True)),
        channels=_values("channel", tape.channel, spots),
        columns=tuple(sorted((one for one in columns if one.known), key=lambda one: -one.known)),
    )


def _money(value: Longs) -> tuple[int, int, int, int] | None:
    there = value[value != NO_VALUE]
    return (int(there.min()), int(np.median(there)), int(there.max()), len(there)) if len(there) else None


def _values(name: str, column: Column, spots: npt.NDArray[Any]) -> Values:
    counts = np.bincount(column.codes[spots], minlength=len(column.names))
    counts[0] = 0
    top = [
        (column.names[int(code)], int(counts[code]))
        for code in np.argsort(-counts, kind="stable")[:TOP]
        if counts[code]
    ]
    return Values(name, int(counts.sum()), int(np.count_nonzero(counts)), tuple(top))


def places(tape: Tape, bound: Bound) -> dict[str, tuple[str | None, str | None]]:
    """Where most events of each name are bound: event → (stage id, touchpoint id). Names with no bound event are absent."""
    points = len(bound.points)
    place = np.where(bound.point == NO_POINT, bound.stage.astype(np.int64) + points, bound.point)
    width = points + len(bound.stages)
    there = np.flatnonzero(bound.stage != NO_STAGE)
    cells = tape.event.codes[there].astype(np.int64) * width + place[there]
    seen = np.bincount(cells, minlength=width * len(tape.event.names)).reshape(-1, width)
    out: dict[str, tuple[str | None, str | None]] = {}
    for code in np.flatnonzero(seen.sum(axis=1)):
        best = int(np.argmax(seen[code]))
        out[tape.event.names[code]] = bound.points[best] if best < points else (bound.stages[best - points], None)
    return out
