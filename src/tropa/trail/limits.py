"""Limits proposed from the data: how long a silence ends a pass, how long a conversion is awaited."""

from __future__ import annotations

from datetime import timedelta

import numpy as np

from tropa.model import Limits, Map
from tropa.stats.quantiles import quantiles
from tropa.trail.bind import NO_STAGE, Bound
from tropa.trail.passes import DAY, SETTLE, SILENCE
from tropa.trail.slices import fixed
from tropa.trail.tape import Tape

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
    limit = _round_up(_absence(tape, bound), _span(tape) // 4)
    given = value.limits
    silence = given.silence or limit
    return Limits(silence=silence, window=given.window or silence, settle=given.settle or SETTLE, horizon=given.horizon)


def _span(tape: Tape) -> int:
    """Length of the log in µs."""
    if not tape.events:
        return 0
    return int(tape.time[tape.offsets[1:] - 1].max() - tape.time[tape.offsets[:-1]].min())


def _absence(tape: Tape, bound: Bound) -> int:
    """The ninth decile of absences in µs; 0 where there are too few. Of a long log, evenly spread blocks of customers are taken."""
    gaps = _gaps(tape, bound)
    gaps = gaps[gaps >= ABSENCE]
    return quantiles(gaps, (SHARE,))[0] if len(gaps) >= 20 else 0


def _gaps(tape: Tape, bound: Bound) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Gaps between neighbouring bound events of one customer, both before the customer's first deal."""
    parts = []
    stride = max(1, tape.events // SAMPLE)
    first_deal = np.full(len(tape.customers) + 1, np.iinfo(np.int64).max)
    np.minimum.at(first_deal, bound.deals.customer, bound.deals.event)
    block = 2048
    offsets = fixed(tape.offsets, np.int64)
    for begin in range(0, len(tape.customers), block * stride):
        last = min(begin + block, len(tape.customers))
        a, b = int(offsets[begin]), int(offsets[last])
        index = a + np.flatnonzero(bound.stage[a:b] != NO_STAGE)
        owner = np.searchsorted(offsets, index, side="right") - 1
        index, owner = index[index < first_deal[owner]], owner[index < first_deal[owner]]
        same = owner[1:] == owner[:-1]
        parts.append(np.diff(np.asarray(tape.time[index], dtype=np.int64))[same])
    return np.concatenate([np.zeros(0, np.int64), *parts])


def _round_up(length: int, most: int) -> timedelta:
    hours = [one for one in ROUND if one * (DAY // 24) <= max(most, DAY // 24)]
    if length == 0:
        default = int(SILENCE / timedelta(hours=1))
        return timedelta(hours=max([one for one in hours if one <= default], default=1))
    fitting = [one for one in hours if one * (DAY // 24) >= length]
    return timedelta(hours=fitting[0] if fitting else hours[-1])
