"""A tape seen through a map, made ready for questions: binding, limits, passes, and the tables that the kernels ask."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.model import Limits, Map
from tropa.trail.bind import Bound, bind
from tropa.trail.calendar import end_of
from tropa.trail.kernels.entries import buckets_of
from tropa.trail.limits import propose_limits
from tropa.trail.numbers import numbers_of
from tropa.trail.passes import Passes, PassLimits, find_passes, pass_limits
from tropa.trail.slices import fixed
from tropa.trail.tape import Longs, Tape

Bytes = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Tables:
    """What the kernels ask by stage (S). `later` uint8 (S, S); windows and ends of observation in µs; `to_deal` uint8."""

    later: Bytes
    window: Longs
    deal_window: Longs
    until: Longs
    deal_until: Longs
    to_deal: Bytes
    next_stage: tuple[int, ...]
    """The next observed stage by stage, −1 where there is none."""


@dataclass(frozen=True, slots=True)
class Part:
    """Of what a `Prepared` is a part, chosen by when passes began: all of it, which passes, and the bounds (µs, `end` not included)."""

    whole: Prepared
    which: npt.NDArray[np.bool_]
    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True)
class Prepared:
    """Everything that questions to one tape through one map share. Keep it: a further question then costs one kernel."""

    tape: Tape
    map: Map
    bound: Bound
    limits: PassLimits
    passes: Passes
    tables: Tables
    everybody: Bytes
    """uint8 (customers), all 1: the choice of all customers."""
    buckets: Bytes
    """uint8 (customers): into which of the 256 buckets, the units of resampling, each customer is dealt."""
    part: Part | None = None
    """Given where only some passes are counted (see `filters.began_within`)."""

    @property
    def whole(self) -> Prepared:
        """With all passes: what becomes of a counted pass later is seen there."""
        return self if self.part is None else self.part.whole


def prepare(tape: Tape, value: Map, today: date | None = None) -> Prepared:
    """The tape seen through the map. Nothing dated after `today` counts as having been observed (clocks that ran ahead)."""
    bound = until_today(bind(tape, value), today)
    given = value.limits
    proposed = Limits() if given.silence and given.window else propose_limits(tape, bound, value)
    limits = pass_limits(value, proposed)
    passes = find_passes(tape, bound, value, limits)
    return Prepared(tape, value, bound, limits, passes, tables(bound, limits), *customers_of(tape))


def until_today(bound: Bound, today: date | None) -> Bound:
    """Nothing is observed beyond the day."""
    if today is None:
        return bound
    end = end_of(today, bound.tape.zone)
    return replace(bound, until=np.minimum(bound.until, end))


def customers_of(tape: Tape) -> tuple[Bytes, Bytes]:
    """By customer: all of them chosen, and the bucket of each (of a session: that of its customer)."""
    if tape.cut_of is not None:
        buckets = customers_of(tape.cut_of.whole)[1][tape.cut_of.owner]
        return fixed(np.ones(len(tape.customers), np.uint8)), fixed(buckets)
    buckets = np.empty(len(tape.customers), np.uint8)
    rest: Any = (fixed(numbers_of(tape), np.uint64), buckets)
    buckets_of(*rest)
    return fixed(np.ones(len(tape.customers), np.uint8)), fixed(buckets)


def tables(bound: Bound, limits: PassLimits) -> Tables:
    """The tables by stage. How far a conversion could be seen: the earliest end of the sources of the stages it leads over."""
    size, deal = len(bound.stages), bound.deal_stage
    later, observed = bound.later, bound.observed
    depth = later.sum(axis=0)  # how many stages lie before each
    following = [[b for b in range(size) if later[a, b] and observed[b]] for a in range(size)]
    nearest = tuple(min(names, key=lambda b: (depth[b], b)) if names else -1 for names in following)
    until, deal_until = bound.until.copy(), bound.until.copy()
    to_deal = np.zeros(size, np.uint8)
    for a in range(size):
        if nearest[a] >= 0:
            until[a] = min(bound.until[a], bound.until[nearest[a]])
        if deal >= 0 and (later[a, deal] or a == deal):
            to_deal[a] = 1
            way = [b for b in range(size) if observed[b] and (b in (a, deal) or (later[a, b] and later[b, deal]))]
            deal_until[a] = min((int(bound.until[b]) for b in way), default=int(bound.until[a]))
    return Tables(
        later=fixed(later.astype(np.uint8)),
        window=fixed(limits.window, np.int64),
        deal_window=fixed(np.maximum(limits.window, limits.window_all), np.int64),
        until=fixed(until, np.int64),
        deal_until=fixed(deal_until, np.int64),
        to_deal=fixed(to_deal),
        next_stage=nearest,
    )
