"""A tape straight from Parquet whose rows are trusted: nothing is checked for doubles or kept aside, nothing is stored (R-20, R-63).

For logs that another system keeps clean, too big to be imported for one question: two passes over the file and a counting sort, with some
forty bytes of memory an event. What cannot be read as it is stops it, with a word on importing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from tropa.model import TropaError, near_miss
from tropa.trail.archive.build import frozen, narrow
from tropa.trail.kernels.place import count, deal_out, in_order, place
from tropa.trail.kernels.sort import within_customers
from tropa.trail.parquet_log import ParquetLog
from tropa.trail.slices import over
from tropa.trail.tape import NO_VALUE, Column, Longs, Source, Tape

K = TypeVar("K", bound=np.generic)
BATCH = 1_000_000
MOST_NAMES = 65_535
BLOCKS = 8
"""Power of two of the blocks of customers that events are dealt out to first."""


@dataclass(frozen=True, slots=True)
class Roles:
    """The columns of the file. `channel`, `value`: None for none; `value` in whole units of `currency`."""

    customer: str = "customer"
    time: str = "time"
    event: str = "event"
    channel: str | None = None
    value: str | None = None


def trusted_tape(file: Path | ParquetLog, roles: Roles, *, currency: str | None = None) -> Tape:
    """The tape of a Parquet file, or of several that are one log, with whole-number customers, instants and event names.

    Instants: µs as numbers, or timestamps; without a zone: UTC. Events of one time stay in the order of the files. The version is made
    from the files' names, sizes and times of change, not from their content.
    Raises TR-T410 for a column that is not there, TR-T411 for one of an unfit type, TR-T412 for a row without customer, time or event.
    """
    log = file if isinstance(file, ParquetLog) else ParquetLog.of_file(file)
    _check(log, roles)
    lowest, counts = _counted(log, roles)
    there = np.flatnonzero(counts)
    ends = np.cumsum(counts)
    cursor, events = ends - counts, int(ends[-1]) if len(ends) else 0
    offsets = np.append(cursor[there], events).astype(np.int64)
    time, value = np.empty(events, np.int64), np.full(events, NO_VALUE, np.int64)
    names, channels = _Names(), _Names()
    what, where = np.empty(events, np.uint16), np.empty(events, np.uint16)
    _fill(log, roles, (lowest, counts), (names, channels), (cursor, time, what, where, value))
    arrays: dict[str, npt.NDArray[Any]] = {"time": time, "what": what, "where": where, "value": value}
    if not in_order(offsets, time):
        arrays = _sorted(offsets, arrays)
    nothing = np.zeros(events, np.uint8)
    return Tape(
        version=_version(log, roles),
        customers=frozen(_spelled(there + lowest)),
        offsets=frozen(offsets),
        time=frozen(arrays["time"]),
        event=names.column(arrays["what"]),
        channel=channels.column(arrays["where"]) if roles.channel else Column(frozen(nothing), ("",)),
        value=frozen(arrays["value"]),
        score=frozen(np.full(events, np.nan, np.float32)),
        instrument=Column(frozen(nothing), ("",)),
        session=frozen(nothing),
        order=frozen(nothing),
        source=Column(frozen(np.ones(events, np.uint8)), ("", log.name)),
        sources=(Source(log.name, events, int(time.min()), int(time.max())),) if events else (),
        currency=currency,
    )


def _fill(
    log: ParquetLog, roles: Roles, counted: tuple[int, Longs], known: tuple[_Names, _Names], places: tuple[Any, ...]
) -> None:
    """Puts all events in their places: first dealt out to blocks of neighbouring customers, then by customer within each."""
    lowest, counts = counted
    shift = max(len(counts).bit_length() - BLOCKS, 0)
    sums = np.add.reduceat(counts, np.arange(0, len(counts), 1 << shift)) if len(counts) else np.zeros(0, np.int64)
    blocks = np.concatenate([[0], np.cumsum(sums)]).astype(np.int64)
    record = np.empty((int(blocks[-1]), 3 if roles.value else 2), np.int64)
    cursor, (names, channels) = blocks[:-1].copy(), known
    no_codes, no_worth = np.zeros(0, np.uint16), np.zeros(0, np.int64)
    for batch in _batches(log, [one for one in _columns(roles) if one]):
        codes = channels.codes(batch[roles.channel]) if roles.channel else no_codes
        worth = _minor(batch[roles.value]) if roles.value else no_worth
        at, what = _micros(batch[roles.time]), names.codes(batch[roles.event])
        deal_out(
            _whole(batch[roles.customer]), lowest, shift, cursor, at, what, _readable(codes), _readable(worth), record
        )
    over(
        [*pairwise(range(len(blocks)))], lambda one, after: place(int(blocks[one]), int(blocks[after]), record, *places)
    )


def _columns(roles: Roles) -> tuple[str | None, ...]:
    return roles.customer, roles.time, roles.event, roles.channel, roles.value


def _check(log: ParquetLog, roles: Roles) -> None:
    schema = log.schema
    wanted: tuple[tuple[str | None, Callable[[pa.DataType], bool]], ...] = (
        (roles.customer, pa.types.is_integer),
        (roles.time, lambda kind: bool(pa.types.is_timestamp(kind) or pa.types.is_int64(kind))),
        (roles.event, _is_text),
        (roles.channel, _is_text),
        (roles.value, _is_number),
    )
    for name, fits in wanted:
        if name is None:
            continue
        if name not in schema.names:
            raise TropaError("TR-T410", name=name, near=near_miss(name, schema.names), known=", ".join(schema.names))
        if not fits(schema.field(name).type):
            raise TropaError("TR-T411", name=name, kind=str(schema.field(name).type))


def _is_number(kind: pa.DataType) -> bool:
    return bool(pa.types.is_floating(kind) or pa.types.is_integer(kind) or pa.types.is_decimal(kind))


def _is_text(kind: pa.DataType) -> bool:
    if pa.types.is_dictionary(kind):
        return _is_text(kind.value_type)
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind))


def _batches(log: ParquetLog, columns: list[str]) -> Iterator[dict[str, pa.Array]]:
    """The file batch by batch; the next one is read while one is worked on. Raises TR-T412."""
    source = log.batches(BATCH, columns)
    row = 0
    with ThreadPoolExecutor(1) as reader:
        ahead = reader.submit(next, source, None)
        while (batch := ahead.result()) is not None:
            ahead = reader.submit(next, source, None)
            found = {name: batch.column(name) for name in columns}
            for name in columns[:3]:
                if found[name].null_count:
                    first = row + int(np.flatnonzero(found[name].is_null().to_numpy(zero_copy_only=False))[0])
                    raise TropaError("TR-T412", name=name, row=first + 1)
            row += len(batch)
            yield found


def _counted(log: ParquetLog, roles: Roles) -> tuple[int, Longs]:
    """The lowest customer, and events by customer from it on. Raises TR-T411 where the numbers are too far apart for a table."""
    lowest, highest = _range(log, roles.customer)
    span = highest - lowest + 1
    if span > 4 * max(log.rows, BATCH):
        raise TropaError("TR-T411", name=roles.customer, kind=f"{lowest}…{highest}")
    counts = np.zeros(span, np.int64)
    for batch in _batches(log, [roles.customer]):
        count(_whole(batch[roles.customer]), lowest, counts)
    return lowest, counts


def _range(log: ParquetLog, column: str) -> tuple[int, int]:
    """The lowest and the highest number of a column: from the file's statistics, else by looking."""
    groups = log.statistics(column)
    if groups and all(one is not None and one.has_min_max for one in groups):
        return min(int(one.min) for one in groups), max(int(one.max) for one in groups)
    low, high = [], []
    for batch in _batches(log, [column]):
        found = pc.min_max(batch[column]).as_py()
        low.append(found["min"])
        high.append(found["max"])
    return min(low, default=0), max(high, default=-1)


def _whole(column: pa.Array) -> Longs:
    return _readable(column.cast(pa.int64()).to_numpy())


def _micros(column: pa.Array) -> Longs:
    if pa.types.is_timestamp(column.type):
        column = column.cast(pa.timestamp("us", column.type.tz), safe=False).view(pa.int64())
    return _readable(column.to_numpy())


def _minor(column: pa.Array) -> Longs:
    value = column.cast(pa.float64()).to_numpy(zero_copy_only=False)
    return _readable(np.where(np.isnan(value), NO_VALUE, np.round(np.nan_to_num(value) * 100).astype(np.int64)))


def _readable(array: npt.NDArray[K]) -> npt.NDArray[K]:
    """The array contiguous, and read-only as Arrow's are: a kernel is compiled for one kind."""
    return frozen(array) if array.flags.writeable else np.ascontiguousarray(array)


class _Names:
    """A dictionary that grows as batches come. Raises TR-T411 for more names than sixteen bits hold."""

    def __init__(self) -> None:
        self.known: dict[str | None, int] = {None: 0, "": 0}

    def codes(self, column: pa.Array) -> npt.NDArray[np.uint16]:
        """The codes of a batch's words; 0 where there is none."""
        coded = column if isinstance(column, pa.DictionaryArray) else column.dictionary_encode()
        words = coded.dictionary.to_pylist()
        for word in words:
            if word not in self.known:
                self.known[word] = len(self.known) - 1
        if len(self.known) - 1 > MOST_NAMES:
            raise TropaError("TR-T411", name=str(words[0]), kind=f"{len(self.known)}")
        table = np.array([*(self.known[word] for word in words), 0], np.uint16)
        at = pc.fill_null(coded.indices.cast(pa.int32()), len(words)).to_numpy(zero_copy_only=False)
        return _readable(table[at])

    def column(self, codes: npt.NDArray[np.uint16]) -> Column:
        """All events' codes as a column, as narrow as they can be."""
        names = tuple(word for word in self.known if word is not None)
        names = ("", *(word for word in names if word))
        return Column(frozen(narrow(codes, len(names))), names)


def _spelled(customers: Longs) -> npt.NDArray[np.str_]:
    """Numbers as text no wider than the longest of them."""
    width = max((len(str(one)) for one in (customers[:1].tolist() + customers[-1:].tolist())), default=1)
    return customers.astype(f"<U{width}")


def _sorted(offsets: Longs, arrays: dict[str, npt.NDArray[Any]]) -> dict[str, npt.NDArray[Any]]:
    """The arrays with each customer's events by time, then as they came."""
    arrival = np.arange(len(arrays["time"]))
    order, time = arrival.copy(), arrays["time"]
    within_customers(offsets, time, arrival, order)
    return {name: time if name == "time" else array[order] if len(array) else array for name, array in arrays.items()}


def _version(log: ParquetLog, roles: Roles) -> str:
    return hashlib.blake2b(f"{log.state}:{roles}".encode(), digest_size=6).hexdigest()
