"""What customers will still bring: purchases and money within a horizon, by segment, persona or channel, with a check (R-27)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from typing import Any

import numpy as np

from tropa.model import CannotTell, Unit
from tropa.model.measure import Answer, Cell, Column, Declaration, Note, Parameter, Picture, Setting
from tropa.stats.gamma_gamma import tie_of
from tropa.trail.calendar import day_in
from tropa.trail.loops import deals_until
from tropa.trail.measures.asked import Asked, answer_of, micros, number
from tropa.trail.measures.buyers import (
    BY,
    Buyers,
    Wealth,
    as_buyers,
    buyers_in,
    grouped,
    named_groups,
    split_of,
    wealth_of,
)
from tropa.trail.measures.columns import ranged
from tropa.trail.measures.worth import Check, Models, checked, cut_of, expected, modelled, sums
from tropa.trail.passes import DAY
from tropa.trail.rounds import Round, joined

LONG = 365 * DAY
TIED = 0.3
"""From this rank correlation on, values hang on how often customers buy, which the model of values takes not to be."""
HORIZON = Parameter(id="horizon", kind="duration", optional=True)
DECLARATION = Declaration(
    id="ltv",
    unit=Unit.CUSTOMERS,
    parameters=(BY, HORIZON, Parameter(id="discount", kind="number", default=0, least=0, most=100)),
    picture=Picture(kind="bars", x="group", value="each"),
    columns=(
        Column(id="group", kind="state"),
        Column(id="customers", kind="count"),
        Column(id="again", kind="count"),
        Column(id="alive", kind="share", part="living", whole="customers"),
        Column(id="living", kind="count", aside=True),
        *ranged("purchases", "number"),
        *ranged("each", "money"),
        *ranged("money", "money"),
        Column(id="spent", kind="money"),
    ),
    definition="ltv",
    slow=True,
)


def rounds(frame: Asked, settings: Mapping[str, Setting]) -> Any:
    """By group: whether they are still customers, what they will buy and bring within the horizon. One round: their histories."""
    lack = lacking(frame)
    if lack is not None:
        return answer_of(DECLARATION, frame, 0, (), cannot_tell=lack)
    horizon, cut, until = spans(frame, settings["horizon"])
    split = split_of(settings)

    def then(found: tuple[Any, ...]) -> Answer:
        table = as_buyers(found)
        wealth = wealth_of(frame.ready.map, table.spent)
        models = modelled(table, wealth, until)
        if isinstance(models, str):
            n = int((table.purchases > 1).sum()) if models == "few-again" else len(table)
            return answer_of(DECLARATION, frame, len(table), (), cannot_tell=CannotTell(cannot_tell=models, n=n))
        told = _rows(frame, table, wealth, models, split, horizon / DAY, number(settings["discount"]) / 100)
        notes = _notes(frame, table, wealth, models, horizon, checked(table, wealth, cut, until))
        return answer_of(DECLARATION, frame, len(table), told, notes)

    return Round(partial(grouped, by=split), partial(buyers_in, cut=cut), joined, then)


def lacking(frame: Asked) -> CannotTell | None:
    """Why nothing can be told of repeat purchase at all."""
    if not frame.ready.map.bought_again:
        return CannotTell(cannot_tell="not-bought-again")
    return CannotTell(cannot_tell="no-deal") if frame.ready.bound.deal_stage < 0 else None


def spans(frame: Asked, asked: Setting) -> tuple[int, int, int]:
    """The horizon (µs; as asked, else a year, at most the log's length), where the check cuts the log, and until when deals are known."""
    until, start = deals_until(frame.ready), frame.ready.whole.passes.log_start
    horizon = micros(asked) if isinstance(asked, timedelta) else min(LONG, max(until - start, DAY))
    return horizon, cut_of(until, start, horizon), until


def _rows(
    frame: Asked, table: Buyers, wealth: Wealth, models: Models, split: Any, ahead: float, discount: float
) -> list[tuple[Cell, ...]]:
    told = expected(models, ahead, discount)
    groups = named_groups(frame, split, table.groups)
    found = sums(models, told, [who for _, who in groups], ahead)
    spent = wealth.of(table.spent, table.purchases)
    rows: list[tuple[Cell, ...]] = []
    for (name, who), total in zip(groups, found, strict=True):
        n, alive = len(who), float(told.alive[who].sum())
        money = total.money, total.money_low, total.money_high
        rows.append(
            (
                name, n, int((table.purchases[who] > 1).sum()), alive / n, round(alive),
                total.purchases, total.purchases_low, total.purchases_high,
                *(None if one is None else one / n for one in money), *money,
                None if wealth.kind is None else float(spent[who].sum()),
            )
        )  # fmt: skip
    return rows


def _notes(frame: Asked, table: Buyers, wealth: Wealth, models: Models, horizon: int, check: Check | str) -> list[Note]:
    """How far to trust it: the check, the length of the log, what money means, whether values hang on frequency."""
    until, start = deals_until(frame.ready), frame.ready.whole.passes.log_start
    notes = [
        Note(message="loop-note-horizon", facts={"days": round(horizon / DAY)}),
        check_note(check, frame.ready.tape.zone),
    ]
    if horizon > until - start:
        notes.append(Note(message="loop-note-beyond", facts={"days": (until - start) // DAY}))
    if wealth.kind is None:
        notes.append(Note(message="loop-note-no-money"))
    else:
        notes.append(Note(message=f"loop-note-{wealth.kind}"))
        some = models.people.count > 0
        tie = tie_of(models.people.count[some], models.people.mean[some])
        if models.values is None and wealth.each is None:
            notes.append(Note(message="loop-note-one-price", facts={"n": int(some.sum())}))
        elif tie is not None and wealth.each is None:
            tied = "loop-note-tied" if abs(tie[0]) >= TIED else "loop-note-not-tied"
            notes.append(Note(message=tied, facts={"tie": round(tie[0], 2)}))
    unsure = int(np.count_nonzero(table.unsure))
    if unsure:
        notes.append(Note(message="loop-note-unsure", facts={"n": unsure}))
    return notes


def check_note(check: Check | str, zone: str) -> Note:
    """The check in a sentence, its day by the calendar of a zone, or why there is none."""
    if isinstance(check, str):
        return Note(message="loop-note-no-check")
    _, customers, total, came, _ = check.groups[0]
    held = total.purchases_low <= came <= total.purchases_high
    facts = {
        "customers": customers, "day": day_in(check.cut, zone), "days": round(check.ahead), "expected": round(total.purchases),
        "low": round(total.purchases_low), "high": round(total.purchases_high), "came": came,
    }  # fmt: skip
    return Note(message="loop-note-check-held" if held else "loop-note-check-missed", facts=facts)
