"""One wait of each customer: from the first purchase to the second, or from the first contact to the first deal (R-27)."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.trail.kernels.passes import FOREVER
from tropa.trail.loops import deals_until
from tropa.trail.measures.asked import Asked
from tropa.trail.measures.buyers import Grouped, purchases_of, unsure_of
from tropa.trail.numbers import numbers_of
from tropa.trail.passes import firsts, lasts
from tropa.trail.tape import Longs

Bools = npt.NDArray[np.bool_]
Found = tuple[npt.NDArray[Any], ...]
"""By customer: number, wait (µs), whether it ended, whether the beginning may lie before the log, groups (see `buyers.groups_of`)."""
Waited = tuple[Longs, Longs, Bools]
"""By customer: whose, the wait (µs), whether it ended."""


def second_purchases(view: Grouped, first: int, last: int) -> Found:
    """From the first purchase to the second, or to the end of what is known of deals."""
    part = view.part
    customer, at, _, counted = purchases_of(part.ready, part.customers, first, last)
    begins = np.flatnonzero(firsts(customer) & counted)
    came = ~lasts(customer)[begins]
    until = np.full(len(begins), deals_until(part.ready), np.int64)
    until[came] = at[begins[came] + 1]
    return _told(view, first, last, (customer[begins], until - at[begins], came))


def first_deals(view: Grouped, first: int, last: int) -> Found:
    """From a customer's first bound event to the first deal, or to the end of what is known of deals. Of a period: who began in it."""
    return _told(view, first, last, deals_awaited(view.part, first, last))


def deals_awaited(part: Asked, first: int, last: int) -> Waited:
    """The waits for the first deal of the customers first…last−1."""
    ready = part.ready.whole
    passes, deals, until = ready.passes, ready.bound.deals, deals_until(ready)
    here = passes.those_of(first, last)
    customer, start = passes.customer[here], passes.start[here]
    mine = firsts(customer) & (part.customers[customer] != 0) & (start <= until)
    if part.ready.part is not None:
        mine &= part.ready.part.which[here]
    customer, start = customer[mine].astype(np.int64), start[mine]
    deal = _first_deal(deals.customer, deals.time, first, last)[customer - first]
    came = deal <= until
    return customer, np.maximum(np.where(came, deal, until) - start, 0), came


def _first_deal(customer: Longs, time: Longs, first: int, last: int) -> Longs:
    """When each of the customers first…last−1 made the first deal (µs); `FOREVER`: none did. Deals in (customer, time) order."""
    begin, end = np.searchsorted(customer, [first, last])
    out = np.full(last - first, FOREVER, np.int64)
    out[customer[begin:end][::-1] - first] = time[begin:end][::-1]  # the last one written is the first
    return out


def _told(view: Grouped, first: int, last: int, waited: Waited) -> Found:
    customer, wait, came = waited
    ready = view.part.ready
    unsure = unsure_of(ready, first, last)[customer - first]
    return numbers_of(ready.tape)[customer], wait, came, unsure, view.groups[customer]


def sure(found: Found) -> tuple[Longs, Bools, npt.NDArray[np.int32], int]:
    """Waits, whether they ended, and groups of customers whose beginning was seen, of no order; how many were left out."""
    _, wait, came, unsure, groups = found
    if not unsure.any():
        return wait, came, groups, 0
    kept = ~unsure
    return wait[kept], came[kept], groups[kept], int(unsure.sum())
