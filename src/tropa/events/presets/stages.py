"""Orders and deals: a row with one or more dates and a status becomes a date for each step that it has taken.

Every order is `order_created`. Its dates say when it was paid, sent, delivered, cancelled,
returned; what only the status tells is dated
by the status's own time, else by the latest date that the row has,
else by its creation (an order's status is no older than the order).
A status that stands in no list makes no event; the plan names it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tropa.events.presets.cells import Cells, Longs, mapped, where
from tropa.events.presets.preset import Made
from tropa.events.synonyms import status_event

CREATED, PAID, SENT, DELIVERED = "order_created", "order_paid", "order_sent", "order_delivered"
CANCELLED, RETURNED = "order_cancelled", "order_returned"
STEPS = (CREATED, PAID, SENT, DELIVERED, RETURNED, CANCELLED)
"""In the order in which they happen; events of one instant stand in it."""
_TIME = r"\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?"
_DATED = (
    r"(?P<d>\d{1,2}[./-]\d{1,2}[./-]\d{2,4}(?: " + _TIME + r")?"
    r"|\d{4}-\d{2}-\d{2}(?:[ T]" + _TIME + r")?(?: ?(?:Z|[+-]\d{2}:?\d{2}))?)"
)


def plain_status(value: str) -> str:
    """A status as lists of statuses spell it: small letters, no code in brackets before it, no date behind it."""
    bare = value.strip().lower().replace("ё", "е")
    if bare.startswith("[") and "]" in bare:
        bare = bare.partition("]")[2].strip() or bare
    words = [
        word for word in bare.replace("_", " ").replace("-", " ").split() if not word[:1].isdigit() or word.isdigit()
    ]
    return " ".join(words)


@dataclass(frozen=True, slots=True)
class Steps:
    """Which columns of an order say what. Of several columns the first that is filled counts, row by row."""

    dates: Mapping[str, tuple[str, ...]]
    """By event: date columns (a date inside a text, as in «Да 12.03.2024», is found)."""
    status: tuple[str, ...] = ()
    status_at: tuple[str, ...] = ()
    statuses: Mapping[str, str] | None = None
    """Own words of this product beside the usual ones: status → event."""
    value: tuple[str, ...] = ()
    minor: bool = False
    """Whether amounts are in hundredths."""
    refunded: tuple[str, ...] = ()
    """How much of the order was given back: all of it is a return, a part takes money off."""
    flags: Mapping[str, tuple[str, ...]] | None = None
    """By event: columns of yes or no."""
    first_of: tuple[str, ...] = ()
    """The order's number where an order has several rows, one a line of goods: only its first row is the order."""
    more: Callable[[Cells], Mapping[str, Any]] | None = None
    """Further columns (channel, alias, …)."""

    def event_of(self, status: str) -> str | None:
        """The step that a status stands for."""
        own = {plain_status(word): event for word, event in (self.statuses or {}).items()}
        return own.get(plain_status(status)) or status_event(plain_status(status))

    def make(self, cells: Cells) -> Made:
        """A column `=order_…` of dates for each step that any row has taken."""
        rows = None
        if self.first_of:
            rows = _first_rows(cells, self.first_of, self.dates[CREATED])
            cells = Cells(cells.table.take(pa.array(rows)))
        dates = {event: _dates(cells, columns) for event, columns in self.dates.items()}
        known = [dates[event] for event in reversed(STEPS) if event in dates]
        latest = pc.coalesce(_dates(cells, self.status_at), *known)
        step = mapped(cells.text(*self.status), self.event_of) if self.status else cells.nothing()
        for event in STEPS[1:]:
            told = pc.equal(step, event)
            if self.flags and event in self.flags:
                told = pc.or_kleene(told, _yes(cells.text(*self.flags[event])))
            dates[event] = pc.coalesce(dates.get(event, cells.nothing()), where(told, latest))
        columns: dict[str, Any] = {}
        if self.refunded:
            columns |= self._refunds(cells, dates, latest)
        columns |= {
            f"={event}": dates[event]
            for event in STEPS
            if event in dates and dates[event].null_count < len(dates[event])
        }
        if self.minor:
            from tropa.events.presets.cells import scaled

            columns["=value"] = scaled(cells.text(*self.value), 0.01)
        return Made(columns | dict(self.more(cells) if self.more else {}), rows, rows is not None)

    def _refunds(self, cells: Cells, dates: dict[str, Any], latest: Any) -> dict[str, Any]:
        """A full refund is a return; of a partial one the order keeps what is left: `=value` is the total less the refund."""
        from tropa.events.numerals import parse_numbers

        total, back = (parse_numbers(cells.text(*names), ".") for names in (self.value, self.refunded))
        whole = back.ok & total.ok & (back.values > 0) & (back.values >= total.values - 0.005)
        dates[RETURNED] = pc.coalesce(dates[RETURNED], where(pa.array(whole), latest))
        left = np.where(back.ok & ~whole, total.values - back.values, total.values)
        return {
            "=value": pc.coalesce(
                pa.array(np.round(left, 2), mask=~total.ok).cast(pa.string()), cells.text(*self.value)
            )
        }


def _dates(cells: Cells, columns: tuple[str, ...]) -> Any:
    text = cells.text(*columns)
    return pc.coalesce(
        pc.struct_field(pc.extract_regex(text, _DATED), "d"),
        where(pc.match_substring_regex(text, r"^\d{5,16}(\.\d+)?$"), text),
    )


def _yes(column: Any) -> Any:
    return pc.match_substring_regex(pc.utf8_lower(column), r"^(y|yes|true|1|да|д|\+)([\s.,(].*)?$")


def _first_rows(cells: Cells, numbers: tuple[str, ...], created: tuple[str, ...]) -> Longs:
    """The first row of each order that has a date; further lines of goods leave the date out, or repeat it."""
    name = cells.text(*numbers)
    dated = np.asarray(pc.is_valid(cells.text(*created)))
    codes = np.asarray(pc.fill_null(pc.dictionary_encode(name).indices, -1)).astype(np.int64)
    first = np.zeros(cells.rows, np.bool_)
    first[np.unique(np.where(dated, codes, -2), return_index=True)[1]] = True
    return np.flatnonzero((first | (codes < 0)) & dated | ((codes < 0) & ~dated)).astype(np.int64)
