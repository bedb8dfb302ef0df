"""The truth: one Parquet file an import, of the events that were accepted, in order of arrival, without any real identity.

Columns: customer int32 (number in the table of aliases), time int64 (µs UTC), event, channel, instrument (dictionaries), value int64
(minor units), score float32, session, order, text and `p:…` strings; those that an import had. Arrays of a generation are rebuilt from it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from tropa.model import TropaError, Where
from tropa.trail.archive.arrow import as_text, whole
from tropa.trail.archive.spool import Names, Spools
from tropa.trail.tape import NO_VALUE

CODED = ("event", "channel", "instrument")
CHUNK = 1 << 20


class Extras:
    """Strings that go into the Parquet as they are, kept batch by batch in files beside the spools."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._batches: list[tuple[int, Path | None]] = []
        self.columns: list[str] = []

    def take(self, table: pa.Table) -> None:
        """Keeps a batch's text, session, order and property columns."""
        names = [name for name in table.column_names if name in ("text", "session", "order") or name.startswith("p:")]
        path = None
        if names:
            self.columns += [name for name in names if name not in self.columns]
            path = self.folder / f"x{len(self._batches)}.arrow"
            strings = {name: as_text(whole(table[name])) for name in names}
            plain = pa.table(strings)
            with pa.OSFile(str(path), "wb") as out, pa.ipc.new_file(out, plain.schema) as writer:
                writer.write_table(plain)
        self._batches.append((len(table), path))

    def __iter__(self) -> Iterator[tuple[int, pa.Table]]:
        """(number of events, their strings) batch by batch."""
        for count, path in self._batches:
            if path is None:
                yield count, pa.table({})
            else:
                with pa.memory_map(str(path)) as source:
                    yield count, pa.ipc.open_file(source).read_all()


def write_part(
    path: Path,
    spools: Spools,
    extras: Extras,
    names: Mapping[str, Names],
    moved: Mapping[str, npt.NDArray[np.uint32]],
    keep: npt.NDArray[np.bool_] | None,
) -> None:
    """Writes the accepted events (`keep`; None: all). `moved`: as `Encoder.settle` says."""
    columns = {name: spools.read(name) for name in ("customer", "time", "value", "score", *CODED) if name in spools}
    words = {name: pa.array(names[name].names[1:], pa.string()) for name in CODED if name in columns}
    schema = pa.schema(
        [
            *((name, _kind(name)) for name in columns),
            *((name, pa.string()) for name in extras.columns),
        ]
    )
    coded = [*words, *extras.columns]
    with pq.ParquetWriter(
        path,
        schema,
        compression="zstd",
        compression_level=1,
        use_dictionary=coded,
        column_encoding={"time": "DELTA_BINARY_PACKED"},
        write_statistics=["customer", "time"],
    ) as writer:
        start = 0
        for count, strings in extras:
            part = slice(start, start + count)
            chosen = slice(None) if keep is None else np.flatnonzero(keep[part])
            arrays = [_array(name, array[part][chosen], words, moved) for name, array in columns.items()]
            arrays += [_strings(strings, name, count, None if keep is None else chosen) for name in extras.columns]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema), row_group_size=CHUNK)
            start += count


def _kind(name: str) -> Any:
    if name in CODED:
        return pa.dictionary(pa.int32(), pa.string())
    return {"customer": pa.int32(), "time": pa.int64(), "value": pa.int64(), "score": pa.float32()}[name]


def _array(
    name: str, array: npt.NDArray[Any], words: Mapping[str, Any], moved: Mapping[str, npt.NDArray[np.uint32]]
) -> Any:
    if name in CODED:
        codes = moved[name][array] if name in moved else array
        indices = pa.array(codes.astype(np.int32) - 1, mask=codes == 0)
        return pa.DictionaryArray.from_arrays(indices, words[name])
    if name == "value":
        return pa.array(array, mask=array == NO_VALUE)
    if name == "score":
        return pa.array(array, mask=np.isnan(array))
    return pa.array(array.astype(np.int32) if name == "customer" else array)


def _strings(table: pa.Table, name: str, count: int, chosen: Any) -> Any:
    column = whole(table[name]) if name in table.column_names else pa.nulls(count, pa.string())
    return column if chosen is None else column.take(pa.array(chosen))


def read_part(path: Path, columns: list[str] | None = None) -> Iterator[pa.Table]:
    """The events of a part, in tables of some hundred thousand rows. Raises TR-T104 for a missing or damaged file."""
    try:
        with pq.ParquetFile(path) as file:
            have = [name for name in file.schema_arrow.names if columns is None or name in columns]
            for group in range(file.num_row_groups):
                yield file.read_row_group(group, have, use_threads=True)
    except (OSError, pa.ArrowInvalid) as reason:
        raise TropaError("TR-T104", Where(file=str(path)), reason=str(reason)) from reason
