"""Waits of customers in groups, compared: Kaplan–Meier shares with intervals, quartiles, log-rank tests of each group against the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tropa.stats.contrast import false_discovery
from tropa.stats.intervals import wilson_of
from tropa.stats.logrank import greenwood, log_rank
from tropa.stats.survival import Curve, kaplan_meier
from tropa.trail.tape import Longs

Bools = npt.NDArray[np.bool_]
LEAST_ENDED = 5
"""A group is tested where so many of its waits have ended, and so many of the others'."""


@dataclass(frozen=True, slots=True)
class Group:
    """Waits of one group: its curve, how many, and the adjusted chance of the log-rank test against all others (None: not tested)."""

    name: str
    waits: Longs
    ended: Bools
    curve: Curve
    chance: float | None


def compared(waits: Longs, ended: Bools, groups: Sequence[tuple[str, Longs]]) -> tuple[Group, ...]:
    """Groups with their curves. Each but everybody is held against all customers outside it; chances by Benjamini and Hochberg together."""
    chances: list[float | None] = []
    for _, who in groups:
        inside = np.zeros(len(waits), np.bool_)
        inside[who] = True
        enough = min(int(ended[inside].sum()), int(ended[~inside].sum())) >= LEAST_ENDED
        test = log_rank(waits, ended, inside) if enough else None
        chances.append(None if test is None else test.chance)
    tested = [at for at, chance in enumerate(chances) if chance is not None]
    for at, adjusted in zip(tested, false_discovery(np.array([chances[at] or 0.0 for at in tested])), strict=True):
        chances[at] = float(adjusted)
    return tuple(
        Group(name, waits[who], ended[who], kaplan_meier(waits[who], ended[who]), chance)
        for (name, who), chance in zip(groups, chances, strict=True)
    )


def share_by(group: Group, time: int) -> tuple[float, float | None, float | None]:
    """The Kaplan–Meier share by `time`, with Wilson's interval for as many trials as carry independent news (Greenwood's variance)."""
    came = group.curve.at(time)
    if not 0 < came < 1:
        return came, None, None
    error = greenwood(group.waits, group.ended, time)
    if not error > 0:
        return came, None, None
    low, high = wilson_of(came, came * (1 - came) / error**2)
    return came, min(low, came), max(high, came)


def quartiles_by(group: Group, time: int) -> tuple[int | None, int | None, int | None]:
    """Of those who come by `time`, when a quarter, half and three quarters have come."""
    came = group.curve.at(time)
    if not came:
        return None, None, None
    low, middle, high = (group.curve.when(share * came) for share in (0.25, 0.5, 0.75))
    return low, middle, high
