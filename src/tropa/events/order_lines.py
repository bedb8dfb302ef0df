"""Orders as shops write them down without saying so: a row for each line of goods with the whole order's total on every one, and a status
that alone tells of a cancellation (R-21)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tropa.events.bad import as_text
from tropa.events.contract import ColumnRole as R
from tropa.events.contract import ReadPlan, RoleGuess
from tropa.events.convert import nulled
from tropa.events.fixed import Flags, Longs
from tropa.events.profile import Profile
from tropa.events.synonyms import STATUS_NAMES, status_event, words_of

CREATED = "order_created"
ENDED = ("order_returned", "order_cancelled")
"""Events of orders that are no deals."""
STEPS = ("order_paid", "order_sent", "order_delivered", *ENDED)
ENOUGH = 3
"""So many orders of several rows say what such rows are."""


def totals_repeat(made: ReadPlan, table: Any) -> bool:
    """Whether the value of a row is that of its whole order, which has a row for each line of goods.

    So where in a sample every order of several rows has one value on all of them, though at least half of these orders have rows of
    different goods, and orders differ in value. Amounts of lines would differ with the goods. Where a column says what happened, each row
    is an event of its own.
    """
    order, value = made.column(R.ORDER), made.column(R.VALUE)
    if made.preset is not None or made.column(R.EVENT) is not None or order is None or value is None:
        return False
    about = {order, value} | {one.column for one in made.roles if one.role in (R.TIME, R.EVENT_TIME, R.CLOCK)}
    goods = [as_text(table[name]).to_pylist() for name in table.column_names if name not in about]
    rows: dict[str, list[int]] = {}
    for at, number in enumerate(as_text(table[order]).to_pylist()):
        if number:
            rows.setdefault(number, []).append(at)
    values = as_text(table[value]).to_pylist()
    several = [those for those in rows.values() if len(those) > 1]
    if len(several) < ENOUGH or any(len({values[at] for at in those}) > 1 for those in several):
        return False
    differ = sum(any(len({column[at] for at in those}) > 1 for column in goods) for those in several)
    return differ * 2 >= len(several) and len({values[those[0]] for those in several}) > 1


def by_status(roles: tuple[RoleGuess, ...], columns: Mapping[str, Profile]) -> tuple[tuple[RoleGuess, ...], str | None]:
    """The roles where a row is an order, known by its number, with one date and a status: it was created on that date, whatever became of
    it; and the column of statuses (None: the table is another). A table that has an order in several rows may be the history of statuses.
    """
    found = {one.role: one for one in roles}
    event, time, order = (found.get(role) for role in (R.EVENT, R.TIME, R.ORDER))
    if event is None or time is None or order is None or event.because != "role-because-status" or R.CLOCK in found:
        return roles, None
    number = columns[order.column]
    if number.unique < 1 or number.filled < 1:
        return roles, None
    changed = {
        time.column: replace(time, role=R.EVENT_TIME, event=CREATED),
        event.column: replace(event, role=R.PROPERTY),
    }
    return tuple(changed.get(one.column, one) for one in roles), event.column


def status_of_orders(made: ReadPlan, columns: Iterable[Profile]) -> str | None:
    """The column of statuses of a table of orders with dates, where some of them say that an order came to nothing."""
    if made.preset is not None or made.column(R.EVENT_TIME) is None:
        return None
    free = {one.column for one in made.roles if one.role in (R.PROPERTY, R.IGNORE)}
    for item in columns:
        named = " ".join(words_of(item.name)) in STATUS_NAMES
        if named and item.name in free and any(status_event(value) in ENDED for value in item.values):
            return item.name
    return None


def with_orders(made: ReadPlan, status: str | None, table: Any, columns: Iterable[Profile]) -> ReadPlan:
    """The plan with what is to be known of the lines and statuses of its orders. `status`: the column that `by_status` found."""
    return replace(made, order_once=totals_repeat(made, table), status=status or status_of_orders(made, columns))


def told_by_status(
    table: Any, status: str, ends: bool, instants: Longs, present: Flags
) -> Mapping[str, tuple[Longs, Flags]]:
    """By event: when (the row's latest date, for a status is no older than the order) and in which rows its status tells of it.

    `ends`: returns and cancellations only, for a table that dates the other steps. A status that nobody knows is an event of its own.
    """
    words = pc.dictionary_encode(nulled(table[status]).cast(pa.string()).combine_chunks())
    known = [status_event(word) or word for word in words.dictionary.to_pylist()]
    codes = np.asarray(words.indices.fill_null(len(known)))
    latest = np.where(present, instants, np.iinfo(np.int64).min).max(axis=1)
    dated = present.any(axis=1)
    wanted = ENDED if ends else (*STEPS, *sorted(set(known) - {*STEPS, CREATED}))
    return {
        event: (np.where(dated, latest, 0), np.array([*(one == event for one in known), False])[codes] & dated)
        for event in wanted
        if event in known
    }
