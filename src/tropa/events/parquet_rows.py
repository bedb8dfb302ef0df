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


def parquet_rows(file: Path, encoded: Sequence[str], batch_rows: int) -> Iterator[RawRows]:
    """Batches of about `batch_rows` rows; `lines` are row numbers from 1 (there is no header)."""
    found = open_parquet(file, encoded)
    at, size = 1, file.stat().st_size
    total = max(found.metadata.num_rows, 1)
    try:
        with found:
            for table in _tables(found, batch_rows):
                n = table.num_rows
                yield RawRows(table, np.arange(at, at + n, dtype=np.int64), BadRows(file.name), size * n // total)
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
