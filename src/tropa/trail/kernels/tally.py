"""The kernel that counts passes by stage: entries, conversions, times, exits, returns, flows.

Two rounds. The first walks over the passes, counts, and sorts lengths of time into bins; the second keeps only the lengths that fall
into the bins in which the asked quantiles lie, so that these are exact. All counts are whole numbers; those of two slices are simply added.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.trail.kernels.jit import kernel
from tropa.trail.kernels.passes import EXIT, OPEN

Longs = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]
NEVER: Any = np.iinfo(np.int64).min

(
    ENTRANTS,
    CUSTOMERS,
    FIRST_SEEN,
    SKIPS,
    BACKWARD,
    RETURNS,
    REPEATS,
    EXITS,
    STILL_OPEN,
    LEFT_OUT,
    DEAL_LEFT_OUT,
    ASKED,
    DEAL_ASKED,
) = range(13)
"""Rows of the counts by stage; `ASKED`: different customers in the denominator of the conversion, `DEAL_ASKED`: of that to the deal."""
HIT, BASE, DEAL_HIT, DEAL_BASE = range(4)
"""Rows of the counts by bucket and stage: numerator and denominator of the conversion to the next stage and to the deal."""
BUCKETS = 256


@kernel
def bucket_of(customer: int) -> Any:
    """Which of the 256 buckets a customer belongs to: a well-mixed hash of its number (splitmix64)."""
    x = np.uint64(customer) + np.uint64(0x9E3779B97F4A7C15)
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    x = x ^ (x >> np.uint64(31))
    return np.int64(x >> np.uint64(56))


def naive_bucket_of(customer: int) -> int:
    """The same in plain Python."""
    mask = (1 << 64) - 1
    x = (customer + 0x9E3779B97F4A7C15) & mask
    x = ((x ^ (x >> 30)) * 0xBF58476D1CE4E5B9) & mask
    x = ((x ^ (x >> 27)) * 0x94D049BB133111EB) & mask
    return (x ^ (x >> 31)) >> 56


@kernel
def bin_of(length: int, fine: int) -> Any:
    """Which bin a length of time ≥ 0 belongs to: 2**fine bins to each doubling; longer lengths are never in earlier bins."""
    if length >> fine == 0:
        return length
    # no more digits than a float holds, so that nothing is rounded up
    exact = length if length >> 53 == 0 else length & ~1023
    # exponent and mantissa side by side are the bin, but for an offset
    bits = np.float64(exact).view(np.int64)
    return (bits >> (52 - fine)) - ((1022 + fine) << fine)


def naive_bin_of(length: int, fine: int) -> int:
    """The same in plain Python."""
    top = max(length.bit_length() - 1, 0)
    return length if top < fine else ((top - fine + 1) << fine) + (length >> (top - fine)) - (1 << fine)


@kernel
def tally(
    begin: int,
    end: int,
    customer: Any,
    status: Bytes,
    deal: Longs,
    visits_from: Longs,
    visit_stage: Bytes,
    visit_time: Longs,
    chosen: Bytes,
    before: Longs,
    after: Longs,
    window: Longs,
    deal_window: Longs,
    until: Longs,
    deal_until: Longs,
    to_deal: Bytes,
    fine: int,
    counts: Any,
    buckets: Any,
    flows: Any,
    hist: Any,
    keys: Any,
    lengths: Longs,
) -> int:
    """Counts the passes begin…end−1 of chosen customers (whole customers) into the given arrays; returns how many lengths it wrote.

    `before`, `after` (S): the stages that lie before and after each, as bits. `window`, `until` (S): how long the next stage is awaited,
    how far it could be seen; `deal_…` the same for the deal; `to_deal` (S): whether the deal lies at or after the stage. `counts` (13, S),
    `buckets` (256, 4, S), `flows` (2, S, S: times, passes), `hist` (S + S², bins). `keys`, `lengths`: every length of time with its key: a
    stage (time to next), or S + source · S + target.
    """
    size = len(window)
    entered = np.empty(size, np.int64)  # time of the first entry, forward ones only
    onward = np.empty(size, np.int64)  # time of the first later stage after it
    came_in = np.empty(size, np.int64)  # stages entered forward, in order
    flow_seen = np.full((size, size), -1, np.int64)
    last_in = np.full((3, size), -1, np.int64)
    one = np.int64(1)
    room = 0
    c = -1
    b: Any = 0
    for p in range(begin, end):
        if customer[p] != c:
            c = customer[p]
            b = bucket_of(c)
        if chosen[c] == 0:
            continue
        seen, beyond = np.int64(0), np.int64(0)  # stages touched; stages that lie before one touched
        arrived = 0
        source: Any = -1
        since: Any = 0
        for v in range(visits_from[p], visits_from[p + 1]):
            s = np.int64(visit_stage[v])
            bit = one << s
            t = visit_time[v]
            if source >= 0:
                flows[0, source, s] += 1
                if flow_seen[source, s] != p:
                    flow_seen[source, s] = p
                    flows[1, source, s] += 1
                if before[source] & bit:
                    counts[RETURNS, source] += 1
                key = size + source * size + s
                hist[key, bin_of(t - since, fine)] += 1
                keys[room] = key
                lengths[room] = t - since
                room += 1
            fresh = before[s] & ~beyond
            if fresh:
                for q in range(size):
                    if fresh >> q & 1:
                        if seen >> q & 1:
                            onward[q] = t
                        elif seen & before[q] and not (seen & ~before[q] & ~after[q]):
                            counts[SKIPS, q] += 1
                beyond |= fresh
            if seen & bit:
                counts[REPEATS, s] += 1
            elif beyond & bit:
                counts[BACKWARD, s] += 1
            else:
                entered[s] = t
                onward[s] = NEVER
                came_in[arrived] = s
                arrived += 1
            seen |= bit
            source = s
            since = t
        counts[FIRST_SEEN, visit_stage[visits_from[p]]] += 1
        if status[p] == EXIT:
            counts[EXITS, source] += 1
        elif status[p] == OPEN:
            counts[STILL_OPEN, source] += 1
        for k in range(arrived):
            s = came_in[k]
            t = entered[s]
            counts[ENTRANTS, s] += 1
            if last_in[0, s] != c:
                last_in[0, s] = c
                counts[CUSTOMERS, s] += 1
            if t + window[s] <= until[s]:
                buckets[b, BASE, s] += 1
                if onward[s] != NEVER and onward[s] - t <= window[s]:
                    buckets[b, HIT, s] += 1
                    hist[s, bin_of(onward[s] - t, fine)] += 1
                    keys[room] = s
                    lengths[room] = onward[s] - t
                    room += 1
                if last_in[1, s] != c:
                    last_in[1, s] = c
                    counts[ASKED, s] += 1
            else:
                counts[LEFT_OUT, s] += 1
            if to_deal[s] == 0 or (deal[p] != NEVER and deal[p] < t):
                continue
            if t + deal_window[s] <= deal_until[s]:
                buckets[b, DEAL_BASE, s] += 1
                buckets[b, DEAL_HIT, s] += deal[p] != NEVER and deal[p] - t <= deal_window[s]
                if last_in[2, s] != c:
                    last_in[2, s] = c
                    counts[DEAL_ASKED, s] += 1
            else:
                counts[DEAL_LEFT_OUT, s] += 1
    return room


@kernel
def gather(keys: Any, lengths: Longs, wanted: Longs, fine: int, kept: Any) -> int:
    """Keeps, as rows key and length of `kept`, the lengths in one of the three bins wanted of their key; returns how many."""
    room = 0
    for i in range(len(lengths)):
        key = keys[i]
        b = bin_of(lengths[i], fine)
        if b == wanted[key, 0] or b == wanted[key, 1] or b == wanted[key, 2]:
            kept[0, room] = key
            kept[1, room] = lengths[i]
            room += 1
    return room


def naive_tally(
    passes: list[dict[str, Any]],
    later: Any,
    window: Any,
    deal_window: Any,
    until: Any,
    deal_until: Any,
    to_deal: Any,
) -> dict[str, Any]:
    """The same in plain Python from the passes of `naive_walk`; lengths of time are returned as they are, by key."""
    size = len(window)
    counts: dict[tuple[int, int], Any] = {}
    times: dict[int, list[int]] = {}
    flows: dict[tuple[int, int], list[int]] = {}
    asked: dict[tuple[int, int], set[int]] = {}

    def add(row: int, stage: int, by: int = 1) -> None:
        counts[row, stage] = counts.get((row, stage), 0) + by

    for number, one in enumerate(passes):
        visits = one["visits"]
        add(FIRST_SEEN, visits[0][0])
        if one["status"] in (EXIT, OPEN):
            add(EXITS if one["status"] == EXIT else STILL_OPEN, visits[-1][0])
        for (s, t), (s2, t2) in pairwise(visits):
            flows.setdefault((s, s2), []).append(number)
            times.setdefault(size + s * size + s2, []).append(t2 - t)
            if later[s2][s]:
                add(RETURNS, s)
        for s in range(size):
            here = [at for at, visit in enumerate(visits) if visit[0] == s]
            far = [at for at, visit in enumerate(visits) if later[s][visit[0]]]
            if not here or (far and far[0] < here[0]):
                _naive_absent(s, visits, here, far, later, add)
                continue
            add(REPEATS, s, len(here) - 1)
            add(ENTRANTS, s)
            asked.setdefault((CUSTOMERS, s), set()).add(one["customer"])
            t = visits[here[0]][1]
            if t + window[s] <= until[s]:
                asked.setdefault((ASKED, s), set()).add(one["customer"])
                add(100 + BASE, s)
                if far and visits[far[0]][1] - t <= window[s]:
                    add(100 + HIT, s)
                    times.setdefault(s, []).append(visits[far[0]][1] - t)
            else:
                add(LEFT_OUT, s)
            if not to_deal[s] or (one["deal"] is not None and one["deal"] < t):
                continue
            if t + deal_window[s] <= deal_until[s]:
                asked.setdefault((DEAL_ASKED, s), set()).add(one["customer"])
                add(100 + DEAL_BASE, s)
                add(100 + DEAL_HIT, s, int(one["deal"] is not None and one["deal"] - t <= deal_window[s]))
            else:
                add(DEAL_LEFT_OUT, s)
    for (row, s), who in asked.items():
        counts[row, s] = len(who)
    return {"counts": {k: v for k, v in counts.items() if v}, "times": times, "flows": flows}


def _naive_absent(s: int, visits: Any, here: list[int], far: list[int], later: Any, add: Any) -> None:
    """A stage that a pass did not enter forward: entered backward, or perhaps skipped."""
    if here:
        add(BACKWARD, s)
        add(REPEATS, s, len(here) - 1)
    seen = {visit[0] for visit in visits[: far[0]]} if far else set()
    by_branch = any(r != s and not later[r][s] and not later[s][r] for r in seen)
    if far and any(later[r][s] for r in seen) and not by_branch:
        add(SKIPS, s)
