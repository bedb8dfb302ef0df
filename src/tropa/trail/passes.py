"""Passes: single goes of customers along the path, and the visits of stages that they are made of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.model import Limits, Map
from tropa.trail.bind import Bound
from tropa.trail.kernels.passes import DONE, EXIT, NEVER, OPEN, walk
from tropa.trail.rooms import Room, in_a_row, longer, pieces
from tropa.trail.slices import customer_slices, fixed, over
from tropa.trail.tape import NO_VALUE, Longs, Tape
from tropa.trail.visits import Visits, kept_visits, visits_of

__all__ = ["DONE", "EXIT", "NEVER", "OPEN", "PassLimits", "Passes", "find_passes", "pass_limits"]

DAY = 86_400_000_000
"""µs in a day."""
SILENCE, SETTLE = timedelta(days=30), timedelta(hours=24)
"""What is taken where neither the map nor the data say anything."""


@dataclass(frozen=True, slots=True)
class PassLimits:
    """The times that decide what is counted, in µs. `window` and `silence` (S): by stage."""

    window: Longs
    silence: Longs
    settle: int
    horizon: int | None
    """Repeat purchases are awaited this long; None: found from the data (see `loops.horizon_of`)."""
    window_all: int = 0
    """The map's window, where a stage has none of its own."""
    silence_all: int = 0


@dataclass(frozen=True, slots=True)
class Passes:
    """All passes of a tape seen through a map, in (customer, time) order. times in µs UTC.

    By pass: `customer` int32 (index), `start`, `end` (first and last bound event), `status` uint8 (`OPEN`, `EXIT`, `DONE`), `deal` (time
    of its first deal, `NEVER` for none), `value` (minor units of its deals, 0 where none is known), `last_stage` uint8 (index in
    map.stages), `left_truncated` bool, `first_event` (index on the tape; the pass's bound events are those before the next pass of the
    same customer).
    """

    customer: npt.NDArray[np.int32]
    start: Longs
    end: Longs
    status: npt.NDArray[np.uint8]
    deal: Longs
    value: Longs
    last_stage: npt.NDArray[np.uint8]
    left_truncated: npt.NDArray[np.bool_]
    first_event: Longs
    visits: Visits
    limits: PassLimits
    observed_until: int
    """µs until which the sources of all stages up to the deal are complete."""
    log_start: int

    def __len__(self) -> int:
        """Number of passes."""
        return len(self.customer)

    def those_of(self, first: int, last: int) -> slice:
        """Which passes are of the customers first…last−1."""
        begin, end = np.searchsorted(self.customer, np.array([first, last], self.customer.dtype)).tolist()
        return slice(begin, end)

    @property
    def visits_from(self) -> Longs:
        """By pass, and one more: the visits of pass i are visits_from[i]:visits_from[i + 1]."""
        return self.visits.arrays[0]

    @property
    def visit_stage(self) -> npt.NDArray[np.uint8]:
        """uint8 by visit: consecutive events in one stage are one visit."""
        return self.visits.arrays[1]

    @property
    def visit_time(self) -> Longs:
        """By visit, the time of its first event."""
        return self.visits.arrays[2]

    @property
    def is_first(self) -> npt.NDArray[np.bool_]:
        """Which passes are their customer's first."""
        return firsts(self.customer)


def firsts(customer: npt.NDArray[np.integer[Any]]) -> npt.NDArray[np.bool_]:
    """Which entries are their customer's first, of entries in the order of customers."""
    out = np.ones(len(customer), np.bool_)
    out[1:] = customer[1:] != customer[:-1]
    return out


def lasts(customer: npt.NDArray[np.integer[Any]]) -> npt.NDArray[np.bool_]:
    """Which entries are their customer's last, of entries in the order of customers."""
    out = np.ones(len(customer), np.bool_)
    out[:-1] = customer[1:] != customer[:-1]
    return out


def pass_limits(value: Map, proposed: Limits | None = None) -> PassLimits:
    """The limits in force: a stage's own, else the map's, else those proposed from the data, else 30 days (24 hours to settle)."""
    given, other = value.limits, proposed or Limits()
    silence = given.silence or other.silence or SILENCE
    window = given.window or other.window or silence
    settle = given.settle if given.settle is not None else other.settle if other.settle is not None else SETTLE
    horizon = given.horizon or other.horizon
    return PassLimits(
        window=np.array([micros(stage.window or window) for stage in value.stages], dtype=np.int64),
        silence=np.array([micros(stage.silence or silence) for stage in value.stages], dtype=np.int64),
        settle=micros(settle),
        horizon=None if horizon is None else micros(horizon),
        window_all=micros(window),
        silence_all=micros(silence),
    )


def micros(span: timedelta) -> int:
    """A length of time in µs."""
    return span // timedelta(microseconds=1)


def observed_until(tape: Tape, bound: Bound) -> int:
    """Until when leaving can be told from not having been seen: the earliest end of the sources of stages up to the deal.

    A source that only feeds later stages (a survey, say) holds nothing up. Without a deal all observed stages count.
    """
    deal = bound.deal_stage
    needed = bound.observed.copy()
    if deal >= 0:
        upto = bound.later[:, deal].copy()
        upto[deal] = True
        if (needed & upto).any():
            needed &= upto
    return int(bound.until[needed].min()) if needed.any() else tape.complete_until


def find_passes(
    tape: Tape, bound: Bound, value: Map, limits: PassLimits, *, until: int | None = None, begins: int | None = None
) -> Passes:
    """All passes (definition: docs/guide/measures.md, What is a pass). One walk over the events, in threads over customers.

    `until`, `begins` (µs): until when the whole log was observed and when it begins, where the tape is a part of one.
    """
    until = observed_until(tape, bound) if until is None else until
    offsets = fixed(tape.offsets, np.int64)
    slices = customer_slices(offsets) if tape.events else [(0, 0)]
    log_start = begins
    if log_start is None:
        log_start = min(over(slices, lambda first, last: _first_event(tape, first, last))) if tape.events else 0
    seen: Any = offsets, fixed(tape.time, np.int64), *bound.cells.by_stage
    args: Any = (
        *seen, *bound.cells.by_flag, fixed(limits.silence, np.int64), limits.settle, until, log_start,
        fixed(bound.deals.event, np.int64), fixed(bound.deals.value, np.int64), NO_VALUE,
    )  # fmt: skip

    def work(first: int, last: int, room: Room, begin: int) -> tuple[Room, int]:
        at, done = first, begin
        while True:
            rest: Any = (done, *args, *room.values())
            at, done = walk(at, last, *rest)
            if at == last:
                return room, done
            room = longer(room, max(len(room["start"]), int(offsets[at + 1] - offsets[at])))

    slices = customer_slices(offsets, pieces(tape.events)) if tape.events else [(0, 0)]
    found, _ = in_a_row(slices, BY_PASS, lambda first, last: 2 * (last - first) + 16, work)
    whose, firsts = fixed(found["customer"], np.int32), fixed(found["first_event"], np.int64)
    visits = Visits(partial(visits_of, seen, whose, firsts))
    return Passes(**found, visits=visits, limits=limits, observed_until=until, log_start=log_start)


def _first_event(tape: Tape, first: int, last: int) -> int:
    """µs of the earliest event of the customers first…last−1 (the end of time where they have none)."""
    begins, ends = tape.offsets[first:last], tape.offsets[first + 1 : last + 1]
    return int(tape.time[begins[begins < ends]].min(initial=np.iinfo(np.int64).max))


BY_PASS: dict[str, Any] = {
    "customer": np.int32, "start": np.int64, "end": np.int64, "status": np.uint8, "deal": np.int64, "value": np.int64,
    "last_stage": np.uint8, "left_truncated": np.bool_, "first_event": np.int64,
}  # fmt: skip
"""Types of the arrays of `Passes`, in the order of its fields and of the kernel's arguments."""


def event_stops(passes: Passes, offsets: Longs, which: slice = slice(None)) -> Longs:
    """Where the events of each pass (or of some neighbouring ones) end: before the next one of the same customer."""
    begin, end, _ = which.indices(len(passes))
    customer = passes.customer[begin : end + 1]
    follows = np.append(customer[1:] == customer[:-1], [False])[: end - begin]
    after = np.append(passes.first_event[begin + 1 : end + 1], [0])[: end - begin]
    return np.where(follows, after, offsets[passes.customer[begin:end].astype(np.int64) + 1])


def passes_of(passes: Passes, chosen: npt.NDArray[np.uint8]) -> Passes:
    """The passes of the chosen customers (uint8 by customer) alone, under the same limits."""
    return only_passes(passes, chosen[passes.customer] != 0)


def only_passes(passes: Passes, keep: npt.NDArray[np.bool_]) -> Passes:
    """Some of the passes (boolean by pass) alone, under the same limits."""
    if keep.all():
        return passes
    by_pass = {name: getattr(passes, name)[keep] for name in BY_PASS}
    return replace(passes, **by_pass, visits=Visits(partial(kept_visits, passes.visits, keep)))


def no_passes(passes: Passes) -> Passes:
    """None of the passes, under the same limits."""
    nothing: dict[str, Any] = {name: getattr(passes, name)[:0] for name in BY_PASS}
    return replace(
        passes, **nothing, visits=Visits.of(np.zeros(1, np.int64), np.zeros(0, np.uint8), np.zeros(0, np.int64))
    )
