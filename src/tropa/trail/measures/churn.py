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
from tropa.trail.passes import DAY
from tropa.trail.rounds import Round, added, joined
from tropa.trail.tape import Longs

STATES = ("active", "late", "at-risk", "lost")
ENDS = (0.5, 0.75, 0.9)
"""Shares of those who come again that have come by the end of each state but the last."""
WEIGHT = 2
"""A customer's own pace is its mean wait together with so many typical ones."""
SCALE = 1_000_000
"""Waits over paces are kept as whole millionths."""
MONTH, NOBODY = 30 * DAY, len(STATES)
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
class PartPaces:
    """The purchases of a part's customers: whose, when, minor units, wait for the next (µs, or to the end), whether it came, the wait over
    the customer's pace by then in millionths, and the last purchase of each customer. A view of rounds."""

    customer: Longs
    at: Longs
    wait: Longs
    came: npt.NDArray[np.bool_]
    pace: Longs
    spent: Longs
    """Minor units of all purchases up to this one."""
    number: Longs
    """Which purchase of the customer it is, from 1."""


def paces_of(part: Asked, *, typical: int, everybody: bool) -> PartPaces:
    """A customer's pace at a purchase: the mean of its waits so far together with `WEIGHT` typical ones (µs)."""
    ready = part.ready.whole if everybody else part.ready
    customer, at, value, counted = purchases_of(ready, ready.everybody if everybody else part.customers)
    until = deals_until(ready)
    first = np.r_[np.ones(min(1, len(customer)), np.bool_), customer[1:] != customer[:-1]]
    begins = np.flatnonzero(first)[np.cumsum(first) - 1] if len(first) else np.zeros(0, np.int64)
    came = np.r_[~first[1:], np.zeros(min(1, len(first)), np.bool_)]
    wait = until - at
    wait[came] = np.diff(at)[came[:-1]] if len(at) else wait[came]
    number = np.arange(len(at)) - begins
    before = at - at[begins]
    pace = (before + WEIGHT * typical) // (number + WEIGHT)
    upto = np.cumsum(value)
    spent = upto - upto[begins] + value[begins]
    kept = counted[begins] if len(begins) else counted
    return PartPaces(
        customer[kept], at[kept], wait[kept], came[kept], np.maximum(pace, 1)[kept], spent[kept], number[kept] + 1
    )


def waits_in(view: PartPaces, first: int, last: int) -> tuple[Longs, npt.NDArray[np.bool_]]:
    """Waits (µs) of some customers, and whether they ended."""
    here = slice(*np.searchsorted(view.customer, [first, last]))
    return view.wait[here], view.came[here]


def scaled_in(view: PartPaces, first: int, last: int) -> tuple[Longs, npt.NDArray[np.bool_]]:
    """Waits over paces (millionths) of some customers, and whether they ended."""
    here = slice(*np.searchsorted(view.customer, [first, last]))
    return scaled(view.wait[here], view.pace[here]), view.came[here]


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

        view = partial(paces_of, typical=pace.typical, everybody=True)
        return Round(view, scaled_in, joined, limits)

    return Round(partial(paces_of, typical=0, everybody=True), waits_in, joined, typical)


def states_at(view: PartPaces, first: int, last: int, moment: int, limits: Longs) -> tuple[Longs, Longs]:
    """Which of some customers' purchases were the last ones at a moment (µs), and the states then (indices of `STATES`)."""
    begin, end = np.searchsorted(view.customer, [first, last])
    at, wait, came = view.at[begin:end], view.wait[begin:end], view.came[begin:end]
    there = np.flatnonzero((at <= moment) & (~came | (at + wait > moment)))
    waited = scaled(moment - at[there], view.pace[begin:end][there])
    return there + begin, np.searchsorted(limits, waited, side="left").astype(np.int64)


def rounds(frame: Asked, settings: Mapping[str, Setting]) -> Any:
    """By state now: how many, which share, what they have spent; and of those who were in it a horizon ago, who has come since."""
    until = deals_until(frame.ready)

    def then(pace: Pace, limits: Longs) -> Round[PartPaces, tuple[Longs, ...]]:
        view = partial(paces_of, typical=pace.typical, everybody=False)
        chunk = partial(_counted, until=until, horizon=pace.horizon, limits=limits)
        return Round(view, chunk, added, lambda found: _told(frame, pace, *found))

    return with_limits(frame, DECLARATION, then)


def _counted(
    view: PartPaces, first: int, last: int, *, until: int, horizon: int, limits: Longs
) -> tuple[Longs, Longs, Longs, Longs, Longs]:
    """By state: customers now, their money (minor units) and purchases; customers a horizon ago, and those of them who came within it."""
    now, state = states_at(view, first, last, until, limits)
    size = len(STATES)
    count, money, deals = (np.zeros(size, np.int64) for _ in range(3))
    np.add.at(count, state, 1)
    np.add.at(money, state, view.spent[now])
    np.add.at(deals, state, view.number[now])
    then, before = states_at(view, first, last, until - horizon, limits)
    was = np.bincount(before, minlength=size)
    came = np.bincount(before[view.came[then]], minlength=size)
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
