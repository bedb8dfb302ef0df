"""The kernel that gives the channels of each pass their credit, by several rules at once."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.trail.kernels.jit import kernel
from tropa.trail.kernels.passes import DONE, OPEN
from tropa.trail.kernels.standing import code_at

Longs = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]
Shorts = npt.NDArray[np.uint16]
FIRST, LAST, LINEAR, DECAY, POSITION, SETS, TOUCHED = range(7)
"""Rows of the credits. `SETS`: equal parts to the different channels of a deal, which is the Shapley value (see `measures.channels`);
`TOUCHED`: passes that touched the channel, deal or not."""
RULES = 7
CHAIN = RULES
"""The bit of the rule that has no row of credits."""
UNIT = 1_000_000_000
"""Credits are whole parts of a deal, so many of them, so that the order of adding cannot matter."""
ENDS = 0.4
"""Credit of the first and of the last touch by position; those between share the rest."""


@kernel
def _credit(
    count: Any, different: Any, channel: Longs, when: Longs, weight: Any, half_life: float, rules: int, worth: Any, credit: Any, seen: Any
) -> None:  # fmt: skip
    """Shares one deal, `worth` whole parts, out to its `count` touches of `different` channels. `weight`: room; `seen` (C): 1 for the
    channels touched."""
    credit[FIRST, channel[0]] += worth
    credit[LAST, channel[count - 1]] += worth
    total = 0.0
    if rules >> DECAY & 1:
        for at in range(count):
            weight[at] = 0.5 ** ((when[count - 1] - when[at]) / half_life)
            total += weight[at]
    for at in range(count):
        k = channel[at]
        if rules >> DECAY & 1:
            credit[DECAY, k] += np.int64(weight[at] / total * worth + 0.5)
        credit[LINEAR, k] += np.int64(worth / count + 0.5)
        if count < 3:
            credit[POSITION, k] += worth // count
        else:
            ends = at == 0 or at == count - 1
            credit[POSITION, k] += np.int64((ENDS if ends else (1.0 - 2 * ENDS) / (count - 2)) * worth + 0.5)
    for k in range(len(seen)):
        if seen[k]:
            credit[SETS, k] += np.int64(worth / different + 0.5)


@kernel
def attribute(
    first: int, last: int, offsets: Longs, time: Longs, channel: Bytes, width: int, number: Shorts, customer: Any, first_event: Longs,
    status: Bytes, end: Longs, deal: Longs, value: Longs, visits_from: Longs, visit_stage: Bytes, visit_time: Longs, goal: int,
    chosen: Bytes, bucket: Bytes, half_life: float, rules: int, parts: int, credit: Any, money: Any, chain: Any, deals: Any, facts: Any,
) -> None:  # fmt: skip
    """Adds up the passes first…last−1 of chosen customers: those that made a deal, or came to the stage `goal` (−1: the deal), and those
    that are over without.

    `channel`, `width`: codes (see `code_at`), `number` of each: 0 none, else number + 1; neighbouring touches of one channel are one, and
    count up to the deal. A deal is shared out in whole parts, so many `UNIT`s, to `credit` (bucket, rule, channel), and its value, each
    minor unit in so many `parts` (0: it is not), to `money` of the same shape. `rules`: bits of those wanted, `CHAIN` among them: decay and
    chain are looked at only where they are, the others cost nothing. `TOUCHED` counts passes in `UNIT`s.
    `chain` (bucket, (C + 1)^k, C + 2): steps from the last k touches, the newest in the last place to the base C + 1 (0: none yet), to a
    channel, to a deal (column C) or to leaving (C + 1). `deals` (bucket): deals with any touch. `facts[0]`: all deals.
    """
    channels, states, longest = credit.shape[2], chain.shape[1], 0
    for p in range(first, last):
        longest = max(longest, offsets[np.int64(customer[p]) + 1] - first_event[p])
    touch, when, weight = np.empty(longest, np.int64), np.empty(longest, np.int64), np.empty(longest, np.float64)
    seen = np.zeros(channels, np.uint8)
    for p in range(first, last):
        c = customer[p]
        if chosen[c] == 0:
            continue
        won, until = int(status[p] == DONE), end[p]
        if goal >= 0:
            won = 0
            for v in range(visits_from[p], visits_from[p + 1]):
                if visit_stage[v] == goal:
                    won, until = 1, visit_time[v]
                    break
        elif won:
            until = deal[p]
        if won == 0 and status[p] == OPEN:
            continue  # still under way
        follows = p + 1 < len(customer) and customer[p + 1] == c
        stop = first_event[p + 1] if follows else offsets[np.int64(c) + 1]
        facts[0] += won
        b, count = bucket[c], np.int64(0)
        prev, state = np.int64(-1), np.int64(0)
        for i in range(first_event[p], stop):
            if time[i] > until:
                break
            k = np.int64(number[code_at(channel, width, i)]) - 1
            if k < 0 or k == prev:
                continue
            touch[count], when[count] = k, time[i]
            count += 1
            prev = k
            if rules >> CHAIN & 1:
                chain[b, state, k] += 1
                state = (state * (channels + 1) + k + 1) % states
        if count == 0:
            continue
        if rules >> CHAIN & 1:
            chain[b, state, channels + 1 - won] += 1
        seen[:] = 0
        for at in range(count):
            seen[touch[at]] = 1
        different: Any = np.int64(0)
        for one in range(channels):
            different += seen[one]
            credit[b, TOUCHED, one] += seen[one] * UNIT
        if won:
            deals[b] += 1
            _credit(count, different, touch, when, weight, half_life, rules, np.int64(UNIT), credit[b], seen)
            if parts:
                worth = max(value[p], 0) * parts
                _credit(count, different, touch, when, weight, half_life, rules, worth, money[b], seen)


def naive_attribute(
    paths: list[tuple[list[tuple[int, int]], bool]], channels: int, half_life: float, order: int = 1
) -> tuple[list[list[float]], dict[tuple[tuple[int, ...], int], int], int]:
    """The same in plain Python. `paths`: touches (channel from 0, µs) in order, neighbouring ones of a channel once, and whether it won.

    Of the chain: from the last `order` touches to a channel, to a deal (C) or to leaving (C + 1).
    """
    credit = [[0.0] * channels for _ in range(RULES)]
    chain: dict[tuple[tuple[int, ...], int], int] = {}
    deals = 0
    for touches, won in paths:
        if not touches:
            continue
        names = [k for k, _ in touches]
        for at, b in enumerate([*names, channels if won else channels + 1]):
            state = tuple(names[max(at - order, 0) : at])
            chain[state, b] = chain.get((state, b), 0) + 1
        for k in set(names):
            credit[TOUCHED][k] += 1
        if not won:
            continue
        deals += 1
        n = len(names)
        weights = [0.5 ** ((touches[-1][1] - t) / half_life) for _, t in touches]
        for at, k in enumerate(names):
            credit[LINEAR][k] += 1 / n
            credit[DECAY][k] += weights[at] / sum(weights)
            credit[POSITION][k] += 1 / n if n < 3 else ENDS if at in (0, n - 1) else (1 - 2 * ENDS) / (n - 2)
        credit[FIRST][names[0]] += 1
        credit[LAST][names[-1]] += 1
        for k in set(names):
            credit[SETS][k] += 1 / len(set(names))
    return credit, chain, deals
