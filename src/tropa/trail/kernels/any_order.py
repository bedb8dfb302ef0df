"""The kernel of funnels whose steps come in any order (definitions: docs/guide/measures.md); events as `funnels.look_up` writes them."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import numpy as np

from tropa.trail.kernels.funnels import EXCLUDED, NOBODY, STEPS, UNSEEN, Attempt, Bits, Bytes, Happening, Longs
from tropa.trail.kernels.jit import kernel


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
    at: Longs, match: Bits, window: int, until: int, low: int, high: int, steps: int, apart: int, ring: Longs, filled: Longs, room: Any,
) -> int:  # fmt: skip
    """The latest event in low…high that an observed attempt which takes the first `steps` steps can begin with; −1: none.

    `high`: the first event of the attempt that takes each of them as late as may be, were no event two steps.
    """
    a = high
    if not apart:
        if not _takes(ring, filled, low, steps, *room):
            return -1
        a, b = low, high
        while a < b:
            middle = (a + b + 1) // 2
            if at[middle] + window <= until and _takes(ring, filled, middle, steps, *room):
                a = middle
            else:
                b = middle - 1
    while a >= low and (match[a] == 0 or at[a] + window > until):
        a -= 1
    return a if a >= low else -1


@kernel
def in_any_order(
    begins: Longs, at: Longs, match: Bits, window: int, until: int, levels: int, apart: int, highest: Bytes, reached: Any, when: Any
) -> None:  # fmt: skip
    """As `funnels.in_order`, but the steps come in any order: an attempt has come to step k when it has taken the first k + 1 steps of the
    list.

    It begins with any of the steps, and `window` counts from there. `when`: µs at which the first k + 1 were all taken. Of attempts that
    come equally far counts the first to come there, and of those the one that began last. `apart`: no event is two steps (then much is
    quicker).
    """
    ring, filled, spot = np.empty((levels, levels), np.int64), np.zeros(levels, np.int64), np.zeros(levels, np.int64)
    latest, early = np.zeros(levels, np.int64), np.empty((levels, levels), np.int64)
    room = (np.empty(levels, np.int64), np.empty(levels, np.int64), np.empty(levels, np.int64))
    for c in range(len(reached)):
        reached[c] = NOBODY
        filled[:], spot[:], latest[:] = 0, 0, -1
        low, start, stop = begins[c], begins[c], begins[c]
        best = 0
        for i in range(begins[c], begins[c + 1]):
            bits = match[i]
            if bits == EXCLUDED:
                filled[:], spot[:] = 0, 0
                low = i + 1
                continue
            if apart:
                latest[highest[bits]] = i
            else:
                for k in range(levels):
                    if bits >> k & 1:
                        ring[k, spot[k]] = latest[k] = i
                        filled[k] += 1
                        spot[k] = spot[k] + 1 if spot[k] + 1 < levels else 0
            if best == 0 and bits & 1 and at[i] + window > until:
                reached[c] = UNSEEN
            if np.int64(bits) & ((np.int64(2) << best) - 1) == 0:
                continue  # no step that is waited for
            while best < levels:
                begin = latest[0]
                for k in range(1, best + 1):
                    begin = min(begin, latest[k])
                if begin < low or at[i] - at[begin] > window:
                    break
                plain = apart or best == 0
                if not plain or at[begin] + window > until:
                    while at[i] - at[low] > window:
                        low += 1
                    if i - low < best:
                        break  # fewer events than steps
                    begin = _beginning(at, match, window, until, low, begin, best + 1, plain, ring, filled, room)
                if begin < 0:
                    break
                best, start, stop = best + 1, begin, np.int64(i)
            if best == levels:
                break
        if best > 0:
            reached[c] = best
            if not apart:
                _moments(at, match, start, stop, best, early, filled, room, when[c])
                continue
            latest[:] = -1  # now the first of each step from the beginning on
            for i in range(start, stop + 1):
                one = highest[match[i]]
                latest[one] = i if latest[one] < 0 else latest[one]
            taken = start
            for step in range(best):
                taken = max(taken, latest[step])
                when[c, step] = at[taken]


@kernel
def _moments(
    at: Longs, match: Bits, start: int, stop: int, steps: int, early: Longs, count: Longs, room: Any, when: Any
) -> None:
    """Writes the times at which the first 1, 2, … `steps` steps can all have been taken by events from `start` on."""
    count[:] = 0
    done = 0
    for i in range(start, stop + 1):
        for k in range(steps):
            if match[i] >> k & 1 and count[k] < early.shape[1]:
                early[k, count[k]] = i
                count[k] += 1
        while done < steps and count[done] > 0 and _takes(early, count, start, done + 1, *room):
            when[done] = at[i]
            done += 1
        if done == steps:
            return


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
