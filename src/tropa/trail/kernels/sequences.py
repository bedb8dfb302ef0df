"""Kernels that walk along states of customers or passes: transitions, steps from a beginning or around a state, last steps of a path.

A *unit* is a pass. `begins[i]` is 1 where one begins with event i; what comes before a customer's first one belongs to none.
States are numbered 0…K−1, `NONE` is no state. After them come four marks: START = K, LEFT = K + 1, DONE = K + 2, OPEN = K + 3.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.trail.kernels.entries import naive_bucket_of
from tropa.trail.kernels.jit import kernel
from tropa.trail.kernels.lengths import bin_of

Longs = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]
Shorts = npt.NDArray[np.uint16]
NONE = 65_535
MARKS = 4


@kernel
def _step(counts: Any, people: Any, seen: Any, b: int, source: Any, target: Any, c: int) -> None:
    """Counts one step of a customer."""
    counts[b, source, target] += 1
    people[source, target] += seen[source, target] != c
    seen[source, target] = c


@kernel
def transitions(
    first: int,
    last: int,
    unit: int,
    offsets: Longs,
    time: Longs,
    state: Shorts,
    begins: Bytes,
    closing: Shorts,
    chosen: Bytes,
    bucket: Bytes,
    collapse: int,
    fine: int,
    counts: Any,
    people: Any,
    hist: Any,
    keys: Any,
    lengths: Any,
) -> int:
    """Counts steps from state to state within the units of the chosen customers first…last−1; returns how many lengths were written.

    `unit`: number of the first unit that begins at or after the first event; `closing` (units): mark that a unit ends in. `counts` (256,
    K + 4, K + 4) by bucket of customers, `people` (K + 4, K + 4), `hist` (K · K, bins) are added to; `keys`, `lengths`: one for each step
    between two states. `collapse`: neighbouring events in one state are one stay, counted from its beginning.
    """
    nodes = counts.shape[1]
    size = nodes - 4
    seen = np.full((nodes, nodes), -1, np.int64)
    room = 0
    u = unit - 1
    for c in range(first, last):
        b = bucket[c]
        prev = np.int64(NONE)
        since = np.int64(0)
        going = False
        for i in range(offsets[c], offsets[c + 1]):
            if begins[i]:
                if prev != NONE:
                    _step(counts, people, seen, b, prev, np.int64(closing[u]), c)
                prev = np.int64(NONE)
                going = True
                u += 1
            s = np.int64(state[i])
            if s == NONE or not going or chosen[c] == 0 or (collapse and s == prev):
                continue
            source = size if prev == NONE else np.int64(prev)
            _step(counts, people, seen, b, source, s, c)
            if prev != NONE:
                key = source * size + s
                length = time[i] - since
                hist[key, bin_of(length, fine)] += 1
                keys[room] = key
                lengths[room] = length
                room += 1
            prev = s
            since = time[i]
        if prev != NONE:
            _step(counts, people, seen, b, prev, np.int64(closing[u]), c)
    return room


@kernel
def steps(
    first: int,
    last: int,
    unit: int,
    offsets: Longs,
    state: Shorts,
    begins: Bytes,
    closing: Shorts,
    chosen: Bytes,
    bucket: Bytes,
    collapse: int,
    anchor: int,
    before: int,
    counts: Any,
) -> None:
    """Counts which state stands at which step of the units of the chosen customers first…last−1 into `counts` (256, K + 4, steps).

    `anchor` NONE: steps from the unit's beginning. Else units with that state, `before` steps before its first visit and the rest after;
    what lies before the unit's beginning is START, what lies after its end is the mark it ends in.
    """
    size, width = counts.shape[1] - 4, counts.shape[2]
    ring = np.empty(max(before, 1), np.int64)
    u = unit - 1
    for c in range(first, last):
        b = bucket[c]
        pos, count = -1, 0  # where the next state stands; states seen before the anchor
        prev = NONE
        going = False
        for i in range(offsets[c], offsets[c + 1] + 1):
            ends = i == offsets[c + 1]
            if ends or begins[i]:
                if pos > 0:
                    for k in range(pos, width):
                        counts[b, closing[u], k] += 1
                pos, count, prev = 0 if anchor == NONE else -1, 0, NONE
                if ends:
                    break
                going = True
                u += 1
            s = state[i]
            if s == NONE or not going or chosen[c] == 0 or (collapse and s == prev):
                continue
            prev = s
            if pos < 0:
                if s != anchor:
                    ring[count % len(ring)] = s
                    count += 1
                    continue
                for k in range(before):
                    back = count - before + k
                    counts[b, ring[back % len(ring)] if back >= 0 else size, k] += 1
                pos = before
            if pos < width:
                counts[b, s, pos] += 1
                pos += 1
    return


@kernel
def last_steps(
    first: int,
    last: int,
    begin: Longs,
    stop: Longs,
    state: Shorts,
    time: Longs,
    until: Longs,
    chosen: Bytes,
    customer: Any,
    collapse: int,
    most: int,
    digest: Any,
    took: Any,
) -> None:
    """For each of the units first…last−1: a digest of its last `most` states up to `until`, and how long they took (−1: no states).

    `begin`, `stop` (units): its events; `until` (units): µs up to which states count. A longer path has another digest than one that
    begins there.
    """
    ring = np.empty(most, np.int64)
    when = np.empty(most, np.int64)
    for u in range(first, last):
        took[u] = -1
        if chosen[customer[u]] == 0:
            continue
        count = 0
        prev = NONE
        for i in range(begin[u], stop[u]):
            s = state[i]
            if s == NONE or time[i] > until[u] or (collapse and s == prev):
                continue
            prev = s
            ring[count % most] = s
            when[count % most] = time[i]
            count += 1
        if count == 0:
            continue
        h = np.uint64(1469598103934665603) if count <= most else np.uint64(88172645463325252)
        for k in range(max(count - most, 0), count):
            h = (h ^ np.uint64(ring[k % most] + 1)) * np.uint64(1099511628211)
            h = h ^ (h >> np.uint64(29))
        digest[u] = h
        took[u] = when[(count - 1) % most] - when[max(count - most, 0) % most]


Sequence = list[tuple[int, int]]
"""States of one unit with their times."""


def naive_units(offsets: Any, time: Any, state: Any, begins: Any, collapse: bool) -> list[tuple[int, Sequence]]:
    """All units in order, in plain Python: (customer, its states with times)."""
    out: list[tuple[int, Sequence]] = []
    for c in range(len(offsets) - 1):
        for i in range(int(offsets[c]), int(offsets[c + 1])):
            if begins[i]:
                out.append((c, []))
            if state[i] == NONE or not out or out[-1][0] != c:
                continue
            mine = out[-1][1]
            if not (collapse and mine and mine[-1][0] == state[i]):
                mine.append((int(state[i]), int(time[i])))
    return out


def naive_transitions(
    units: list[tuple[int, Sequence]], closing: Any, size: int
) -> dict[tuple[int, int], dict[str, Any]]:
    """The same steps in plain Python: by pair of states or marks, how often, by whom, and the lengths of time."""
    out: dict[tuple[int, int], dict[str, Any]] = {}

    def add(a: int, b: int, customer: int, length: int | None) -> None:
        one = out.setdefault((a, b), {"times": 0, "people": set(), "lengths": [], "buckets": set()})
        one["times"] += 1
        one["people"].add(customer)
        one["buckets"].add(naive_bucket_of(customer))
        if length is not None:
            one["lengths"].append(length)

    for number, (customer, mine) in enumerate(units):
        for at, (s, t) in enumerate(mine):
            if at == 0:
                add(size, s, customer, None)
            else:
                add(mine[at - 1][0], s, customer, t - mine[at - 1][1])
        if mine:
            add(mine[-1][0], int(closing[number]), customer, None)
    return out


def naive_steps(
    units: list[tuple[int, Sequence]], closing: Any, size: int, width: int, anchor: int | None, before: int
) -> dict[tuple[int, int], int]:
    """The same steps in plain Python: by state or mark and step, how many units."""
    out: dict[tuple[int, int], int] = {}
    for number, (_, mine) in enumerate(units):
        names = [s for s, _ in mine]
        if not names or (anchor is not None and anchor not in names):
            continue
        start = 0 if anchor is None else names.index(anchor) - before
        for k in range(width):
            at = start + k
            s = size if at < 0 else names[at] if at < len(names) else int(closing[number])
            out[s, k] = out.get((s, k), 0) + 1
    return out
