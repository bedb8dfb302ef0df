"""What a guest may ask: a filter of theirs means many customers and leaves out many or none (R-60, R-64).

That keeps one answer from being about a few. It does not keep two answers from being subtracted (docs/security.md, *Figures for guests*).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from tropa.model import TropaError
from tropa.model.access import Actor

if TYPE_CHECKING:
    from tropa.service.answering import Wish
    from tropa.trail.filters import Chosen
    from tropa.trail.prepare import Prepared

FEWEST = 10
"""So many customers a guest's filter must mean, and leave out where it leaves out anybody."""
Bools = npt.NDArray[np.bool_]


def guarded(wish: Wish, who: Actor) -> Wish:
    """A wish as it is granted to who asks: a guest's filter must not single people out, whatever it is made of."""
    return wish if who.kind != "guest" or wish.everybody else replace(wish, least=FEWEST)


def refuse_few(ready: Prepared, found: Chosen, least: int) -> None:
    """Raises TR-S025 where a filter means fewer than `least` customers, or leaves out some but fewer.

    Customers are held against the rest of the log, and passes against the other passes, by whose they are: a period may leave out one
    customer's last pass though it leaves out no customer.
    """
    chosen = np.asarray(found.customers) != 0
    parts = [(chosen, ~chosen)]
    if len(ready.passes):
        parts.append(_by_passes(ready, found, chosen))
    for counted, left in parts:
        if np.count_nonzero(counted) < least or 0 < np.count_nonzero(left) < least:
            raise TropaError("TR-S025", least=least)


def _by_passes(ready: Prepared, found: Chosen, chosen: Bools) -> tuple[Bools, Bools]:
    """Customers of whom a pass is counted, and those of whom one is not."""
    whose: npt.NDArray[Any] = ready.passes.customer
    which = chosen[whose]
    if found.ready.part is not None:
        which &= found.ready.part.which
    return _among(whose[which], len(chosen)), _among(whose[~which], len(chosen))


def _among(customers: npt.NDArray[Any], all_: int) -> Bools:
    out = np.zeros(all_, np.bool_)
    out[customers] = True
    return out
