"""Two maps, versions, segments or periods side by side: what differs in the maps, and what in the figures (R-10, R-29, R-31)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.model import Map, Readings
from tropa.model.access import Actor, Right
from tropa.service.answering import View, Wish, chosen_of, readings_in, seen
from tropa.service.comparing import Compared, Together, compare_measured
from tropa.service.desk import Desk
from tropa.service.measuring import Measured


@dataclass(frozen=True)
class Half:
    """One half of a comparison: a map, live or as it was after update `seq`, and whose figures of which days."""

    map_id: str
    wish: Wish = field(default_factory=Wish)
    seq: int | None = None


@dataclass(frozen=True)
class SideBySide:
    """Two halves compared. `passes`: how many the figures of each half were counted from; None where there are no figures."""

    compared: Compared
    passes: tuple[int | None, int | None]


def side_by_side(desk: Desk, who: Actor, before: Half, after: Half) -> SideBySide:
    """Compares two halves; who asks must be allowed to read both maps.

    Raises TR-A003, TR-S005, TR-S030, TR-S031, TR-T001, TR-T002, TR-W210.
    """
    for half in (before, after):
        who.require(Right.READ, half.map_id)
    (old, old_view), (new, new_view) = (seen(desk, half.map_id, half.wish, half.seq) for half in (before, after))
    figures = _figures(old, old_view, before), _figures(new, new_view, after)
    one, other = Measured(old, figures[0], {}), Measured(new, figures[1], {})
    compared = compare_measured(one, other, _together((old_view, new_view), (before, after)))
    first, second = (None if found is None else found.scope.passes for found in figures)
    return SideBySide(compared, (first, second))


def _figures(value: Map, view: View | None, half: Half) -> Readings | None:
    """The readings of one half. Figures typed by hand are of everybody and of no days: a filter leaves nothing of them."""
    if view is None and not half.wish.everybody:
        return None
    return readings_in(view, value, half.wish)


def _together(views: Sequence[View | None], halves: tuple[Half, Half]) -> Together:
    """Whether the halves count the same events or some of the same customers: by the customers, for segments may share theirs."""
    there = [(view, half) for view, half in zip(views, halves, strict=True) if view is not None]
    if len(there) < 2:
        return "same" if halves[0].map_id == halves[1].map_id else "apart"
    one, other = (_counted(*pair, names=there[0][0].ready.tape is not there[1][0].ready.tape) for pair in there)
    if not len(np.intersect1d(one, other, assume_unique=True)):
        return "apart"
    counted = [(view.ready.tape.version, half.wish.start, half.wish.end) for view, half in there]
    return "same" if counted[0] == counted[1] and np.array_equal(one, other) else "overlapping"


def _counted(view: View, half: Half, *, names: bool) -> npt.NDArray[Any]:
    """Whose passes count: customers by number, or by pseudonym where the two halves count on different tapes."""
    who = np.flatnonzero(chosen_of(view, half.wish).customers)
    return np.asarray(view.ready.tape.customers)[who] if names else who
