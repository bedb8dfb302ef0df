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
from tropa.trail.kernels.lengths import bin_of
from tropa.trail.kernels.units import NONE, NOWHERE, is_new

Longs = npt.NDArray[np.int64]
Ints = npt.NDArray[np.int32]
Bytes = npt.NDArray[np.uint8]
Shorts = npt.NDArray[np.uint16]
AHEAD = -1
"""The place of a unit that has not met its anchor yet."""
NOTHING = 255
"""At a step that a unit does not come to."""


@kernel
def up(few: Bytes, many: Ints, at: Any, by: Any) -> None:
    """Adds 0 or 1 to a count that is kept in a byte, so that all counts stay in the fast caches; what a byte cannot hold goes to `many`."""
    new = np.int64(few[at]) + by
    few[at] = new
    if new == 256:
        many[at] += 256


@kernel
def transitions(
    begin: int, end: int, unit: int, stop: int, customer: Ints, state: Shorts, status: Bytes, closing: Shorts, time: Longs, bucket: Bytes,
    collapse: int, size: int, fine: int, few: Bytes, counts: Ints, few_lengths: Bytes, hist: Ints, people: Longs, keys: Any,
    lengths: Any,
) -> Any:  # fmt: skip
    """Counts steps from state to state among the events begin…end−1 of the units unit…stop−1; returns how many lengths were written.

    `state`: marked; `status` by unit, `closing` by status: the mark that a unit ends in. An edge has the number source · M + target, of
    M = K + 4 states (K is `size`) and marks. Added to: `few`, `counts` (256 · M²; see `up`) by bucket of customers and edge;
    `few_lengths`, `hist` ((K + 1) · M · bins) by edge and bin of its length (those from START on mean nothing); `people` (M²) customers
    by edge. `keys`
    (edge), `lengths`: of each step between two states. `collapse`: a stay is counted from its beginning.
    """
    nodes, spans = size + 4, (65 - fine) << fine
    edges = nodes * nodes
    seen = np.full(edges, -1, np.int32)
    last = np.empty(stop - unit, np.uint16)
    since = np.zeros(2, np.int64)  # when the stay before began, and perhaps this one
    room: Any = 0
    stays: Any = 0
    u: Any = unit - 1
    prev: Any = np.int64(size)
    for i in range(begin, end):
        word, t = np.int64(state[i]), time[i]
        s: Any = word & NOWHERE
        u += word >> 15
        c = customer[u]
        prev = size if word >> 15 else prev
        new = is_new(s, prev, collapse)
        edge, length = prev * nodes + min(s, size), max(t - since[(stays - 1) & 1], 0)
        up(few, counts, bucket[c] * edges + edge, new)
        up(few_lengths, hist, edge * spans + bin_of(length, fine), new)
        people[edge] += new & (seen[edge] != c)
        seen[edge] = c
        keys[room], lengths[room] = edge, length
        room += new & (prev != size)
        since[stays & 1] = t
        stays += new
        prev = prev if s == NOWHERE else s
        last[u - unit] = prev
    for u in range(unit, stop):
        edge, c = last[u - unit] * nodes + closing[status[u]], customer[u]
        new = last[u - unit] != size
        up(few, counts, bucket[c] * edges + edge, new)
        people[edge] += new & (seen[edge] != c)
        seen[edge] = c
    return room


@kernel
def steps(
    begin: int, end: int, unit: int, stop: int, customer: Ints, state: Shorts, status: Bytes, closing: Shorts, time: Longs, bucket: Bytes,
    collapse: int, anchor: int, before: int, size: int, width: int, fine: int, few: Bytes, counts: Ints, rows: Any,
    few_lengths: Bytes, hist: Ints, keys: Any, lengths: Any,
) -> Any:  # fmt: skip
    """Counts which state stands at which of `width` steps of the units unit…stop−1 in `few`, `counts` (256 · (K + 4) · width).

    The rest is as in `transitions`.

    `anchor` NONE: steps from the unit's beginning. Else units with that state, `before` steps before its first visit and the rest after;
    what lies before the unit's beginning is START. The mark that a unit ends in is counted once, at the step behind its last.
    `rows` (units, steps + 1; or none at all): written, the state or START at each step; what `NOTHING` stands at is left or made so.
    `fine` ≥ 0: also how far every state at its step is from the first one, or from the anchor (before it: until it), in `few_lengths`,
    `hist` ((K + 1) · steps · bins), `keys` (state · steps + step), `lengths`; returns how many of these are written.
    """
    cells, spans, beginning = (size + 4) * width, (65 - fine) << max(fine, 0), 0 if anchor == NONE else AHEAD
    ring, when = np.empty(before + 1, np.int64), np.empty(width + 1, np.int64)
    at = np.empty(stop - unit, np.int64)
    room: Any = 0
    u: Any = unit - 1
    pos: Any = AHEAD  # where the next stay stands
    count: Any = 0  # stays before the anchor
    prev: Any = np.int64(NOWHERE)
    for i in range(begin, end):
        word = np.int64(state[i])
        head: Any = word >> 15
        s: Any = word & NOWHERE
        u += head
        b = np.int64(bucket[customer[u]])
        prev, pos = NOWHERE if head else prev, beginning if head else pos
        new = is_new(s, prev, collapse)
        prev = prev if s == NOWHERE else s
        if pos == AHEAD:
            count = 0 if head else count
            if s != anchor:
                ring[count % len(ring)] = i
                count += new
                at[u - unit] = AHEAD
                continue
            for k in range(before):
                back = count - before + k
                node = np.int64(state[ring[back % len(ring)]]) & NOWHERE if back >= 0 else size
                up(few, counts, b * cells + node * width + k, k >= 0)
                if len(rows):
                    rows[u - unit, k] = node
                if (fine >= 0) & (back >= 0):
                    length = time[i] - time[ring[back % len(ring)]]
                    up(few_lengths, hist, (node * width + k) * spans + bin_of(length, fine), back >= 0)
                    keys[room], lengths[room] = node * width + k, length
                    room += 1
            pos = before
        if len(rows):
            rows[u - unit, pos] = s if new else NOTHING
        new = new & (pos < width)
        s, k = min(s, size), min(pos, width - 1)
        key = s * width + k
        up(few, counts, b * cells + key, new)
        if fine >= 0:
            when[pos] = time[i]
            length = max(time[i] - when[before], 0)
            up(few_lengths, hist, key * spans + bin_of(length, fine), new)
            keys[room], lengths[room] = key, length
            room += new
        pos += new
        at[u - unit] = pos
    for u in range(unit, stop):
        k = at[u - unit]
        new = (k > 0) & (k < width)
        up(few, counts, bucket[customer[u]] * cells + closing[status[u]] * width + min(max(k, 0), width - 1), new)
    return room


@kernel
def last_steps(
    begin: int, end: int, unit: int, stop: int, customer: Ints, state: Shorts, status: Bytes, wanted: int, until: Longs, time: Longs,
    bucket: Bytes, collapse: int, most: int, units: Any, digest: Any, took: Any, bases: Any,
) -> Any:  # fmt: skip
    """Of each of the units unit…stop−1 that end as `wanted` and have states: a digest of its last `most` (≤ 21) stays.

    `until` (units, from `unit` on): µs up to which events count; the rest as in `transitions`. Written, unit by unit: `units` its number,
    `digest`, `took` µs from the beginning of the first of these stays to that of the last. A longer path has another digest than one that
    begins there. Added to: `bases` (256) units by bucket of customers. Returns how many units there are, and of how many customers.
    """
    when = np.zeros(32, np.int64)
    shown = np.empty((3, stop - unit), np.int64)
    u: Any = unit - 1
    prev: Any = np.int64(NOWHERE)
    count: Any = np.int64(0)
    high: Any = np.int64(0)
    low: Any = np.int64(0)
    # six bits a stay: ten in one number, the rest in another
    low_bits = (np.int64(1) << 6 * min(most, 10)) - 1
    high_bits = (np.int64(1) << 6 * max(most - 10, 0)) - 1
    for i in range(begin, end):
        word, t = np.int64(state[i]), time[i]
        head = word >> 15
        u += head
        prev, count = NOWHERE if head else prev, 0 if head else count
        low, high = 0 if head else low, 0 if head else high
        s = word & NOWHERE
        counts = (s != NOWHERE) & (t <= until[u - unit])
        new = counts & is_new(s, prev, collapse)
        prev = s if counts else prev
        by = 6 * np.int64(new)
        high = (high << by | (low >> 54) * new) & high_bits
        low = (low << by | (s + 1) * new) & low_bits
        when[count & 31] = t
        count += new
        shown[0, u - unit], shown[1, u - unit] = low, high << 1 | (count > most)
        shown[2, u - unit] = when[(count - 1) & 31] - when[max(count - most, 0) & 31]
    room: Any = 0
    people: Any = 0
    latest: Any = -1
    for u in range(unit, stop):
        k, c = u - unit, customer[u]
        units[room], digest[room], took[room] = u, _mixed(shown[0, k], shown[1, k]), shown[2, k]
        mine = (status[u] == wanted) & (shown[0, k] != 0)
        bases[bucket[c]] += mine
        people += mine & (latest != c)
        latest = c if mine else latest
        room += mine
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
