"""Churn from month to month: who was in which state 30 days ago, and is in which now (R-27)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np

from tropa.model import Unit
from tropa.model.measure import Answer, Column, Declaration, Picture, Setting
from tropa.trail.loops import deals_until
from tropa.trail.measures.asked import Asked, answer_of
from tropa.trail.measures.churn import MONTH, STATES, Pace, PartPurchases, states_at, with_limits
from tropa.trail.measures.columns import ranged, rate
from tropa.trail.rounds import Round, added
from tropa.trail.tape import Longs

NEW = len(STATES)
"""The state before of who had bought nothing by then."""
DECLARATION = Declaration(
    id="churn-moves",
    unit=Unit.CUSTOMERS,
    picture=Picture(kind="graph", x="from", y="to", value="customers"),
    columns=(
        Column(id="from", kind="state"),
        Column(id="to", kind="state"),
        Column(id="customers", kind="count"),
        *ranged("share", part="customers", whole="whole"),
        Column(id="whole", kind="count", aside=True),
    ),
    definition="churn",
)


def rounds(frame: Asked, settings: Mapping[str, Setting]) -> Any:
    """Pairs of states, a month apart, with the share of those who were in the first."""
    until = deals_until(frame.ready)

    def then(pace: Pace, limits: Longs) -> Round[PartPurchases, tuple[Longs]]:
        chunk = partial(_counted, until=until, pace=pace, limits=limits)
        return Round(PartPurchases, chunk, added, lambda found: _told(frame, found[0]))

    return with_limits(frame, DECLARATION, then)


def _counted(view: PartPurchases, first: int, last: int, *, until: int, pace: Pace, limits: Longs) -> tuple[Longs]:
    """Customers by state a month ago (last: not yet buyers) and now."""
    bought = view.among(first, last)
    now, state = states_at(bought, pace, until, limits)
    then, before = states_at(bought, pace, until - MONTH, limits)
    was = np.full(last - first, NEW, np.int64)
    was[bought.customer[then] - first] = before
    table = np.zeros((NEW + 1, NEW), np.int64)
    np.add.at(table, (was[bought.customer[now] - first], state), 1)
    return (table,)


def _told(frame: Asked, table: Longs) -> Answer:
    names = [*(f"mark:churn-{name}" for name in STATES), "mark:churn-new"]
    rows: list[tuple[Any, ...]] = []
    for one, other in np.argwhere(table > 0).tolist():
        part, whole = int(table[one, other]), int(table[one].sum())
        rows.append((names[one], names[other], part, *rate(part, whole), whole))
    rows.sort(key=lambda row: -row[2])
    return answer_of(DECLARATION, frame, int(table.sum()), rows)
