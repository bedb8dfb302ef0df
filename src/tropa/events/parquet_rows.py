"""Parquet as raw rows: row groups as they lie, strings left in their dictionaries, nothing copied."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from tropa.events.bad import BadRows
from tropa.events.limits import Limits
from tropa.events.raw import RawRows
from tropa.model import TropaError, Where


def open_parquet(file: Path, encoded: Sequence[str] = ()) -> Any:
    """The open file. `encoded`: string columns to be read as dictionaries. Raises TR-E001, TR-E010, TR-E011."""
    try:
        found = pq.ParquetFile(file, read_dictionary=list(encoded), memory_map=True, pre_buffer=False)
    except (pa.ArrowException, OSError) as fault:
        if not file.is_file():
            raise TropaError("TR-E001", Where(file=file.name), reason="") from fault
        raise TropaError("TR-E011", Where(file=file.name), reason=str(fault)[:200]) from fault
    width, limit = len(found.schema_arrow), Limits.of_environment().columns
    if width > limit:
        raise TropaError("TR-E010", Where(file=file.name), count=width, limit=limit)
    return found


def plain(table: Any) -> Any:
    """The table with every kind of text as string or dictionary<int32, string>; other types as they are.

    Writers differ: Polars has large strings and views, pandas small dictionary indices, Spark of old bare bytes.
    """
    for index, field in enumerate(table.schema):
        kind = _plain_type(field.type)
        if kind is None:
            continue
        try:
            column = table.column(index).cast(kind)
        except pa.ArrowInvalid:  # bytes that are no text
            continue
        table = table.set_column(index, field.name, column)
    return table


def _plain_type(kind: Any) -> Any | None:
    if pa.types.is_dictionary(kind):
        texts = pa.types.is_string(kind.value_type) or pa.types.is_large_string(kind.value_type)
        wanted = pa.dictionary(pa.int32(), pa.string()) if texts else kind.value_type
        return None if kind == wanted else wanted
    odd = (pa.types.is_large_string, pa.types.is_string_view, pa.types.is_binary, pa.types.is_large_binary)
    return pa.string() if any(test(kind) for test in odd) else None


def parquet_rows(file: Path, names: Sequence[str], encoded: Sequence[str], batch_rows: int) -> Iterator[RawRows]:
    """Batches of about `batch_rows` rows; `lines` are row numbers from 1 (there is no header). `names`: what columns are called here."""
    with open_parquet(file) as bare:
        own = dict(zip(names, bare.schema_arrow.names, strict=True))
    found = open_parquet(file, [own[name] for name in encoded])
    at, size = 1, file.stat().st_size
    total = max(found.metadata.num_rows, 1)
    try:
        with found:
            for table in _tables(found, batch_rows):
                n = table.num_rows
                yield RawRows(
                    plain(table.rename_columns(list(names))),
                    np.arange(at, at + n, dtype=np.int64),
                    BadRows(file.name),
                    size * n // total,
                )
                at += n
    except (pa.ArrowException, OSError, ValueError) as fault:
        raise TropaError("TR-E011", Where(file=file.name), reason=str(fault)[:200]) from fault


def _tables(found: Any, batch_rows: int) -> Iterator[Any]:
    """Neighbouring row groups together until they are enough; a group that is much too large, in slices."""
    wait: list[int] = []
    rows = 0
    for index in range(found.metadata.num_row_groups):
        size = found.metadata.row_group(index).num_rows
        if wait and rows + size > batch_rows * 3 // 2:
            yield found.read_row_groups(wait, use_threads=True)
            wait, rows = [], 0
        if size > batch_rows * 3 // 2:
            for batch in found.iter_batches(batch_size=batch_rows, row_groups=[index]):
                yield pa.Table.from_batches([batch])
            continue
        wait.append(index)
        rows += size
    if wait:
        yield found.read_row_groups(wait, use_threads=True)
