"""All readings of a map on a tape: the questions put together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from tropa.model import Break, Loss, Map, Period, Readings, Scope, Segment
from tropa.trail.answers import AnswerTable, find_answers, satisfaction
from tropa.trail.bind import NO_STAGE, unbound
from tropa.trail.breaks import breaks as price_breaks
from tropa.trail.calendar import moment_in
from tropa.trail.filters import passes_to_price
from tropa.trail.loops import common_horizon, loop_reading, sales_cycle
from tropa.trail.passes import OPEN, passes_of
from tropa.trail.prepare import Prepared, prepare
from tropa.trail.segments import chosen_customers, rules_of
from tropa.trail.stages import flow_readings, stage_readings, touch, touchpoint_readings
from tropa.trail.tally import tally
from tropa.trail.tape import NO_VALUE, Longs, Tape

SECOND = 1_000_000
NEVER, FOREVER = np.iinfo(np.int64).min, np.iinfo(np.int64).max
Bytes = npt.NDArray[np.uint8]


def measure(
    tape: Tape,
    value: Map,
    *,
    segment: Segment | None = None,
    today: date | None = None,
    breaks: bool = True,
    sensitivity: bool = False,
) -> Readings:
    """All readings of the map, for everybody or for the customers of one segment.

    Nothing dated after `today` counts as observed. `breaks`: whether breaks are priced too (the dearest question); `sensitivity`:
    also with half and twice the silence limit (two more walks over all events).
    Raises TR-T001 for a rule on a column that the log does not have.
    """
    ready = prepare(tape, value, today)
    answers = find_answers(ready)
    if segment is None:
        return readings_of(ready, answers, ready.everybody, breaks=breaks, sensitivity=sensitivity)
    chosen = chosen_customers(tape, segment.rule, f"segments.{segment.id}.rule")
    return readings_of(ready, answers, chosen, segment=segment.id, breaks=breaks, sensitivity=sensitivity)


def measure_all(
    tape: Tape, value: Map, *, today: date | None = None, breaks: bool = False
) -> Mapping[str | None, Readings]:
    """Readings side by side: None → everybody, then by the id of each segment and of each persona that is bound to customers.

    Bound once; limits and horizon are those of everybody, so that the figures can be compared.
    """
    ready = prepare(tape, value, today)
    answers = find_answers(ready)
    out: dict[str | None, Readings] = {None: readings_of(ready, answers, ready.everybody, breaks=breaks)}
    known: dict[str, Readings] = {}
    for name, rule in rules_of(value).items():
        key = rule.model_dump_json()
        if key not in known:
            chosen = chosen_customers(tape, rule, f"segments.{name}.rule")
            known[key] = readings_of(ready, answers, chosen, segment=name, breaks=breaks)
        found = known[key]
        out[name] = found.model_copy(update={"scope": found.scope.model_copy(update={"segment": name})})
    return out


def readings_of(
    ready: Prepared,
    answers: AnswerTable,
    chosen: Bytes,
    *,
    segment: str | None = None,
    breaks: bool = True,
    sensitivity: bool = False,
) -> Readings:
    """All readings for the chosen customers (uint8 by customer). `segment`: what they are called; `breaks`, `sensitivity`: as in `measure`.

    Of a part of the passes (`ready.part`) breaks are never told with other silence limits: those would choose other passes.
    """
    everybody = chosen is ready.everybody and ready.part is None
    by_stage, by_point = satisfaction(answers, chosen)
    counted = tally(ready, chosen)
    events = ready.bound.stage_events if everybody else stage_events(ready, chosen)
    horizon = common_horizon(ready)
    priced: tuple[tuple[Break, ...], Loss | None] = ((), None)
    if breaks:
        mine, both = passes_to_price(ready, chosen), sensitivity and ready.part is None
        priced = price_breaks(ready.tape, ready.whole.bound, mine, ready.map, horizon=horizon, sensitivity=both)
    return Readings(
        scope=scope_of(ready, scope_counts(ready, chosen), segment, int(events.sum())),
        stages=stage_readings(ready, counted, by_stage, events),
        touchpoints=touchpoint_readings(ready, touch(ready, chosen), by_point),
        flows=flow_readings(ready, counted),
        loop=loop_reading(ready, chosen, horizon),
        sales_cycle=sales_cycle(ready, chosen),
        breaks=priced[0],
        all_together=priced[1],
        unbound=unbound(ready.tape, ready.bound) if everybody else (),
    )


def stage_events(ready: Prepared, chosen: Bytes) -> Longs:
    """Bound events of chosen customers by stage."""
    mine = np.repeat(chosen != 0, np.diff(ready.tape.offsets))
    return np.bincount(ready.bound.stage[mine], minlength=256)[: len(ready.bound.stages)].astype(np.int64)


@dataclass(frozen=True, slots=True)
class ScopeCounts:
    """How much there is of the chosen customers, to be added: events, customers, passes, open and left-truncated ones, sessions, events
    with a session, deals with a value; and their first and last instants (µs; `FOREVER`, `NEVER`: none)."""

    counts: Longs
    first: int
    last: int

    def beside(self, other: ScopeCounts) -> ScopeCounts:
        """Of both."""
        return ScopeCounts(self.counts + other.counts, min(self.first, other.first), max(self.last, other.last))


def scope_counts(ready: Prepared, chosen: Bytes) -> ScopeCounts:
    """What is counted for a scope. Of a period: the passes that began in it, and their bound events."""
    tape = ready.tape
    own = passes_of(ready.passes, chosen)
    if ready.part is None:
        there = (np.diff(tape.offsets) > 0) & (chosen != 0)
        first, last = tape.offsets[:-1][there], tape.offsets[1:][there] - 1
        events, customers = int((last - first + 1).sum()), int(there.sum())
        period = int(tape.time[first].min(initial=FOREVER)), int(tape.time[last].max(initial=NEVER))
    else:
        events, customers = int(stage_events(ready, chosen).sum()), len(np.unique(own.customer))
        period = int(own.start.min(initial=FOREVER)), int(own.end.max(initial=NEVER))
    money = int(np.count_nonzero(ready.bound.deals.value != NO_VALUE))
    status = own.status
    counts = [
        events, customers, len(own), int(np.count_nonzero(status == OPEN)), int(np.count_nonzero(own.left_truncated)),
        _sessions(ready, chosen), int(np.count_nonzero(ready.tape.session)), money,
    ]  # fmt: skip
    return ScopeCounts(np.array(counts, np.int64), *period)


def scope_of(ready: Prepared, found: ScopeCounts, segment: str | None, bound_events: int) -> Scope:
    """What the readings were taken from. `ready`: the facts of the whole are enough."""
    limits, zone = ready.limits, ready.tape.zone
    events, customers, passes, open_, truncated, sessions, in_sessions, valued = found.counts.tolist()
    period = (
        None
        if found.first > found.last
        else Period(start=moment_in(found.first, zone), end=moment_in(found.last, zone))
    )
    money = valued > 0 or ready.map.money.deal_value is not None
    kind = "deals" if not money else "margin" if ready.map.money.margin is not None else "revenue"
    return Scope(
        data_version=ready.tape.version,
        period=period,
        events=events,
        customers=customers,
        passes=passes,
        sessions=sessions if in_sessions else None,
        bound_events=bound_events,
        open_passes=open_,
        left_truncated=truncated,
        window_s=limits.window_all / SECOND,
        silence_s=limits.silence_all / SECOND,
        settle_s=limits.settle / SECOND,
        currency=(ready.tape.currency or ready.map.money.currency) if money else None,
        money_kind=kind,
        segment=segment,
    )


def _sessions(ready: Prepared, chosen: Bytes) -> int:
    """Different sessions."""
    codes = ready.tape.session
    highest = int(codes.max(initial=0))
    if highest == 0:
        return 0
    seen = np.zeros(highest + 1, np.bool_)
    if chosen is ready.everybody and ready.part is None:
        seen[codes] = True
    else:
        mine = np.repeat(chosen != 0, np.diff(ready.tape.offsets))
        seen[codes[mine if ready.part is None else mine & (ready.bound.stage != NO_STAGE)]] = True
    return int(seen[1:].sum())


__all__ = ["measure", "measure_all", "readings_of", "scope_of"]
