"""The kernels of funnels: how far each customer came, in order, strictly, or in any order, and when (definitions: docs/guide/measures.md).

An event is looked up in tables: `stage_bits` (256), `point_bits` (65,536) and `event_bits` (names) say as bits which steps it is; bit k is
step k, `EXCLUDED` says that it ends an attempt. `kinds` says which of the tables are asked (1 stages, 2 points, 4 events).
"""

from __future__ import annotations

from itertools import combinations, pairwise, permutations
from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.trail.kernels.jit import kernel

Longs = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]
Shorts = npt.NDArray[np.uint16]
Bits = npt.NDArray[np.uint32]
MOST_STEPS = 16
EXCLUDED = 1 << MOST_STEPS
STEPS = EXCLUDED - 1
NOBODY, UNSEEN = -1, -2
"""Instead of a number of steps: nobody began; only attempts began that were not observed for long enough."""
STAGES, POINTS, EVENTS = 1, 2, 4
NO_STAGE, NO_POINT = 255, 65_535


@kernel
def bits_at(
    i: int, kinds: int, stage: Bytes, point: Shorts, event: Shorts, stage_bits: Bits, point_bits: Bits, event_bits: Bits
) -> Any:
    """Which steps an event is. An event that is a step is never an excluded one."""
    bits = np.uint32(0)
    if kinds & 1:
        bits |= stage_bits[stage[i]]
    if kinds & 2:
        bits |= point_bits[point[i]]
    if kinds & 4:
        bits |= event_bits[event[i]]
    return bits & np.uint32(STEPS) or bits


@kernel
def state_at(i: int, look: int, stage: Bytes, point: Shorts, event: Shorts) -> int:
    """What an event is at a level (1 stages, 2 touchpoints, 4 events); −1 where that level does not see it."""
    if look == 4:
        return np.int64(event[i]) - 1
    s = np.int64(stage[i])
    if s == NO_STAGE:
        return -1
    if look == 2 and point[i] != NO_POINT:
        return 256 + np.int64(point[i])
    return s


@kernel
def in_order(
    first: int, last: int, offsets: Longs, time: Longs, kinds: int, stage: Bytes, point: Shorts, event: Shorts, stage_bits: Bits,
    point_bits: Bits, event_bits: Bits, chosen: Bytes, window: int, until: int, levels: int, each: int, look: int, collapse: int,
    reached: Any, when: Any,
) -> None:  # fmt: skip
    """The best attempt of each of the chosen customers first…last−1, steps in order.

    An attempt begins with step 0 and takes the steps in order, each with an event of its own: all within `window` of its beginning, or
    (`each`) each within `window` of the one before. It counts if it could be observed for as long as it might have taken before `until`.
    An excluded event ends all attempts. `look` (0: not strict): every event that this level sees must be the next step; with `collapse`
    neighbouring events in one state are one. `reached` (last − first): steps of the best attempt, `NOBODY` or `UNSEEN`; `when` (last −
    first, levels): µs of its steps. Of attempts that come equally far counts the first to come there; of several ways that end with the
    same event, that whose step before is the latest, and so on back.
    """
    chain = np.empty((levels, levels), np.int64)  # row k: times of the latest attempt that has reached step k
    alive = np.zeros(levels, np.bool_)
    patience = window * (levels - 1) if each else window
    for c in range(first, last):
        at = c - first
        reached[at] = NOBODY
        if chosen[c] == 0:
            continue
        alive[:] = False
        best = 0
        prev, before = np.int64(-1), np.uint32(0)
        for i in range(offsets[c], offsets[c + 1]):
            bits = bits_at(i, kinds, stage, point, event, stage_bits, point_bits, event_bits)
            if bits == EXCLUDED:
                alive[:] = False
                prev = np.int64(-1)
                continue
            if look:
                state = state_at(i, look, stage, point, event)
                if state < 0 or (collapse and state == prev and bits == before):
                    continue
                prev, before = state, bits
            elif bits == 0:
                continue
            t = time[i]
            for k in range(levels - 1, -1, -1):
                fits = bits >> np.uint32(k) & np.uint32(1) != 0
                if fits and k == 0:
                    fits = t + patience <= until
                    if not fits and best == 0:
                        reached[at] = UNSEEN
                elif fits:
                    fits = alive[k - 1] and t - chain[k - 1, k - 1 if each else 0] <= window
                if not fits:
                    if look:
                        alive[k] = False
                    continue
                alive[k] = True
                for j in range(k):
                    chain[k, j] = chain[k - 1, j]
                chain[k, k] = t
                if k + 1 > best:
                    best = k + 1
                    for j in range(best):
                        when[at, j] = chain[k, j]
        if best > 0:
            reached[at] = best


@kernel
def _takes(ring: Longs, filled: Longs, lowest: int, steps: int, owner: Longs, parent: Longs, queue: Longs) -> bool:
    """Whether the first `steps` steps can be given different events (indices ≥ `lowest`) of the lists `ring` (levels, levels).

    Adds one step after another along augmenting paths (Kuhn's method).
    """
    width = ring.shape[1]
    owner[:steps] = -1  # the event that a step has
    for s in range(steps):
        parent[:steps] = -1
        head, tail, done = 0, 1, False
        queue[0] = s
        parent[s] = s
        while head < tail and not done:
            u = queue[head]
            head += 1
            for j in range(min(filled[u], width)):
                e = ring[u, j]
                if e < lowest:
                    continue
                v = -1
                for other in range(steps):
                    if owner[other] == e:
                        v = other
                        break
                if v < 0:
                    while True:  # every step on the way hands its event on
                        e, owner[u] = owner[u], e
                        if u == s:
                            break
                        u = parent[u]
                    done = True
                    break
                if parent[v] < 0:
                    parent[v] = u
                    queue[tail] = v
                    tail += 1
        if not done:
            return False
    return True


@kernel
def _beginning(
    time: Longs, window: int, until: int, low: int, high: int, steps: int, ring: Longs, filled: Longs, mask: Bits,
    owner: Longs, parent: Longs, queue: Longs,
) -> int:  # fmt: skip
    """The latest event in low…high that an observed attempt which takes the first `steps` steps by `high` can begin with; −1: none.

    `mask`: steps by event.
    """
    if not _takes(ring, filled, low, steps, owner, parent, queue):
        return -1
    a, b = low, high  # the latest beginning that leaves enough events, and that was observed
    while a < b:
        middle = (a + b + 1) // 2
        if time[middle] + window <= until and _takes(ring, filled, middle, steps, owner, parent, queue):
            a = middle
        else:
            b = middle - 1
    if time[a] + window > until:
        return -1
    while a >= low and mask[a] == 0:
        a -= 1
    return a if a >= low else -1


@kernel
def in_any_order(
    first: int, last: int, offsets: Longs, time: Longs, kinds: int, stage: Bytes, point: Shorts, event: Shorts, stage_bits: Bits,
    point_bits: Bits, event_bits: Bits, chosen: Bytes, window: int, until: int, levels: int, reached: Any, when: Any,
) -> None:  # fmt: skip
    """As `in_order`, but the steps come in any order: an attempt has come to step k when it has taken the first k + 1 steps of the list.

    It begins with any of the steps, and `window` counts from there. `when`: µs at which the first k + 1 were all taken. Of attempts that
    come equally far counts the first to come there, and of those the one that began last.
    """
    ring, filled = np.empty((levels, levels), np.int64), np.zeros(levels, np.int64)
    early, count = np.empty((levels, levels), np.int64), np.zeros(levels, np.int64)
    owner, parent, queue = np.empty(levels, np.int64), np.empty(levels, np.int64), np.empty(levels, np.int64)
    for c in range(first, last):
        at = c - first
        reached[at] = NOBODY
        if chosen[c] == 0:
            continue
        begin, end = offsets[c], offsets[c + 1]
        mask = np.empty(0, np.uint32)
        filled[:] = 0
        best, low = 0, begin
        for i in range(begin, end):
            bits = bits_at(i, kinds, stage, point, event, stage_bits, point_bits, event_bits)
            if bits == 0:
                continue
            if bits == EXCLUDED:
                filled[:] = 0
                low = i + 1
                continue
            for k in range(levels):
                if bits >> np.uint32(k) & np.uint32(1):
                    ring[k, filled[k] % levels] = i
                    filled[k] += 1
            if best == 0 and bits & np.uint32(1) and time[i] + window > until:
                reached[at] = UNSEEN
            while time[i] - time[low] > window:
                low += 1
            while best < levels:
                whole = True
                for k in range(best + 1):
                    whole = whole and filled[k] > 0 and ring[k, (filled[k] - 1) % levels] >= low
                if not whole:
                    break
                if len(mask) == 0:
                    mask = np.zeros(end - begin, np.uint32)
                    for j in range(begin, end):
                        found = bits_at(j, kinds, stage, point, event, stage_bits, point_bits, event_bits)
                        mask[j - begin] = found & np.uint32(STEPS)
                mine, room = (
                    time[begin:end],
                    (owner, parent, queue),
                )  # there indices count from the customer's first event
                start = _beginning(
                    mine, window, until, low - begin, i - begin, best + 1, ring - begin, filled, mask, *room
                )
                if start < 0:
                    break
                best += 1
                _moments(mine, mask, start, i - begin, best, early, count, *room, when[at])
        if best > 0:
            reached[at] = best


@kernel
def _moments(
    time: Longs, mask: Bits, start: int, stop: int, steps: int, early: Longs, count: Longs, owner: Longs, parent: Longs,
    queue: Longs, when: Any,
) -> None:  # fmt: skip
    """Writes the times at which the first 1, 2, … `steps` steps can all have been taken by events from `start` on."""
    width = early.shape[1]
    count[:] = 0
    done = 0
    for i in range(start, stop + 1):
        for k in range(steps):
            if mask[i] >> np.uint32(k) & np.uint32(1) and count[k] < width:
                early[k, count[k]] = i
                count[k] += 1
        while done < steps and count[done] > 0 and _takes(early, count, start, done + 1, owner, parent, queue):
            when[done] = time[i]
            done += 1
        if done == steps:
            return


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


def naive_in_any_order(events: list[Happening], window: int, until: int, levels: int) -> Attempt:
    """The same in any order: by trying every beginning, and every way to give events to the first steps."""
    reached: list[tuple[int, int, int]] = []
    for begin, (t, bits) in enumerate(events):
        if bits & STEPS and t + window <= until:
            ends = (_soonest(events, begin, t + window, size) for size in range(1, levels + 1))
            reached += [(size, -end, begin) for size, end in enumerate(ends, start=1) if end is not None]
    if not reached:
        return (UNSEEN if any(bits & 1 for _, bits in events) else NOBODY), ()
    size, _, begin = max(reached)
    ends = (_soonest(events, begin, events[begin][0] + window, k) for k in range(1, size + 1))
    return size, tuple(events[end][0] for end in ends if end is not None)


def _soonest(events: list[Happening], begin: int, latest: int, size: int) -> int | None:
    """The first event by which the first `size` steps can all have been taken from a beginning on."""
    span: list[int] = []
    for i in range(begin, len(events)):
        if events[i][1] == EXCLUDED or events[i][0] > latest:
            return None
        span.append(i)
        if any(all(events[i][1] >> k & 1 for k, i in enumerate(picked)) for picked in permutations(span, size)):
            return i
    return None
