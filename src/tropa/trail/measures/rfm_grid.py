"""The grid of RFM: buyers by grade of recency and of frequency (R-27)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tropa.model import Unit
from tropa.model.measure import Answer, Column, Declaration, Picture, Setting
from tropa.stats.scores import GRADES
from tropa.trail.measures.asked import Asked, answer_of
from tropa.trail.measures.columns import share_cells, share_of
from tropa.trail.measures.rfm import NAMES, TABLE, Scored, money_cells, money_note, scored_round

DECLARATION = Declaration(
    id="rfm-grid",
    unit=Unit.CUSTOMERS,
    picture=Picture(kind="matrix", x="frequency", y="recency", value="share"),
    columns=(
        Column(id="recency", kind="state"),
        Column(id="frequency", kind="number"),
        Column(id="rfm", kind="state"),
        *share_of("share", "customers", "whole"),
        Column(id="spent", kind="money"),
        Column(id="money_share", kind="share"),
        Column(id="average", kind="money"),
    ),
    definition="rfm",
)


def rounds(frame: Asked, settings: Mapping[str, Setting]) -> Any:
    """A row for each pair of grades, the most recent first. Where most customers are equal nobody has the grades between."""
    return scored_round(frame, DECLARATION, lambda found: _told(frame, found))


def _told(frame: Asked, found: Scored) -> Answer:
    table, n = found.table, len(found.table)
    spent = found.wealth.of(table.spent, table.purchases)
    rows: list[tuple[Any, ...]] = []
    for recency in range(GRADES, 0, -1):
        for frequency in range(1, GRADES + 1):
            who = (found.recency == recency) & (found.frequency == frequency)
            count = int(who.sum())
            name = NAMES[TABLE[recency - 1, frequency - 1]]
            money = money_cells(found, spent, who, count)
            rows.append((f"mark:recency-{recency}", frequency, f"mark:rfm-{name}", *share_cells(count, n), *money))
    return answer_of(DECLARATION, frame, n, rows, [money_note(found.wealth)])
