"""Limits proposed from the data: how long a silence ends a pass, how long a conversion is awaited."""

from __future__ import annotations

from datetime import timedelta

import numpy as np

from tropa.model import Limits, Map
from tropa.stats.quantiles import quantiles
from tropa.trail.bind import NO_STAGE, Bound
from tropa.trail.numbers import hashed, numbers_of
from tropa.trail.passes import DAY, SETTLE, SILENCE
from tropa.trail.tape import Longs, Tape

ROUND = (1, 2, 3, 4, 6, 8, 12, 24, 48, 72, 96, 120, 168, 240, 336, 504, 720, 1080, 1440, 2160, 2880, 4320, 8760)
"""Round lengths in hours: an hour … a year."""
ABSENCE = 30 * 60_000_000
"""µs: a shorter gap lies within one sitting and says nothing about how long people stay away (half an hour, as web analytics has it)."""
SHARE = 0.9
"""Of the absences after which people did come back, so many are shorter than the silence limit."""
SAMPLE = 500_000
"""Events looked at in a long log."""


def propose_limits(tape: Tape, bound: Bound, value: Map) -> Limits:
    """Limits for a map that states none.

    Silence: nine in ten of the absences before a deal (gaps of at least half an hour between a customer's bound events, none of them a
    deal or after it) are shorter, rounded up to a round length; between an hour and a quarter of the log; 30 days where
    there are fewer than twenty such absences. Window: the same, so that a pass is watched until it would have ended.
    Settle: 24 hours. The horizon is left to the data (`loops.horizon_of`).
    """
    return limits_from(value, absences(tape, bound, stride_of(tape.events)), _span(tape))


def limits_from(value: Map, found: Longs, span: int) -> Limits:
    """The same from the absences of the sampled customers, in no order, and the length of the log (µs)."""
    absence = quantiles(found, (SHARE,))[0] if len(found) >= 20 else 0
    limit = _round_up(absence, span // 4)
    given = value.limits
    silence = given.silence or limit
    return Limits(silence=silence, window=given.window or silence, settle=given.settle or SETTLE, horizon=given.horizon)


def stride_of(events: int) -> int:
    """Of a long log one customer in so many is looked at."""
    return max(1, events // SAMPLE)


def _span(tape: Tape) -> int:
    """Length of the log in µs."""
    if not tape.events:
        return 0
    return int(tape.time[tape.offsets[1:] - 1].max() - tape.time[tape.offsets[:-1]].min())


def absences(tape: Tape, bound: Bound, stride: int) -> Longs:
    """Gaps of at least `ABSENCE` between neighbouring bound events of one customer, both before the customer's first deal. Customers are
    drawn by a hash of who they are."""
    first_deal = np.full(len(tape.customers), np.iinfo(np.int64).max)
    np.minimum.at(first_deal, bound.deals.customer, bound.deals.event)
    drawn = np.arange(len(tape.customers))
    if stride > 1:
        drawn = np.flatnonzero(hashed(numbers_of(tape)) % np.uint64(stride) == 0)
    begin, sizes = tape.offsets[drawn], np.diff(tape.offsets)[drawn]
    owner = np.repeat(drawn, sizes)
    index = np.arange(int(sizes.sum())) + np.repeat(begin - (np.cumsum(sizes) - sizes), sizes)
    mine = (bound.cells.stage_at(index) != NO_STAGE) & (index < first_deal[owner])
    index, owner = index[mine], owner[mine]
    gaps = np.diff(np.asarray(tape.time[index], dtype=np.int64))[owner[1:] == owner[:-1]]
    return np.asarray(gaps[gaps >= ABSENCE])


def _round_up(length: int, most: int) -> timedelta:
    hours = [one for one in ROUND if one * (DAY // 24) <= max(most, DAY // 24)]
    if length == 0:
        default = int(SILENCE / timedelta(hours=1))
        return timedelta(hours=max([one for one in hours if one <= default], default=1))
    fitting = [one for one in hours if one * (DAY // 24) >= length]
    return timedelta(hours=fitting[0] if fitting else hours[-1])
