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
def _plain(b: Any, count: Any, seen: Any, channel: Longs, sets: Any, worth: Any, credit: Any) -> None:
    """Shares one deal, `worth` whole parts, out by the rules that cost next to nothing: the first and the last of `count` touches, and
    where `sets`, equal parts to the channels of which `seen` has bits. So small that it becomes part of the loop around it."""
    credit[b, FIRST, channel[0]] += worth
    credit[b, LAST, channel[count - 1]] += worth
    if sets:
        different: Any = np.int64(0)
        for k in range(credit.shape[2]):
            different += seen >> k & 1
        part = np.int64(worth / different + 0.5)
        for k in range(credit.shape[2]):
            credit[b, SETS, k] += (seen >> k & 1) * part


@kernel
def _weighed(
    b: Any, count: Any, channel: Longs, when: Longs, weight: Any, half_life: float, rules: int, worth: Any, credit: Any
) -> None:  # fmt: skip
    """The same by the other `rules` that are wanted, which look at every touch. `weight`: room."""
    if rules >> DECAY & 1:
        total = 0.0
        for at in range(count):
            weight[at] = 0.5 ** ((when[count - 1] - when[at]) / half_life)
            total += weight[at]
        for at in range(count):
            credit[b, DECAY, channel[at]] += np.int64(weight[at] / total * worth + 0.5)
    if rules >> LINEAR & 1:
        part = np.int64(worth / count + 0.5)
        for at in range(count):
            credit[b, LINEAR, channel[at]] += part
    if rules >> POSITION & 1:
        for at in range(count):
            if count < 3:
                credit[b, POSITION, channel[at]] += worth // count
            else:
                share = ENDS if at == 0 or at == count - 1 else (1.0 - 2 * ENDS) / (count - 2)
                credit[b, POSITION, channel[at]] += np.int64(share * worth + 0.5)


@kernel
def _came(begin: Any, stop: Any, visit_stage: Bytes, visit_time: Longs, goal: int, end: Any) -> Any:
    """Whether one of a pass's visits begin…stop−1 is of the stage `goal`, and when it came there, or ended."""
    for v in range(begin, stop):
        if visit_stage[v] == goal:
            return np.int64(1), visit_time[v]
    return np.int64(0), end


@kernel
def attribute(
    first: int, last: int, offsets: Longs, time: Longs, channel: Bytes, width: int, number: Shorts, customer: Any, first_event: Longs,
    status: Bytes, end: Longs, deal: Longs, value: Longs, deal_event: Longs, visits_from: Longs, visit_stage: Bytes, visit_time: Longs,
    goal: int, chosen: Bytes, bucket: Bytes, half_life: float, rules: int, parts: int, credit: Any, money: Any, chain: Any, deals: Any,
    facts: Any, touch: Any, when: Any, weight: Any,
) -> None:  # fmt: skip
    """Adds up the passes first…last−1 of chosen customers: those that made a deal, or came to the stage `goal` (−1: the deal), and those
    that are over without.

    `deal_event`: the events that make deals. `channel`, `width`: codes (see `code_at`), `number` of each: 0 none, else number + 1;
    neighbouring touches of one channel are one, and count up to the deal. A deal is shared out in whole parts, so many `UNIT`s, to
    `credit` (bucket, rule, channel), and its value, each minor unit in so many `parts` (0: it is not), to `money` of the same shape.
    `rules`: bits of those wanted, `CHAIN` among them; the others cost nothing. `TOUCHED` counts passes in `UNIT`s.
    At most 62 channels. `chain` (bucket, (C + 1)^k, C + 2; k ≤ 3): steps from the last k touches, the newest in the last place to the
    base C + 1 (0: none yet), to a channel, to a deal (column C) or to leaving (C + 1). `deals` (bucket): deals with any touch. `facts[0]`:
    all deals. `touch`, `when`, `weight`: room for a pass's events, and one more.

    A loop over events does not ask whether one is a new touch: what is none is written where the next will be, and counted 0 times.
    """
    channels, base = credit.shape[2], np.int64(credit.shape[2] + 1)
    second, third = base if chain.shape[1] > base else 0, base * base if chain.shape[1] > base * base else 0
    bargain = np.int64(np.searchsorted(deal_event, first_event[first]) if first < last else 0)
    chained, timed, sets = rules >> CHAIN & 1, rules >> DECAY & 1, rules >> SETS & 1
    weighed = rules & (1 << DECAY | 1 << LINEAR | 1 << POSITION)
    for p in range(first, last):
        c = customer[p]
        won, until = np.int64(status[p] == DONE), deal[p] if status[p] == DONE else end[p]
        if goal >= 0:
            won, until = _came(visits_from[p], visits_from[p + 1], visit_stage, visit_time, goal, end[p])
        if chosen[c] == 0 or (won == 0 and status[p] == OPEN):
            continue  # nobody who is meant, or still under way
        facts[0] += won
        follows = p + 1 < len(customer) and customer[p + 1] == c
        stop = first_event[p + 1] if follows else offsets[np.int64(c) + 1]
        if won and goal < 0:  # no times need be read but those behind the deal
            while deal_event[bargain] < first_event[p]:
                bargain += 1
            most, stop = stop, deal_event[bargain] + 1
            while stop < most and time[stop] <= until:
                stop += 1
        while time[stop - 1] > until:
            stop -= 1
        b, count, seen = bucket[c], np.int64(0), np.int64(0)
        prev, before, earlier = np.int64(-1), np.int64(0), np.int64(0)
        for i in range(first_event[p], stop):
            k: Any = np.int64(number[code_at(channel, width, i)]) - 1
            new = np.int64((k >= 0) & (k != prev))
            touch[count] = k
            if timed:
                when[count] = time[i]
            count += new
            seen |= new << max(k, 0)
            if chained:
                chain[b, prev + 1 + second * before + third * earlier, max(k, 0)] += new
                earlier, before = (before, prev + 1) if new else (earlier, before)
            prev = k if new else prev
        if count == 0:
            continue
        if chained:
            chain[b, prev + 1 + second * before + third * earlier, channels + 1 - won] += 1
        for one in range(channels):
            credit[b, TOUCHED, one] += (seen >> one & 1) * UNIT
        if won:
            deals[b] += 1
            worth = max(value[p], 0) * parts
            _plain(b, count, seen, touch, sets, np.int64(UNIT), credit)
            if parts:
                _plain(b, count, seen, touch, sets, worth, money)
            if weighed:
                _weighed(b, count, touch, when, weight, half_life, rules, np.int64(UNIT), credit)
                if parts:
                    _weighed(b, count, touch, when, weight, half_life, rules, worth, money)


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
