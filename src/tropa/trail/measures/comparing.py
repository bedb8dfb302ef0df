"""Waits of customers in groups, compared: Kaplan–Meier shares with intervals, quartiles, log-rank tests of each group against the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from tropa.stats.contrast import false_discovery
from tropa.stats.intervals import wilson_of
from tropa.stats.logrank import Ends, ends_of, log_rank_of, spreads_of
from tropa.trail.slices import over
from tropa.trail.tape import Longs

Bools = npt.NDArray[np.bool_]
LEAST_ENDED = 5
"""A group is tested where so many of its waits have ended, and so many of the others'."""


@dataclass(frozen=True, slots=True)
class Group:
    """Waits of one group: how many, how many of them ended, when (`ends`, from which the curve is), and the adjusted chance of the log-rank
    test against all others (None: not tested)."""

    name: str
    size: int
    ended: int
    waits: Longs
    """In rising order."""
    ends: Ends
    chance: float | None


def compared(waits: Longs, ended: Bools, groups: Sequence[tuple[str, Longs]]) -> tuple[Group, ...]:
    """Groups with their curves. Each but everybody is held against all customers outside it; chances by Benjamini and Hochberg together."""
    order = np.argsort(waits)  # equal waits count the same in whatever order
    waits, ended = waits[order], ended[order]
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    every, ends = ends_of(waits, ended), int(ended.sum())
    spreads = spreads_of(every)

    def one(at: int, _: int) -> Group:
        name, who = groups[at]
        if len(who) == len(waits):  # everybody: there is nobody to be held against
            return Group(name, len(who), ends, waits, every, None)
        inside = np.zeros(len(waits), np.bool_)
        inside[place[who]] = True
        mine = ended[inside]
        count, own = int(np.count_nonzero(mine)), waits[inside]
        test = log_rank_of(every, spreads, ended, inside) if min(count, ends - count) >= LEAST_ENDED else None
        return Group(name, len(who), count, own, ends_of(own, mine), None if test is None else test.chance)

    told = over([(at, at + 1) for at in range(len(groups))], one)
    tested = [at for at, group in enumerate(told) if group.chance is not None]
    adjusted = false_discovery(np.array([told[at].chance or 0.0 for at in tested]))
    for at, chance in zip(tested, adjusted.tolist(), strict=True):
        told[at] = replace(told[at], chance=chance)
    return tuple(told)


def share_by(group: Group, time: int) -> tuple[float, float | None, float | None]:
    """The Kaplan–Meier share by `time`, with Wilson's interval for as many trials as carry independent news (Greenwood's variance)."""
    came, variance = group.ends.at(time)
    if not 0 < came < 1 or not variance > 0:
        return came, None, None
    low, high = wilson_of(came, came * (1 - came) / variance)
    return came, min(low, came), max(high, came)


def quartiles_by(group: Group, time: int) -> tuple[int | None, int | None, int | None]:
    """Of those who come by `time`, when a quarter, half and three quarters have come."""
    came = group.ends.at(time)[0]
    if not came:
        return None, None, None
    low, middle, high = (group.ends.when(share * came) for share in (0.25, 0.5, 0.75))
    return low, middle, high
