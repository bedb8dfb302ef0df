"""The kernel that holds passes against the map: stages skipped, ways back that the map does not have, events that it does not know."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.trail.kernels.jit import kernel
from tropa.trail.kernels.standing import code_at

Longs = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]
PASSES, CLOSED, DEALS, VALUE = 0, 1, 2, 3
NO_STAGE = 255
KNOWN = 64
"""By stage, so many answers are kept; `MIX` spreads them."""
MIX: Any = np.uint64(0x9E3779B97F4A7C15)
NOTHING: Any = np.uint64(0xFFFFFFFFFFFFFFFF)


@kernel
def _meet(b: Any, key: Any, c: Any, closed: int, dealt: int, worth: Any, found: Any, whose: Any, people: Any) -> None:
    """Counts a pass with a deviation, and its customer once."""
    found[b, key, 0] += 1
    found[b, key, 1] += closed
    found[b, key, 2] += dealt
    found[b, key, 3] += worth
    if whose[key] != c:
        whose[key] = c
        people[key] += 1


@kernel
def _between(visited: Any, earlier: Any, before: Any, after: Any) -> Any:
    """Bits of the stages that lie after one of the visited ones and before the present one, whose `earlier` stages are given.

    A stage beside a visited one, on a branch of its own, is no part of this way.
    """
    out, way, one = np.uint64(0), earlier, np.uint64(1)
    for a in range(len(after)):
        bit = one << np.uint64(a)
        if visited & earlier & bit:
            out |= after[a]
            way &= before[a] | after[a] | bit
    return out & way


@kernel
def conform(
    first: int, last: int, customer: Any, visits_from: Longs, visit_stage: Bytes, status: Bytes, value: Longs, chosen: Bytes,
    bucket: Bytes, before: Any, after: Any, observed: Any, back: Longs, found: Any, occasions: Any, people: Any, fits: Any, whole: Any,
) -> None:  # fmt: skip
    """Adds up the passes first…last−1 of chosen customers.

    `before`, `after` uint64 (S): bits of the stages that lie before and after each; `observed` (uint64): bits of the observed ones;
    `back` (S, S): key of a way from a stage back to an earlier one, −1 where the map has it. Keys 0…S−1 are skipped stages. Of passes are
    counted, by bucket: all, finished ones, deals, their value. `found` (256, keys, 4): those with the deviation; `occasions`
    (256, 2, S, 4): those that could have skipped the stage, that were at it; `whole` (256, 4): all. `people` (keys): customers with the
    deviation; `fits` (256): passes that go wholly as the map says.
    """
    size, one = len(before), np.uint64(1)
    whose = np.full(found.shape[1], -1, np.int64)
    # what lies between is mostly known already: by stage, and a hash of what was visited
    told_for, told = np.full(size * KNOWN, NOTHING, np.uint64), np.zeros(size * KNOWN, np.uint64)
    went = np.zeros(size + 1, np.uint64)  # by stage, bits of those that came right after it; last: the beginning
    ways = np.zeros(size, np.uint64)
    for m in range(size):
        for a in range(size):
            ways[m] |= np.uint64(back[m, a] >= 0) << np.uint64(a)
    for p in range(first, last):
        c = customer[p]
        if chosen[c] == 0:
            continue
        b, worth = bucket[c], value[p]
        closed, dealt = int(status[p] != 0), int(status[p] == 2)
        whole[b, 0] += 1
        whole[b, 1] += closed
        whole[b, 2] += dealt
        whole[b, 3] += worth
        visited, could, skipped = np.uint64(0), np.uint64(0), np.uint64(0)
        prev: Any = size
        for v in range(visits_from[p], visits_from[p + 1]):
            s = np.int64(visit_stage[v])
            slot = s * KNOWN + np.int64(visited * MIX >> np.uint64(58))
            if told_for[slot] != visited:
                told_for[slot] = visited
                told[slot] = _between(visited, before[s], before, after) & observed
            could |= told[slot]
            skipped |= told[slot] & ~visited
            went[prev] |= one << np.uint64(s)
            visited |= one << np.uint64(s)
            prev = s
        astray = skipped != 0
        for m in range(size):
            bit = np.uint64(m)
            if skipped >> bit & one:
                _meet(b, m, c, closed, dealt, worth, found, whose, people)
            for side in range(2):
                there = np.int64((visited if side else could) >> bit & one)
                occasions[b, side, m, 0] += there
                occasions[b, side, m, 1] += there * closed
                occasions[b, side, m, 2] += there * dealt
                occasions[b, side, m, 3] += there * worth
            strays = went[m] & ways[m]
            went[m] = 0
            astray |= strays != 0
            a = 0
            while strays:
                if strays & one:
                    _meet(b, back[m, a], c, closed, dealt, worth, found, whose, people)
                strays >>= one
                a += 1
        if not astray:
            fits[b] += 1


@kernel
def count_strange(
    first: int, last: int, customer: Any, first_event: Longs, stop: Longs, stage: Bytes, flags: Bytes, used: int, event: Bytes,
    width: int, chosen: Bytes, out: Any,
) -> None:  # fmt: skip
    """Adds up the events in the passes first…last−1 of chosen customers: by name those that the map does not know, last the others.

    `stop` (last − first): where the events of each pass end; flags of `used`: the map knows the event though it is in no stage.
    """
    for p in range(first, last):
        if chosen[customer[p]] == 0:
            continue
        for i in range(first_event[p], stop[p - first]):
            if stage[i] != NO_STAGE:
                out[-1] += 1
            elif flags[i] & used == 0:
                out[code_at(event, width, i)] += 1


@kernel
def meet_strange(
    first: int, last: int, customer: Any, first_event: Longs, stop: Longs, stage: Bytes, flags: Bytes, used: int, event: Bytes,
    width: int, status: Bytes, value: Longs, chosen: Bytes, bucket: Bytes, unknown: Longs, found: Any, people: Any,
) -> None:  # fmt: skip
    """Adds to `found`, `people` (see `conform`) passes with events that the map does not know; `unknown` (names): their keys, or −1."""
    seen, whose = np.full(found.shape[1], -1, np.int64), np.full(found.shape[1], -1, np.int64)
    for p in range(first, last):
        c = customer[p]
        if chosen[c] == 0:
            continue
        closed, dealt = (0 if status[p] == 0 else 1), (1 if status[p] == 2 else 0)
        for i in range(first_event[p], stop[p - first]):
            if stage[i] == NO_STAGE and flags[i] & used == 0:
                key = unknown[code_at(event, width, i)]
                if key >= 0 and seen[key] != p:
                    seen[key] = p
                    _meet(bucket[c], key, c, closed, dealt, value[p], found, whose, people)


def naive_conform(
    visits: list[int], later: set[tuple[int, int]], observed: set[int], loops: set[tuple[int, int]]
) -> tuple[set[int], set[int], set[tuple[int, int]]]:
    """One pass in plain Python. `visits`: stages in order; `later`: pairs (a, b) where b lies after a; `loops`: ways back (from, to).

    The result: stages skipped, stages that could have been, and ways back that the map does not have.
    """
    skipped, could = set(), set()
    for at, stage in enumerate(visits):
        seen = set(visits[:at])
        for middle in observed:
            way = [a for a in seen if (a, stage) in later]
            beside = any(a != middle and (a, middle) not in later and (middle, a) not in later for a in way)
            if (middle, stage) in later and not beside and any((a, middle) in later for a in way):
                could.add(middle)
                if middle not in seen:
                    skipped.add(middle)
    back = {(b, a) for b, a in pairwise(visits) if (a, b) in later and (b, a) not in loops}
    return skipped, could, back
