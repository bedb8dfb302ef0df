"""Filters: which customers, which passes and which sessions are counted. A filter never cuts events out of a pass (R-23, R-29)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from tropa.model import Map, SegmentRule, TropaError, near_miss
from tropa.trail.answers import AnswerTable, only_answers
from tropa.trail.cells import NO_POINT, NO_STAGE, Cells
from tropa.trail.deals import Deals
from tropa.trail.kernels.standing import mark_passes
from tropa.trail.passes import Passes, event_stops, only_passes, passes_of
from tropa.trail.prepare import Part, Prepared
from tropa.trail.rules import customers_that_fit
from tropa.trail.segments import chosen_customers, rules_of
from tropa.trail.slices import fixed

Bytes = npt.NDArray[np.uint8]
Bools = npt.NDArray[np.bool_]
Scope = Literal["customers", "sessions"]


@dataclass(frozen=True, slots=True)
class Filter:
    """What is wanted; all that is given must hold.

    `segment`: id of a segment, or of a persona that is bound to one. `start`, `end` (µs UTC, `end` not included): passes that began then.
    `channel`: the first known channel of the pass's customer. `where`: an expression over customers (`model.expression`).
    `scope`: whether channel and `where` are held against all that a customer did, or against each session for itself, as a customer of its
    own (a question about sessions then counts just those that fit); a segment is of customers in either case.
    """

    segment: str | None = None
    channel: str | None = None
    start: int | None = None
    end: int | None = None
    where: str | None = None
    scope: Scope = "customers"

    @property
    def dated(self) -> bool:
        """Whether passes are chosen by when they began."""
        return self.start is not None or self.end is not None

    @property
    def everything(self) -> bool:
        """Whether nothing is left out."""
        return self == Filter(scope=self.scope)


def segment_rule(value: Map, name: str) -> SegmentRule:
    """The rule behind a segment or persona. Raises TR-S005 with the near miss."""
    rules = rules_of(value)
    if name not in rules:
        raise TropaError("TR-S005", name=name, near=near_miss(name, list(rules)), known=", ".join(rules))
    return rules[name]


def customers_in(ready: Prepared, wish: Filter) -> Bytes:
    """The customers a filter means (uint8 by customer). Raises TR-S005 for an unknown segment, TR-T001 for an unknown column, TR-M020 and
    TR-M021 for an expression that cannot be read."""
    rules = _scoped(wish) if wish.scope == "customers" else []
    if wish.segment is not None:
        rules.insert(0, (segment_rule(ready.map, wish.segment), f"segments.{wish.segment}.rule"))
    found = [chosen_customers(ready.tape, rule, place) for rule, place in rules]
    return fixed(np.bitwise_and.reduce(found)) if found else ready.everybody


def sessions_in(seen: Prepared, wish: Filter) -> Bytes:
    """Of a trail cut at sessions, those that a filter of sessions means by what happened in each (uint8 by session). Raises as above."""
    found = [customers_that_fit(seen.tape, rule, place) for rule, place in _scoped(wish) if wish.scope == "sessions"]
    return fixed(np.logical_and.reduce(found).astype(np.uint8)) if found else seen.everybody


def _scoped(wish: Filter) -> list[tuple[SegmentRule, str]]:
    """What a filter asks of whoever its scope says, and where that stands."""
    rules: list[tuple[SegmentRule, str]] = []
    if wish.channel is not None:
        rules.append((SegmentRule(first_channel=wish.channel), "channel"))
    if wish.where is not None:
        rules.append((SegmentRule(where=wish.where), "rule"))
    return rules


def began_within(ready: Prepared, start: int | None, end: int | None) -> Prepared:
    """The same seen through the passes that began from `start` to before `end` (µs; None: no bound) alone."""
    passes, bound = ready.passes, ready.bound
    which = passes_within(passes, start, end)
    inside = events_of(ready, which)
    stage = np.where(inside, bound.stage, np.uint8(NO_STAGE)).astype(np.uint8, copy=False)
    point = np.where(inside, bound.point, np.uint16(NO_POINT)).astype(np.uint16, copy=False)
    cells = Cells.written(stage, point, bound.flags)
    mine = replace(bound, cells=cells, deals=_deals_in(bound.deals, inside))
    return replace(ready, bound=mine, passes=only_passes(passes, which), part=Part(ready, which, start, end))


def passes_within(passes: Passes, start: int | None, end: int | None) -> Bools:
    """Which passes began from `start` to before `end` (µs; None: no bound)."""
    which = np.ones(len(passes), np.bool_)
    if start is not None:
        which &= passes.start >= start
    if end is not None:
        which &= passes.start < end
    return which


def events_of(ready: Prepared, which: Bools) -> Bools:
    """Which events lie in the chosen passes. Those bound to nothing go with the pass before them; before a customer's first, with none."""
    out = np.zeros(ready.tape.events, np.uint8)
    begin, stop = ready.passes.first_event, event_stops(ready.passes, ready.tape.offsets)
    rest: Any = (fixed(begin, np.int64), fixed(stop, np.int64), fixed(which.view(np.uint8)), out)
    mark_passes(*rest)
    return out.view(np.bool_)


def _deals_in(deals: Deals, inside: Bools) -> Deals:
    mine, void, back = inside[deals.event], inside[deals.void_event], inside[deals.returns]
    return Deals(
        event=deals.event[mine],
        customer=deals.customer[mine],
        time=deals.time[mine],
        value=deals.value[mine],
        void_customer=deals.void_customer[void],
        void_event=deals.void_event[void],
        brought_back=deals.brought_back[void] if len(deals.brought_back) else deals.brought_back,
        returns=deals.returns[back],
        unmatched=deals.unmatched[back],
    )


def answers_in(answers: AnswerTable, inside: Bools) -> AnswerTable:
    """The customers' scores among the chosen events."""
    return only_answers(answers, inside[answers.event])


@dataclass(frozen=True, slots=True)
class Chosen:
    """A prepared trail with a filter put over it: what `readings_of` is asked with."""

    ready: Prepared
    answers: AnswerTable
    customers: Bytes
    wish: Filter = field(default_factory=Filter)


def choose(ready: Prepared, answers: AnswerTable, wish: Filter) -> Chosen:
    """Puts a filter over a prepared trail. Raises TR-S005, TR-T001."""
    customers = customers_in(ready, wish)
    if not wish.dated:
        return Chosen(ready, answers, customers, wish)
    part = began_within(ready, wish.start, wish.end)
    assert part.part is not None  # just made
    return Chosen(part, answers_in(answers, events_of(ready, part.part.which)), customers, wish)


def passes_to_price(ready: Prepared, chosen: Bytes) -> Passes:
    """The passes whose breaks are priced. Of a period they are seen as a log of just that period would show them."""
    mine = ready.passes if chosen is ready.everybody else passes_of(ready.passes, chosen)
    if ready.part is None:
        return mine
    start = mine.log_start if ready.part.start is None else max(mine.log_start, ready.part.start)
    until = mine.observed_until if ready.part.end is None else min(mine.observed_until, ready.part.end)
    return replace(mine, log_start=start, observed_until=until)
