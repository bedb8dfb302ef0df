"""Expressions over customers (`model.expression`) evaluated on the tape."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import numpy.typing as npt

from tropa.model import Condition, EventRule
from tropa.model.expression import BUILT_IN, Compare, Every, Expression, Known, Not, Plain, Quantity, Some
from tropa.model.rules import Test
from tropa.trail.rules import (
    MINOR,
    codes_at,
    codes_that_hold,
    column_of,
    events_that_fit,
    fitting_per_customer,
    numbers_hold,
)
from tropa.trail.tape import NO_VALUE, Tape

Mask = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
DAY = 86_400.0
SECOND = 1_000_000
_BOUNDS = {"<": "below", "<=": "at_most", ">": "above", ">=": "at_least"}
_TIMES = ("recency", "age", "since")


def customers_where(tape: Tape, expression: Expression, where: str = "where") -> Mask:
    """Which customers an expression means (m booleans). Times are counted back from the end of the log, a bare number of them is days.

    Raises TR-T001 for a column that the log does not have.
    """
    match expression:
        case Every(parts):
            return np.asarray(np.logical_and.reduce([customers_where(tape, part, where) for part in parts]))
        case Some(parts):
            return np.asarray(np.logical_or.reduce([customers_where(tape, part, where) for part in parts]))
        case Not(part):
            return ~customers_where(tape, part, where)
        case Known(quantity, known):
            return _holds(tape, quantity, Condition(known=known), where)
        case Compare(quantity, _, _):
            return _holds(tape, quantity, _test(expression), where)


def _holds(tape: Tape, quantity: Quantity, test: Test, where: str) -> Mask:
    if quantity.kind in ("column", "first_channel", "last_channel"):
        name = quantity.name if quantity.kind == "column" else "channel"
        column = column_of(tape, name, where, BUILT_IN)
        take = "first" if quantity.kind == "first_channel" else "last"
        return np.asarray(codes_that_hold(column, test)[codes_at(tape, column, take)])
    return numbers_hold(_numbers(tape, quantity), test)


def _test(one: Compare) -> Test:
    """The same comparison as rules of the map have it."""
    values = tuple(_scalar(one.quantity, value) for value in one.values)
    if one.sign in ("=", "in"):
        return values
    if one.sign in ("!=", "not in"):
        return Condition(unlike=values)
    if one.sign == "contains":
        return Condition(contains=str(values[0]))
    return Condition.model_validate({_BOUNDS[one.sign]: _number(values[0])})


def _scalar(quantity: Quantity, value: Plain) -> str | float | bool:
    """A length of time in days; other values as they are."""
    if isinstance(value, timedelta):
        return value.total_seconds() / DAY
    return value


def _number(value: str | float | bool) -> float:
    return float(str(value).replace(",", ".")) if isinstance(value, str) else float(value)


def _numbers(tape: Tape, quantity: Quantity) -> Floats:
    """A quantity by customer; NaN where there is none. Times in days."""
    first, last = tape.offsets[:-1], tape.offsets[1:] - 1
    there = last >= first
    out = np.full(len(first), np.nan)
    if quantity.kind == "events":
        return np.diff(tape.offsets).astype(np.float64)
    if quantity.kind == "recency":
        out[there] = (tape.complete_until - tape.time[last[there]]) / SECOND / DAY
        return out
    if quantity.kind == "age":
        out[there] = (tape.complete_until - tape.time[first[there]]) / SECOND / DAY
        return out
    if quantity.kind == "count" and quantity.within is None:
        return fitting_per_customer(tape, EventRule(event=quantity.name)).astype(np.float64)
    fits = np.ones(tape.events, np.bool_) if quantity.kind == "money" else _fitting(tape, quantity)
    if quantity.kind in ("money", "sum"):
        value = np.where(fits & (tape.value != NO_VALUE), tape.value, 0)
        return np.diff(np.concatenate([[0], np.cumsum(value)])[tape.offsets]) / MINOR
    index = np.flatnonzero(fits)
    edges = np.searchsorted(index, tape.offsets)
    if quantity.kind == "since":
        some = edges[1:] > edges[:-1]
        out[some] = (tape.complete_until - tape.time[index[edges[1:][some] - 1]]) / SECOND / DAY
        return out
    return np.diff(edges).astype(np.float64)


def _fitting(tape: Tape, quantity: Quantity) -> Mask:
    fits = events_that_fit(tape, EventRule(event=quantity.name))
    if quantity.within is None:
        return fits
    begin = tape.complete_until - quantity.within // timedelta(microseconds=1)
    return np.asarray(fits & (tape.time > begin))
