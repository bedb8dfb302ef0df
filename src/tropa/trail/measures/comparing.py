"""Waits of customers in groups, compared: Kaplan–Meier shares with intervals, quartiles, log-rank tests of each group against the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tropa.stats.contrast import false_discovery
from tropa.stats.intervals import wilson_of
from tropa.stats.logrank import Ends, ends_of, log_rank_of, spreads_of
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
    chances: list[float | None] = []
    found: list[tuple[str, int, int, Longs, Ends]] = []
    for name, who in groups:
        inside = np.zeros(len(waits), np.bool_)
        inside[place[who]] = True
        mine = ended[inside]
        count = int(mine.sum())
        found.append((name, len(who), count, waits[inside], ends_of(waits[inside], mine)))
        test = log_rank_of(every, spreads, ended, inside) if min(count, ends - count) >= LEAST_ENDED else None
        chances.append(None if test is None else test.chance)
    tested = [at for at, chance in enumerate(chances) if chance is not None]
    for at, adjusted in zip(tested, false_discovery(np.array([chances[at] or 0.0 for at in tested])), strict=True):
        chances[at] = float(adjusted)
    return tuple(Group(*one, chance) for one, chance in zip(found, chances, strict=True))


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
