"""Cohort retention: of those who first came (or bought) in a period, how many are active in each period after (R-27)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.model import CannotTell, Unit
from tropa.model.measure import Answer, Cell, Column, Declaration, Note, Parameter, Picture, Setting
from tropa.trail.calendar import periods
from tropa.trail.kernels.retention import BEYOND, retention
from tropa.trail.measures.asked import Asked, answer_of, number, zone_notes
from tropa.trail.measures.columns import ranged, share_cells
from tropa.trail.passes import DAY
from tropa.trail.rounds import Round, added
from tropa.trail.slices import fixed
from tropa.trail.tape import Longs

NEVER, FOREVER = np.iinfo(np.int64).min, np.iinfo(np.int64).max
PERIODS = {"week": 7 * DAY, "month": 30 * DAY}
DECLARATION = Declaration(
    id="retention",
    unit=Unit.CUSTOMERS,
    parameters=(
        Parameter(id="by", kind="choice", choices=("deals", "visits"), default="deals"),
        Parameter(id="period", kind="choice", choices=("month", "week"), default="month"),
        Parameter(id="counted", kind="choice", choices=("calendar", "age"), default="calendar"),
        Parameter(id="width", kind="number", default=12, least=1, most=60),
    ),
    picture=Picture(kind="matrix", x="age", y="cohort", value="share"),
    columns=(
        Column(id="cohort", kind="month"),
        Column(id="age", kind="number"),
        *ranged("share", part="active", whole="seen"),
        Column(id="active", kind="count"),
        Column(id="seen", kind="count", aside=True),
        Column(id="customers", kind="count"),
    ),
    definition="retention",
)


@dataclass(frozen=True, slots=True)
class Acts:
    """A part's acts: where each customer's begin (customers + 1), and their times (µs); where `bound`, only those of events that have a
    stage. A view of rounds."""

    part: Asked
    begins: Longs
    moment: Longs
    bound: bool


def acts_of(part: Asked, by: str) -> Acts:
    """Deals, also those that were wholly brought back later (who bought was there), or visits (bound events)."""
    offsets, moment, deals = fixed(part.ready.tape.offsets, np.int64), part.ready.tape.time, part.ready.bound.deals
    if by == "visits":
        return Acts(part, offsets, fixed(moment, np.int64), True)
    index = np.union1d(deals.event, deals.void_event[deals.brought_back]) if deals.brought_back.any() else deals.event
    return Acts(part, fixed(np.searchsorted(index, offsets), np.int64), fixed(moment[index], np.int64), False)


def rounds(frame: Asked, settings: Mapping[str, Setting]) -> Any:
    """Rows by cohort and age (0: the period of the first act). A period not seen to its end is left out, not counted as absence."""
    kind, width = str(settings["period"]), int(number(settings["width"])) + 1
    length = PERIODS[kind] if settings["counted"] == "age" else 0
    view = partial(acts_of, by=str(settings["by"]))

    def then(ends: tuple[int, int]) -> Any:
        if ends[0] > ends[1]:  # nobody ever acted
            no_deals = CannotTell(cannot_tell="no-deal") if settings["by"] == "deals" else None
            return answer_of(DECLARATION, frame, 0, (), cannot_tell=no_deals)
        edges, labels = periods(*ends, "week" if kind == "week" else "month", frame.ready.tape.zone)
        chunk = partial(_counted, edges=edges, length=length, width=width)
        return Round(view, chunk, added, lambda found: _told(frame, labels, *found))

    return Round(view, _ends, _outer, then)


def _ends(view: Acts, first: int, last: int) -> tuple[int, int]:
    """The first and the last act (µs)."""
    begin = end = view.moment[view.begins[first] : view.begins[last]]
    if view.bound:  # passes begin and end with bound events
        passes = view.part.ready.passes
        here = passes.those_of(first, last)
        begin, end = passes.start[here], passes.end[here]
    return int(begin.min(initial=FOREVER)), int(end.max(initial=NEVER))


def _outer(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    return min(one[0], other[0]), max(one[1], other[1])


def _counted(view: Acts, first: int, last: int, *, edges: Longs, length: int, width: int) -> tuple[Longs, Longs]:
    """By cohort, customers by the periods they were active in, and by of how many periods the end was seen."""
    passes, cohorts = view.part.ready.whole.passes, len(edges) - 1
    active, often = np.zeros((cohorts, width), np.int64), np.zeros((cohorts, width + 1), np.int64)
    whole = not ((edges - edges[0]) % DAY).any()
    rest: Any = (
        view.begins, view.moment, int(view.bound), *view.part.ready.bound.cells.by_stage, fixed(view.part.customers), length,
        fixed(by_day(edges, length, width)), fixed(edges, np.int64), int(whole), passes.observed_until, active, often,
    )  # fmt: skip
    retention(first, last, *rest)
    return active, often


def by_day(edges: Longs, length: int, width: int) -> npt.NDArray[np.int32]:
    """By days since the first act, or since the calendar's first period began: the period (see the kernel)."""
    if length:
        return np.append(np.repeat(np.arange(width, dtype=np.int32), length // DAY), np.int32(BEYOND))
    days = np.arange(edges[0], edges[-1], DAY)
    return (np.searchsorted(edges, days, side="right") - 1).astype(np.int32)


def _told(frame: Asked, labels: tuple[str, ...], active: Longs, often: Longs) -> Answer:
    rows: list[tuple[Cell, ...]] = []
    sizes, seen = often.sum(axis=1), np.cumsum(often[:, :0:-1], axis=1)[:, ::-1]  # seen for at least so long
    for cohort, k in np.argwhere(seen > 0).tolist():
        part, whole = int(active[cohort, k]), int(seen[cohort, k])
        rows.append((labels[cohort], k, *share_cells(part, whole), int(sizes[cohort])))
    unseen = int((sizes > 0).sum()) - int((seen[:, 0] > 0).sum())
    notes = [Note(message="measure-note-cohorts-unseen", facts={"n": unseen})] if unseen else []
    return answer_of(DECLARATION, frame, int(sizes.sum()), rows, [*notes, *zone_notes(frame)])
