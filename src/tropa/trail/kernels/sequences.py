"""Kernels that walk along the states of units: transitions, steps from a beginning or around a state, last steps of a path.

Units, stays, states, marks and marked states are those of `units`. A loop over events does not ask what an event is: what counts for
nothing is counted 0 times, and written where the next one will be (docs/adr/0023).
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.trail.kernels.entries import naive_bucket_of
from tropa.trail.kernels.jit import kernel
from tropa.trail.kernels.lengths import bin_of, gather
from tropa.trail.kernels.units import NONE, NOWHERE, ROOM, met, stays

Longs = npt.NDArray[np.int64]
Ints = npt.NDArray[np.int32]
Bytes = npt.NDArray[np.uint8]
Shorts = npt.NDArray[np.uint16]
AHEAD = -1
"""The place of a unit that has not met its anchor yet."""
NOTHING = 255
"""At a step that a unit does not come to."""


@kernel
def up(few: Bytes, many: Ints, at: Any) -> None:
    """Adds 1 to a count that is kept in a byte, so that all counts stay in the fast caches; what a byte cannot hold goes to `many`."""
    new = np.int64(few[at]) + 1
    few[at] = new
    if new == 256:
        many[at] += 256


@kernel
def edges_to(end: Any, size: int, node: Any, moment: Any, edge: Any, length: Any) -> None:
    """By stay (places 1…end−1 as `stays` writes them, that before them at 0): the step that leads to it, and the time since the one before.

    A step has the number source · M + target, of M = K + 4 states (K is `size`) and marks; what begins a unit comes from START, and its
    time means nothing. The last stay is put at place 0, for the next call.
    """
    for j in range(np.uint64(1), np.uint64(end)):
        k = j - np.uint64(1)
        source = np.int64(size) if node[j] >> 15 else np.int64(node[k]) & NOWHERE
        edge[j] = source * (size + 4) + (np.int64(node[j]) & NOWHERE)
        length[j] = max(moment[j] - moment[k], 0)
    node[0], moment[0] = node[end - np.uint64(1)], moment[end - np.uint64(1)]


@kernel
def transitions(
    state: Shorts, time: Longs, customer: Ints, status: Bytes, closing: Shorts, bucket: Bytes, collapse: int, size: int, fine: int,
    few: Bytes, counts: Ints, few_lengths: Bytes, hist: Ints, seen: Any,
) -> None:  # fmt: skip
    """Counts steps from state to state.

    `state` (marked), `time`: of events, from a unit's first on; `customer`, `status` by unit, `closing` by status: the mark that a unit
    ends in. Steps as in `edges_to`. Added to: `few`, `counts` (256 · M²; see `up`) by bucket of customers and step; `few_lengths`, `hist`
    ((K + 1) · M · bins; not where `fine` < 0) by step and bin of its length (those from START on mean nothing); `seen` (M²): customers by
    step (see `met`). `collapse`: a stay is counted from its beginning.
    """
    nodes, bins = size + 4, (65 - fine) << max(fine, 0)
    node, moment, whose = np.empty(ROOM + 1, np.uint16), np.empty(ROOM + 1, np.int64), np.empty(ROOM + 1, np.int32)
    edge, length, spot = np.empty(ROOM + 1, np.uint16), np.empty(ROOM + 1, np.int64), np.empty(ROOM + 1, np.int64)
    node[0], moment[0] = NOWHERE, 0
    carry = np.array([NOWHERE, -1])
    last = np.full(len(customer), NOWHERE, np.uint16)
    for at in range(0, len(state), ROOM):
        end = stays(at, min(at + ROOM, len(state)), state, time, collapse, carry, node, moment, whose)
        edges_to(end, size, node, moment, edge, length)
        if fine >= 0:
            for j in range(np.uint64(1), end):
                spot[j] = np.int64(edge[j]) * bins + bin_of(length[j], fine)
            for j in range(np.uint64(1), end):
                up(few_lengths, hist, np.uint64(spot[j]))
        for j in range(np.uint64(1), end):
            u, e = np.uint64(whose[j]), np.uint64(edge[j])
            c = customer[u]
            up(few, counts, np.uint64(bucket[np.uint64(c)]) * np.uint64(nodes * nodes) + e)
            seen[e] = met(seen[e], c)
            last[u] = np.int64(node[j]) & NOWHERE
    for k in range(len(customer)):
        if last[k] != NOWHERE:
            final = last[k] * nodes + closing[status[k]]
            up(few, counts, np.uint64(bucket[customer[k]] * nodes * nodes + final))
            seen[final] = met(seen[final], customer[k])


@kernel
def near_steps(
    state: Shorts, time: Longs, collapse: int, size: int, low: Longs, wide: Any, kept: Any, long: Any
) -> Any:
    """The lengths of the steps between states that lie in one of three spans of their step (see `gather`); returns how many."""
    node, moment, whose = np.empty(ROOM + 1, np.uint16), np.empty(ROOM + 1, np.int64), np.empty(ROOM + 1, np.int32)
    edge, length = np.empty(ROOM + 1, np.uint16), np.empty(ROOM + 1, np.int64)
    node[0], moment[0] = NOWHERE, 0
    carry, room = np.array([NOWHERE, -1]), np.uint64(0)
    for at in range(0, len(state), ROOM):
        end = stays(at, min(at + ROOM, len(state)), state, time, collapse, carry, node, moment, whose)
        edges_to(end, size, node, moment, edge, length)
        room = gather(np.uint64(1), end, edge, length, room, low, wide, kept, long)
    return room


@kernel
def from_first(
    end: Any, node: Any, moment: Any, whose: Any, width: int, carry: Any, key: Any, length: Any, unit: Any
) -> Any:
    """Says which stays (places 1…end−1 as `stays` writes them) are among the first `width` of their units; returns how many.

    Written, one after the other: `key`, state · width + place; `length`, µs since the first stay; `unit`. `carry` (2): how many stays
    there are before in the unit, and when the first began; from call to call.
    """
    pos, zero, room = carry[0], carry[1], np.uint64(0)
    for j in range(np.uint64(1), np.uint64(end)):
        word, t = np.int64(node[j]), moment[j]
        pos, zero = 0 if word >> 15 else pos, t if word >> 15 else zero
        # what stands beyond the last place is overwritten by the next one
        key[room], length[room], unit[room] = (word & NOWHERE) * width + min(pos, width - 1), t - zero, whose[j]
        room += np.uint64(pos < width)
        pos += 1
    carry[0], carry[1] = pos, zero
    return room


@kernel
def from_anchor(
    end: Any, node: Any, moment: Any, whose: Any, anchor: int, before: int, size: int, width: int, carry: Any, ring: Any, key: Any,
    length: Any, unit: Any,
) -> Any:  # fmt: skip
    """As `from_first`, for units with the state `anchor`: `before` stays (or START) before its first, and that and those behind it.

    `length`: µs from or to the anchor. `carry` (3): where the next stay stands (`AHEAD`: before the anchor), how many stays there were
    before it, and when the anchor began; `ring` (2, before + 1): the stays before.
    """
    pos, count, zero, room = carry[0], carry[1], carry[2], np.uint64(0)
    for j in range(np.uint64(1), np.uint64(end)):
        s, t = np.int64(node[j]) & NOWHERE, moment[j]
        if node[j] >> 15:
            pos, count = AHEAD, 0
        if pos == AHEAD:
            if s != anchor:
                ring[0, count % ring.shape[1]], ring[1, count % ring.shape[1]] = s, t
                count += 1
                continue
            for k in range(before):
                back = count - before + k
                there, when = (ring[0, back % ring.shape[1]], ring[1, back % ring.shape[1]]) if back >= 0 else (size, t)
                key[room], length[room], unit[room] = there * width + k, t - when, whose[j]
                room += np.uint64(1)
            pos, zero = before, t
        key[room], length[room], unit[room] = s * width + min(pos, width - 1), t - zero, whose[j]
        room += np.uint64(pos < width)
        pos += 1
    carry[0], carry[1], carry[2] = pos, count, zero
    return room


@kernel
def placed(
    begin: int, state: Shorts, time: Longs, collapse: int, anchor: int, before: int, size: int, width: int, carry: Any, ring: Any,
    key: Any, length: Any, unit: Any,
) -> Any:  # fmt: skip
    """`from_first`, or `from_anchor` where there is one (else `NONE`), of `ROOM` events from `begin` on."""
    node, moment, whose = np.empty(ROOM + 1, np.uint16), np.empty(ROOM + 1, np.int64), np.empty(ROOM + 1, np.int32)
    end = stays(begin, min(begin + ROOM, len(state)), state, time, collapse, carry[:2], node, moment, whose)
    if anchor == NONE:
        return from_first(end, node, moment, whose, width, carry[2:], key, length, unit)
    return from_anchor(end, node, moment, whose, anchor, before, size, width, carry[2:], ring, key, length, unit)


@kernel
def steps(
    state: Shorts, time: Longs, customer: Ints, status: Bytes, closing: Shorts, bucket: Bytes, collapse: int, anchor: int, before: int,
    size: int, width: int, fine: int, few: Bytes, counts: Ints, rows: Any, few_lengths: Bytes, hist: Ints,
) -> None:  # fmt: skip
    """Counts which state stands at which of `width` steps of units in `few`, `counts` (256 · (K + 4) · width; see `up`).

    The rest is as in `transitions`. `anchor` NONE: steps from the unit's beginning. Else units with that state, `before` steps before its
    first visit and the rest after; what lies before the unit's beginning is START. The mark that a unit ends in is counted once, at the
    step behind its last. `rows` (units, steps; or none at all): written, the state or START at each step; what `NOTHING` stands at is
    left so. `fine` ≥ 0: also how far every state at its step is from the first one, or from the anchor (before it: until it), in
    `few_lengths`, `hist` ((K + 1) · steps · bins; those of START mean nothing).
    """
    cells, bins = (size + 4) * width, (65 - fine) << max(fine, 0)
    more = (before + 1) * ROOM + 1
    key, length, unit = np.empty(more, np.uint16), np.empty(more, np.int64), np.empty(more, np.int32)
    carry, ring = np.array([NOWHERE, -1, 0, 0, 0]), np.empty((2, before + 1), np.int64)
    last = np.full(len(customer), -1, np.int32)
    for at in range(0, len(state), ROOM):
        count = placed(at, state, time, collapse, anchor, before, size, width, carry, ring, key, length, unit)
        for j in range(count):
            u = np.uint64(unit[j])
            up(few, counts, np.uint64(bucket[np.uint64(customer[u])]) * np.uint64(cells) + np.uint64(key[j]))
            last[u] = key[j]
        if fine >= 0:
            for j in range(count):
                up(few_lengths, hist, np.uint64(np.int64(key[j]) * bins + bin_of(length[j], fine)))
        if len(rows):
            for j in range(count):
                rows[unit[j], key[j] % width] = key[j] // width
    for whom in range(len(customer)):
        k = last[whom] % width + 1
        if last[whom] >= 0 and k < width:
            up(few, counts, np.uint64(bucket[customer[whom]] * cells + closing[status[whom]] * width + k))


@kernel
def near_places(
    state: Shorts, time: Longs, collapse: int, anchor: int, before: int, size: int, width: int, low: Longs, wide: Any, kept: Any, long: Any
) -> Any:  # fmt: skip
    """The lengths of `steps` that lie in one of three spans of their state and step (see `gather`); returns how many."""
    more = (before + 1) * ROOM + 1
    key, length, unit = np.empty(more, np.uint16), np.empty(more, np.int64), np.empty(more, np.int32)
    carry, ring, room = np.array([NOWHERE, -1, 0, 0, 0]), np.empty((2, before + 1), np.int64), np.uint64(0)
    for at in range(0, len(state), ROOM):
        count = placed(at, state, time, collapse, anchor, before, size, width, carry, ring, key, length, unit)
        room = gather(np.uint64(0), count, key, length, room, low, wide, kept, long)
    return room


@kernel
def last_steps(
    unit: int, stop: int, begin: Longs, offsets: Longs, base: int, customer: Ints, chosen: Bytes, status: Bytes, wanted: int, until: Longs,
    state: Shorts, time: Longs, bucket: Bytes, collapse: int, most: int, units: Any, digest: Any, took: Any, bases: Any,
) -> Any:  # fmt: skip
    """Of each of the units unit…stop−1 of chosen customers that end as `wanted` and have states: a digest of its last `most` (≤ 20) stays.

    By unit: `begin` (its first event), `customer`, `status`, `until` (µs up to which events count); `state` (unmarked, `NONE` for none),
    `time` (events from `base` on). Written, unit by unit: `units` its number, `digest`, `took` µs from the beginning of the first of these
    stays to that of the last. A longer path has another digest than one that begins there. Added to: `bases` (256) units by bucket of
    customers. Returns how many units there are, and of how many customers.
    """
    every = np.int64(collapse == 0)
    room, people, latest = 0, 0, -1
    for u in range(unit, stop):
        c = customer[u]
        if status[u] != wanted or chosen[c] == 0:
            continue
        end = begin[u + 1] if u + 1 < len(begin) and customer[u + 1] == c else offsets[c + 1]
        low, high, count = np.int64(0), np.int64(0), 0
        after, first, final = np.int64(NONE), np.int64(0), np.int64(0)
        # from the end on, so that no more is looked at than is told; six bits a stay: ten in one number, the rest in another
        for i in range(end - base - 1, begin[u] - base - 1, -1):
            s, t = np.int64(state[i]), time[i]
            if s == NONE or t > until[u]:
                continue
            count += (s != after) | every
            if count > most:
                break
            by = 6 * (count - 1)
            here = np.int64(count <= 10)
            low |= here * (s + 1) << min(by, 54)
            high |= (1 - here) * (s + 1) << max(by - 60, 0)
            after, first, final = s, t, t if count == 1 else final
        if count == 0:
            continue
        units[room], digest[room], took[room] = u, _mixed(low, high << 1 | (count > most)), final - first
        bases[bucket[c]] += 1
        people += latest != c
        latest = c
        room += 1
    return room, people


@kernel
def _mixed(low: Any, high: Any) -> Any:
    """One number of two, so that different pairs have different ones but by the rarest chance (splitmix64)."""
    x = np.uint64(low) + np.uint64(high) * np.uint64(0x9E3779B97F4A7C15)
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))


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


def naive_step_times(
    units: list[tuple[int, Sequence]], width: int, anchor: int | None, before: int
) -> dict[tuple[int, int], list[int]]:
    """The same in plain Python: by state and step, all lengths."""
    out: dict[tuple[int, int], list[int]] = {}
    for _, mine in units:
        names = [s for s, _ in mine]
        if not names or (anchor is not None and anchor not in names):
            continue
        zero = 0 if anchor is None else names.index(anchor)
        for at, (s, t) in enumerate(mine):
            k = at if anchor is None else at - zero + before
            if 0 <= k < width:
                out.setdefault((s, k), []).append(abs(t - mine[zero][1]))
    return out
