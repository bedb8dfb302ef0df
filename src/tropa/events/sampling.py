"""The beginning of a file: what it is, how it is written, its columns and their first few thousand cells."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa

from tropa.events.contract import Dialect, Overrides
from tropa.events.dialect import column_names, find_delimiter, find_header, sample_rows
from tropa.events.encoding import MARK, checked, detect, known
from tropa.events.json_rows import sample_items
from tropa.events.jsonl_rows import OTHER, find_nested, flatten, rows_of, sample_objects
from tropa.events.limits import Limits
from tropa.events.opening import format_of, head_of
from tropa.events.opening_objects import OPENERS, opener_of
from tropa.events.parquet_rows import open_parquet, plain
from tropa.events.xes_rows import Way, sample_events
from tropa.events.xlsx_rows import sheet_rows
from tropa.model import TropaError, Where

HEAD = 2 << 20
DEEPEST = 64 << 20
"""XES: events are looked for so far down. What a log says of itself may be longer than `HEAD`."""
ROWS = 5_000
_EVENT = re.compile(rb"<\0?(?:\w+:)?e\0?v\0?e\0?n\0?t\b")
_COMMA = re.compile(r"[-−+]?[\d\s]*\d,\d{1,2}(\d{2,})?\s*(₽|руб\.?|р\.?|%|€|\$)?")
_POINT = re.compile(r"[-−+]?[\d\s,]*\d\.\d{1,2}(\d{2,})?\s*(₽|руб\.?|р\.?|%|€|\$)?")


@dataclass(frozen=True, slots=True)
class Sample:
    """What was found; `table` holds the sample's cells, one column each of `columns`."""

    format: str
    dialect: Dialect
    columns: tuple[str, ...]
    table: Any
    rows_estimate: int
    sheet: str | None = None
    nested: str | None = None
    dictionaries: tuple[str, ...] = ()
    """Parquet: string columns that lie in the file as dictionaries."""
    way: Way | None = None
    """XES: how it is read."""
    classifiers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """XES: its classifiers, by name the attributes that together name an event."""


def take_sample(file: Path, told: Overrides) -> Sample:
    """Raises TR-E001…TR-E006, TR-E010…TR-E012 for a file that cannot be read at all."""
    head = head_of(file, HEAD)
    kind = format_of(file, head)
    if kind == "parquet":
        return _of_parquet(file)
    if kind == "xlsx":
        return _of_xlsx(file, told)
    if kind == "xes":
        return _of_xes(file, head, told)
    encoding = known(told.encoding, file.name) if told.encoding else detect(head)
    whole = len(head) < HEAD
    if kind in ("jsonl", "json"):
        return _of_json(file, head, encoding, whole, kind, told)
    return _of_text(file, head, encoding, whole, told)


def _estimate(file: Path, head: bytes, rows: int, whole: bool) -> int:
    if whole or not rows:
        return rows
    packed = 4.0 if file.suffix.lower() in (".gz", ".zst") else 1.0  # logs shrink to about a quarter
    return max(rows, round(rows * packed * file.stat().st_size / len(head)))


def _of_text(file: Path, head: bytes, encoding: str, whole: bool, told: Overrides) -> Sample:
    text = head.decode(encoding, "ignore") if encoding != "utf-8" else checked(head)[0].decode().replace(MARK, "")
    text = text.removeprefix("\ufeff")
    if told.delimiter is not None and len(told.delimiter) != 1:
        raise TropaError("TR-E017", Where(file=file.name), name=told.delimiter)
    delimiter = told.delimiter or find_delimiter(text, whole)
    rows = sample_rows(text, delimiter, whole, ROWS)
    if not rows:
        raise TropaError("TR-E002", Where(file=file.name))
    at = find_header(rows)
    limit = Limits.of_environment().columns
    if at >= 0:
        names, header_line = column_names(rows[at][1], file.name, limit), rows[at][0] + _breaks(rows[at][1])
    else:
        names, header_line = column_names([""] * len(rows[0][1]), file.name, limit), 0
    body = [cells for _, cells in rows[at + 1 :] if len(cells) == len(names)][:ROWS]
    columns = list(zip(*body, strict=True)) if body else [()] * len(names)
    table = pa.table({name: pa.array(cells, pa.string()) for name, cells in zip(names, columns, strict=True)})
    dialect = Dialect(encoding, delimiter, told.decimal or find_decimal(body), header_line=header_line)
    lines = text.count("\n") + (not text.endswith("\n"))
    count = max(lines - header_line, 0) if len(rows) >= ROWS - 100 else len(rows) - at - 1
    return Sample("csv", dialect, names, table, _estimate(file, head, count, whole))


def _breaks(cells: tuple[str, ...]) -> int:
    return sum(cell.count("\n") for cell in cells)


def find_decimal(rows: list[tuple[str, ...]]) -> str:
    """The sign before fractions: the comma if more cells look like `12,50` than like `12.50`."""
    comma = point = 0
    for cells in rows[:1_000]:
        for cell in cells:
            if (cell[-1:].isascii() and len(cell) < 24) or "₽" in cell or "р" in cell:
                comma += _COMMA.fullmatch(cell.strip()) is not None
                point += _POINT.fullmatch(cell.strip()) is not None
    return "," if comma > point else "."


def _opened(objects: list[dict[str, Any]], opener: str, limits: Limits) -> list[dict[str, str | None]]:
    rows: list[dict[str, str | None]] = []
    for item in objects:
        try:
            rows += rows_of(item, limits, opener)
        except ValueError:
            continue
        if len(rows) > ROWS:
            break
    return rows


def _of_json(file: Path, head: bytes, encoding: str, whole: bool, kind: str, told: Overrides) -> Sample:
    objects = sample_objects(head, encoding, whole) if kind == "jsonl" else sample_items(head, file.name, encoding)
    if not objects:
        raise TropaError("TR-E016", Where(file=file.name))
    limits = Limits.of_environment()
    nested = (opener_of(objects) if told.preset != "none" else None) or find_nested(objects)
    rows: list[dict[str, str | None]] = []
    if nested is not None and nested in OPENERS:
        rows, objects = _opened(objects, nested, limits), []
    for item in objects:
        parts = item.get(nested) if nested else None
        shared = {key: value for key, value in item.items() if key != nested or not isinstance(parts, list)}
        pieces = parts if isinstance(parts, list) else [{}]
        for part in pieces[:ROWS]:
            try:
                more = flatten(part, limits, f"{nested}.") if isinstance(part, dict) and part else {}
                rows.append(flatten(shared, limits) | more)
            except ValueError:
                continue
    names = list(dict.fromkeys(name for row in rows for name in row))
    if len(names) > limits.columns:
        raise TropaError("TR-E010", Where(file=file.name), count=len(names), limit=limits.columns)
    columns = tuple(name for name in names if name != OTHER)
    table = pa.table({name: pa.array([row.get(name) for row in rows[:ROWS]], pa.string()) for name in columns})
    dialect = Dialect(encoding, header_line=0)
    estimate = _estimate(file, head, len(rows), whole)
    return Sample(kind, dialect, (*columns, OTHER), table, estimate, nested=nested)


def _of_xes(file: Path, head: bytes, told: Overrides) -> Sample:
    head, whole = _down_to_events(file, head)
    seen = sample_events(head, file.name, whole, told.lifecycle, told.classifier, defaults=told.defaults)
    rows = seen.rows
    names = tuple(dict.fromkeys(name for row in rows for name in row if name != OTHER))
    limit = Limits.of_environment().columns
    if len(names) > limit:
        raise TropaError("TR-E010", Where(file=file.name), count=len(names), limit=limit)
    table = pa.table({name: pa.array([row.get(name) for row in rows[:ROWS]], pa.string()) for name in names})
    estimate = _estimate(file, head, len(rows), whole)
    return Sample(
        "xes", Dialect(header_line=0), (*names, OTHER), table, estimate,
        nested=seen.way.lifecycle, way=seen.way, classifiers=seen.classifiers,
    )  # fmt: skip


def _down_to_events(file: Path, head: bytes) -> tuple[bytes, bool]:
    """The beginning of a log down to some of its events, and whether that is all of it. Statistics of a log may stand before them."""
    size = HEAD
    while len(head) == size < DEEPEST and not _EVENT.search(head):
        size *= 4
        head = head_of(file, size)
    first = _EVENT.search(head)
    if first is not None and first.start() > HEAD // 2:
        size = first.start() + HEAD
        head = head_of(file, size)
    return head, len(head) < size


def _of_xlsx(file: Path, told: Overrides) -> Sample:
    sheet, first, rows = sheet_rows(file, told.sheet)
    everything = list(rows)
    numbered = [(first + index, tuple(row)) for index, row in enumerate(everything) if any(row)]
    if not numbered:
        raise TropaError("TR-E002", Where(file=file.name))
    at = find_header(numbered[:200])
    limit = Limits.of_environment().columns
    width = len(numbered[0][1])
    names = column_names(numbered[at][1] if at >= 0 else [""] * width, file.name, limit)
    body = [cells for _, cells in islice(numbered, at + 1, at + 1 + ROWS)]
    columns = list(zip(*body, strict=True)) if body else [()] * width
    table = pa.table({name: pa.array(cells, pa.string()) for name, cells in zip(names, columns, strict=True)})
    dialect = Dialect(decimal=told.decimal or find_decimal(body), header_line=numbered[at][0] if at >= 0 else 0)
    return Sample("xlsx", dialect, names, table, len(numbered) - at - 1, sheet=sheet)


def _of_parquet(file: Path) -> Sample:
    with open_parquet(file) as found:
        if not found.metadata.num_rows:
            raise TropaError("TR-E002", Where(file=file.name))
        try:
            batch = next(found.iter_batches(batch_size=ROWS, use_threads=False))
        except (pa.ArrowException, OSError, ValueError, StopIteration) as fault:
            raise TropaError("TR-E011", Where(file=file.name), reason=str(fault)[:200]) from fault
        schema = found.schema_arrow
        columns = column_names(schema.names, file.name, Limits.of_environment().columns)
        table = plain(pa.Table.from_batches([batch]).rename_columns(list(columns)))
        texts = tuple(
            name
            for name, part in zip(columns, schema, strict=True)
            if pa.types.is_string(part.type) and _repeats(found, part.name, table[name])
        )
        return Sample("parquet", Dialect(), columns, table, found.metadata.num_rows, dictionaries=texts)


def _repeats(found: Any, name: str, cells: Any) -> bool:
    """Whether a text column takes much less room in the file than its texts would: then it lies there as a dictionary."""
    index = found.schema_arrow.get_field_index(name)
    if index < 0 or found.metadata.num_columns != len(
        found.schema_arrow
    ):  # nested columns: leaves and fields do not match
        return False
    chunk = found.metadata.row_group(0).column(index)
    texts = cells.nbytes / max(len(cells), 1) * chunk.num_values
    return bool(chunk.total_uncompressed_size < 0.5 * texts)
