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

    By pass: `customer` int32 (index), `number` int32 (0: the customer's first), `start`, `end` (first and last bound event), `status`
    uint8 (`OPEN`, `EXIT`, `DONE`), `deal` (time of its first deal, `NEVER` for none), `value` (minor units of its deals, 0 where none is
    known), `deals` int32 (how many), `first_stage`, `last_stage` uint8 (index in map.stages), `left_truncated` bool, `first_event`
    (index on the tape; the pass's bound events are those before the next pass of the same customer), `visits_from` (p + 1: the visits of
    pass i are visits_from[i]:visits_from[i + 1]).
    By visit: `visit_stage` uint8, `visit_time`: consecutive events in one stage are one visit, at the time of the first.
    """

    customer: npt.NDArray[np.int32]
    number: npt.NDArray[np.int32]
    start: Longs
    end: Longs
    status: npt.NDArray[np.uint8]
    deal: Longs
    value: Longs
    deals: npt.NDArray[np.int32]
    first_stage: npt.NDArray[np.uint8]
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


def find_passes(tape: Tape, bound: Bound, value: Map, limits: PassLimits) -> Passes:
    """All passes (definition: docs/guide/measures.md, What is a pass). One walk over the events, in threads over customers."""
    until = observed_until(tape, bound)
    log_start = int(tape.time[tape.offsets[:-1][np.diff(tape.offsets) > 0]].min()) if tape.events else 0
    args: Any = (
        fixed(tape.offsets, np.int64),
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

    slices = customer_slices(tape.offsets) if tape.events else []
    nothing = _room(0, 0)

    def count(first: int, last: int) -> tuple[int, int]:
        rest: Any = (*args, 0, 0, 0, *nothing.values())
        return walk(first, last, *rest)

    sizes = over(slices, count)
    places = np.cumsum([(0, 0), *sizes], axis=0)
    out = _room(int(places[-1][0]), int(places[-1][1]))
    starts = {first: (int(p), int(v)) for (first, _), (p, v) in zip(slices, places[:-1], strict=True)}

    def fill(first: int, last: int) -> None:
        rest: Any = (*args, 1, *starts[first], *out.values())
        walk(first, last, *rest)

    over(slices, fill)
    out["visits_from"][-1] = places[-1][1]
    return Passes(**out, limits=limits, observed_until=until, log_start=log_start)


def _room(passes: int, visits: int) -> dict[str, npt.NDArray[Any]]:
    """Arrays for so many passes and visits, in the order of the kernel's arguments (which is that of the fields)."""
    kinds: dict[str, Any] = {
        "customer": np.int32, "number": np.int32, "start": np.int64, "end": np.int64, "status": np.uint8, "deal": np.int64,
        "value": np.int64, "deals": np.int32, "first_stage": np.uint8, "last_stage": np.uint8, "left_truncated": np.bool_,
        "first_event": np.int64, "visits_from": np.int64, "visit_stage": np.uint8, "visit_time": np.int64,
    }  # fmt: skip
    sizes = {"visits_from": passes + 1, "visit_stage": visits, "visit_time": visits}
    return {name: np.empty(sizes.get(name, passes), kind) for name, kind in kinds.items()}


def passes_of(passes: Passes, chosen: npt.NDArray[np.uint8]) -> Passes:
    """The passes of the chosen customers (uint8 by customer) alone, under the same limits."""
    return only_passes(passes, chosen[passes.customer] != 0)


def only_passes(passes: Passes, keep: npt.NDArray[np.bool_]) -> Passes:
    """Some of the passes (boolean by pass) alone, under the same limits."""
    visits = np.diff(passes.visits_from)
    visit = np.repeat(keep, visits)
    by_pass = {
        name: getattr(passes, name)[keep]
        for name in _room(0, 0)
        if name not in ("visits_from", "visit_stage", "visit_time")
    }
    return replace(
        passes,
        **by_pass,
        visits_from=np.concatenate([np.zeros(1, np.int64), np.cumsum(visits[keep])]),
        visit_stage=passes.visit_stage[visit],
        visit_time=passes.visit_time[visit],
    )
