"""The check of the predictions: fitted to the beginning of the log, held against its end, by how often customers had bought (R-27)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from tropa.model import CannotTell, Unit
from tropa.model.measure import Answer, Cell, Column, Declaration, Picture, Setting
from tropa.trail.measures.asked import Asked, answer_of
from tropa.trail.measures.buyers import EVERYBODY, as_buyers, buyers_in, grouped, wealth_of
from tropa.trail.measures.ltv import HORIZON, check_note, lacking, spans
from tropa.trail.measures.worth import checked
from tropa.trail.rounds import Round, joined

DECLARATION = Declaration(
    id="ltv-check",
    unit=Unit.CUSTOMERS,
    parameters=(HORIZON,),
    picture=Picture(kind="bars", x="repeats", value="purchases"),
    columns=(
        Column(id="repeats", kind="state"),
        Column(id="customers", kind="count"),
        Column(id="purchases", kind="number", low="purchases_low", high="purchases_high"),
        Column(id="purchases_low", kind="number", aside=True),
        Column(id="purchases_high", kind="number", aside=True),
        Column(id="came", kind="count"),
        Column(id="money", kind="money", low="money_low", high="money_high"),
        Column(id="money_low", kind="money", aside=True),
        Column(id="money_high", kind="money", aside=True),
        Column(id="brought", kind="money"),
    ),
    definition="ltv-check",
    slow=True,
)


def rounds(frame: Asked, settings: Mapping[str, Setting]) -> Any:
    """By repeat purchases before the cut: what was expected after it, with the interval, and what came."""
    lack = lacking(frame)
    if lack is not None:
        return answer_of(DECLARATION, frame, 0, (), cannot_tell=lack)
    _, cut, until = spans(frame, settings["horizon"])

    def then(found: tuple[Any, ...]) -> Answer:
        table = as_buyers(found)
        wealth = wealth_of(frame.ready.map, table.spent)
        check = checked(table, wealth, cut, until)
        n = int((table.early > 0).sum())
        if isinstance(check, str):
            again = int((table.early > 1).sum()) if check == "few-again" else n
            return answer_of(DECLARATION, frame, n, (), cannot_tell=CannotTell(cannot_tell=check, n=again))
        rows: list[tuple[Cell, ...]] = []
        for name, customers, total, came, brought in check.groups:
            rows.append(
                (
                    f"repeats:{name}" if name else EVERYBODY, customers, total.purchases, total.purchases_low,
                    total.purchases_high, came, total.money, total.money_low, total.money_high, None if wealth.kind is None else brought,
                )
            )  # fmt: skip
        return answer_of(DECLARATION, frame, n, rows, [check_note(check, frame.ready.tape.zone)])

    return Round(partial(grouped, by="none"), partial(buyers_in, cut=cut), joined, then)
