"""Cohorts by plain numpy, last cut month and all: what the retention measure is held against."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import numpy as np

from tropa.trail.bind import NO_STAGE, Bound
from tropa.trail.tape import Longs


def cohorts(bound: Bound, *, by: Literal["deals", "events"] = "deals") -> Mapping[str, tuple[int, ...]]:
    """By the calendar month (UTC, `2010-12`) of a customer's first deal: customers with a deal in that month, the next, … the log's last.

    Who bought was there, also if all of it was brought back later; a cancelled order is no deal.
    `by="events"`: any bound event counts instead of deals. The last month of the log may be cut short.
    """
    tape = bound.tape
    if by == "deals":
        deals = bound.deals
        back = np.zeros(deals.void, np.bool_) if not len(deals.brought_back) else deals.brought_back
        customer = np.concatenate([deals.customer, deals.void_customer[back]])
        time = np.concatenate([deals.time, tape.time[deals.void_event[back]]])
    else:
        index = np.flatnonzero(bound.stage != NO_STAGE)
        customer = np.searchsorted(tape.offsets, index, side="right").astype(np.int64) - 1
        time = tape.time[index]
    if not len(time):
        return {}
    month = _months(time)
    pairs = np.unique(customer * 100_000 + month)
    who, when = pairs // 100_000, pairs % 100_000
    begins = np.r_[True, who[1:] != who[:-1]]
    first = when[begins][np.cumsum(begins) - 1]
    start, last = int(first.min()), int(when.max())
    grid = np.zeros((last - start + 1, last - start + 1), np.int64)
    np.add.at(grid, (first - start, when - first), 1)
    return {
        str(np.datetime64(start + int(row), "M")): tuple(int(n) for n in grid[row, : last - start - row + 1])
        for row in np.flatnonzero(grid[:, 0])
    }


def _months(time: Longs) -> Longs:
    """Calendar months since January 1970, UTC."""
    return np.asarray(time, dtype="datetime64[us]").astype("datetime64[M]").astype(np.int64)
