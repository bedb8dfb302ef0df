"""Telling rows apart: the same file again, or a longer export of it, adds only what is new (R-20).

A row's identity is its source, a 128-bit keyed hash of its raw cells, and that it is the k-th such row of its file. A message id wins
over that and counts once. An event that a wide orders table yields is known by its order (else customer), name and time, so that a
date filled in later adds one event and nothing else.

How cells are hashed is a recipe; a source keeps the one it was first read by (docs/adr/0068). The first counted a column without a value
as well, and keys that the sample of a JSON file had not shown as one text: another sample, another identity. Since the second, a row is
told by the keys and values that it has, whatever other rows have.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from tropa.events.contract import EventBatch
from tropa.events.jsonl_rows import OTHER
from tropa.trail.archive.arrow import as_dictionary, as_text, is_text, present, whole
from tropa.trail.archive.files import map_array, save_array
from tropa.trail.archive.people import Key
from tropa.trail.kernels import hash as hashing

Words = npt.NDArray[np.uint64]
FILES = ("hi", "lo", "row", "starts")
RECIPE = 2
"""By which new sources' rows are told apart."""
NOTHING = np.uint64(0)


def row_digests(table: pa.Table, key: Key, source: str, recipe: int = RECIPE) -> tuple[Words, Words]:
    """(hi, lo) of each row: the sum of its cells' hashes, each under its column's name, so the order of columns does not matter.

    Columns that a preset made of the others (`=…`) say nothing new, so that another version of the preset finds the same rows.
    """
    first, second = key.words(f"row:{source}")
    hi, lo = np.full(len(table), first), np.full(len(table), second)
    for name, column in zip(table.column_names, table.columns, strict=True):
        if recipe > 1 and name.startswith("="):
            continue
        for begin, array in _chunks(column):
            here = slice(begin, begin + len(array))
            if recipe > 1 and name == OTHER:
                _further(array, key, f"row:{source}", hi[here], lo[here])
                continue
            cell_hi, cell_lo = _cells(array, key, f"row:{source}:{name}", recipe)
            hi[here] += cell_hi
            lo[here] += cell_lo
    return hi, lo


def _further(array: Any, key: Key, purpose: str, hi: Words, lo: Words) -> None:
    """Adds the cells of keys that have no column of their own, as if they had one. `array`: by row a JSON object of texts, or nothing."""
    rows: dict[str, list[int]] = {}
    cells: dict[str, list[str]] = {}
    for row, text in enumerate(array.to_pylist()):
        found = json.loads(text) if text and text.startswith("{") else {OTHER: text}
        for name, cell in found.items():
            if cell is not None:
                rows.setdefault(name, []).append(row)
                cells.setdefault(name, []).append(cell)
    for name, where in rows.items():
        own_hi, own_lo = key.digests(pa.array(cells[name], pa.string()), f"{purpose}:{name}", quick=True)
        hi[where] += own_hi
        lo[where] += own_lo


def _chunks(column: Any) -> list[tuple[int, Any]]:
    out, begin = [], 0
    for chunk in column.chunks if isinstance(column, pa.ChunkedArray) else [column]:
        if len(chunk):
            out.append((begin, chunk))
        begin += len(chunk)
    return out


def _cells(array: Any, key: Key, purpose: str, recipe: int) -> tuple[Words, Words]:
    kind = array.type
    absent_hi, absent_lo = key.words(f"{purpose}:absent") if recipe == 1 else (NOTHING, NOTHING)
    if pa.types.is_dictionary(kind):
        codes, names = as_dictionary(array)
        own_hi, own_lo = key.digests(names, purpose, quick=True)
        return np.append(own_hi, absent_hi)[codes], np.append(own_lo, absent_lo)[codes]
    if is_text(kind):
        hi, lo = key.digests(array, purpose, quick=True)
    elif (
        pa.types.is_integer(kind)
        or pa.types.is_floating(kind)
        or pa.types.is_temporal(kind)
        or pa.types.is_boolean(kind)
    ):
        hi, lo = _mixed(array, key, purpose)
    else:
        hi, lo = key.digests(_spelled(array), purpose, quick=True)
    valid = present(array)
    if valid is not None:
        hi, lo = np.where(valid, hi, absent_hi), np.where(valid, lo, absent_lo)
    return hi, lo


def _spelled(array: Any) -> Any:
    """Decimals, lists and whatever else a file may hold, written out."""
    try:
        return as_text(array)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        return pa.array([None if item is None else repr(item) for item in array.to_pylist()], pa.string())


def _mixed(array: Any, key: Key, purpose: str) -> tuple[Words, Words]:
    """Numbers by their bits; all whole numbers as int64, all floats as float64, times as their count of units."""
    kind = array.type
    if pa.types.is_temporal(kind):
        array = array.cast(pa.int32() if kind.bit_width == 32 else pa.int64()).cast(pa.int64())
    elif pa.types.is_floating(kind):
        array = array.cast(pa.float64())
    elif kind != pa.uint64():
        array = array.cast(pa.int64())
    if array.null_count:
        array = array.fill_null(0)
    words = np.ascontiguousarray(array.to_numpy(zero_copy_only=False)).view(np.uint64)
    first, second = key.words(purpose)
    hi, lo = np.empty(len(words), np.uint64), np.empty(len(words), np.uint64)
    hashing.mix_words(words, first, second, hi, lo)
    return hi, lo


def batch_digests(
    batch: EventBatch, key: Key, source: str, recipe: int = RECIPE
) -> tuple[Words, Words, npt.NDArray[np.bool_] | None]:
    """(hi, lo, once) of each event of a batch; `once` says which count once and not as k-th; None: none of them."""
    events, orders = batch.events, _once_an_order(batch)
    messages = as_text(whole(events["message_id"])) if "message_id" in events.column_names else None
    if messages is None or messages.null_count == len(messages):
        return *_by_cells(batch, key, source, recipe), orders
    own_hi, own_lo = key.digests(messages, f"message:{source}", quick=True)
    given = present(messages)
    if given is None:  # what is in a row says nothing more
        return own_hi, own_lo, np.ones(len(messages), bool)
    hi, lo = _by_cells(batch, key, source, recipe)
    return np.where(given, own_hi, hi), np.where(given, own_lo, lo), given if orders is None else given | orders


def _by_cells(batch: EventBatch, key: Key, source: str, recipe: int) -> tuple[Words, Words]:
    if batch.raw_index is not None:
        return row_digests(_of_order(batch.events), key, f"{source}:wide", 1)
    return row_digests(batch.raw, key, source, recipe)


def _once_an_order(batch: EventBatch) -> npt.NDArray[np.bool_] | None:
    """Events that an order has once, however many rows tell of it; None: there are none."""
    if not batch.order_once or "order" not in batch.events.column_names:
        return None
    given = present(as_text(whole(batch.events["order"])))
    return np.ones(len(batch.events), bool) if given is None else given


def _of_order(events: pa.Table) -> pa.Table:
    """What an event of a wide orders table is known by."""
    who = as_text(whole(events["customer"]))
    if "order" in events.column_names:
        order = as_text(whole(events["order"]))
        who = pc.if_else(pc.is_valid(order), pc.binary_join_element_wise("order", order, ":"), who)
    return pa.table({"who": who, "event": whole(events["event"]), "time": whole(events["time"]).cast(pa.int64())})


@dataclass(frozen=True, slots=True)
class Segment:
    """The identities one import added, in bucket order, as files of its part; `row` is the event's row in the part."""

    folder: Path

    def read(self, name: str) -> npt.NDArray[Any]:
        """One of `FILES`."""
        return map_array(self.folder / f"ids-{name}.npy")

    def write(self, hi: Words, lo: Words, row: npt.NDArray[np.uint32], starts: npt.NDArray[np.int64]) -> None:
        """Writes the four files."""
        arrays: tuple[npt.NDArray[Any], ...] = (hi, lo, row, starts)
        for name, array in zip(FILES, arrays, strict=True):
            save_array(self.folder / f"ids-{name}.npy", array)


@dataclass(frozen=True, slots=True)
class Sifted:
    """What of an import is new. `keep`: one an event, in order of arrival; the rest is for the new segment."""

    keep: npt.NDArray[np.bool_]
    accepted: int
    order: npt.NDArray[np.uint32]
    kept_in_order: npt.NDArray[np.bool_]
    hi: Words
    lo: Words
    starts: npt.NDArray[np.int64]

    def save(self, segment: Segment) -> None:
        """Writes the identities of what was kept."""
        if self.accepted == len(self.keep):
            segment.write(self.hi, self.lo, self.order, self.starts)
            return
        kept = self.kept_in_order
        rows = np.cumsum(self.keep, dtype=np.uint32)
        rows -= np.uint32(1)
        until = np.concatenate([[0], np.cumsum(kept)])
        segment.write(self.hi[kept], self.lo[kept], rows[self.order[kept]], until[self.starts])


def sift(
    hi: Words,
    lo: Words,
    once: npt.NDArray[np.bool_] | None,
    segments: list[Segment],
    anew: npt.NDArray[np.bool_] | None = None,
) -> Sifted:
    """Which of an import's events the archive does not know yet. `anew`: those whose rows were never read before, whatever they equal."""
    count = len(hi)
    starts, order = np.zeros(hashing.BUCKETS + 1, np.int64), np.empty(count, np.uint32)
    hashing.by_bucket(hi, starts, order)
    hi, lo = hi[order], lo[order]
    single = np.zeros(count, bool) if once is None else once[order]
    known = np.zeros(count, np.int32)
    size = 4
    while size < 8 * int(np.diff(starts).max(initial=0)):
        size *= 2
    slots = np.empty(size, np.int64)
    for segment in segments:
        old_hi, old_lo, old_starts = (segment.read(name) for name in ("hi", "lo", "starts"))
        hashing.count_known(hi, lo, starts, old_hi, old_lo, old_starts, known, slots)
    if anew is not None:
        known[anew[order] & ~single] = 0
    kept = np.zeros(count, bool)
    accepted = hashing.choose_new(hi, lo, single, starts, known, slots, kept)
    keep = np.zeros(count, bool)
    keep[order] = kept
    return Sifted(keep, accepted, order, kept, hi, lo, starts)
