"""RFM: buyers by how recently, how often and for how much they bought, in ten groups with names (R-27)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.model import CannotTell, Unit
from tropa.model.measure import Answer, Column, Declaration, Note, Picture, Setting
from tropa.stats.scores import grades
from tropa.trail.loops import deals_until
from tropa.trail.measures.asked import Asked, answer_of
from tropa.trail.measures.buyers import Buyers, Wealth, as_buyers, buyers_in, grouped, wealth_of
from tropa.trail.measures.columns import share_cells, share_of
from tropa.trail.passes import DAY
from tropa.trail.rounds import Round, joined
from tropa.trail.tape import Longs

NAMES = (
    "champions", "loyal", "potential", "new", "promising", "attention", "sleepy", "cannot-lose", "at-risk", "hibernating",
)  # fmt: skip
_GRID = (
    "hibernating hibernating at-risk at-risk cannot-lose",
    "hibernating hibernating at-risk at-risk cannot-lose",
    "sleepy sleepy attention loyal loyal",
    "promising potential potential loyal loyal",
    "new potential potential champions champions",
)
"""Names by recency (1…5, from the top) and frequency (1…5)."""
TABLE = np.array([[NAMES.index(name) for name in row.split()] for row in _GRID], dtype=np.int64)
DECLARATION = Declaration(
    id="rfm",
    unit=Unit.CUSTOMERS,
    picture=Picture(kind="bars", x="rfm", value="share"),
    columns=(
        Column(id="rfm", kind="state"),
        *share_of("share", "customers", "whole"),
        Column(id="spent", kind="money"),
        Column(id="money_share", kind="share"),
        Column(id="average", kind="money"),
        Column(id="deals", kind="number"),
        Column(id="since", kind="seconds"),
    ),
    definition="rfm",
)
SECOND = 1_000_000


@dataclass(frozen=True, slots=True)
class Scored:
    """Buyers with their grades 1…5 for recency, frequency and money, and the number of their group in `NAMES`."""

    table: Buyers
    wealth: Wealth
    recency: Longs
    frequency: Longs
    money: Longs
    group: Longs


def scored(frame: Asked, table: Buyers) -> Scored:
    """Grades among all buyers asked for. Recency by whole days, so that the hour does not decide."""
    wealth = wealth_of(frame.ready.map, table.spent)
    recency = grades(table.last // DAY)
    frequency = grades(table.purchases)
    worth = wealth.of(table.spent, table.purchases)
    money = grades(np.rint(worth * 100).astype(np.int64))
    return Scored(table, wealth, recency, frequency, money, TABLE[recency - 1, frequency - 1])


def rounds(frame: Asked, settings: Mapping[str, Setting]) -> Any:
    """By group: how many, which share, what they spent, and how they buy. One round: who bought what when."""
    return scored_round(frame, DECLARATION, lambda found: _told(frame, found))


def scored_round(frame: Asked, declared: Declaration, told: Any) -> Any:
    """One round for the grades, and `told` what is answered with them."""
    if frame.ready.bound.deal_stage < 0:
        return answer_of(declared, frame, 0, (), cannot_tell=CannotTell(cannot_tell="no-deal"))

    def then(found: tuple[Any, ...]) -> Any:
        table = as_buyers(found)
        if not len(table):
            return answer_of(declared, frame, 0, (), cannot_tell=CannotTell(cannot_tell="no-deal"))
        return told(scored(frame, table))

    return Round(partial(grouped, by="none"), partial(buyers_in, cut=None), joined, then)


def _told(frame: Asked, found: Scored) -> Answer:
    table, n = found.table, len(found.table)
    spent = found.wealth.of(table.spent, table.purchases)
    until = deals_until(frame.ready)
    rows: list[tuple[Any, ...]] = []
    for number, name in enumerate(NAMES):
        who = found.group == number
        count = int(who.sum())
        if not count:
            continue
        money = money_cells(found, spent, who, count)
        rows.append(
            (
                f"mark:rfm-{name}", *share_cells(count, n), *money,
                float(table.purchases[who].mean()), float((until - table.last[who]).mean()) / SECOND,
            )
        )  # fmt: skip
    return answer_of(DECLARATION, frame, n, rows, [money_note(found.wealth)])


def money_cells(
    found: Scored, spent: npt.NDArray[np.float64], who: npt.NDArray[np.bool_], count: int
) -> tuple[float | None, float | None, float | None]:
    """Money of a group, its share of all money, and the mean of a customer; nothing where no money is known."""
    if found.wealth.kind is None:
        return None, None, None
    mine, whole = float(spent[who].sum()), float(spent.sum())
    return mine, mine / whole if whole else None, mine / count if count else None


def money_note(wealth: Wealth) -> Note:
    """What money is here."""
    return Note(message="loop-note-no-money" if wealth.kind is None else f"loop-note-{wealth.kind}")
