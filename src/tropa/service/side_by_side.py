"""Two live maps, segments or periods side by side: what differs in the maps, and what in the figures (R-10, R-29)."""

from __future__ import annotations

from dataclasses import dataclass, field

from tropa.model import Map, Readings
from tropa.model.access import Actor, Right
from tropa.model.entered import entered_readings
from tropa.service.answering import Wish, chosen_of, readings_of, view_of
from tropa.service.comparing import Compared, Together, compare_measured
from tropa.service.current import current_map
from tropa.service.desk import Desk
from tropa.service.measuring import Measured


@dataclass(frozen=True)
class Half:
    """One half of a comparison: a live map, and whose figures of which days."""

    map_id: str
    wish: Wish = field(default_factory=Wish)


@dataclass(frozen=True)
class SideBySide:
    """Two halves compared. `passes`: how many the figures of each half were counted from; None where there are no figures."""

    compared: Compared
    passes: tuple[int | None, int | None]


def side_by_side(desk: Desk, who: Actor, before: Half, after: Half) -> SideBySide:
    """Compares two halves; who asks must be allowed to read both maps. Raises TR-A003, TR-S005, TR-T001, TR-T002."""
    for half in (before, after):
        who.require(Right.READ, half.map_id)
    maps = current_map(desk, before.map_id), current_map(desk, after.map_id)
    figures = _figures(desk, maps[0], before.wish), _figures(desk, maps[1], after.wish)
    one, other = (Measured(value, found, {}) for value, found in zip(maps, figures, strict=True))
    compared = compare_measured(one, other, _together(desk, maps, (before, after)))
    first, second = (None if found is None else found.scope.passes for found in figures)
    return SideBySide(compared, (first, second))


def _figures(desk: Desk, value: Map, wish: Wish) -> Readings | None:
    """The readings of one half. Figures typed by hand are of everybody and of no days: a filter leaves nothing of them."""
    if view_of(desk, value) is None:
        return entered_readings(value) if wish == Wish() else None
    return readings_of(desk, value, wish)


def _together(desk: Desk, maps: tuple[Map, Map], halves: tuple[Half, Half]) -> Together:
    """Whether the halves count the same events or some of the same customers: by the customers, for segments may share theirs."""
    views = [view_of(desk, value) for value in maps]
    chosen = [
        chosen_of(view, half.wish).customers for view, half in zip(views, halves, strict=True) if view is not None
    ]
    if len(chosen) < 2:
        return "same" if halves[0].map_id == halves[1].map_id else "apart"
    if not ((chosen[0] != 0) & (chosen[1] != 0)).any():
        return "apart"
    dates = [(half.wish.start, half.wish.end) for half in halves]
    same = dates[0] == dates[1] and bool(((chosen[0] != 0) == (chosen[1] != 0)).all())
    return "same" if same else "overlapping"
