"""Rounds over waits for the next purchase: the horizon of repeats, and all waits of the chosen customers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.stats.survival import kaplan_meier
from tropa.trail.loops import Waits, deals_until, find_waits, horizon_of
from tropa.trail.measures.asked import Asked
from tropa.trail.rounds import Round, joined
from tropa.trail.tape import Longs

Found = tuple[Longs, npt.NDArray[np.bool_], npt.NDArray[np.uint8]]
"""Of every purchase: the wait (µs), whether another one came, the customer's bucket: ten bytes a purchase."""


@dataclass(frozen=True, slots=True)
class PartWaits:
    """A part's waits. A view of rounds."""

    part: Asked
    waits: Waits


def waits_of(part: Asked, everybody: bool) -> PartWaits:
    """The waits after all purchases of everybody, or after those that are counted of the chosen customers."""
    if everybody:
        whole = part.ready.whole
        return PartWaits(part, find_waits(whole, whole.everybody))
    return PartWaits(part, find_waits(part.ready, part.customers))


def waits_in(view: PartWaits, first: int, last: int) -> Found:
    """Those of some customers."""
    waits = view.waits
    here = slice(*np.searchsorted(waits.customer, [first, last]))
    return waits.wait[here], waits.came[here], view.part.ready.buckets[waits.customer[here]]


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

    return Round(partial(waits_of, everybody=True), waits_in, joined, found)
