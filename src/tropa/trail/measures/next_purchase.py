"""Who will buy when: each customer's next purchase and the chance of still being a customer (R-27). Rows are single customers."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.model import CannotTell, Unit
from tropa.model.measure import Answer, Cell, Column, Declaration, Note, Parameter, Picture, Setting
from tropa.stats.bgnbd import Rates, at_least, next_wait
from tropa.stats.futures import DRAWS
from tropa.trail.calendar import day_in
from tropa.trail.loops import deals_until
from tropa.trail.measures.asked import Asked, answer_of, micros, number
from tropa.trail.measures.buyers import Buyers, as_buyers, buyers_in, grouped, wealth_of
from tropa.trail.measures.ltv import check_note, lacking
from tropa.trail.measures.worth import SEED, Models, checked, chosen_rows, cut_of, expected, modelled
from tropa.trail.numbers import numbers_of
from tropa.trail.passes import DAY
from tropa.trail.rounds import Round, itself, joined

RANKS = ("soon", "worth", "leaving")
FARTHEST = 3_650
"""Days ahead beyond which a date is not told."""
DECLARATION = Declaration(
    id="next-purchase",
    unit=Unit.CUSTOMERS,
    parameters=(
        Parameter(id="rank", kind="choice", choices=RANKS, default="soon"),
        Parameter(id="horizon", kind="duration", default="30d"),
        Parameter(id="rows", kind="number", default=50, least=1, most=1000),
    ),
    picture=Picture(kind="bars", x="customer", value="buys"),
    columns=(
        Column(id="customer", kind="text"),
        Column(id="alive", kind="share", low="alive_low", high="alive_high"),
        Column(id="alive_low", kind="share", aside=True),
        Column(id="alive_high", kind="share", aside=True),
        Column(id="bought_last", kind="month"),
        Column(id="due", kind="month", low="due_low", high="due_high"),
        Column(id="due_low", kind="month"),
        Column(id="due_high", kind="month"),
        Column(id="deals", kind="count"),
        Column(id="buys", kind="share"),
        Column(id="money", kind="money"),
        Column(id="spent", kind="money"),
    ),
    definition="next-purchase",
    slow=True,
    people=True,
)


def rounds(frame: Asked, settings: Mapping[str, Setting]) -> Any:
    """Customers by rank: `soon` by the chance of buying within the horizon, `worth` by the money expected within it, `leaving` by the
    money spent so far times the chance of having left. The second round asks for the pseudonyms of those that are told."""
    lack = lacking(frame)
    if lack is not None:
        return answer_of(DECLARATION, frame, 0, (), cannot_tell=lack)
    until, start, ahead = deals_until(frame.ready), frame.ready.whole.passes.log_start, micros(settings["horizon"])
    cut, rank, most = cut_of(until, start, until - start), str(settings["rank"]), int(number(settings["rows"]))

    def then(found: tuple[Any, ...]) -> Any:
        table = as_buyers(found)
        models = modelled(table, wealth_of(frame.ready.map, table.spent), until)
        if isinstance(models, str):
            n = int((table.purchases > 1).sum()) if models == "few-again" else len(table)
            return answer_of(DECLARATION, frame, len(table), (), cannot_tell=CannotTell(cannot_tell=models, n=n))
        wanted, cells = _ranked(frame, table, models, rank, ahead / DAY, most)
        check = check_note(checked(table, wealth_of(frame.ready.map, table.spent), cut, until), frame.ready.tape.zone)
        notes = [Note(message="loop-note-rows", facts={"shown": len(wanted), "all": len(table)}), check]
        named = partial(_named, wanted=np.sort(wanted))

        def told(names: tuple[Any, ...]) -> Answer:
            name_of = dict(zip(names[0].tolist(), names[1].tolist(), strict=True))
            rows = [(name_of[number], *row) for number, row in zip(wanted.tolist(), cells, strict=True)]
            return answer_of(DECLARATION, frame, len(table), rows, notes)

        return Round(itself, named, joined, told)

    return Round(partial(grouped, by="none"), partial(buyers_in, cut=cut), joined, then)


def _ranked(
    frame: Asked, table: Buyers, models: Models, rank: str, ahead: float, most: int
) -> tuple[npt.NDArray[np.uint64], list[tuple[Cell, ...]]]:
    """Who is told, by number, with the cells after the name."""
    told = expected(models, ahead)
    buys = models.fit.over(lambda rates: at_least(rates, models.seen, ahead, 1))[models.seen.row]
    spent = wealth_of(frame.ready.map, table.spent).of(table.spent, table.purchases)
    if rank == "soon":
        key = -buys
    elif rank == "worth":
        key = -(told.purchases if told.money is None else told.money)
    else:
        key = -(1 - told.alive) * (spent if told.money is not None else table.purchases)
    order = np.lexsort((table.number, key))[:most].astype(np.int64)
    some = chosen_rows(table, order)
    mine = models.people.of(order).seen
    drawn = models.fit.draws(DRAWS, SEED)
    low, high = _alive_between(drawn, mine)
    until, zone = deals_until(frame.ready), frame.ready.tape.zone
    dates = [next_wait(models.fit.rates, mine, share) for share in (0.5, 0.25, 0.75)]
    cells: list[tuple[Cell, ...]] = []
    for at, who in enumerate(order.tolist()):
        due = [_day(until, float(wait[at]), zone) for wait in dates]
        money = None if told.money is None else float(told.money[who])
        alive = float(told.alive[who])
        cells.append(
            (
                alive, min(float(low[at]), alive), max(float(high[at]), alive), f"{day_in(int(some.last[at]), zone)}", *due,
                int(some.purchases[at]), float(buys[who]), money, None if told.money is None else float(spent[who]),
            )
        )  # fmt: skip
    return some.number, cells


def _alive_between(drawn: Any, mine: Any) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Between what the chance of being alive lies, for all that is not known of the model's numbers."""
    from tropa.stats.bgnbd import alive

    found = np.array([alive(rates, mine) for rates in drawn if isinstance(rates, Rates)])
    low, high = np.quantile(found, [0.025, 0.975], axis=0)
    return low, high


def _day(until: int, days: float, zone: str) -> str | None:
    if not days < FARTHEST:
        return None
    return f"{day_in(until + int(days * DAY), zone)}"


def _named(part: Asked, first: int, last: int, *, wanted: npt.NDArray[np.uint64]) -> tuple[Any, ...]:
    """Numbers and pseudonyms of those of some customers that are wanted (rising)."""
    numbers = numbers_of(part.ready.tape)[first:last]
    spots = np.minimum(np.searchsorted(wanted, numbers), max(len(wanted) - 1, 0))
    hit = np.flatnonzero(wanted[spots] == numbers) if len(wanted) else np.zeros(0, np.int64)
    return numbers[hit], np.asarray(part.ready.tape.customers[first:last])[hit]
