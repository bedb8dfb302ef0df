"""Passes: single goes of customers along the path, and the visits of stages that they are made of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.model import Limits, Map
from tropa.trail.bind import Bound
from tropa.trail.kernels.passes import DONE, EXIT, NEVER, OPEN, walk
from tropa.trail.slices import customer_slices, fixed, over
from tropa.trail.tape import NO_VALUE, Longs, Tape

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
    """All passes of a tape seen through a map, in (customer, time) order. p passes, v visits; times in µs UTC.

    By pass: `customer` int32 (index), `start`, `end` (first and last bound event), `status` uint8 (`OPEN`, `EXIT`, `DONE`), `deal` (time
    of its first deal, `NEVER` for none), `value` (minor units of its deals, 0 where none is known), `last_stage` uint8 (index in
    map.stages), `left_truncated` bool, `first_event` (index on the tape; the pass's bound events are those before the next pass of the
    same customer), `visits_from` (p + 1: the visits of pass i are visits_from[i]:visits_from[i + 1]).
    By visit: `visit_stage` uint8, `visit_time`: consecutive events in one stage are one visit, at the time of the first.
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
    visits_from: Longs
    visit_stage: npt.NDArray[np.uint8]
    visit_time: Longs
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
    args: Any = (
        offsets,
        fixed(tape.time, np.int64),
        fixed(bound.stage),
        fixed(bound.flags),
        fixed(limits.silence, np.int64),
        limits.settle,
        until,
        log_start,
        fixed(bound.deals.event, np.int64),
        fixed(bound.deals.value, np.int64),
        NO_VALUE,
    )

    def work(first: int, last: int) -> _Found:
        # the first slice has room for all, so that the others need only be put behind its own
        whole = first == slices[0][0]
        ends = (first, len(offsets) - 1) if whole else (first, last)
        room = _room(2 * (ends[1] - ends[0]) + 16, int(offsets[ends[1]] - offsets[ends[0]]))
        at, passes, visits = first, 0, 0
        while True:
            rest: Any = (passes, visits, *args, *room.values())
            at, passes, visits = walk(at, last, *rest)
            if at == last:
                return room, passes, visits
            more = max(len(room["start"]), int(offsets[at + 1] - offsets[at]))
            room = {name: _longer(array, more if name in BY_PASS else 0) for name, array in room.items()}

    return Passes(**_joined(over(slices, work)), limits=limits, observed_until=until, log_start=log_start)


def _first_event(tape: Tape, first: int, last: int) -> int:
    """µs of the earliest event of the customers first…last−1 (the end of time where they have none)."""
    begins, ends = tape.offsets[first:last], tape.offsets[first + 1 : last + 1]
    return int(tape.time[begins[begins < ends]].min(initial=np.iinfo(np.int64).max))


KINDS: dict[str, Any] = {
    "customer": np.int32, "start": np.int64, "end": np.int64, "status": np.uint8, "deal": np.int64, "value": np.int64,
    "last_stage": np.uint8, "left_truncated": np.bool_, "first_event": np.int64, "visits_from": np.int64, "visit_stage": np.uint8,
    "visit_time": np.int64,
}  # fmt: skip
"""Types of the arrays of `Passes`, in the order of its fields and of the kernel's arguments."""
BY_PASS = tuple(name for name in KINDS if name not in ("visit_stage", "visit_time"))
_Found = tuple[dict[str, npt.NDArray[Any]], int, int]


def _room(passes: int, visits: int) -> dict[str, npt.NDArray[Any]]:
    """Arrays for so many passes and visits, and one more. Memory that is never written is never taken."""
    return {name: np.empty((passes if name in BY_PASS else visits) + 1, kind) for name, kind in KINDS.items()}


def _longer(array: npt.NDArray[Any], more: int) -> npt.NDArray[Any]:
    """The array with room for so many more."""
    return np.concatenate([array, np.empty(more, array.dtype)]) if more else array


def _joined(found: list[_Found]) -> dict[str, npt.NDArray[Any]]:
    """The passes of all slices one after another, in the arrays of the first slice where they find room there."""
    places = np.cumsum([(0, 0), *((passes, visits) for _, passes, visits in found)], axis=0)
    out = {
        name: _longer(array, max(0, int(places[-1][0 if name in BY_PASS else 1]) + 1 - len(array)))
        for name, array in found[0][0].items()
    }

    def move(one: int, _: int) -> None:
        name = tuple(KINDS)[one]
        by = 0 if name in BY_PASS else 1
        for (room, *sizes), begin, end in zip(found[1:], places[1:-1], places[2:], strict=True):
            here = out[name][begin[by] : end[by]]
            if name == "visits_from":
                np.add(room[name][: sizes[by]], begin[1], out=here)
            else:
                here[:] = room[name][: sizes[by]]

    if len(found) > 1:
        over([(one, one + 1) for one in range(len(KINDS))], move)
    out["visits_from"][places[-1][0]] = places[-1][1]
    ends = {name: places[-1][0] + (name == "visits_from") if name in BY_PASS else places[-1][1] for name in KINDS}
    return {name: array[: ends[name]] for name, array in out.items()}


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
    visits = np.diff(passes.visits_from)
    visit = np.repeat(keep, visits)
    by_pass = {name: getattr(passes, name)[keep] for name in BY_PASS if name != "visits_from"}
    return replace(
        passes,
        **by_pass,
        visits_from=np.concatenate([np.zeros(1, np.int64), np.cumsum(visits[keep])]),
        visit_stage=passes.visit_stage[visit],
        visit_time=passes.visit_time[visit],
    )


def no_passes(passes: Passes) -> Passes:
    """None of the passes, under the same limits."""
    nothing = {name: getattr(passes, name)[:0] for name in KINDS if name != "visits_from"}
    return replace(passes, **nothing, visits_from=np.zeros(1, np.int64))
