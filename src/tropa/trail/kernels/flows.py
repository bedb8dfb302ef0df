"""Kernels of steps: from which state at one step to which at the next, and how long it is from the beginning to each."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.trail.kernels.jit import kernel
from tropa.trail.kernels.sequences import NONE, Sequence

Longs = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]
Shorts = npt.NDArray[np.uint16]


@kernel
def flows(
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
    slot: Bytes,
    counts: Any,
) -> None:
    """Counts steps of the units of the chosen customers first…last−1 into `counts` (256, steps − 1, M, M) by bucket.

    Steps as in `sequences.steps`; `slot` (K + 4, steps): which of the M places of a step stands for a state or mark there. A unit that
    begins after the first step comes from START once; one that ends goes into the mark it ends in once, and nowhere from there.
    """
    size, width = slot.shape[0] - 4, slot.shape[1]
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
                if 0 < pos < width:
                    counts[b, pos - 1, slot[prev, pos - 1], slot[closing[u], pos]] += 1
                pos, count, prev = 0 if anchor == NONE else -1, 0, NONE
                if ends:
                    break
                going = True
                u += 1
            s = state[i]
            if s == NONE or not going or chosen[c] == 0 or (collapse and s == prev):
                continue
            came = np.int64(prev)
            prev = s
            if pos < 0:
                if s != anchor:
                    ring[count % len(ring)] = s
                    count += 1
                    continue
                came = size
                for k in range(before):
                    back = count - before + k
                    node = ring[back % len(ring)] if back >= 0 else size
                    if k > 0 and node != size:
                        counts[b, k - 1, slot[came, k - 1], slot[node, k]] += 1
                    came = node
                pos = before
            if pos < width:
                if pos > 0:
                    counts[b, pos - 1, slot[came, pos - 1], slot[s, pos]] += 1
                pos += 1
    return


def naive_flows(
    units: list[tuple[int, Sequence]], closing: Any, size: int, width: int, anchor: int | None, before: int
) -> dict[tuple[int, int, int], int]:
    """The same in plain Python: by step (from 0), state or mark there, and the one at the next step."""
    out: dict[tuple[int, int, int], int] = {}
    for number, (_, mine) in enumerate(units):
        names = [s for s, _ in mine]
        if not names or (anchor is not None and anchor not in names):
            continue
        start = 0 if anchor is None else names.index(anchor) - before
        row = [size] * max(0, -start) + names[max(0, start) :] + [int(closing[number])]
        for k, (a, b) in enumerate(pairwise(row[:width])):
            if b != size:
                out[k, a, b] = out.get((k, a, b), 0) + 1
    return out


@kernel
def step_times(
    first: int, last: int, offsets: Longs, time: Longs, state: Shorts, begins: Bytes, chosen: Bytes, collapse: int, anchor: int,
    before: int, width: int, keys: Any, lengths: Any,
) -> int:  # fmt: skip
    """How far every state at its step (as `sequences.steps`) is from the first one, or from the anchor; returns how many are written.

    `keys`: state · width + step; `lengths`: µs, of steps before the anchor those until it. Both have room for every event.
    """
    ring, moment = np.empty(max(before, 1), np.int64), np.empty(max(before, 1), np.int64)
    room = 0
    for c in range(first, last):
        if chosen[c] == 0:
            continue
        pos, count, prev, zero = -1, 0, NONE, np.int64(0)
        going = False
        for i in range(offsets[c], offsets[c + 1]):
            if begins[i]:
                pos, count, prev, going = 0 if anchor == NONE else -1, 0, NONE, True
            s = state[i]
            if s == NONE or not going or (collapse and s == prev):
                continue
            prev = s
            if pos < 0:
                if s != anchor:
                    ring[count % len(ring)], moment[count % len(ring)] = s, time[i]
                    count += 1
                    continue
                for back in range(max(count - before, 0), count):
                    keys[room] = ring[back % len(ring)] * width + before - count + back
                    lengths[room] = time[i] - moment[back % len(ring)]
                    room += 1
                pos = before
            if pos < width:
                if pos == (0 if anchor == NONE else before):
                    zero = time[i]
                keys[room] = s * width + pos
                lengths[room] = time[i] - zero
                room += 1
                pos += 1
    return room


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
