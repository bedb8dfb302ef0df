"""Reading a planned file: raw rows of its format, converted batch by batch."""

from __future__ import annotations

from collections.abc import Iterator

from tropa.events.contract import EventBatch, ReadPlan
from tropa.events.csv_rows import csv_rows
from tropa.events.json_rows import json_rows
from tropa.events.jsonl_rows import jsonl_rows
from tropa.events.making import make_events
from tropa.events.opening import opened
from tropa.events.parquet_rows import parquet_rows
from tropa.events.planning import complete
from tropa.events.raw import RawRows
from tropa.events.stretch import stretch_of
from tropa.events.xes_rows import Way, xes_rows
from tropa.events.xlsx_rows import xlsx_rows

BATCH_ROWS = 1_000_000
_TEXT_ROW = 64
"""Bytes of a short row of text; blocks of text are sized by it."""


def read(plan: ReadPlan, *, batch_rows: int = BATCH_ROWS) -> Iterator[EventBatch]:
    """The events of a file in batches of at most about `batch_rows` rows, in file order, in bounded memory.

    Rows that cannot be read come along as `bad`, each with its line and reason. Raises TR-E007, TR-E008 for an incomplete plan
    and TR-E004, TR-E005, TR-E011, TR-E012, TR-E023, TR-E041 where the file itself turns out to be broken.
    """
    complete(plan)
    for rows in raw_rows(plan, batch_rows):
        rows = rows.moved(plan.lines) if plan.lines else rows
        if rows.table.num_rows or len(rows.bad) or rows.bytes_read:
            yield make_events(rows, plan)


def raw_rows(plan: ReadPlan, batch_rows: int = BATCH_ROWS) -> Iterator[RawRows]:
    """The rows as they stand in the file."""
    file, dialect = plan.file, plan.dialect
    if plan.format == "parquet":
        yield from parquet_rows(file, plan.columns, plan.encoded, batch_rows)
    elif plan.format == "xlsx":
        yield from xlsx_rows(file, plan.sheet, plan.columns, dialect.header_line, min(batch_rows, 200_000))
    elif plan.format == "xes":
        with opened(file) as stream:
            way = Way(plan.nested, plan.classifier, plan.defaults)
            yield from xes_rows(stream, file.name, plan.columns, way, min(batch_rows, 50_000))
    elif plan.format in ("jsonl", "json"):
        rows = jsonl_rows if plan.format == "jsonl" else json_rows
        with opened(file) as whole:
            stream = stretch_of(whole, plan)
            yield from rows(stream, file.name, plan.columns, dialect.encoding, plan.nested, min(batch_rows, 50_000))
    else:
        block = min(max(batch_rows * _TEXT_ROW, 1 << 16), 32 << 20)
        header = 0 if plan.begin else dialect.header_line
        with opened(file) as whole:
            stream = stretch_of(whole, plan)
            yield from csv_rows(stream, file.name, plan.columns, dialect.encoding, dialect.delimiter, header, block)
