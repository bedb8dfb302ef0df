"""From Arrow columns to plain arrays."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Words = npt.NDArray[np.uint64]


@contextlib.contextmanager
def steady_memory() -> Iterator[None]:
    """Lets Arrow take its memory from the system's allocator for a while.

    Its own gives memory back between two batches and asks for it anew, and memory that is fresh costs more than reading does (measured: a
    tenth of an import's seconds).
    """
    before = pa.default_memory_pool()
    pa.set_memory_pool(pa.system_memory_pool())
    try:
        yield
    finally:
        pa.set_memory_pool(before)


def whole(column: Any) -> Any:
    """One array out of a column that may come in chunks."""
    if isinstance(column, pa.ChunkedArray):
        return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()
    return column


def string_buffers(array: Any) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int64]]:
    """Bytes and n + 1 offsets of a string or binary array (nulls have length 0 or hold anything)."""
    if pa.types.is_string(array.type) or pa.types.is_binary(array.type):
        kind: Any = np.int32
    else:
        array = array.cast(pa.large_string() if not pa.types.is_large_binary(array.type) else pa.large_binary())
        kind = np.int64
    _, offsets, data = array.buffers()
    if not len(array):
        return np.frombuffer(b"", np.uint8), np.zeros(1, np.int64)
    bounds = np.frombuffer(offsets, kind)[array.offset : array.offset + len(array) + 1].astype(np.int64)
    return np.frombuffer(data, np.uint8) if data is not None and data.size else np.frombuffer(b"", np.uint8), bounds


def is_text(kind: Any) -> bool:
    """Whether a type holds strings."""
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind))


def as_text(array: Any) -> Any:
    """The same column as plain strings: dictionaries decoded, other types written out."""
    kind = array.type.value_type if pa.types.is_dictionary(array.type) else array.type
    if pa.types.is_dictionary(array.type):
        array = array.dictionary_decode() if is_text(kind) else array.cast(kind)
    return array if pa.types.is_string(array.type) else array.cast(pa.string())


def as_dictionary(column: Any) -> tuple[npt.NDArray[np.int64], Any]:
    """(codes, distinct strings): codes point into the strings, −1 for null."""
    array = whole(column)
    if not pa.types.is_dictionary(array.type):
        if not is_text(array.type):
            array = as_text(array)
        array = array.dictionary_encode()
    names = as_text(array.dictionary)
    codes = array.indices
    if codes.null_count:
        codes = codes.fill_null(-1) if pa.types.is_signed_integer(codes.type) else codes.cast(pa.int64()).fill_null(-1)
    return codes.to_numpy(zero_copy_only=False).astype(np.int64, copy=False), names


def present(array: Any) -> npt.NDArray[np.bool_] | None:
    """Which entries are not null; None when all are there."""
    return None if not array.null_count else pc.is_valid(array).to_numpy(zero_copy_only=False)


def numbers(column: Any, kind: Any, missing: Any) -> npt.NDArray[Any]:
    """A numeric column as an array of `kind` with `missing` for null."""
    array = whole(column)
    if array.null_count:
        array = array.fill_null(missing)
    return np.ascontiguousarray(array.to_numpy(zero_copy_only=False), dtype=kind)
