"""Single customers: who they are by pseudonym, and one customer's events in order (R-26)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from tropa.model import TropaError, near_miss
from tropa.trail.bind import NO_POINT, NO_STAGE
from tropa.trail.measures.asked import Asked
from tropa.trail.passes import DONE, EXIT, NEVER, OPEN
from tropa.trail.prepare import Prepared
from tropa.trail.tape import NO_VALUE

OUTCOMES = {"left": EXIT, "deal": DONE, "open": OPEN}
_NAMES = {code: name for name, code in OUTCOMES.items()}


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """One customer at a glance. Times in µs UTC; `value`: minor units of all deals; `status` and `last_stage`: of the latest pass."""

    pseudonym: str
    passes: int
    deals: int
    value: int
    first: int
    last: int
    status: str
    last_stage: str


def customers(
    asked: Asked, *, stage: str | None, outcome: str | None, after: int, limit: int
) -> tuple[tuple[CustomerRow, ...], int]:
    """Customers with a pass that fits, the latest active first; a page of them from the `after`-th on, and how many there are.

    `stage`: the pass reached it (with `outcome` "left": was last seen there); `outcome`: left, deal, open. Raises TR-T305.
    """
    ready, passes = asked.ready, asked.ready.passes
    fits = asked.customers[passes.customer] != 0
    if outcome is not None:
        fits &= passes.status == OUTCOMES[outcome]
    if stage is not None:
        fits &= _at_stage(ready, stage, last=outcome == "left")
    mine = np.flatnonzero(fits)
    if not len(mine):
        return (), 0
    # passes are in order of customers and time: the last fitting one of each customer says when it was last seen
    ends = np.append(passes.customer[mine][1:] != passes.customer[mine][:-1], True)
    latest = mine[ends]
    order = np.argsort(-passes.end[latest], kind="stable")[after : after + limit]
    return tuple(_row(ready, int(passes.customer[latest[at]])) for at in order), len(latest)


def _at_stage(ready: Prepared, stage: str, *, last: bool) -> Any:
    passes, names = ready.passes, list(ready.bound.stages)
    if stage not in names:
        raise TropaError("TR-T305", name=stage, near=near_miss(stage, names), known=", ".join(names))
    number = names.index(stage)
    if last:
        return passes.last_stage == number
    visits = np.flatnonzero(passes.visit_stage == number)
    out = np.zeros(len(passes), np.bool_)
    out[np.searchsorted(passes.visits_from, visits, side="right") - 1] = True
    return out


def _row(ready: Prepared, customer: int) -> CustomerRow:
    passes = ready.whole.passes
    begin, end = np.searchsorted(passes.customer, [customer, customer + 1])
    deals = np.diff(np.searchsorted(ready.whole.bound.deals.customer, [customer, customer + 1]))
    return CustomerRow(
        pseudonym=str(ready.tape.customers[customer]),
        passes=int(end - begin),
        deals=int(deals[0]),
        value=int(passes.value[begin:end].sum()),
        first=int(passes.start[begin]),
        last=int(passes.end[end - 1]),
        status=_NAMES[int(passes.status[end - 1])],
        last_stage=ready.bound.stages[int(passes.last_stage[end - 1])],
    )


@dataclass(frozen=True, slots=True)
class Step:
    """One event of a customer. `of_pass`: number of the pass it belongs to (−1: before the first); `value` in minor units."""

    at: int
    event: str
    channel: str
    stage: str | None
    touchpoint: str | None
    of_pass: int
    value: int | None
    score: float | None
    text: str | None
    properties: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class JourneyPass:
    """One pass of a customer. Times in µs UTC; `deal` None: none."""

    start: int
    end: int
    status: str
    deal: int | None
    value: int
    stages: tuple[str, ...]
    """Visited stages in order."""


@dataclass(frozen=True, slots=True)
class Journey:
    """One customer's way: all passes, and a page of the events; `next`: where the following page begins (None: nowhere)."""

    pseudonym: str
    passes: tuple[JourneyPass, ...]
    steps: tuple[Step, ...]
    events: int
    next: int | None


def journey(ready: Prepared, pseudonym: str, *, after: int, limit: int) -> Journey:
    """The journey of one customer. Raises TR-T106 for a pseudonym that nobody has."""
    found = np.flatnonzero(ready.tape.customers == pseudonym)
    if not len(found):
        raise TropaError("TR-T106", pseudonym=pseudonym)
    customer, tape = int(found[0]), ready.tape
    first, last = int(tape.offsets[customer]), int(tape.offsets[customer + 1])
    begin, end = (int(at) for at in np.searchsorted(ready.passes.customer, [customer, customer + 1]))
    starts = ready.passes.first_event[begin:end]
    texts = _texts(ready, first, last)
    shown = range(first + after, min(first + after + limit, last))
    steps = tuple(_step(ready, i, int(np.searchsorted(starts, i, side="right")) - 1, texts.get(i)) for i in shown)
    following = after + limit if first + after + limit < last else None
    return Journey(pseudonym, tuple(_pass(ready, p) for p in range(begin, end)), steps, last - first, following)


def _texts(ready: Prepared, first: int, last: int) -> dict[int, str]:
    texts = ready.tape.texts
    if "event" not in texts:
        return {}
    begin, end = np.searchsorted(texts["event"], [first, last])
    return {int(texts["event"][at]): str(texts["text"][at]) for at in range(int(begin), int(end))}


def _step(ready: Prepared, i: int, of_pass: int, text: str | None) -> Step:
    tape, bound = ready.tape, ready.bound
    stage, point = int(bound.cells.stage_at(i)), int(bound.cells.point_at(i))
    value, score = int(tape.value[i]), float(tape.score[i])
    properties = {
        name: column.names[int(column.codes[i])] for name, column in tape.properties.items() if column.codes[i]
    }
    return Step(
        at=int(tape.time[i]),
        event=tape.event.names[int(tape.event.codes[i])],
        channel=tape.channel.names[int(tape.channel.codes[i])],
        stage=None if stage == NO_STAGE else bound.stages[stage],
        touchpoint=None if point == NO_POINT else bound.points[point][1],
        of_pass=of_pass,
        value=None if value == NO_VALUE else value,
        score=None if score != score else round(score, 3),
        text=text,
        properties=properties,
    )


def _pass(ready: Prepared, p: int) -> JourneyPass:
    passes = ready.passes
    visits = passes.visit_stage[passes.visits_from[p] : passes.visits_from[p + 1]]
    deal = int(passes.deal[p])
    return JourneyPass(
        start=int(passes.start[p]),
        end=int(passes.end[p]),
        status=_NAMES[int(passes.status[p])],
        deal=None if deal == NEVER else deal,
        value=int(passes.value[p]),
        stages=tuple(ready.bound.stages[int(s)] for s in visits),
    )
