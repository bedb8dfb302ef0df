"""The kernels of funnels: how far each customer came, in order or strictly, and when (definitions: docs/guide/measures.md).

Which steps an event is, is told by bits: bit k is step k, `EXCLUDED` that it ends an attempt, `SEEN` that a strict funnel minds it. They
are looked up in tables: `stage_bits` (256), `point_bits` (65,536), `event_bits` (names). `kinds`: which of these are asked.
"""

from __future__ import annotations

from itertools import combinations, pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.trail.kernels.jit import kernel
from tropa.trail.kernels.standing import code_at

Longs = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]
Shorts = npt.NDArray[np.uint16]
Bits = npt.NDArray[np.uint32]
MOST_STEPS = 16
EXCLUDED = 1 << MOST_STEPS
SEEN = EXCLUDED << 1
STEPS = EXCLUDED - 1
NOBODY, UNSEEN = -1, -2
"""Instead of a number of steps: nobody began; only attempts began that were not observed for long enough."""
STAGES, POINTS, EVENTS = 1, 2, 4
NO_STAGE, NO_POINT = 255, 65_535
HIGHEST = np.repeat(np.arange(MOST_STEPS, dtype=np.uint8), [2, *(1 << k for k in range(1, MOST_STEPS))])
"""By number below 65,536, its highest bit."""
HIGHEST.flags.writeable = False
PIECE = 1024


@kernel
def look_up(
    first: int, last: int, offsets: Longs, time: Longs, chosen: Bytes, kinds: int, stage: Bytes, point: Shorts, event: Bytes, width: int,
    stage_bits: Bits, point_bits: Bits, event_bits: Bits, look: int, collapse: int, limited: int, passes: Any, first_event: Longs,
    which: Bytes, p: Any, begins: Any, at: Any, match: Any,
) -> bool:  # fmt: skip
    """Writes when the events of the customers first…last−1 were (`at`, µs) and which steps they are (`match`): of those that matter alone,
    customer by customer (`begins`, last − first + 1). Returns whether no event is two steps.

    A step is never an excluded event. Nothing matters of customers who are not `chosen`, and, where `limited`, outside the passes that
    are meant: `which` uint8, `passes` int32 the customer and `first_event` the beginning of each; `p`: the first one of customer `first`
    or of those after.

    `look` (0: none; else one of `STAGES`, `POINTS`, `EVENTS`): events that this level sees are `SEEN`, but (with `collapse`) for those
    that are the same as the one before at the level and for the steps: neighbouring events in one state are one stay. Others do not matter.
    """
    several = np.uint32(0)
    room = 0
    for c in range(first, last):
        begins[c - first] = room
        if chosen[c] == 0:
            continue
        prev, before = np.int64(-1), np.uint32(0)
        begin, stop = offsets[c], offsets[c + 1]
        while limited and p < len(passes) and passes[p] < c:
            p += 1
        while True:
            if limited:
                while p < len(passes) and passes[p] == c and which[p] == 0:
                    p += 1
                if p == len(passes) or passes[p] != c:
                    break
                begin = first_event[p]
                p += 1
                stop = first_event[p] if p < len(passes) and passes[p] == c else offsets[c + 1]
            for i in range(begin, stop):
                bits = np.uint32(0)
                if kinds & STAGES:
                    bits |= stage_bits[stage[i]]
                if kinds & POINTS:
                    bits |= point_bits[point[i]]
                if kinds & EVENTS:
                    bits |= event_bits[code_at(event, width, i)]
                if bits & np.uint32(STEPS):
                    bits &= np.uint32(STEPS)
                    several |= bits & (bits - np.uint32(1))
                matters = bits != 0
                if look:  # without branches: whether an event is seen is anybody's guess
                    if look == EVENTS:
                        state = code_at(event, width, i) - 1
                    else:
                        state = np.int64(-1) if stage[i] == NO_STAGE else np.int64(stage[i])
                        if look == POINTS:
                            state = 256 + np.int64(point[i]) if (state >= 0) & (point[i] != NO_POINT) else state
                    ends = bits == np.uint32(EXCLUDED)
                    same = (collapse != 0) & (state == prev) & (bits == before)
                    seen = (state >= 0) & (not same) & (not ends)
                    matters = ends | seen
                    prev = np.int64(-1) if ends else state if seen else prev
                    before = bits if seen else before
                    bits |= np.uint32(SEEN) if seen else np.uint32(0)
                # written either way, kept where it matters: no guessing
                at[room] = time[i]
                match[room] = bits
                room += int(matters)
            if not limited:
                break
    begins[last - first] = room
    return bool(several == 0)


@kernel
def in_order(
    begins: Longs, at: Longs, match: Bits, window: int, until: int, levels: int, each: int, strict: int, highest: Bytes, node_at: Any,
    node_before: Any, reached: Any, when: Any,
) -> None:  # fmt: skip
    """The best attempt of each customer, steps in order; events as `look_up` writes them.

    An attempt begins with step 0 and takes the steps in order, each with an event of its own: all within `window` of its beginning, or
    (`each`) each within `window` of the one before. It counts if it could be observed for as long as it might have taken before `until`.
    An excluded event ends all attempts; so does, where `strict`, every event that is seen but is not the next step.
    `reached` (customers): steps of the best attempt, `NOBODY` or `UNSEEN`; `when` (customers, levels): µs of its steps. Of attempts
    that come equally far counts the first to come there; of several ways that end with the same event, that whose step before is the
    latest, and so on back. `highest` (65,536): the highest bit of a number. `node_at`, `node_before`: room for a customer's steps.
    """
    # of the latest attempt that has taken step k: µs that the window counts from, and the event of step k among the nodes
    since, node = np.zeros(levels, np.int64), np.zeros(levels, np.int64)
    patience = window * (levels - 1) if each else window
    for c in range(len(reached)):
        alive, begun = np.int64(0), False  # bit k of `alive`: there is an attempt that has taken step k
        best: Any = 0
        count, end = 0, np.int64(0)
        for i in range(begins[c], begins[c + 1]):
            bits = np.int64(match[i])
            if bits == EXCLUDED:
                alive = np.int64(0)
                continue
            fitting = bits & (alive << 1 | 1)
            if strict:
                alive = np.int64(0)
            t = at[i]
            while fitting:  # the highest first: an event is one step of an attempt
                k = np.int64(highest[fitting])
                fitting ^= np.int64(1) << k
                if k == 0:
                    begun = True
                    if t + patience > until:
                        continue
                    since[0] = t
                else:
                    if t - since[k - 1] > window:
                        continue
                    since[k] = t if each else since[k - 1]
                    node_before[count] = node[k - 1]
                node_at[count] = t
                node[k] = count
                alive |= np.int64(1) << k
                if k + 1 > best:
                    best, end = k + 1, np.int64(count)
                count += 1
            if best == levels:
                break
        reached[c] = best if best > 0 else UNSEEN if begun else NOBODY
        for step in range(best - 1, -1, -1):
            when[c, step] = node_at[end]
            end = node_before[end]


@kernel
def count_reached(first: int, last: int, reached: Longs, chosen: Bytes, steps: Any) -> None:
    """Adds to `steps` (levels + 3) the chosen customers first…last−1 by how many steps they took, from `UNSEEN` on."""
    for c in range(first, last):
        steps[reached[c - first] - UNSEEN] += np.int64(chosen[c] != 0)


@kernel
def take_lengths(
    first: int, last: int, reached: Longs, when: Longs, chosen: Bytes, row: int, room: int, keys: Any, lengths: Any
) -> int:
    """How long the chosen customers first…last−1 took to each step, from the one before (key `row` + 2 · step) and from the first (+ 1).

    Written from `room` on; returns where they end.
    """
    mine = np.empty(PIECE, np.int64)
    for begin in range(first, last, PIECE):
        count = 0
        for c in range(begin, min(begin + PIECE, last)):  # written either way, kept where it is wanted: no guessing
            mine[count] = c - first
            count += int((chosen[c] != 0) & (reached[c - first] > 1))
        for at in mine[:count]:
            for k in range(1, reached[at]):
                keys[room], lengths[room] = row + 2 * k, when[at, k] - when[at, k - 1]
                keys[room + 1], lengths[room + 1] = row + 2 * k + 1, when[at, k] - when[at, 0]
                room += 2
    return room


Happening = tuple[int, int]
"""Of one event: µs, and the steps it is (`EXCLUDED` alone: it ends attempts)."""
Attempt = tuple[int, tuple[int, ...]]
"""How many steps (or `NOBODY`, `UNSEEN`), and when they were taken."""


def naive_in_order(
    events: list[Happening], window: int, each: bool, until: int, levels: int, strict: bool = False
) -> Attempt:
    """The best attempt of one customer by trying every way to pick events. `strict`: the events are all that the level sees."""
    patience = window * (levels - 1) if each else window
    begun = [t for t, bits in events if bits & 1]
    if not any(t + patience <= until for t in begun):
        return (UNSEEN if begun else NOBODY), ()
    for size in range(levels, 0, -1):
        fitting = [
            picked
            for picked in combinations(range(len(events)), size)
            if _follows(events, picked, window, each, strict) and events[picked[0]][0] + patience <= until
        ]
        if fitting:
            soonest = min(picked[-1] for picked in fitting)
            best = max((picked for picked in fitting if picked[-1] == soonest), key=lambda picked: picked[::-1])
            return size, tuple(events[i][0] for i in best)
    return NOBODY, ()


def _follows(events: list[Happening], picked: tuple[int, ...], window: int, each: bool, strict: bool) -> bool:
    if any(not events[i][1] >> k & 1 for k, i in enumerate(picked)):
        return False
    if any(events[i][1] == EXCLUDED for i in range(picked[0], picked[-1])):
        return False
    if strict and any(b - a != 1 for a, b in pairwise(picked)):
        return False
    times = [events[i][0] for i in picked]
    return all(t - (times[max(k - 1, 0)] if each else times[0]) <= window for k, t in enumerate(times))
