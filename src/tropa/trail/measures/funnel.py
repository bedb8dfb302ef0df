"""Funnels: of those who took the first step, who took the next ones within a window (R-23, R-26)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from tropa.model import CannotTell, Unit
from tropa.model.measure import Answer, Cell, Column, Declaration, Note, Parameter, Picture, Setting
from tropa.trail.measures.asked import Asked, answer_of
from tropa.trail.measures.attempts import FINE, PARAMETERS, Attempts, Course, at_least, counted, course_of
from tropa.trail.measures.columns import NOT_KNOWN, ranged, rate
from tropa.trail.measures.groups import (
    EVERYBODY,
    SPLITS,
    Group,
    channel_groups,
    channel_sizes,
    segment_groups,
)
from tropa.trail.rounds import Lengths, Quartiles, Round, added, itself, quartile_round, remembered
from tropa.trail.tape import Longs

SECOND = 1_000_000
GROUP = Column(id="group", kind="state")
DECLARATION = Declaration(
    id="funnel",
    unit=Unit.CUSTOMERS,
    parameters=(*PARAMETERS, Parameter(id="split", kind="choice", choices=SPLITS, default="none")),
    picture=Picture(kind="funnel", x="state", value="share", series="group"),
    columns=(
        GROUP,
        Column(id="state", kind="state"),
        Column(id="customers", kind="count"),
        *ranged("share", part="customers", whole="whole"),
        Column(id="whole", kind="count", aside=True),
        *ranged("onward", part="customers", whole="previous"),
        Column(id="previous", kind="count", aside=True),
        Column(id="median", kind="seconds", low="q25", high="q75"),
        Column(id="q25", kind="seconds", aside=True),
        Column(id="q75", kind="seconds", aside=True),
        Column(id="total", kind="seconds", low="total_q25", high="total_q75"),
        Column(id="total_q25", kind="seconds", aside=True),
        Column(id="total_q75", kind="seconds", aside=True),
    ),
    definition="funnel",
)


def rounds(frame: Asked, settings: Mapping[str, Setting]) -> Any:
    """Customers by how far their best attempt came. Without `path`: the observed stages up to the deal; without `window`: the map's.

    `split`: segments or first channels beside everybody. Raises as `attempts.course_of`.
    """
    course = course_of(frame.ready, settings)
    if course is None:
        return answer_of(DECLARATION, frame, 0, (), cannot_tell=CannotTell(cannot_tell="one-stage"))
    everybody = (Group(EVERYBODY),)
    if settings["split"] == "segments":
        return _walk(frame, course, everybody + segment_groups(frame.ready))
    if settings["split"] == "channels":

        def then(sizes: tuple[Longs]) -> Any:
            return _walk(frame, course, everybody + channel_groups(frame.ready, sizes[0]))

        return Round(itself, channel_sizes, added, then)
    return _walk(frame, course, everybody)


def _walk(frame: Asked, course: Course, groups: tuple[Group, ...]) -> Round[Attempts, tuple[Any, ...]]:
    view = partial(Attempts, course=course, groups=groups)

    def then(found: tuple[Any, ...]) -> Round[Attempts, Lengths]:
        took = at_least(found[0])
        return quartile_round(
            view,
            partial(remembered, lengths=_took),
            found[2],
            FINE,
            lambda times: _told(frame, course, groups, took, int(found[1][0]), times),
        )

    return Round(view, counted, added, then)


def _took(view: Attempts, first: int, last: int) -> list[Lengths]:
    return [view.lengths(first, last)]


def _told(
    frame: Asked, course: Course, groups: tuple[Group, ...], took: Longs, left_out: int, times: Quartiles
) -> Answer:
    levels = len(course.names)
    rows: list[tuple[Cell, ...]] = []
    for at, group in enumerate(groups):
        whole = previous = int(took[at, 0])
        for k, name in enumerate(course.names if whole else ()):
            n = int(took[at, k])
            onward = rate(n, previous) if k else NOT_KNOWN
            spans = [_times(times, 2 * (at * levels + k) + way) for way in (0, 1)]
            rows.append(
                (group.name, name, n, *rate(n, whole), whole, *onward, previous if k else None) + spans[0] + spans[1]
            )
            previous = n
    notes = (Note(message="measure-note-left-out", facts={"n": left_out}),) if left_out else ()
    answer = answer_of(DECLARATION, frame, int(took[0, 0]), rows, notes)
    if len(groups) > 1:
        return answer
    return answer.model_copy(update={"columns": answer.columns[1:], "rows": tuple(row[1:] for row in answer.rows)})


def _times(times: Quartiles, key: int) -> tuple[float | None, float | None, float | None]:
    """Median, first and third quartile in seconds."""
    if key not in times:
        return None, None, None
    q25, q50, q75 = times[key][1]
    return q50 / SECOND, q25 / SECOND, q75 / SECOND
