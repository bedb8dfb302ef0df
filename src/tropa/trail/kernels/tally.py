"""The kernel that counts passes by stage: entries, conversions, times, exits, returns, flows.

Lengths of time are not all kept: only those that lie where the asked quantiles were found in a sample (`rooms`, `near`); how many lie
below and between is counted, so that the quantiles are exact, and it is known where the sample missed one. All counts are whole
numbers; those of two slices are simply added.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.trail.kernels.entries import FULL, judge, onward
from tropa.trail.kernels.jit import kernel
from tropa.trail.kernels.passes import EXIT, OPEN

Longs = npt.NDArray[np.int64]
Ints = npt.NDArray[np.int32]
Bytes = npt.NDArray[np.uint8]

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
TIMES, BELOW, PASSES, LATE = range(4)
"""Columns of the counts by move from stage to stage: how often, of those shorter than the median's room, in how many passes, how often the
target was entered backward."""
PLACES = 8
"""A room of lengths has an edge on either side: with three rooms, eight places (0, 2, 4, 6: between; 1, 3, 5: in a room; 7: never)."""
KEY = 52
"""A kept length is one number: its key above so many bits (130 years in µs), so that sorting sorts by key and then by length."""


@kernel
def tally(
    begin: int, end: int, customer: Ints, bucket: Bytes, status: Bytes, deal: Longs, visits_from: Longs, visit_stage: Bytes,
    visit_time: Longs, chosen: Bytes, before: Longs, after: Longs, beside: Longs, limit: Longs, window: Longs, deal_limit: Longs,
    deal_window: Longs, to_deal: Bytes, rooms: Longs, near: Longs, firsts: Longs, ends: Any, skips: Longs, moves: Longs, places: Longs,
    outcomes: Ints, first_of: Longs, kept: Longs,
) -> Any:  # fmt: skip
    """Counts the passes begin…end−1 of chosen customers (whole customers) into the given arrays; returns how many lengths it kept.

    `before`, `after`, `beside` (S): the stages that lie before, after, and neither (but itself), as bits; windows and the rest by stage
    as in `judge`. A stage is passed over where a later one is entered, an earlier one has been seen, and none beside it. `rooms` (S · 8):
    the edges of three rooms of times to the next stage, as a search tree (`place_in`); `near` (S² · 2): the edges of one room by move.
    Added to: `firsts` (S: passes that begin here), `ends` (S, 3: by status), `skips` (S), `moves` (S² · 4), `places` (S · 8: times to the
    next stage by place), `outcomes` and `first_of` as in `judge`. `kept`: lengths with their key, a stage or S + source · S + target.
    """
    size = len(window)
    stage_of, behind = np.arange(size), np.arange(1, FULL + size + 2)
    last_move, last_in = np.full(size * size, -1, np.int64), np.full(4 * size, -1, np.int32)
    more = FULL + size + 1
    whose, stage, at = np.empty(more, np.int64), np.empty(more, np.int64), np.empty(more, np.int64)
    over, wait = np.empty(more, np.int64), np.empty(more, np.int64)
    count: Any = np.int64(0)  # and not 0: numba would compile all that is called with it once more for that
    room: Any = np.int64(0)
    for p in range(begin, end + 1):
        if count >= FULL or p == end:
            whose[count] = -1
            onward(count, whose, stage, at, behind, stage_of, after, whose, stage, at, wait)
            room = _keep(count, stage, at, wait, limit, window, rooms, places, kept, room)
            _count_bits(count, over, skips)
            judge(
                count, whose, stage, at, wait, stage_of, customer, bucket, deal, limit, window, deal_limit, deal_window, to_deal, last_in,
                outcomes, first_of,
            )  # fmt: skip
            count = 0
        if p == end or chosen[customer[p]] == 0:
            continue
        v = visits_from[p]
        s = np.int64(visit_stage[v])
        t = visit_time[v]
        firsts[s] += 1
        whose[count], stage[count], at[count], over[count] = p, s, t, 0
        count += 1
        seen = np.int64(1) << s  # sets of stages: touched; before, after, beside one touched
        passed, ahead, aside = before[s], after[s], beside[s]
        for v in range(visits_from[p] + 1, visits_from[p + 1]):
            move = s * size
            length = -t
            s = np.int64(visit_stage[v])
            t = visit_time[v]
            move += s
            length += t
            new = (seen >> s & 1) ^ 1
            forward = new & ~(passed >> s)
            below = np.int64(length < near[2 * move])
            moves[4 * move + TIMES] += 1
            moves[4 * move + BELOW] += below
            moves[4 * move + PASSES] += last_move[move] != p
            moves[4 * move + LATE] += new ^ forward
            last_move[move] = p
            # what is not wanted is overwritten by the next one: that is faster than to ask
            kept[room] = size + move << KEY | length
            room += np.int64(length < near[2 * move + 1]) - below
            whose[count], stage[count], at[count] = p, s, t
            over[count] = before[s] & ahead & ~(passed | seen | aside)
            count += forward
            seen |= np.int64(1) << s
            passed, ahead, aside = passed | before[s], ahead | after[s], aside | beside[s]
        ends[s, status[p]] += 1
    return room


@kernel
def place_in(rooms: Longs, key: int, length: int) -> Any:
    """Which place between the seven edges of a key (`rooms[8 · key + 1:]`, as a search tree, the middle first) a length lies in."""
    k = 1
    k = 2 * k + (length >= rooms[8 * key + k])
    k = 2 * k + (length >= rooms[8 * key + k])
    k = 2 * k + (length >= rooms[8 * key + k])
    return k - 8


@kernel
def _keep(
    count: int, stage: Longs, at: Longs, wait: Longs, limit: Longs, window: Longs, rooms: Longs, places: Longs, kept: Longs, room: int
) -> Any:  # fmt: skip
    """Sorts the times to the next stage within the window into places, and keeps those that lie in a room."""
    for j in range(count):
        s = stage[j]
        hit = np.int64((at[j] <= limit[s]) & (wait[j] <= window[s]))
        place = place_in(rooms, s, wait[j])
        places[8 * s + place] += hit
        kept[room] = s << KEY | wait[j]
        room += place & hit
    return room


@kernel
def _count_bits(count: int, sets: Longs, out: Longs) -> None:
    """How many of `count` sets hold each stage (set by set would be a guess at each)."""
    for s in range(len(out)):
        found = 0
        for j in range(count):
            found += sets[j] >> s & 1
        out[s] += found


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
