"""Cohort retention: of those who first came (or bought) in a period, how many are active in each period after (R-27)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np

from tropa.model import Unit
from tropa.model.measure import Answer, Cell, Column, Declaration, Note, Parameter, Picture, Setting
from tropa.stats.intervals import wilson
from tropa.trail.bind import NO_STAGE
from tropa.trail.kernels.retention import retention
from tropa.trail.measures.asked import Asked, answer_of, number
from tropa.trail.passes import DAY
from tropa.trail.prepare import Prepared
from tropa.trail.rounds import Round, added, run
from tropa.trail.slices import fixed
from tropa.trail.tape import Longs, instant

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
        Column(id="share", kind="share", low="low", high="high", part="active", whole="seen"),
        Column(id="low", kind="share", aside=True),
        Column(id="high", kind="share", aside=True),
        Column(id="active", kind="count"),
        Column(id="seen", kind="count", aside=True),
        Column(id="customers", kind="count"),
    ),
    definition="retention",
)


def answer(asked: Asked, settings: Mapping[str, Setting]) -> Answer:
    """Rows by cohort and age (0: the period of the first act). A period not seen to its end is left out, not counted as absence."""
    ready, kind = asked.ready, str(settings["period"])
    from_act, moment = _acts(ready, str(settings["by"]))
    if not len(moment):
        return answer_of(DECLARATION, asked, 0, ())
    edges, labels = periods(int(moment.min()), int(moment.max()), kind)
    period = np.searchsorted(edges, moment, side="right").astype(np.int64) - 1
    until = ready.whole.passes.observed_until
    width = int(number(settings["width"])) + 1
    length = PERIODS[kind] if settings["counted"] == "age" else 0
    args: Any = (
        fixed(from_act, np.int64), fixed(moment, np.int64), fixed(period, np.int64), asked.customers, length,
        fixed(edges[1:], np.int64), until,
    )  # fmt: skip

    def chunk(first: int, last: int) -> tuple[Any, ...]:
        active, seen = (np.zeros((len(labels), width), np.int64) for _ in range(2))
        rest: Any = (*args, active, seen)
        retention(first, last, *rest)
        return active, seen, np.bincount(_cohorts(period, from_act, asked, first, last), minlength=len(labels))

    result: Answer = run(Round(chunk, added, lambda found: _told(asked, labels, *found)), ready.tape.offsets)
    return result


def _cohorts(period: Longs, from_act: Longs, asked: Asked, first: int, last: int) -> Longs:
    """The cohort of each chosen customer who acted at all."""
    mine = np.arange(first, last)
    mine = mine[(from_act[mine] < from_act[mine + 1]) & (asked.customers[mine] != 0)]
    return np.asarray(period[from_act[mine]])


def _acts(ready: Prepared, by: str) -> tuple[Longs, Longs]:
    """When customers acted: where each one's acts begin (customers + 1), and their times."""
    if by == "deals":
        deals = ready.bound.deals
        return np.searchsorted(deals.event, ready.tape.offsets).astype(np.int64), deals.time
    index = np.flatnonzero(ready.bound.stage != NO_STAGE)
    return np.searchsorted(index, ready.tape.offsets).astype(np.int64), ready.tape.time[index]


def periods(first: int, last: int, kind: str) -> tuple[Longs, tuple[str, ...]]:
    """Calendar periods (UTC) that hold the instants: edges (one more than periods) in µs, and names (`2026-03`, or a week's Monday)."""
    at = instant(first).replace(hour=0, minute=0, second=0, microsecond=0)
    at = at - timedelta(days=at.weekday()) if kind == "week" else at.replace(day=1)
    edges: list[int] = []
    labels: list[str] = []
    while True:
        edges.append(round(at.timestamp()) * 1_000_000)
        if edges[-1] > last:
            return np.array(edges, np.int64), tuple(labels)
        labels.append(f"{at:%Y-%m}" if kind == "month" else f"{at:%Y-%m-%d}")
        at = at + timedelta(days=7) if kind == "week" else next_month(at)


def next_month(at: datetime) -> datetime:
    """The first instant of the month after, UTC."""
    return datetime(at.year + at.month // 12, at.month % 12 + 1, 1, tzinfo=UTC)


def _told(asked: Asked, labels: tuple[str, ...], active: Longs, seen: Longs, sizes: Longs) -> Answer:
    rows: list[tuple[Cell, ...]] = []
    for cohort, k in np.argwhere(seen > 0).tolist():
        part, whole = int(active[cohort, k]), int(seen[cohort, k])
        rows.append((labels[cohort], k, part / whole, *wilson(part, whole), part, whole, int(sizes[cohort])))
    unseen = int((sizes > 0).sum()) - int((seen[:, 0] > 0).sum())
    notes = (Note(message="measure-note-cohorts-unseen", facts={"n": unseen}),) if unseen else ()
    return answer_of(DECLARATION, asked, int(sizes.sum()), rows, notes)
