"""The kernel that counts touchpoints: which passes touched them, and whether they went on."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.trail.kernels.entries import FULL, judge, onward
from tropa.trail.kernels.jit import kernel
from tropa.trail.kernels.tally import BASE, DEAL_BASE, DEAL_HIT, HIT

Longs = npt.NDArray[np.int64]
Ints = npt.NDArray[np.int32]
Bytes = npt.NDArray[np.uint8]
EVENTS, ENTRANTS, CUSTOMERS, LEFT_OUT, DEAL_LEFT_OUT, ASKED, DEAL_ASKED = range(7)
"""Rows of the counts by touchpoint (as those of stages in `tally`)."""


@kernel
def touch(
    begin: int, end: int, customer: Ints, bucket: Bytes, deal: Longs, first_event: Longs, offsets: Longs, time: Longs, stage: Bytes,
    point: Any, chosen: Bytes, stage_of: Longs, before: Longs, after: Longs, limit: Longs, window: Longs,
    deal_limit: Longs, deal_window: Longs, to_deal: Bytes, events: Longs, outcomes: Ints, first_of: Longs,
) -> None:  # fmt: skip
    """Counts the touchpoints of the passes begin…end−1 of chosen customers.

    `point` (events): touchpoint, or a number beyond the last for none; `stage_of` (P): its stage; the other tables by
    stage as in `tally`. Added to: `events` (P + 1: events, the last those without
    a touchpoint), `outcomes` and `first_of` as in `judge`.
    """
    size, points = len(window), len(stage_of)
    last_touch, last_in = np.full(points + 1, -1, np.int64), np.full(4 * points, -1, np.int32)
    more = FULL + points + 1
    whose, spot, at = np.empty(more, np.int64), np.empty(more, np.int64), np.empty(more, np.int64)
    behind, wait = np.empty(more, np.int64), np.empty(more, np.int64)
    more = FULL + size + 1
    stage_whose, stages, stage_at = np.empty(more, np.int64), np.empty(more, np.int64), np.empty(more, np.int64)
    touches: Any = np.int64(0)  # see `tally`
    entries: Any = np.int64(0)
    spots = stage_of.copy()  # of the kind that `tally` has, so that what both call is compiled once
    for p in range(begin, end + 1):
        if touches >= FULL or entries >= FULL or p == end:
            stage_whose[entries] = -1
            onward(touches, whose, spot, at, behind, spots, after, stage_whose, stages, stage_at, wait)
            judge(
                touches, whose, spot, at, wait, spots, customer, bucket, deal, limit, window, deal_limit, deal_window, to_deal, last_in,
                outcomes, first_of,
            )  # fmt: skip
            touches = entries = 0
        if p == end or chosen[customer[p]] == 0:
            continue
        c = customer[p]
        stop = first_event[p + 1] if p + 1 < len(customer) and customer[p + 1] == c else offsets[c + 1]
        seen, beyond = np.int64(0), np.int64(0)  # stages touched; stages that lie before one touched
        for i in range(first_event[p], stop):
            if stage[i] == 255:
                continue
            s = np.int64(stage[i])
            t = time[i]
            k: Any = min(point[i], points)
            on_time = (beyond >> s & 1) ^ 1
            # what is no entry is overwritten by the next one: that is faster than to ask
            stage_whose[entries], stages[entries], stage_at[entries] = p, s, t
            entries += on_time & ~(seen >> s)
            whose[touches], spot[touches], at[touches], behind[touches] = p, k, t, entries
            touches += on_time & np.int64((last_touch[k] != p) & (k < points))
            last_touch[k] = p
            events[k] += 1
            seen |= np.int64(1) << s
            beyond |= before[s]


def naive_touch(
    passes: list[dict[str, Any]],
    events_of: list[list[int]],
    time: Any,
    stage: Any,
    point: Any,
    stage_of: Any,
    later: Any,
    window: Any,
    deal_window: Any,
    until: Any,
    deal_until: Any,
    to_deal: Any,
) -> dict[tuple[int, int], int]:
    """The same in plain Python. `events_of`: the bound events of each pass. Keys: (row, touchpoint), rates with rows from 100."""
    out: dict[tuple[int, int], int] = {}
    who: dict[tuple[int, int], set[int]] = {}

    def add(row: int, k: int, by: int = 1) -> None:
        out[row, k] = out.get((row, k), 0) + by

    for one, mine in zip(passes, events_of, strict=True):
        for k in sorted({int(point[i]) for i in mine if point[i] != 65_535}):
            s = int(stage_of[k])
            here = [i for i in mine if point[i] == k]
            far = [i for i in mine if later[s][stage[i]]]
            add(EVENTS, k, len(here))
            if far and far[0] < here[0]:
                continue
            t = time[here[0]]
            add(ENTRANTS, k)
            who.setdefault((CUSTOMERS, k), set()).add(one["customer"])
            if t + window[s] <= until[s]:
                who.setdefault((ASKED, k), set()).add(one["customer"])
                add(100 + BASE, k)
                add(100 + HIT, k, int(bool(far) and time[far[0]] - t <= window[s]))
            else:
                add(LEFT_OUT, k)
            if not to_deal[s] or (one["deal"] is not None and one["deal"] < t):
                continue
            if t + deal_window[s] <= deal_until[s]:
                who.setdefault((DEAL_ASKED, k), set()).add(one["customer"])
                add(100 + DEAL_BASE, k)
                add(100 + DEAL_HIT, k, int(one["deal"] is not None and one["deal"] - t <= deal_window[s]))
            else:
                add(DEAL_LEFT_OUT, k)
    out.update({key: len(customers) for key, customers in who.items()})
    return {key: value for key, value in out.items() if value}
