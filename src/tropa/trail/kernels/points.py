"""The kernel that counts touchpoints: which passes touched them, and whether they went on."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.trail.kernels.jit import kernel
from tropa.trail.kernels.tally import BASE, DEAL_BASE, DEAL_HIT, HIT, bucket_of

Longs = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]
NEVER = np.iinfo(np.int64).min
EVENTS, ENTRANTS, CUSTOMERS, LEFT_OUT, DEAL_LEFT_OUT, ASKED, DEAL_ASKED = range(7)
"""Rows of the counts by touchpoint (as those of stages in `tally`)."""


@kernel
def touch(
    begin: int,
    end: int,
    customer: Any,
    deal: Longs,
    first_event: Longs,
    offsets: Longs,
    time: Longs,
    stage: Bytes,
    point: Any,
    none: int,
    chosen: Bytes,
    stage_of: Any,
    before: Longs,
    window: Longs,
    deal_window: Longs,
    until: Longs,
    deal_until: Longs,
    to_deal: Bytes,
    counts: Any,
    buckets: Any,
) -> None:
    """Counts the touchpoints of the passes begin…end−1 of chosen customers into `counts` (7, P) and `buckets` (256, 4, P).

    `point` (events): touchpoint or `none`; `stage_of` (P): its stage; the other tables are by stage, as in `tally`
    (`before`: the stages that lie before each, as bits).
    """
    size, points = len(window), len(stage_of)
    onward = np.empty(size, np.int64)  # the first event in a later stage
    stamp = np.full(points, -1, np.int64)
    touched = np.empty(points, np.int64)
    first = np.empty(points, np.int64)
    last_in = np.full((3, points), -1, np.int64)
    for p in range(begin, end):
        c = customer[p]
        if chosen[c] == 0:
            continue
        stop = first_event[p + 1] if p + 1 < len(customer) and customer[p + 1] == c else offsets[c + 1]
        found = 0
        seen, beyond = np.int64(0), np.int64(0)  # stages touched; stages that lie before one touched
        for i in range(first_event[p], stop):
            s = stage[i]
            if s == 255:
                continue
            if seen >> s & 1 == 0:
                seen |= np.int64(1) << s
                fresh = before[s] & ~beyond
                beyond |= fresh
                for q in range(size):
                    if fresh >> q & 1:
                        onward[q] = i
            k = point[i]
            if k != none:
                counts[EVENTS, k] += 1
                if stamp[k] != p:
                    stamp[k] = p
                    touched[found] = k
                    first[found] = i
                    found += 1
        b = bucket_of(c)
        for j in range(found):
            k = touched[j]
            s = stage_of[k]
            went_on = beyond >> s & 1 != 0
            if went_on and onward[s] < first[j]:
                continue
            t = time[first[j]]
            counts[ENTRANTS, k] += 1
            if last_in[0, k] != c:
                last_in[0, k] = c
                counts[CUSTOMERS, k] += 1
            if t + window[s] <= until[s]:
                buckets[b, BASE, k] += 1
                buckets[b, HIT, k] += went_on and time[onward[s]] - t <= window[s]
                if last_in[1, k] != c:
                    last_in[1, k] = c
                    counts[ASKED, k] += 1
            else:
                counts[LEFT_OUT, k] += 1
            if to_deal[s] == 0 or (deal[p] != NEVER and deal[p] < t):
                continue
            if t + deal_window[s] <= deal_until[s]:
                buckets[b, DEAL_BASE, k] += 1
                buckets[b, DEAL_HIT, k] += deal[p] != NEVER and deal[p] - t <= deal_window[s]
                if last_in[2, k] != c:
                    last_in[2, k] = c
                    counts[DEAL_ASKED, k] += 1
            else:
                counts[DEAL_LEFT_OUT, k] += 1


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
