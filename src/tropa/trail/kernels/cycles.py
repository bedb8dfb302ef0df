"""Kernels of loops: repeats of a state, returns to one that was left, and short cycles, within passes.

A *stay* is a run of neighbouring events in one state. Loops have keys: a repeat of s is s; a return from a to b (where the pass has been
before) is K + a · K + b; a cycle of two to four different states, which comes back to where it began, follows after these, turned so that
its smallest state stands first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.trail.kernels.jit import kernel
from tropa.trail.kernels.passes import DONE, OPEN
from tropa.trail.kernels.units import NONE

Longs = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]
Shorts = npt.NDArray[np.uint16]
MOST_STATES = 32
FOREVER, NOTHING = np.int64(np.iinfo(np.int64).max), np.int64(-1)
LONGEST = 4
"""States of a cycle at most: a power of two, so that a place in the ring of the latest stays is a matter of bits."""
LAST = LONGEST - 1


def keys_of(size: int) -> int:
    """How many keys loops of so many states have."""
    return size + size**2 + size**2 + size**3 + size**4


def spelled(key: int, size: int) -> tuple[str, tuple[int, ...]]:
    """What a key means: `repeat`, `return`, `ping-pong` (a cycle of two) or `cycle`, and its states with the one it comes back to."""
    if key < size:
        return "repeat", (key, key)
    key -= size
    if key < size**2:
        return "return", divmod(key, size)
    key -= size**2
    length = 2
    while key >= size**length:
        key -= size**length
        length += 1
    states = tuple(key // size**at % size for at in range(length - 1, -1, -1))
    return "ping-pong" if length == 2 else "cycle", (*states, states[0])


def kinds_of(keys: Longs, size: int, state: int = -1) -> tuple[npt.NDArray[np.str_], npt.NDArray[np.bool_]]:
    """What each of many keys means (see `spelled`), and whether `state` is in it."""
    kinds, there = np.full(len(keys), "cycle", "U9"), keys == state
    kinds[keys < size] = "repeat"
    begin = size
    for length, kind in ((2, "return"), (2, "ping-pong"), *((length, "cycle") for length in range(3, LONGEST + 1))):
        mine = (keys >= begin) & (keys < begin + size**length)
        kinds[mine] = kind
        for at in range(length):
            there |= mine & ((keys - begin) // size**at % size == state)
        begin += size**length
    return kinds, there


@kernel
def _cycle(path: Longs, count: Any, s: Any, size: int) -> Any:
    """The key of the shortest cycle that coming to `s` closes, and its length; (−1, 0) for none. `path`: ring of the stays before."""
    for length in range(2, LONGEST + 1):
        if count < length or path[(count - length) & LAST] != s:
            continue
        if length == 4 and path[(count - 3) & LAST] == path[(count - 1) & LAST]:
            return np.int64(-1), 0
        turn = 0
        for k in range(1, length):
            if path[(count - length + k) & LAST] < path[(count - length + turn) & LAST]:
                turn = k
        key, base = np.int64(0), np.int64(size + size * size)
        power = np.int64(size)
        for k in range(length):
            key = key * size + path[(count - length + (turn + k) % length) & LAST]
            if k >= 2:
                power *= size
                base += power
        return base + key, length
    return np.int64(-1), 0


@kernel
def seen_in(
    first: int,
    last: int,
    unit: int,
    offsets: Longs,
    state: Shorts,
    begins: Bytes,
    chosen: Bytes,
    size: int,
    passes: Any,
) -> None:
    """Adds to `passes` (keys) in how many units of the chosen customers first…last−1 each loop occurs."""
    seen = np.full(len(passes), -1, np.int32)
    path = np.empty(LONGEST, np.int64)
    been = np.full(size, -1, np.int64)
    u = unit - 1
    for c in range(first, last):
        count, prev, going = np.int64(0), np.int64(NONE), False
        for i in range(offsets[c], offsets[c + 1]):
            if begins[i]:
                count, prev, going = np.int64(0), np.int64(NONE), True
                u += 1
            s = np.int64(state[i])
            if s >= size or not going or chosen[c] == 0:
                continue
            if s == prev:
                if seen[s] != u:
                    seen[s] = u
                    passes[s] += 1
                continue
            if been[s] == u:
                key = size + prev * size + s
                if seen[key] != u:
                    seen[key] = u
                    passes[key] += 1
                key, _ = _cycle(path, count, s, size)
                if key >= 0 and seen[key] != u:
                    seen[key] = u
                    passes[key] += 1
            been[s] = u
            path[count & LAST] = s
            count += 1
            prev = s


@kernel
def _close(u: int, visited: Any, need: Any, early: Any, with_it: Any, without: Any) -> None:
    """Counts a finished unit on one of two sides of every loop: with it (`early` is the unit), or with all its states but without it.

    Nothing is asked loop by loop, so that several are counted at a time.
    """
    for at in range(len(need)):
        here = early[at] == u
        with_it[at] += here
        without[at] += (visited & need[at] == need[at]) & ~here


@kernel
def told_of(
    first: int, last: int, unit: int, offsets: Longs, time: Longs, state: Shorts, begins: Bytes, status: Bytes, deal: Longs,
    chosen: Bytes, bucket: Bytes, size: int, place: npt.NDArray[np.int16], need: npt.NDArray[np.uint64], often: Any,
    passes: Any, whole: Any, sides: Any, keys: Any, lengths: Any,
) -> int:  # fmt: skip
    """All that is told of chosen loops; returns how many lengths are written. L loops.

    `place` (keys): which loop a key is, −1 none; `need` (L): bits of its states. Added to: `often` (2, L) occurrences (those of one cycle
    do not overlap) and customers; `passes` (256, L) units with it by bucket; `whole` (256) units by bucket; `sides` (256, 2, 2, L): units
    by no deal and deal, with the loop before the deal, and without it but with all its states. `keys`,
    `lengths`: of each occurrence, the loop and the time from the beginning of the stay that it comes back to.
    """
    path, moment = np.empty(LONGEST, np.int64), np.empty(LONGEST, np.int64)
    been, since = np.full(size, -1, np.int64), np.zeros(size, np.int64)
    marks, free = np.full((3, len(need)), -1, np.int64), np.zeros(len(need), np.int64)
    room, u = 0, unit - 1
    for c in range(first, last):
        b = bucket[c]
        count, prev, latest = np.int64(0), np.int64(NONE), np.int64(0)
        visited, ends, going = np.uint64(0), np.int64(0), False
        for i in range(offsets[c], offsets[c + 1] + 1):
            over = i == offsets[c + 1]
            if over or begins[i]:
                if count > 0:
                    whole[b] += 1
                    if status[u] != OPEN:
                        both = sides[b, np.int64(status[u] == DONE)]
                        _close(u, visited, need, marks[2], both[0], both[1])
                if over:
                    break
                count, prev, visited, going = np.int64(0), np.int64(NONE), np.uint64(0), True
                free[:] = 0
                u += 1
                ends = deal[u] if status[u] == DONE else FOREVER
            s, t = np.int64(state[i]), time[i]
            if s >= size or not going or chosen[c] == 0:
                continue
            one, other, length = NOTHING, NOTHING, t - latest
            if s == prev:
                one = np.int64(place[s])
            elif been[s] == u:
                one, length = np.int64(place[size + prev * size + s]), t - since[s]
                key, states = _cycle(path, count, s, size)
                if key >= 0 and place[key] >= 0 and count - states >= free[place[key]]:
                    other = np.int64(place[key])
                    free[other] = count
            for at in (one, other):
                if at < 0:
                    continue
                often[0, at] += 1
                passes[b, at] += marks[0, at] != u
                often[1, at] += marks[1, at] != c
                marks[0, at], marks[1, at], marks[2, at] = u, c, u if t < ends else marks[2, at]
                keys[room], lengths[room] = at, length
                room += 1
            latest = t
            if s == prev:
                continue
            been[s], since[s] = u, t
            if t < ends:
                visited |= np.uint64(1) << np.uint64(s)
            path[count & LAST], moment[count & LAST] = s, t
            count += 1
            prev = s
    return room


@dataclass
class NaiveLoop:
    """What is known of one loop: occurrences, units, customers, lengths; finished units with it before the deal, without it, with deal."""

    times: int = 0
    units: set[int] = field(default_factory=set)
    people: set[int] = field(default_factory=set)
    lengths: list[int] = field(default_factory=list)
    sides: dict[tuple[int, int], set[int]] = field(default_factory=dict)


def naive_loops(
    units: list[tuple[int, list[tuple[int, int]]]], status: Any, deal: Any
) -> dict[tuple[str, tuple[int, ...]], NaiveLoop]:
    """All loops in plain Python, by what they are. `units`: customers and their states with times, repeats told one by one."""
    out: dict[tuple[str, tuple[int, ...]], NaiveLoop] = {}
    early: dict[tuple[str, tuple[int, ...]], set[int]] = {}
    for u, (customer, events) in enumerate(units):
        ends = int(deal[u]) if status[u] == DONE else None
        free: dict[Any, int] = {}
        for name, begin, end, stay in _all_loops(events):
            if name[0] in ("ping-pong", "cycle"):
                if stay[0] < free.get(name, 0):
                    continue
                free[name] = stay[1]
            one = out.setdefault(name, NaiveLoop())
            one.times += 1
            one.units.add(u)
            one.people.add(customer)
            one.lengths.append(end - begin)
            if ends is None or end < ends:
                early.setdefault(name, set()).add(u)
    for name, one in out.items():
        for u, (_, events) in enumerate(units):
            if status[u] == OPEN:
                continue
            gone = int(status[u] == DONE)
            met = {s for s, t in events if not gone or t < int(deal[u])}
            if u in early.get(name, set()):
                one.sides.setdefault((0, gone), set()).add(u)
            elif set(name[1]) <= met:
                one.sides.setdefault((1, gone), set()).add(u)
    return out


def _all_loops(
    events: list[tuple[int, int]],
) -> Iterator[tuple[tuple[str, tuple[int, ...]], int, int, tuple[int, int]]]:
    """Every loop of one unit where it ends: what it is, its beginning and end (µs), and its first and last stay."""
    stays: list[tuple[int, int]] = []
    for (s, t), before in zip(events, [None, *events], strict=False):
        if before is not None and before[0] == s:
            yield ("repeat", (s, s)), before[1], t, (0, 0)
            continue
        names = [one for one, _ in stays]
        if s in names:
            back = len(names) - 1 - names[::-1].index(s)
            yield ("return", (names[-1], s)), stays[back][1], t, (0, 0)
            round_ = names[back:]
            if len(round_) <= LONGEST and len(set(round_)) == len(round_):
                turn = round_.index(min(round_))
                states = (*round_[turn:], *round_[:turn])
                kind = "ping-pong" if len(states) == 2 else "cycle"
                yield (kind, (*states, states[0])), stays[back][1], t, (back, len(stays))
        stays.append((s, t))
