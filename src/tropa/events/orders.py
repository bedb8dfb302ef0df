"""A wide orders table — created, paid, sent, delivered, cancelled, returned, a date each — as one event per date."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tropa.events.bad import BadRows
from tropa.events.contract import ColumnRole as R
from tropa.events.contract import EventBatch, ReadPlan
from tropa.events.convert import Faults, bad_rows, details, minor_value, people
from tropa.events.fixed import Flags, Longs
from tropa.events.order_lines import told_by_status
from tropa.events.raw import RawRows
from tropa.events.times import EARLIEST, LATEST, parse_times


def to_events(rows: RawRows, plan: ReadPlan) -> EventBatch:
    """Events of a row stand together, in the order of its date columns; `raw_index` says which row each came from.

    Order number and value are repeated on every event of the order: the map's deal event says which of them counts as money.
    An unreadable date makes the whole row bad (half an order would be a wrong order); a row without any date is TR-E115.
    """
    table, n = rows.table, rows.table.num_rows
    faults = Faults(n)
    dates = [guess for guess in plan.roles if guess.role == R.EVENT_TIME]
    instants = np.zeros((n, len(dates)), np.int64)
    present = np.zeros((n, len(dates)), np.bool_)
    for at, guess in enumerate(dates):
        zone = plan.zone_of(guess.column)
        times = parse_times(table[guess.column], plan.dialect.time_format, plan.dialect.day_first, zone)
        faults.mark(~times.ok & ~times.missing, "TR-E101", guess.column)
        faults.mark(times.ok & ((times.us < EARLIEST) | (times.us >= LATEST)), "TR-E114", guess.column)
        instants[:, at], present[:, at] = times.us, times.ok
    names = [guess.event or guess.column for guess in dates]
    if plan.status is not None:
        names, instants, present = _with_ends(table, plan.status, names, instants, present)
    faults.mark(np.logical_not(present.any(axis=1)), "TR-E115", dates[0].column)
    shared = people(table, plan, faults)
    value = minor_value(table, plan, faults)
    if value is not None:
        shared["value"] = value
    shared |= details(table, plan, faults)
    bad = BadRows.joined([rows.bad, bad_rows(rows, plan, faults)]) if faults.bad.any() else rows.bad
    good = np.flatnonzero(~faults.bad)
    where, which = np.nonzero(present[good])
    events = _spread(shared, good[where])
    events = {
        "row": pa.array(rows.lines[good[where]]),
        "time": pa.array(instants[good[where], which]),
        "event": pa.DictionaryArray.from_arrays(pa.array(which.astype(np.int32)), pa.array(names)),
        **events,
    }
    raw = table if len(good) == n else table.filter(pa.array(~faults.bad))
    return EventBatch(pa.table(events), raw, bad, where.astype(np.int64), rows.bytes_read, plan.order_once)


def _with_ends(
    table: Any, status: str, names: list[str], instants: Longs, present: Flags
) -> tuple[list[str], Longs, Flags]:
    """Events, their instants and which rows have them, with the ends that only a status tells of."""
    for event, (when, told) in told_by_status(table, status, len(names) > 1, instants, present).items():
        if event not in names:
            names = [*names, event]
            instants = np.column_stack([instants, np.zeros(len(when), np.int64)])
            present = np.column_stack([present, np.zeros(len(when), np.bool_)])
        at = names.index(event)
        new = told & ~present[:, at]
        instants[new, at], present[new, at] = when[new], True
    return names, instants, present


def _spread(columns: dict[str, Any], rows: Any) -> dict[str, Any]:
    index = pa.array(rows)
    return {name: pc.take(column, index) for name, column in columns.items()}
