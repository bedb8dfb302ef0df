"""Rows that could not be read, kept as columns: a hundred thousand of them cost memory for their cells and nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, overload

import pyarrow as pa
import pyarrow.compute as pc

from tropa.events.contract import BadRow

_COLUMNS = pa.schema(
    [
        ("line", pa.int64()),
        ("column", pa.string()),
        ("code", pa.string()),
        ("value", pa.string()),
        ("expected", pa.int64()),
        ("actual", pa.int64()),
    ]
)
CELL, REST = "c:", "rest"
"""Cells of the row are columns `c:<name>`; `rest` is what fits no column (a row with too many cells, or one that is not even a row)."""


class BadRows(Sequence[BadRow]):
    """A sequence of `BadRow` made one by one as they are looked at. `table` has the columns above."""

    def __init__(self, file: str, table: pa.Table | None = None) -> None:
        self.file = file
        self.table = _COLUMNS.empty_table() if table is None else table

    @staticmethod
    def of_columns(file: str, line: Any, column: Any, code: Any, value: Any, cells: pa.Table) -> BadRows:
        """From arrays of one length and the raw cells of the same rows (of any type)."""
        n = len(line)
        data = {
            "line": pa.array(line, pa.int64()),
            "column": column,
            "code": code,
            "value": value,
            "expected": pa.nulls(n, pa.int64()),
            "actual": pa.nulls(n, pa.int64()),
        }
        for name in cells.column_names:
            data[CELL + name] = as_text(cells[name])
        return BadRows(file, pa.table(data))

    @staticmethod
    def of_rows(file: str, rows: Sequence[BadRow]) -> BadRows:
        """From single rows. `raw` cells under the key "" go to `rest`."""
        names = list(dict.fromkeys(name for row in rows for name in row.raw if name))
        data: dict[str, Any] = {
            "line": pa.array([row.line for row in rows], pa.int64()),
            "column": pa.array([row.column for row in rows], pa.string()),
            "code": pa.array([row.code for row in rows], pa.string()),
            "value": pa.array([_text(row.facts.get("value")) for row in rows], pa.string()),
            "expected": pa.array([row.facts.get("expected") for row in rows], pa.int64()),
            "actual": pa.array([row.facts.get("actual") for row in rows], pa.int64()),
        }
        for name in names:
            data[CELL + name] = pa.array([row.raw.get(name) for row in rows], pa.string())
        if any("" in row.raw for row in rows):
            data[REST] = pa.array([row.raw.get("") for row in rows], pa.string())
        return BadRows(file, pa.table(data))

    @staticmethod
    def joined(parts: Sequence[BadRows]) -> BadRows:
        """Several in one, ordered by line."""
        full = [part for part in parts if len(part)]
        if len(full) == 1:
            return full[0]
        if not full:
            return BadRows(parts[0].file if parts else "")
        table = pa.concat_tables([part.table for part in full], promote_options="default")
        order = pc.sort_indices(table, [("line", "ascending")])
        return BadRows(full[0].file, table.take(order))

    def counts(self) -> dict[str, int]:
        """How many rows have which code."""
        return dict(Counter(self.table["code"].to_pylist())) if len(self) else {}

    def __len__(self) -> int:
        return int(self.table.num_rows)

    @overload
    def __getitem__(self, index: int) -> BadRow: ...
    @overload
    def __getitem__(self, index: slice) -> BadRows: ...
    def __getitem__(self, index: int | slice) -> BadRow | BadRows:
        if isinstance(index, slice):
            return BadRows(self.file, self.table.take(pa.array(range(*index.indices(len(self))), pa.int64())))
        at = index + len(self) if index < 0 else index
        if not 0 <= at < len(self):
            raise IndexError(index)
        return self._row(self.table.slice(at, 1).to_pylist()[0])

    def __iter__(self) -> Iterator[BadRow]:
        for batch in self.table.to_batches(max_chunksize=4096):
            for row in batch.to_pylist():
                yield self._row(row)

    def _row(self, row: Mapping[str, Any]) -> BadRow:
        facts = {key: row[key] for key in ("value", "expected", "actual") if row[key] is not None}
        raw = {name.removeprefix(CELL): cell for name, cell in row.items() if name.startswith(CELL)}
        if row.get(REST) is not None:
            raw[""] = row[REST]
        return BadRow(self.file, row["line"], row["column"], row["code"], facts, raw)


def _text(value: object) -> str | None:
    return None if value is None else str(value)[:400]


def as_text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Cells as people would have typed them: any Arrow column as strings."""
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if pa.types.is_string(column.type):
        return column
    bytes_ = (pa.types.is_binary, pa.types.is_large_binary, pa.types.is_fixed_size_binary)
    if pa.types.is_nested(column.type) or any(test(column.type) for test in bytes_):
        return pa.chunked_array([pa.array([_text(cell) for cell in column.to_pylist()], pa.string())])
    return column.cast(pa.string())
