"""What a guest may ask: a filter of theirs means many customers and leaves out many or none (R-60, R-64).

That keeps one answer from being about a few. It does not keep two answers from being subtracted (docs/security.md, *Figures for guests*).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from tropa.model import TropaError
from tropa.model.access import Actor

if TYPE_CHECKING:
    from tropa.service.answering import Wish
    from tropa.trail.filters import Chosen
    from tropa.trail.measures import Asked

FEWEST = 10
"""So many customers a guest's filter must mean, and leave out where it leaves out anybody."""
Longs = npt.NDArray[np.int64]


def guarded(wish: Wish, who: Actor) -> Wish:
    """A wish as it is granted to who asks: a guest's filter must not single people out, whatever it is made of."""
    return wish if who.kind != "guest" or wish.everybody else replace(wish, least=FEWEST)


def refuse_few(found: Chosen | Asked, least: int) -> None:
    """Raises TR-S025 where a filter means fewer than `least` customers, or leaves out some but fewer.

    Customers are held against the rest of the log, and passes (or sessions) against the others, by whose they are: a period may leave out
    one customer's last pass though it leaves out no customer.
    """
    whole, part, cut = found.ready.whole, found.ready.part, found.ready.tape.cut_of
    chosen = np.asarray(found.customers) != 0
    sets = [(np.flatnonzero(chosen), np.flatnonzero(~chosen))]
    if len(whole.passes):
        whose: Longs = np.asarray(whole.passes.customer, np.int64)
        which = chosen[whose] if part is None else chosen[whose] & part.which
        sets.append((whose[which], whose[~which]))
    for counted, left in sets:
        n, others = (len(np.unique(one if cut is None else cut.owner[one])) for one in (counted, left))
        if n < least or 0 < others < least:
            raise TropaError("TR-S025", least=least)
