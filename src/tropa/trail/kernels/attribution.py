"""The kernel that gives the channels of each pass their credit, by several rules at once."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.trail.kernels.jit import kernel

Longs = npt.NDArray[np.int64]
FIRST, LAST, LINEAR, DECAY, POSITION, SETS, TOUCHED = range(7)
"""Rows of the credits. `SETS`: equal parts to the different channels of a deal, which is the Shapley value (see `measures.channels`);
`TOUCHED`: passes that touched the channel, deal or not."""
RULES = 7
UNIT = 1_000_000_000
"""Credits are whole parts of a deal, so many of them, so that the order of adding cannot matter."""
ENDS = 0.4
"""Credit of the first and of the last touch by position; those between share the rest."""


@kernel
def _credit(
    u: int,
    begin: int,
    stop: int,
    time: Longs,
    until: int,
    channel: npt.NDArray[np.uint16],
    half_life: float,
    end: Any,
    count: int,
    different: int,
    worth: int,
    credit: Any,
    seen: Any,
) -> None:
    """Shares one deal, `worth` whole parts, out to its `count` touches, the last of them at `end`, of `different` channels."""
    weight = 0.0
    for turn in range(2):
        at = 0
        prev: Any = 0
        for i in range(begin, stop):
            k = np.int64(channel[i])
            if k == 0 or time[i] > until or k == prev:
                continue
            prev = k
            share = 0.5 ** ((end - time[i]) / half_life)
            if turn == 0:
                weight += share
                continue
            credit[DECAY, k - 1] += np.int64(share / weight * worth + 0.5)
            credit[LINEAR, k - 1] += np.int64(worth / count + 0.5)
            if at == 0:
                credit[FIRST, k - 1] += worth
            if at == count - 1:
                credit[LAST, k - 1] += worth
            if count < 3:
                credit[POSITION, k - 1] += worth // count
            else:
                ends = at == 0 or at == count - 1
                credit[POSITION, k - 1] += np.int64((ENDS if ends else (1.0 - 2 * ENDS) / (count - 2)) * worth + 0.5)
            if seen[k - 1] == u:
                seen[k - 1] = -2 - u
                credit[SETS, k - 1] += np.int64(worth / different + 0.5)
            at += 1


@kernel
def attribute(
    first: int,
    last: int,
    begin: Longs,
    stop: Longs,
    time: Longs,
    until: Longs,
    won: npt.NDArray[np.uint8],
    channel: npt.NDArray[np.uint16],
    bucket: npt.NDArray[np.uint8],
    half_life: float,
    worth: Longs,
    credit: Any,
    chain: Any,
    deals: Any,
) -> None:
    """Adds up the units first…last−1 (passes that made a deal, `won` 1, or left, 0; 2: not looked at).

    `channel` (events): 0 none, else number + 1; neighbouring touches of one channel are one. Touches count up to `until` (µs, by unit).
    `worth` (by unit): what is shared out of a deal, in whole parts, to `credit` (bucket, rule, channel); passes touched count in `UNIT`s.
    `chain` (bucket, (C + 1)^k, C + 2): steps from the last k touches, the newest in the last place to the base C + 1 (0: none yet), to a
    channel, to a deal (column C) or to leaving (C + 1). `deals` (bucket): deals with any touch.
    """
    channels, states = credit.shape[2], chain.shape[1]
    seen = np.full(channels, -1, np.int64)
    for u in range(first, last):
        if won[u] == 2:
            continue
        b = bucket[u]
        count, different, end = 0, 0, np.int64(0)
        prev: Any = 0
        state = 0
        for i in range(begin[u], stop[u]):
            k = np.int64(channel[i])
            if k == 0 or time[i] > until[u]:
                continue
            if k != prev:
                count += 1
                chain[b, state, k - 1] += 1
                state = (state * (channels + 1) + k) % states
                if seen[k - 1] != u:
                    seen[k - 1] = u
                    different += 1
                    credit[b, TOUCHED, k - 1] += UNIT
                prev = k
                end = time[i]
        if count == 0:
            continue
        chain[b, state, channels + 1 - won[u]] += 1
        if won[u] == 0:
            continue
        deals[b] += 1
        _credit(
            u, begin[u], stop[u], time, until[u], channel, half_life, end, count, different, worth[u], credit[b], seen
        )


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
