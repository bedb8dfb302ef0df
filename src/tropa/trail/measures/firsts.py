"""One wait of each customer: from the first purchase to the second, or from the first contact to the first deal (R-27)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.trail.loops import deals_until
from tropa.trail.measures.asked import Asked
from tropa.trail.measures.buyers import By, groups_of, purchases_of, unsure_of
from tropa.trail.numbers import numbers_of
from tropa.trail.tape import Longs

Found = tuple[npt.NDArray[Any], ...]
"""By customer: number, wait (µs), whether it ended, whether the beginning may lie before the log, groups (see `buyers.groups_of`)."""


@dataclass(frozen=True, slots=True)
class PartFirsts:
    """The waits of a part with whose they are. A view of rounds."""

    customer: Longs
    columns: Found


def second_purchases(part: Asked, *, by: By) -> PartFirsts:
    """From the first purchase to the second, or to the end of what is known of deals."""
    customer, at, _, counted = purchases_of(part.ready, part.customers)
    begins = np.flatnonzero(np.r_[np.ones(min(1, len(customer)), np.bool_), customer[1:] != customer[:-1]]).astype(
        np.int64
    )
    begins = begins[counted[begins]]
    came = np.r_[customer[1:] == customer[:-1], np.zeros(min(1, len(customer)), np.bool_)][begins]
    until = np.full(len(begins), deals_until(part.ready), np.int64)
    until[came] = at[begins[came] + 1]
    return _firsts(part, customer[begins], until - at[begins], came, by)


def first_deals(part: Asked, *, by: By) -> PartFirsts:
    """From a customer's first bound event to the first deal, or to the end of what is known of deals. Of a period: who began in it."""
    ready = part.ready.whole
    passes, deals, until = ready.passes, ready.bound.deals, deals_until(ready)
    first = passes.is_first if part.ready.part is None else passes.is_first & part.ready.part.which
    mine = np.flatnonzero(first & (part.customers[passes.customer] != 0) & (passes.start <= until))
    customer, start = passes.customer[mine].astype(np.int64), passes.start[mine]
    spot = np.searchsorted(deals.customer, customer)
    there = np.minimum(spot, max(len(deals.customer) - 1, 0))
    came = np.zeros(len(customer), np.bool_)
    end = np.full(len(customer), until, np.int64)
    if len(deals.customer):
        came = (deals.customer[there] == customer) & (deals.time[there] <= until)
        end[came] = deals.time[there[came]]
    return _firsts(part, customer, np.maximum(end - start, 0), came, by)


def _firsts(part: Asked, customer: Longs, wait: Longs, came: npt.NDArray[np.bool_], by: By) -> PartFirsts:
    columns = (
        numbers_of(part.ready.tape)[customer],
        wait,
        came,
        unsure_of(part.ready)[customer],
        groups_of(part, by)[customer],
    )
    return PartFirsts(customer, columns)


def firsts_in(view: PartFirsts, first: int, last: int) -> Found:
    """Those of some customers: some thirty bytes each."""
    here = slice(*np.searchsorted(view.customer, [first, last]))
    return tuple(column[here] for column in view.columns)


def sure(found: Found) -> tuple[Longs, npt.NDArray[np.bool_], npt.NDArray[np.int32], int]:
    """Waits, whether they ended, and groups of customers whose beginning was seen, of no order; how many were left out."""
    _, wait, came, unsure, groups = found
    if not unsure.any():
        return wait, came, groups, 0
    kept = ~unsure
    return wait[kept], came[kept], groups[kept], int(unsure.sum())


def seconds_of(by: By) -> Any:
    """The view of rounds over second purchases."""
    return partial(second_purchases, by=by)


def deals_of(by: By) -> Any:
    """The view of rounds over first deals."""
    return partial(first_deals, by=by)
