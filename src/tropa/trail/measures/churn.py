"""Churn: which buyers still come, which are late, and whom not to wait for, by each one's own pace (R-27)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.model import CannotTell, Unit
from tropa.model.measure import Answer, Column, Declaration, Note, Picture, Setting
from tropa.stats.survival import kaplan_meier
from tropa.trail.loops import Waits, deals_until, horizon_of
from tropa.trail.measures.asked import Asked, answer_of
from tropa.trail.measures.buyers import purchases_of, wealth_of
from tropa.trail.measures.columns import share_cells, share_of
from tropa.trail.passes import DAY, firsts, lasts
from tropa.trail.rounds import Round, added, joined
from tropa.trail.tape import Longs

Bools = npt.NDArray[np.bool_]
STATES = ("active", "late", "at-risk", "lost")
ENDS = (0.5, 0.75, 0.9)
"""Shares of those who come again that have come by the end of each state but the last."""
WEIGHT = 2
"""A customer's own pace is its mean wait together with so many typical ones."""
SCALE = 1_000_000
"""Waits over paces are kept as whole millionths."""
MONTH = 30 * DAY
DECLARATION = Declaration(
    id="churn",
    unit=Unit.CUSTOMERS,
    picture=Picture(kind="bars", x="churn", value="share"),
    columns=(
        Column(id="churn", kind="state"),
        *share_of("share", "customers", "whole"),
        Column(id="spent", kind="money"),
        *share_of("came_share", "came", "was"),
    ),
    definition="churn",
)


@dataclass(frozen=True, slots=True)
class Pace:
    """What is typical (µs): the wait by which half of those who come again have come, and the horizon of repeats."""

    typical: int
    horizon: int


@dataclass(frozen=True, slots=True)
class Purchases:
    """Purchases in (customer, time) order: whose, when, the wait for the next (µs, or to the end), whether it came."""

    customer: Longs
    at: Longs
    wait: Longs
    came: Bools
    since: Longs
    """µs since the customer's first one."""
    spent: Longs
    """Minor units of all of the customer's up to this one."""
    number: Longs
    """Which of the customer's it is, from 1."""
    asked: Bools
    """Whether the customer is one of those who are asked about."""

    def pace(self, typical: int) -> Longs:
        """The customer's pace at each: the mean of the waits so far together with `WEIGHT` typical ones (µs)."""
        pace: Longs = np.maximum((self.since + WEIGHT * typical) // (self.number - 1 + WEIGHT), 1)
        return pace


class PartPurchases:
    """The purchases of a part's customers, whether they are asked about or not: found once for a slice. A view of rounds."""

    def __init__(self, part: Asked) -> None:
        self.part = part
        self._found: dict[tuple[int, int], Purchases] = {}

    def among(self, first: int, last: int) -> Purchases:
        """Those of the customers first…last−1."""
        if (first, last) not in self._found:
            self._found[first, last] = self._look(first, last)
        return self._found[first, last]

    def _look(self, first: int, last: int) -> Purchases:
        ready = self.part.ready
        customer, at, value, counted = purchases_of(ready, ready.everybody, first, last)
        new = firsts(customer)
        begins = np.flatnonzero(new)[np.cumsum(new) - 1] if len(new) else np.zeros(0, np.int64)
        came = ~lasts(customer)
        wait = deals_until(ready) - at
        wait[came] = np.diff(at)[came[:-1]]
        upto = np.cumsum(value)
        asked = (self.part.customers[customer] != 0) & counted[begins]
        number = np.arange(1, len(at) + 1) - begins
        return Purchases(customer, at, wait, came, at - at[begins], upto - upto[begins] + value[begins], number, asked)


def waits_in(view: PartPurchases, first: int, last: int) -> tuple[Longs, Bools]:
    """Waits (µs) of some customers, and whether they ended."""
    bought = view.among(first, last)
    return bought.wait, bought.came


def scaled_in(view: PartPurchases, first: int, last: int, *, typical: int) -> tuple[Longs, Bools]:
    """Waits over paces (millionths) of some customers, and whether they ended."""
    bought = view.among(first, last)
    return scaled(bought.wait, bought.pace(typical)), bought.came


def scaled(wait: Longs, pace: Longs) -> Longs:
    """A wait over a pace, in millionths."""
    return np.rint(wait / pace * SCALE).astype(np.int64)


def with_limits(frame: Asked, declared: Declaration, then: Callable[[Pace, Longs], Any]) -> Any:
    """Two rounds over everybody's waits: what is typical, and where the states end on the scale of paces."""
    if not frame.ready.map.bought_again:
        return answer_of(declared, frame, 0, (), cannot_tell=CannotTell(cannot_tell="not-bought-again"))
    if frame.ready.bound.deal_stage < 0:
        return answer_of(declared, frame, 0, (), cannot_tell=CannotTell(cannot_tell="no-deal"))

    def typical(found: tuple[Any, ...]) -> Any:
        wait, came = found
        if not len(wait) or not came.any():
            lack = CannotTell(cannot_tell="few-again" if len(wait) else "no-deal")
            return answer_of(declared, frame, len(wait), (), cannot_tell=lack)
        ready, curve, nobody = frame.ready.whole, kaplan_meier(wait, came), np.zeros(0, np.int64)
        horizon = horizon_of(ready, Waits(nobody, nobody, wait, came, deals_until(ready)), curve)
        pace = Pace(max(curve.when(0.5 * curve.at(horizon)) or horizon, 1), horizon)

        def limits(told: tuple[Any, ...]) -> Any:
            line = kaplan_meier(*told)
            whole = float(line.came[-1])
            return then(pace, np.array([line.when(share * whole) or 0 for share in ENDS], np.int64))

        return Round(PartPurchases, partial(scaled_in, typical=pace.typical), joined, limits)

    return Round(PartPurchases, waits_in, joined, typical)


def states_at(bought: Purchases, pace: Pace, moment: int, limits: Longs) -> tuple[Longs, Longs]:
    """Which purchases of those who are asked about were the last ones at a moment (µs), and the states then (indices of `STATES`)."""
    at = bought.at
    there = np.flatnonzero(bought.asked & (at <= moment) & (~bought.came | (at + bought.wait > moment)))
    waited = scaled(moment - at[there], bought.pace(pace.typical)[there])
    return there, np.searchsorted(limits, waited, side="left").astype(np.int64)


def rounds(frame: Asked, settings: Mapping[str, Setting]) -> Any:
    """By state now: how many, which share, what they have spent; and of those who were in it a horizon ago, who has come since."""
    until = deals_until(frame.ready)

    def then(pace: Pace, limits: Longs) -> Round[PartPurchases, tuple[Longs, ...]]:
        chunk = partial(_counted, until=until, pace=pace, limits=limits)
        return Round(PartPurchases, chunk, added, lambda found: _told(frame, pace, *found))

    return with_limits(frame, DECLARATION, then)


def _counted(
    view: PartPurchases, first: int, last: int, *, until: int, pace: Pace, limits: Longs
) -> tuple[Longs, Longs, Longs, Longs, Longs]:
    """By state: customers now, their money (minor units) and purchases; customers a horizon ago, and those of them who came within it."""
    bought = view.among(first, last)
    now, state = states_at(bought, pace, until, limits)
    size = len(STATES)
    count, money, deals = (np.zeros(size, np.int64) for _ in range(3))
    np.add.at(count, state, 1)
    np.add.at(money, state, bought.spent[now])
    np.add.at(deals, state, bought.number[now])
    then, before = states_at(bought, pace, until - pace.horizon, limits)
    was = np.bincount(before, minlength=size)
    came = np.bincount(before[bought.came[then]], minlength=size)
    return count, money, deals, was, came


def _told(frame: Asked, pace: Pace, count: Longs, money: Longs, deals: Longs, was: Longs, came: Longs) -> Answer:
    n = int(count.sum())
    wealth = wealth_of(frame.ready.map, money)
    spent = wealth.of(money, deals)
    rows: list[tuple[Any, ...]] = []
    for at, name in enumerate(STATES if n else ()):
        paid = None if wealth.kind is None else float(spent[at])
        rows.append(
            (f"mark:churn-{name}", *share_cells(int(count[at]), n), paid, *share_cells(int(came[at]), int(was[at])))
        )
    facts = {"typical": round(pace.typical / DAY, 1), "horizon": round(pace.horizon / DAY, 1)}
    return answer_of(DECLARATION, frame, n, rows, [Note(message="loop-note-pace", facts=facts)])
