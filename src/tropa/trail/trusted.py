"""A tape straight from Parquet whose rows are trusted: nothing is checked for doubles or kept aside, nothing is stored (R-20, R-63).

For logs that another system keeps clean, too big to be imported for one question: the file is read once and dealt out to blocks of
customers, which are then sorted by counting; with some thirty bytes of memory an event. What cannot be read as it is stops it, with a
word on importing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from tropa.model import TropaError, near_miss
from tropa.trail.archive.build import frozen
from tropa.trail.kernels.place import deal_out, place, spell
from tropa.trail.kernels.sort import within_customers
from tropa.trail.parquet_log import ParquetLog, Piece
from tropa.trail.slices import cores, fixed, over
from tropa.trail.tape import NO_VALUE, Column, Longs, Source, Tape, same

K = TypeVar("K", bound=np.generic)
BATCH = 1_000_000
CHUNK = 524_288
"""Rows that are dealt out to blocks at once, so few that they stay within a processor's cache."""
BLOCK, MOST_BLOCKS = 40_000, 12
"""Events that a block of customers should have, for the same reason; and the power of two of the most blocks."""
MOST_NAMES = 65_535
SMALL_TABLE, MOST_CUSTOMERS = 4_000_000, 1 << 31
"""Numbers of customers, used or not, that are never too many for a table; and that always are."""
NEVER, FOREVER = np.iinfo(np.int64).min, np.iinfo(np.int64).max


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
    lowest, span = _range(log, roles.customer)
    names, channels = _Names(), _Names()
    dealt = _dealt(log, roles, lowest, span, names, channels)
    counts, arrays = _placed(dealt, names, channels, span, roles)
    there = np.flatnonzero(counts)
    offsets = np.concatenate([np.zeros(1, np.int64), np.cumsum(counts[there])])
    if not dealt.rising:
        arrays = _sorted(offsets, arrays)
    events, nothing = log.rows, frozen(np.zeros(log.rows, np.uint8))
    return Tape(
        version=_version(log, roles),
        customers=frozen(_spelled(there + lowest)),
        offsets=frozen(offsets),
        time=frozen(arrays["time"]),
        event=Column(frozen(arrays["what"]), names.names),
        channel=Column(frozen(arrays["where"]), channels.names) if roles.channel else Column(nothing, ("",)),
        value=frozen(arrays["value"]) if roles.value else same(NO_VALUE, np.int64, events),
        score=same(np.nan, np.float32, events),
        instrument=Column(nothing, ("",)),
        session=nothing,
        order=nothing,
        source=Column(same(1, np.uint8, events), ("", log.name)),
        sources=(Source(log.name, events, dealt.earliest, dealt.latest),) if events else (),
        currency=currency,
    )


@dataclass(slots=True)
class _Dealt:
    """All events dealt out to blocks of neighbouring customers, chunk by chunk (see `kernels.place.deal_out`)."""

    record: Longs
    edges: Longs
    shift: int
    earliest: int
    latest: int
    rising: bool = True


def _dealt(log: ParquetLog, roles: Roles, lowest: int, span: int, names: _Names, channels: _Names) -> _Dealt:
    """Reads the file, pieces of it side by side."""
    rows = log.rows
    shift = max(span.bit_length() - min(max((rows // BLOCK).bit_length(), 1), MOST_BLOCKS), 0)
    record = np.empty((rows, 3 if roles.value else 2), np.int64)
    pieces = log.pieces(max(min(BATCH, rows // (4 * cores())), CHUNK))
    no_ints, no_codes, no_worth = np.zeros(0, np.int32), np.zeros(0, np.uint16), frozen(np.zeros(0, np.int64))

    def deal(number: int, _: int) -> tuple[list[Longs], int, int]:
        edges, earliest, latest = [], FOREVER, NEVER
        for begin, batch in _batches(log, pieces[number], roles, len(pieces) < cores()):
            who, at = _whole(batch[roles.customer]), _micros(batch[roles.time])
            what, of_event = names.codes(batch[roles.event], begin)
            where, of_channel = channels.codes(batch[roles.channel], begin) if roles.channel else (no_ints, no_codes)
            worth = _minor(batch[roles.value]) if roles.value else no_worth
            earliest, latest = min(earliest, int(at.min(initial=FOREVER))), max(latest, int(at.max(initial=NEVER)))
            for first in range(0, len(who), CHUNK):
                part = slice(first, first + CHUNK)
                edge = np.empty((span >> shift) + 2, np.int64)
                rest: Any = (
                    who[part], lowest, shift, at[part], fixed(what[part]), fixed(of_event), fixed(where[part]), fixed(of_channel),
                    worth[part], begin + first, edge, record,
                )  # fmt: skip
                deal_out(*rest)
                edges.append(edge)
        return edges, earliest, latest

    found = over([(number, number + 1) for number in range(len(pieces))], deal)
    edges = [edge for one in found for edge in one[0]] or [np.zeros((span >> shift) + 2, np.int64)]
    ends = min((one[1] for one in found), default=FOREVER), max((one[2] for one in found), default=NEVER)
    return _Dealt(record, np.stack(edges), shift, *ends)


def _placed(
    dealt: _Dealt, names: _Names, channels: _Names, span: int, roles: Roles
) -> tuple[Longs, dict[str, npt.NDArray[Any]]]:
    """Events by customer, and all events' arrays by customer; what was dealt is used up. Says in `dealt` whether all rise in time."""
    events, sizes = len(dealt.record), np.diff(dealt.edges, axis=1).sum(axis=0)
    begins = np.cumsum(sizes) - sizes
    counts, time = np.empty(span, np.int64), np.empty(events, np.int64)
    value = np.empty(events if roles.value else 0, np.int64)
    what, where = names.room(events), channels.room(events if roles.channel else 0)
    rest: Any = (
        dealt.shift, fixed(dealt.edges), fixed(dealt.record), fixed(names.order()), fixed(channels.order()), fixed(begins), counts, time,
        what.view(np.uint8), what.itemsize, where.view(np.uint8), where.itemsize, value,
    )  # fmt: skip
    groups = np.unique(np.linspace(0, len(sizes), 8 * cores() + 1).astype(np.int64)).tolist()
    dealt.rising = all(over([*pairwise(groups)], lambda first, last: place(first, last, *rest)))
    dealt.record = dealt.record[:0]
    return counts, {"time": time, "what": what, "where": where, "value": value}


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


def _batches(log: ParquetLog, piece: Piece, roles: Roles, threads: bool) -> Iterator[tuple[int, dict[str, pa.Array]]]:
    """The rows of a piece, batch by batch, with how many rows of the log come before each. Raises TR-T412."""
    columns = [one for one in _columns(roles) if one]
    begin = piece.begin
    for batch in log.batches(piece, BATCH, columns, threads=threads):
        found = {name: batch.column(name) for name in columns}
        for name in columns[:3]:
            if found[name].null_count:
                first = begin + int(np.flatnonzero(found[name].is_null().to_numpy(zero_copy_only=False))[0])
                raise TropaError("TR-T412", name=name, row=first + 1)
        yield begin, found
        begin += len(batch)


def _range(log: ParquetLog, column: str) -> tuple[int, int]:
    """The lowest customer, and how many numbers there are up to the highest: from the file's statistics, else by looking.

    Raises TR-T411 where the numbers are too far apart for a table, TR-T412 for a row without one.
    """
    groups = log.statistics(column)
    if groups and all(one is not None and one.has_min_max for one in groups):
        lowest, highest = min(int(one.min) for one in groups), max(int(one.max) for one in groups)
    else:
        found = [_ends(log, piece, column) for piece in log.pieces(BATCH)]
        lowest, highest = min((low for low, _ in found), default=0), max((high for _, high in found), default=-1)
    span = max(highest - lowest + 1, 0)
    if span > min(max(4 * log.rows, SMALL_TABLE), MOST_CUSTOMERS):
        raise TropaError("TR-T411", name=column, kind=f"{lowest}…{highest}")
    return lowest, span


def _ends(log: ParquetLog, piece: Piece, column: str) -> tuple[int, int]:
    """The lowest and the highest number of a column in a piece."""
    ends = [
        (int(batch[column].min(initial=FOREVER)), int(batch[column].max(initial=NEVER)))
        for batch in (
            {column: _whole(found.column(column).drop_null())}
            for found in log.batches(piece, BATCH, [column], threads=True)
        )
    ]
    return min((low for low, _ in ends), default=FOREVER), max((high for _, high in ends), default=NEVER)


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
    """A dictionary that grows as batches come, in whatever order. Raises TR-T411 for more names than sixteen bits hold."""

    def __init__(self) -> None:
        self._known: dict[str | None, int] = {None: 0, "": 0}
        self._first: list[tuple[int, int]] = [(-1, 0)]
        self._lock = Lock()

    def codes(self, column: pa.Array, begin: int) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.uint16]]:
        """Each row's place in a table of codes, and that table. `begin`: rows of the log before these."""
        coded = column if isinstance(column, pa.DictionaryArray) else column.dictionary_encode()
        words = coded.dictionary.to_pylist()
        with self._lock:
            for at, word in enumerate(words):
                code = self._known.setdefault(word, len(self._first))
                if code == len(self._first):
                    self._first.append((begin, at))
                elif code:
                    self._first[code] = min(self._first[code], (begin, at))
            table = np.array([*(self._known[word] for word in words), 0], np.int64)
        if len(self._first) - 1 > MOST_NAMES:
            raise TropaError("TR-T411", name=str(words[0]), kind=f"{len(self._first)}")
        at = coded.indices.cast(pa.int32())
        at = pc.fill_null(at, len(words)) if at.null_count else at
        return at.to_numpy(), table.astype(np.uint16)

    def _ranks(self) -> list[int]:
        return sorted(range(len(self._first)), key=self._first.__getitem__)

    @property
    def names(self) -> tuple[str, ...]:
        """All names by code, in the order in which the file has them."""
        spelled = {code: word for word, code in self._known.items() if word is not None}
        return tuple(spelled[code] for code in self._ranks())

    def order(self) -> npt.NDArray[np.uint16]:
        """By number of `codes`, the final code."""
        out = np.empty(len(self._first), np.uint16)
        out[self._ranks()] = np.arange(len(out), dtype=np.uint16)
        return out

    def room(self, events: int) -> npt.NDArray[Any]:
        """Room for the codes of so many events, as narrow as they can be."""
        return np.empty(events, np.uint8 if len(self._first) <= 0x100 else np.uint16)


def _spelled(customers: Longs) -> npt.NDArray[np.str_]:
    """Numbers (in rising order) as text no wider than the longest of them."""
    width = max((len(str(one)) for one in (customers[:1].tolist() + customers[-1:].tolist())), default=1)
    if not len(customers) or customers[0] < 0:
        return customers.astype(f"<U{width}")
    out = np.empty((len(customers), width), np.uint32)
    rest: Any = (fixed(customers, np.int64), out)
    spell(*rest)
    return out.view(f"<U{width}").reshape(len(customers))


def _sorted(offsets: Longs, arrays: dict[str, npt.NDArray[Any]]) -> dict[str, npt.NDArray[Any]]:
    """The arrays with each customer's events by time, then as they came."""
    arrival = np.arange(len(arrays["time"]))
    order, time = arrival.copy(), arrays["time"]
    within_customers(offsets, time, arrival, order)
    return {name: time if name == "time" else array[order] if len(array) else array for name, array in arrays.items()}


def _version(log: ParquetLog, roles: Roles) -> str:
    return hashlib.blake2b(f"{log.state}:{roles}".encode(), digest_size=6).hexdigest()
