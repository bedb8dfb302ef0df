"""Rounds over waits for the next purchase: the horizon of repeats, and all waits of the chosen customers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.stats.survival import kaplan_meier
from tropa.trail.loops import Waits, deals_until, find_waits, horizon_of
from tropa.trail.measures.asked import Asked
from tropa.trail.prepare import Prepared
from tropa.trail.rounds import Round, itself, joined
from tropa.trail.tape import Longs

Found = tuple[Longs, npt.NDArray[np.bool_], npt.NDArray[np.uint8]]
"""Of every purchase: the wait (µs), whether another one came, the customer's bucket: ten bytes a purchase."""


def waits_in(part: Asked, first: int, last: int) -> Found:
    """The waits after the purchases that are counted, of those of the customers first…last−1 who are chosen."""
    return _found(part.ready, part.customers, first, last)


def _everybodys(part: Asked, first: int, last: int) -> Found:
    return _found(part.ready.whole, part.ready.everybody, first, last)


def _found(ready: Prepared, chosen: npt.NDArray[np.uint8], first: int, last: int) -> Found:
    waits = find_waits(ready, chosen, first, last)
    return waits.wait, waits.came, ready.buckets[waits.customer]


def with_horizon(frame: Asked, then: Callable[[int | None], Any]) -> Any:
    """The horizon in force for everybody (`loops.common_horizon`; None: nobody bought), and `then` what is asked with it."""
    ready = frame.ready.whole
    if ready.limits.horizon is not None:
        return then(ready.limits.horizon)

    def found(all_: Found) -> Any:
        wait, came, _ = all_
        if not len(wait):
            return then(None)
        nobody = np.zeros(0, np.int64)
        return then(horizon_of(ready, Waits(nobody, nobody, wait, came, deals_until(ready)), kaplan_meier(wait, came)))

    return Round(itself, _everybodys, joined, found)
