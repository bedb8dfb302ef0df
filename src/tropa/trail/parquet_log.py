"""Parquet files that are one log, wherever they lie: their batches one after the other, their statistics together (R-63)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from tropa.model import TropaError


@dataclass(frozen=True, slots=True)
class Piece:
    """Neighbouring row groups of one file; `begin`: rows of the log before them."""

    path: str
    metadata: Any
    groups: tuple[int, ...]
    begin: int
    rows: int


@dataclass(frozen=True)
class ParquetLog:
    """`paths` on `filesystem` (an Arrow file system; None: this machine's). `state`: changes when any of the files does."""

    name: str
    paths: tuple[str, ...]
    filesystem: Any
    state: str

    @staticmethod
    def of_file(file: Path) -> ParquetLog:
        """One file of this machine."""
        now = file.stat()
        return ParquetLog(file.stem, (str(file),), None, f"{file.resolve()}:{now.st_size}:{now.st_mtime_ns}")

    @staticmethod
    def of_objects(name: str, paths: Sequence[str], filesystem: Any) -> ParquetLog:
        """Files of another file system, such as an object storage's."""
        told = filesystem.get_file_info(list(paths))
        return ParquetLog(
            name, tuple(paths), filesystem, ";".join(f"{one.path}:{one.size}:{one.mtime_ns}" for one in told)
        )

    def _open(self, path: str, metadata: Any = None) -> Any:
        return pq.ParquetFile(
            path, metadata=metadata, filesystem=self.filesystem, pre_buffer=self.filesystem is not None
        )

    @cached_property
    def _parts(self) -> tuple[Any, ...]:
        """What each file says of itself: its Arrow schema and its metadata. Raises TR-T415 where the schemas differ."""
        found = []
        for path in self.paths:
            with closing(self._open(path)) as one:
                found.append((one.schema_arrow, one.metadata))
        first = found[0][0]
        for path, (schema, _) in zip(self.paths, found, strict=True):
            if not schema.equals(first):
                raise TropaError("TR-T415", name=path, known=self.paths[0])
        return tuple(found)

    @property
    def schema(self) -> pa.Schema:
        """Columns and types, which all files share."""
        return self._parts[0][0]

    @property
    def rows(self) -> int:
        """Rows of all files."""
        return sum(int(metadata.num_rows) for _, metadata in self._parts)

    def statistics(self, column: str) -> list[Any]:
        """Of a column, of each row group: its lowest and highest; None where the writer did not say."""
        at = self.schema.names.index(column)
        return [
            metadata.row_group(group).column(at).statistics
            for _, metadata in self._parts
            for group in range(metadata.num_row_groups)
        ]

    def ends(self, column: str) -> tuple[int, int] | None:
        """The lowest and the highest of a column of whole numbers, or of timestamps (µs UTC, at most one too far out), as the files say
        of themselves; None where a row group does not say, or there is none."""
        groups = self.statistics(column)
        if not groups or not all(one is not None and one.has_min_max for one in groups):
            return None
        try:
            lowest, highest = min(one.min for one in groups), max(one.max for one in groups)
        except (ValueError, OverflowError):  # instants that Python cannot tell
            return None
        if isinstance(lowest, datetime):
            return _micros(lowest) - 1, _micros(highest) + 1
        return int(lowest), int(highest)

    def pieces(self, rows: int) -> tuple[Piece, ...]:
        """All rows, file after file, as pieces that can be read by themselves: whole row groups, together at most `rows` where
        these are smaller."""
        found: list[Piece] = []
        begin = 0
        for path, (_, metadata) in zip(self.paths, self._parts, strict=True):
            groups: list[int] = []
            held = 0
            for group in range(metadata.num_row_groups):
                size = int(metadata.row_group(group).num_rows)
                if groups and held + size > rows:
                    found.append(Piece(path, metadata, tuple(groups), begin, held))
                    groups, begin, held = [], begin + held, 0
                groups.append(group)
                held += size
            if groups:
                found.append(Piece(path, metadata, tuple(groups), begin, held))
                begin += held
        return tuple(found)

    def batches(self, piece: Piece, rows: int, columns: Sequence[str], *, threads: bool) -> Iterator[pa.RecordBatch]:
        """The rows of a piece in order, at most `rows` at once. `threads`: columns are read side by side."""
        with closing(self._open(piece.path, piece.metadata)) as one:
            yield from one.iter_batches(rows, piece.groups, list(columns), use_threads=threads)


def _micros(moment: datetime) -> int:
    """µs since 1970; without a zone: UTC."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return (aware - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
