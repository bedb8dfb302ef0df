"""Events out of raw rows: by the preset that the plan names, then as a table of orders or as a row an event, then in one currency."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa

from tropa.events import convert, orders
from tropa.events.bad import CELL, BadRows
from tropa.events.contract import ColumnRole as R
from tropa.events.contract import EventBatch, ReadPlan
from tropa.events.money import in_one_currency
from tropa.events.raw import RawRows


def make_events(rows: RawRows, plan: ReadPlan) -> EventBatch:
    """The events of some rows, and the rows that could not be read."""
    batch = _plain(rows, plan) if plan.preset is None else _by_preset(rows, plan)
    return batch if plan.money_in is None else in_one_currency(batch, plan)


def _plain(rows: RawRows, plan: ReadPlan) -> EventBatch:
    if plan.column(R.EVENT_TIME) is not None:
        return orders.to_events(rows, plan)
    batch = convert.to_events(rows, plan)
    if not plan.order_once:
        return batch
    return replace(batch, raw_index=np.arange(len(batch.events), dtype=np.int64), order_once=True)


def _by_preset(rows: RawRows, plan: ReadPlan) -> EventBatch:
    """Rows with the preset's own columns beside the file's. Where it makes several events of a row, each is known by who, what and when."""
    from tropa.events.presets import named

    preset = named(plan.preset or "")
    table, made = preset.shaped(rows.table)
    index = made.rows
    wanted = [guess.column for guess in plan.roles if guess.column.startswith("=")]
    for name in wanted:
        if name not in table.column_names:
            table = table.append_column(name, pa.nulls(table.num_rows, pa.string()))
    lines = rows.lines if index is None else rows.lines[index]
    batch = _plain(RawRows(table, lines, rows.bad, rows.bytes_read), plan)
    if index is not None and batch.raw_index is None:
        batch = replace(batch, raw_index=np.arange(len(batch.events), dtype=np.int64))
    if preset.late and batch.raw_index is None:
        batch = replace(batch, raw=batch.raw.select([one for one in batch.raw.column_names if not one.startswith("=")]))
    assert isinstance(batch.bad, BadRows)
    bad = _as_in_the_file(batch.bad, several=index is not None)
    return replace(batch, bad=bad, order_once=made.order_once)


def _as_in_the_file(bad: BadRows, *, several: bool) -> BadRows:
    """Bad rows with the file's own columns only. `several`: events of one row may be at fault; each row then stands there once.

    A line of the file is no row: lists in JSON, and XES, have many rows on one.
    """
    if not len(bad):
        return bad
    table = bad.table.drop_columns([name for name in bad.table.column_names if name.startswith(f"{CELL}=")])
    if several:
        cells = [table[name].to_pylist() for name in table.column_names if name == "line" or name.startswith(CELL)]
        first: dict[tuple[object, ...], int] = {}
        for at, row in enumerate(zip(*cells, strict=True)):
            first.setdefault(row, at)
        table = table.take(pa.array([*first.values()], pa.int64()))
    return BadRows(bad.file, table)
