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
from tropa.trail.kernels.lengths import bin_of
from tropa.trail.kernels.passes import DONE, OPEN
from tropa.trail.kernels.units import NOWHERE, ROOM, met, stays

Longs = npt.NDArray[np.int64]
Ints = npt.NDArray[np.int32]
Bytes = npt.NDArray[np.uint8]
Shorts = npt.NDArray[np.uint16]
MOST_STATES = 32
FOREVER = np.int64(np.iinfo(np.int64).max)
LONGEST = 4
"""States of a cycle at most."""
NO_STAYS, PLACE = 0xFFFFFFFF, 40
"""Four stays that there are not, a byte each; the first bit above five stays."""
THERE = 1 << 62
"""A bit beyond those of states."""


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
def ways_back(
    end: Any, node: Any, moment: Any, size: int, carry: Any, since: Any, again: Any, back: Any, length: Any, stay: Any
) -> Any:
    """Finds, among events in states (places 1…end−1 as `stays` writes them, each told), repeats of a state and returns; how many of each.

    Written, one after the other: `again`, the places of repeats; of returns `back`, the four stays before (the earliest first) and the
    state, a byte each, and from bit `PLACE` on the place; `length`, the time from the beginning of the stay that it returns to; `stay`, how
    many stays lie before. From call to call: `carry` (the latest stays, how many there were, the unit's states as bits; first as in
    `_room_of`) and `since` (size + 1), when the latest stay in a state began; the last event is put at place 0.
    """
    ring, count, seen = carry[0], carry[1], carry[2]
    here, there = np.uint64(0), np.uint64(0)
    for j in range(np.uint64(1), np.uint64(end)):
        s, head, t = np.int64(node[j]) & NOWHERE, np.int64(node[j]) >> 15, moment[j]
        same = np.int64(s == np.int64(node[j - np.uint64(1)]) & NOWHERE) & (1 - head)
        ring, seen = NO_STAYS if head else ring, 0 if head else seen
        # what is not wanted is overwritten by the next one; & and not `and`: nothing is to be guessed
        again[here] = j
        back[there], length[there], stay[there] = np.int64(j) << PLACE | ring << 8 | s, t - since[np.uint64(s)], count
        here += np.uint64(same)
        there += np.uint64((1 - same) & (seen >> s))
        since[np.uint64(size if same else s)] = t
        seen |= 1 << s
        ring = ring if same else (ring << 8 | s) & NO_STAYS
        count += 1 - same
    carry[0], carry[1], carry[2] = ring, count, seen
    return here, there


@kernel
def _room_of(size: int) -> Any:
    """What `ways_back` works in: `carry`, `since`, and room for what it finds; and what `stays` works in, before any event."""
    node, moment, whose = np.empty(ROOM + 1, np.uint16), np.zeros(ROOM + 1, np.int64), np.empty(ROOM + 1, np.int32)
    node[0] = NOWHERE
    found = (
        np.empty(ROOM + 1, np.int64),
        np.empty(ROOM + 1, np.int64),
        np.empty(ROOM + 1, np.int64),
        np.empty(ROOM + 1, np.int64),
    )
    return (np.array([NO_STAYS, 0, 0]), np.zeros(size + 1, np.int64), *found), (
        np.array([NOWHERE, -1]),
        node,
        moment,
        whose,
    )


@kernel
def _return(what: Any, size: int) -> Any:
    """The key of a return (see `ways_back`)."""
    return size + (what >> 8 & 255) * size + (what & 255)


@kernel
def cycles(count: Any, back: Any, size: int, which: Any, key: Any, states: Any) -> Any:
    """Finds, among `count` returns (see `ways_back`), those that close a cycle; how many.

    Written: `which` of the returns, `key` of the shortest cycle, `states`, how many different ones it has.
    """
    room = np.uint64(0)
    base = size + size * size
    for j in range(np.uint64(0), np.uint64(count)):
        path = back[j]
        s, a, b, c, d = path & 255, path >> 8 & 255, path >> 16 & 255, path >> 24 & 255, path >> 32 & 255
        two, three, four = np.int64(b == s), np.int64(c == s) & np.int64(b != s), np.int64(d == s) & np.int64(c != a)
        four &= np.int64(b != s) & np.int64(c != s)
        which[room], states[room] = j, 2 * two + 3 * three + 4 * four
        room += np.uint64(two | three | four)
    for j in range(room):
        path = back[np.uint64(which[j])]
        s, a, b, c = path & 255, path >> 8 & 255, path >> 16 & 255, path >> 24 & 255
        # of all turns of different states that with the smallest first is the smallest number
        pair = base + min(s * size + a, a * size + s)
        three_, turned = (s * size + b) * size + a, (b * size + a) * size + s
        triple = base + size**2 + min(three_, min(turned, (a * size + s) * size + b))
        four_, other = ((s * size + c) * size + b) * size + a, ((c * size + b) * size + a) * size + s
        last = min((turned * size) + c, ((a * size + s) * size + c) * size + b)
        quad = base + size**2 + size**3 + min(min(four_, other), last)
        key[j] = pair if states[j] == 2 else triple if states[j] == 3 else quad
    return room


@kernel
def seen_in(unit: int, state: Shorts, time: Longs, size: int, seen: Any) -> None:
    """Adds to `seen` (keys) the units in which each loop occurs (see `met`).

    `state`, `time`: of events, from the first of the unit `unit` on.
    """
    (carry, since, again, back, length, stay), (before, node, moment, whose) = _room_of(size)
    which, key, states = np.empty(ROOM + 1, np.int64), np.empty(ROOM + 1, np.int64), np.empty(ROOM + 1, np.int64)
    for at in range(0, len(state), ROOM):
        end = stays(at, min(at + ROOM, len(state)), state, time, 0, before, node, moment, whose)
        here, there = ways_back(end, node, moment, size, carry, since, again, back, length, stay)
        for j in range(here):
            s = np.uint64(np.int64(node[np.uint64(again[j])]) & NOWHERE)
            seen[s] = met(seen[s], unit + np.int64(whose[np.uint64(again[j])]))
        for j in range(there):
            what = back[j]
            u = unit + np.int64(whose[np.uint64(what >> PLACE)])
            one = np.uint64(_return(what, size))
            seen[one] = met(seen[one], u)
        for j in range(cycles(there, back, size, which, key, states)):
            one, what = np.uint64(key[j]), back[np.uint64(which[j])]
            seen[one] = met(seen[one], unit + np.int64(whose[np.uint64(what >> PLACE)]))
        node[0], moment[0] = node[end - np.uint64(1)], moment[end - np.uint64(1)]


@kernel
def _side(begin: int, end: int, early: Any, visited: Any, need: Longs, with_it: Any, without: Any) -> None:
    """Counts a finished unit on one of two sides of the loops begin…end−1: with it (`early`: bits), or with all its states without it.

    Nothing is asked loop by loop, so that several are counted at a time.
    """
    for at in range(begin, end):
        here = early >> (at & 63) & 1
        with_it[at] += here
        without[at] += (visited & need[at] == need[at]) & (here == 0)


@kernel
def _visit(end: Any, node: Any, moment: Any, whose: Any, ends: Any, visited: Any) -> None:
    """Adds to `visited`, by unit, the states that it is in before it ends (bits), and `THERE` for any. Places 1…end−1 as in `ways_back`."""
    u: Any = np.int64(whose[1]) if end > 1 else 0
    seen: Any = visited[u] if end > 1 else 0
    for j in range(np.uint64(1), np.uint64(end)):
        u = np.uint64(whose[j])
        seen = 0 if node[j] >> 15 else seen
        seen |= THERE | np.int64(moment[j] < ends[u]) << (np.int64(node[j]) & NOWHERE)
        visited[u] = seen


@kernel
def told_of(
    state: Shorts, time: Longs, customer: Ints, status: Bytes, deal: Longs, bucket: Bytes, size: int, fine: int,
    place: npt.NDArray[np.int16], need: Longs, people: Any, passes: Any, whole: Any, sides: Any, hist: Any, keys: Any, lengths: Any,
) -> Any:  # fmt: skip
    """All that is told of chosen loops among events (as in `seen_in`); returns how many lengths are written. L loops, at most 128.

    `customer`, `status`, `deal` by unit. `place` (keys): which loop a key is, −1 none; `need` (L): bits of its states. Added to: `people`
    (L) customers; `passes` (256, L) units with it by bucket; `whole` (256) units by bucket; `sides` (256, 2, 2, L): units by no deal and
    deal, with the loop before the deal, and without it but with all its states; `hist` (L, bins): occurrences (those of one cycle do not
    overlap) by the time from the beginning of the stay that they come back to. `keys`, `lengths` (twice as many as events): of each
    occurrence, the loop and that time.
    """
    units, many, ends = len(customer), len(need), np.empty(len(customer), np.int64)
    for k in range(units):
        ends[k] = deal[k] if status[k] == DONE else FOREVER
    (carry, since, again, back, length, stay), (before, node, moment, whose) = _room_of(size)
    which, key, states = np.empty(ROOM + 1, np.int64), np.empty(ROOM + 1, np.int64), np.empty(ROOM + 1, np.int64)
    loop, spot, turns = np.empty(3 * ROOM, np.int64), np.empty(3 * ROOM, np.int64), np.empty(3 * ROOM, np.int64)
    free, last, latest = np.zeros(many, np.int64), np.full(many, -1, np.int64), np.full(many, -1, np.int64)
    visited, early, written = np.zeros(units, np.int64), np.zeros((2, units), np.int64), np.uint64(0)
    for at in range(0, len(state), ROOM):
        end = stays(at, min(at + ROOM, len(state)), state, time, 0, before, node, moment, whose)
        _visit(end, node, moment, whose, ends, visited)
        here, there = ways_back(end, node, moment, size, carry, since, again, back, length, stay)
        room = np.uint64(0)
        for j in range(here):
            loop[room], spot[room], turns[room] = place[np.uint64(np.int64(node[np.uint64(again[j])]) & NOWHERE)], j, -1
            room += np.uint64(loop[room] >= 0)
        for j in range(there):
            loop[room], spot[room], turns[room] = place[np.uint64(_return(back[j], size))], j, 0
            room += np.uint64(loop[room] >= 0)
        for j in range(cycles(there, back, size, which, key, states)):
            loop[room], spot[room], turns[room] = place[np.uint64(key[j])], which[j], states[j]
            room += np.uint64(loop[room] >= 0)
        for k in range(room):
            one, found, count = np.uint64(loop[k]), np.uint64(spot[k]), turns[k]
            if count > 0:
                if stay[found] - count < free[one]:
                    continue
                free[one] = stay[found]
            i = np.uint64(again[found] if count < 0 else back[found] >> PLACE)
            took = moment[i] - moment[i - np.uint64(1)] if count < 0 else length[found]
            u = np.uint64(whose[i])
            c = np.uint64(customer[u])
            people[one] += latest[one] != c
            passes[np.uint64(bucket[c]), one] += last[one] != u
            last[one], latest[one] = u, c
            early[one >> np.uint64(6), u] |= np.int64(moment[i] < ends[u]) << (loop[k] & 63)
            hist[one, np.uint64(bin_of(took, fine))] += 1
            keys[written], lengths[written] = loop[k], took
            written += np.uint64(1)
        node[0], moment[0] = node[end - np.uint64(1)], moment[end - np.uint64(1)]
    for k in range(units):
        b = bucket[customer[k]]
        whole[b] += visited[k] != 0
        if visited[k] != 0 and status[k] != OPEN:
            both = sides[b, np.int64(status[k] == DONE)]
            _side(0, min(many, 64), early[0, k], visited[k], need, both[0], both[1])
            _side(64, many, early[1, k], visited[k], need, both[0], both[1])
    return written


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
