"""What a touchpoint costs: for each person who met it, and for each deal more that goes with it (R-28)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tropa.model.measure import Cell, Column, Note
from tropa.stats.contrast import difference
from tropa.trail.measures.asked import Asked
from tropa.trail.measures.channel_costs import Costs, costs_within
from tropa.trail.tape import Longs

LEAST = 10
"""Deals are compared from so many finished passes with it and without it on."""
PRICED = (
    Column(id="cost", kind="money"),
    Column(id="people", kind="count"),
    Column(id="person_cost", kind="money"),
    Column(id="deal_difference", kind="share", low="deal_difference_low", high="deal_difference_high"),
    Column(id="deal_difference_low", kind="share", aside=True),
    Column(id="deal_difference_high", kind="share", aside=True),
    Column(id="extra_cost", kind="money", low="extra_cost_low", high="extra_cost_high"),
    Column(id="extra_cost_low", kind="money", aside=True),
    Column(id="extra_cost_high", kind="money", aside=True),
)
"""Columns that are there where costs are given."""


@dataclass(frozen=True, slots=True)
class PointCosts:
    """Costs of touchpoints (major units), by their index; `costs`: by id, with what lies outside the time asked about."""

    by_point: dict[int, float]
    costs: Costs

    def told(self, point: int, people: Longs, ends: Longs) -> tuple[Cell, ...]:
        """The cells of `PRICED`. `people`: who met each touchpoint with a cost, in the order of their indices; `ends`: finished passes by
        whether they met it, and whether they made a deal (2, 2)."""
        cost = self.by_point.get(point)
        if cost is None:
            return (None,) * len(PRICED)
        met = int(people[sorted(self.by_point).index(point)])
        gap = _gap(ends)
        extra: tuple[float | None, ...] = (None, None, None)
        if gap is not None and gap[1] > 0:
            extra = tuple(cost / (met * share) for share in (gap[0], gap[2], gap[1]))
        return (cost, met, cost / met, *(gap or (None, None, None)), *extra)

    def notes(self, frame: Asked, told: tuple[str, ...]) -> list[Note]:
        """How costs are told; what of them is not."""
        rest = sum(cost for at, cost in self.by_point.items() if f"point:{frame.ready.bound.points[at][1]}" not in told)
        hidden = [Note(message="measure-note-costs-untold", facts={"n": round(rest, 2)})] if rest else []
        return [Note(message="measure-note-touchpoint-costs"), *hidden, *self.costs.notes]


def point_costs(frame: Asked, text: str) -> PointCosts:
    """Costs by touchpoint. Raises TR-T381, TR-T382 (also for one without events)."""
    bound = frame.ready.bound
    known = [name for at, (_, name) in enumerate(bound.points) if bound.point_events[at]]
    costs = costs_within(frame, text, known)
    by_point = {at: costs.by_name[name] for at, (_, name) in enumerate(bound.points) if name in costs.by_name}
    return PointCosts(by_point, costs)


def people_at(part: Asked, first: int, last: int, points: tuple[int, ...]) -> Longs:
    """Of the chosen customers first…last−1, how many had an event at each of some touchpoints, in the time asked about."""
    offsets, bound, period = part.ready.tape.offsets, part.ready.bound, part.ready.part
    events = slice(int(offsets[first]), int(offsets[last]))
    out = np.zeros(len(points), np.int64)
    for at, point in enumerate(points):
        where = np.flatnonzero(bound.point[events] == point) + events.start
        if period is not None:
            time = part.ready.tape.time[where]
            late = np.zeros(len(where), np.bool_) if period.end is None else time >= period.end
            where = where[~late & (True if period.start is None else time >= period.start)]
        who = np.searchsorted(offsets, where, side="right") - 1
        who = who[part.customers[who] != 0]
        out[at] = int((np.diff(who) != 0).sum()) + int(len(who) > 0)
    return out


def _gap(ends: Longs) -> tuple[float, float, float] | None:
    """How much more often those with it made a deal, with its interval; None where a side has too few."""
    (without, b), (having, a) = ends
    if min(having + a, without + b) < LEAST:
        return None
    value, low, high = difference(int(a), int(having + a), int(b), int(without + b))
    return value, low, high
