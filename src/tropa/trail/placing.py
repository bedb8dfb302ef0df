"""The rows of a Parquet log put in order by customer, in the memory that the tape needs and hardly more.

The file is read twice: the customers alone, to know how many rows each block of neighbouring customers has; then everything, each row put
to its block at once. There a block's events are sorted by customer within the processor's cache. So nothing is ever held twice, and fresh
memory, which costs more than reading (docs/adr/0075), is had once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from tropa.model import TropaError
from tropa.trail.archive.build import frozen
from tropa.trail.kernels.place import deal_out, place, tally
from tropa.trail.named import Names, WiderError
from tropa.trail.parquet_log import ParquetLog, Piece
from tropa.trail.slices import cores, fixed, over
from tropa.trail.tape import NO_VALUE, Longs

K = TypeVar("K", bound=np.generic)
BATCH, PIECE = 131_072, 524_288
"""Rows that are read at once, so few that they stay near the processor; and of a piece of the file, where its row groups are smaller."""
BLOCK, MOST_BLOCKS = 100_000, 12
"""Events that a block of customers should have, to be sorted within a processor's cache; and the power of two of the most blocks."""
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

    @property
    def columns(self) -> list[str]:
        """Those that are there."""
        return [one for one in (self.customer, self.time, self.event, self.channel, self.value) if one]


@dataclass(frozen=True, slots=True)
class Placed:
    """All events by customer, those of one as they came. `counts`: by number of customer from `lowest` on; `ends`: the earliest and the
    latest time (µs); `rising`: whether each customer's rise in time. Empty `where`, `value`: there are none."""

    lowest: int
    counts: Longs
    time: Longs
    what: npt.NDArray[Any]
    where: npt.NDArray[Any]
    value: Longs
    names: tuple[str, ...]
    channels: tuple[str, ...]
    ends: tuple[int, int]
    rising: bool


def placed(log: ParquetLog, roles: Roles) -> Placed:
    """Reads the log and puts it in order by customer.

    Raises TR-T411 for customers too far apart or too many names, TR-T412 for a row without customer, time or event, TR-T416 for a file
    whose statistics are not those of its rows.
    """
    blocks, names, channels = _Blocks.of(log, roles), Names(1), Names(1)
    while True:
        try:
            return _placed(log, roles, blocks, names, channels)
        except WiderError as found:  # once for each of the two
            names = Names(2 if found.names is names else names.width)
            channels = Names(2 if found.names is channels else channels.width)


@dataclass(frozen=True, slots=True)
class _Blocks:
    """How rows are dealt out. `pieces` of the log; `sizes` (pieces, blocks): their rows by block of customers (see `kernels.place`)."""

    lowest: int
    span: int
    shift: int
    pieces: tuple[Piece, ...]
    sizes: Longs

    @staticmethod
    def of(log: ParquetLog, roles: Roles) -> _Blocks:
        """Reads the customers of all rows, pieces side by side. Raises TR-T411, TR-T412, TR-T416."""
        lowest, span = _range(log, roles.customer)
        shift = max(span.bit_length() - min(max((log.rows // BLOCK).bit_length(), 1), MOST_BLOCKS), 0)
        pieces = log.pieces(PIECE)
        sizes = np.zeros((len(pieces), (span >> shift) + 1), np.int64)

        def count(number: int, _: int) -> int:
            own, outside = np.zeros(sizes.shape[1], np.int64), 0
            for _, batch in batches(log, pieces[number], [roles.customer], 1, len(pieces) < cores()):
                rest: Any = (_whole(batch[roles.customer]), lowest, span, shift, own)
                outside += tally(*rest)
            sizes[number] = own
            return outside

        if sum(over([(number, number + 1) for number in range(len(pieces))], count)):
            raise TropaError("TR-T416", name=log.name)
        return _Blocks(lowest, span, shift, pieces, sizes)

    @property
    def begins(self) -> Longs:
        """Where the events of each block begin (blocks + 1)."""
        return np.concatenate([np.zeros(1, np.int64), np.cumsum(self.sizes.sum(axis=0))])


def _placed(log: ParquetLog, roles: Roles, blocks: _Blocks, names: Names, channels: Names) -> Placed:
    """`names`, `channels`: still empty dictionaries. Raises WiderError where one has too few numbers."""
    rows, begins = log.rows, blocks.begins
    earliest, bits = _packing(log, roles, blocks)
    what, where = names.room(rows), channels.room(rows if roles.channel else 0)
    record, worth = np.empty(rows, np.int64), np.empty(rows if roles.value else 0, np.int64)
    own = np.empty(0 if bits else rows, np.uint32)
    columns: Any = what.view(np.uint8), what.itemsize, where.view(np.uint8), where.itemsize, worth
    before = np.cumsum(blocks.sizes, axis=0) + begins[:-1]
    no_ints, no_codes, no_worth = np.zeros(0, np.int32), np.zeros(0, np.uint16), frozen(np.zeros(0, np.int64))

    def deal(number: int, _: int) -> tuple[int, int, int]:
        first, last, outside = FOREVER, NEVER, 0
        cursor, stop = before[number] - blocks.sizes[number], fixed(before[number])
        for begin, batch in batches(log, blocks.pieces[number], roles.columns, 3, len(blocks.pieces) < cores()):
            who, at = _whole(batch[roles.customer]), _micros(batch[roles.time])
            event, of_event = names.codes(batch[roles.event], begin)
            channel, of_channel = channels.codes(batch[roles.channel], begin) if roles.channel else (no_ints, no_codes)
            value = _minor(batch[roles.value]) if roles.value else no_worth
            rest: Any = (
                who, blocks.lowest, blocks.span, blocks.shift, at, earliest, bits, fixed(event), fixed(of_event), fixed(channel),
                fixed(of_channel), value, cursor, stop, record, own, *columns,
            )  # fmt: skip
            outside += deal_out(*rest)
            first, last = min(first, int(at.min(initial=FOREVER))), max(last, int(at.max(initial=NEVER)))
        return first, last, outside

    found = over([(number, number + 1) for number in range(len(blocks.pieces))], deal)
    if sum(one[2] for one in found):
        raise TropaError("TR-T416", name=log.name)
    counts = np.empty(blocks.span, np.int64)
    rest: Any = (
        blocks.shift, earliest, bits, fixed(begins), counts, record, own, fixed(names.order()), fixed(channels.order()), *columns,
    )  # fmt: skip
    groups = np.unique(np.linspace(0, len(begins) - 1, 8 * cores() + 1).astype(np.int64)).tolist()
    rising = all(over([*pairwise(groups)], lambda first, last: place(first, last, *rest)))
    ends = min((one[0] for one in found), default=FOREVER), max((one[1] for one in found), default=NEVER)
    return Placed(
        blocks.lowest, counts, record, what, where, worth, names.names, channels.names, ends, rising
    )  # fmt: skip


def _packing(log: ParquetLog, roles: Roles, blocks: _Blocks) -> tuple[int, int]:
    """From when on times are told (µs), and how many bits beside each tell which customer of its block it is: none where they find no
    room there, or where the file does not say between what times it lies."""
    ends = log.ends(roles.time)
    if ends is None or not blocks.shift or (ends[1] - ends[0]).bit_length() + blocks.shift > 63:
        return 0, 0
    return ends[0], blocks.shift


def batches(
    log: ParquetLog, piece: Piece, columns: list[str], needed: int, threads: bool
) -> Iterator[tuple[int, dict[str, pa.Array]]]:
    """The rows of a piece, batch by batch, with how many rows of the log come before each.

    Raises TR-T412 for a row that has nothing in one of the first `needed` columns.
    """
    begin = piece.begin
    for batch in log.batches(piece, BATCH, columns, threads=threads):
        found = {name: batch.column(name) for name in columns}
        for name in columns[:needed]:
            if found[name].null_count:
                first = begin + int(np.flatnonzero(found[name].is_null().to_numpy(zero_copy_only=False))[0])
                raise TropaError("TR-T412", name=name, row=first + 1)
        yield begin, found
        begin += len(batch)


def _range(log: ParquetLog, column: str) -> tuple[int, int]:
    """The lowest customer, and how many numbers there are up to the highest: from the file's statistics, else by looking.

    Raises TR-T411 where the numbers are too far apart for a table.
    """
    ends = log.ends(column) or _ends(log, column)
    lowest, span = ends[0], max(ends[1] - ends[0] + 1, 0)
    if span > min(max(4 * log.rows, SMALL_TABLE), MOST_CUSTOMERS):
        raise TropaError("TR-T411", name=column, kind=f"{ends[0]}…{ends[1]}")
    return lowest, span


def _ends(log: ParquetLog, column: str) -> tuple[int, int]:
    """The lowest and the highest number of a column; of none, 0 and −1."""
    lowest, highest = FOREVER, NEVER
    for piece in log.pieces(PIECE):
        for found in log.batches(piece, BATCH, [column], threads=True):
            numbers = _whole(found.column(column).drop_null())
            lowest, highest = (
                min(lowest, int(numbers.min(initial=FOREVER))),
                max(highest, int(numbers.max(initial=NEVER))),
            )
    return (lowest, highest) if lowest <= highest else (0, -1)


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
