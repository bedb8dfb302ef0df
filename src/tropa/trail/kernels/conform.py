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


@kernel
def _count(found: Any, b: int, key: Any, side: int, closed: int, dealt: int, worth: Any) -> None:
    found[b, key, side, 0] += 1
    found[b, key, side, 1] += closed
    found[b, key, side, 2] += dealt
    found[b, key, side, 3] += worth


@kernel
def _meet(seen: Any, whose: Any, people: Any, key: Any, p: int, c: Any) -> bool:
    """Whether a pass shows a deviation for the first time; counts its customer once."""
    if seen[key] == p:
        return False
    seen[key] = p
    if whose[key] != c:
        whose[key] = c
        people[key] += 1
    return True


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
def _occasions(b: int, visited: Any, could: Any, back: Longs, closed: int, dealt: int, worth: Any, found: Any) -> None:
    """Counts a pass among those that could have skipped a stage, or gone back from one."""
    one = np.uint64(1)
    for m in range(len(back)):
        if could >> np.uint64(m) & one:
            _count(found, b, m, 1, closed, dealt, worth)
        if visited >> np.uint64(m) & one:
            for a in range(len(back)):
                if back[m, a] >= 0:
                    _count(found, b, back[m, a], 1, closed, dealt, worth)


@kernel
def conform(
    first: int, last: int, customer: Any, visits_from: Longs, visit_stage: Bytes, status: Bytes, value: Longs, chosen: Bytes,
    bucket: Bytes, before: Any, after: Any, observed: Any, back: Longs, found: Any, people: Any, fits: Any, whole: Any,
) -> None:  # fmt: skip
    """Adds up the passes first…last−1 of chosen customers.

    `before`, `after` uint64 (S): bits of the stages that lie before and after each; `observed` (uint64): bits of the observed ones;
    `back` (S, S): key of a way from a stage back to an earlier one, −1 where the map has it. Keys 0…S−1 are skipped stages. `found`
    (256, keys, 2, 4): by bucket, with the deviation and of those that could have had it: passes, finished ones, deals, their value.
    `people` (keys): customers with it; `fits` (256): passes that go wholly as the map says; `whole` (256, 4): all of them.
    """
    seen, whose = np.full(found.shape[1], -1, np.int64), np.full(found.shape[1], -1, np.int64)
    for p in range(first, last):
        c = customer[p]
        if chosen[c] == 0:
            continue
        b, worth = bucket[c], value[p]
        closed, dealt = (0 if status[p] == 0 else 1), (1 if status[p] == 2 else 0)
        whole[b, 0] += 1
        whole[b, 1] += closed
        whole[b, 2] += dealt
        whole[b, 3] += worth
        visited, could, astray = np.uint64(0), np.uint64(0), False
        prev: Any = -1
        for v in range(visits_from[p], visits_from[p + 1]):
            s = np.int64(visit_stage[v])
            between = _between(visited, before[s], before, after) & observed
            could |= between
            for m in range(len(before)):
                if (between & ~visited) >> np.uint64(m) & np.uint64(1):
                    astray = True
                    if _meet(seen, whose, people, m, p, c):
                        _count(found, b, m, 0, closed, dealt, worth)
            if prev >= 0 and back[prev, s] >= 0:
                astray = True
                if _meet(seen, whose, people, back[prev, s], p, c):
                    _count(found, b, back[prev, s], 0, closed, dealt, worth)
            visited |= np.uint64(1) << np.uint64(s)
            prev = s
        _occasions(b, visited, could, back, closed, dealt, worth, found)
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
                if key >= 0 and _meet(seen, whose, people, key, p, c):
                    _count(found, bucket[c], key, 0, closed, dealt, value[p])


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
