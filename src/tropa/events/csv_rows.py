"""Delimited text as raw rows, a block at a time, at Arrow's speed. Every row keeps the physical line it begins on.

Where records begin and end is found from the parity of quotes; a block whose quotes do not obey RFC 4180 (a stray inch sign, a quote never
closed) goes to `csv_exact`, record by record. Rows with too few or too many cells are found by counting delimiters outside quotes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

from tropa.events.bad import BadRows
from tropa.events.contract import BadRow
from tropa.events.csv_exact import TextRow, exact_rows, split_cells
from tropa.events.encoding import MARK, checked, utf8_blocks
from tropa.events.limits import Limits
from tropa.events.raw import Longs, RawRows

_QUOTE, _NEWLINE = 34, 10


def csv_rows(
    stream: BinaryIO, file: str, names: tuple[str, ...], encoding: str, delimiter: str, header_line: int, block: int
) -> Iterator[RawRows]:
    """All rows after the header (physical line `header_line`, 0: there is none) in blocks of about `block` bytes."""
    limits = Limits.of_environment()
    blocks = _Blocks(file, names, delimiter, limits)
    skip, line, rest, read, dropping = header_line, 1, b"", 0, False
    for data, size in utf8_blocks(stream, encoding, block):
        read += size
        rest = _plain_newlines(rest + data if rest else data)
        while (skip or dropping) and (at := rest.find(b"\n")) >= 0:
            rest, line = rest[at + 1 :], line + 1
            skip, dropping = (skip, False) if dropping else (skip - 1, False)
        if skip or dropping:
            rest = rest[-1:] if rest.endswith(b"\r") else b""
            continue
        rows, used, lines = blocks.rows(rest, line, final=False)
        rest, line = rest[used:], line + lines
        if used:
            yield RawRows(rows.table, rows.lines, rows.bad, read)
            read = 0
        if len(rest) > limits.record and b"\n" not in rest:
            yield RawRows(blocks.empty, np.zeros(0, np.int64), blocks.overlong(rest, line), 0)
            rest, dropping = b"", True
    rest = rest.removesuffix(b"\r")
    if rest and not skip and not dropping:
        rows, _, _ = blocks.rows(rest if rest.endswith(b"\n") else rest + b"\n", line, final=True)
        yield RawRows(rows.table, rows.lines, rows.bad, read)


def _plain_newlines(data: bytes) -> bytes:
    """Windows and old Mac line ends as `\\n`; a final `\\r` waits for what follows it."""
    if b"\r" not in data:
        return data
    tail = b"\r" if data.endswith(b"\r") else b""
    return data[: len(data) - len(tail)].replace(b"\r\n", b"\n").replace(b"\r", b"\n") + tail


@dataclass(frozen=True, slots=True)
class Records:
    """Where the records of a block lie: byte ranges (line break off) and the first line of each (from 0), blank ones left out.

    `inside`: for every byte, whether a quote is open there (None: no quotes at all). `multiline`: some record spans several lines.
    """

    begin: Longs
    end: Longs
    line: Longs
    inside: npt.NDArray[np.uint8] | None
    multiline: bool
    size: int
    lines: int


def find_records(data: bytes, delimiter: str) -> Records | None:
    """The whole records of a block; None where the quotes are not RFC 4180."""
    signs = np.frombuffer(data, np.uint8)
    breaks = np.flatnonzero(signs == _NEWLINE)
    inside = _inside(signs, ord(delimiter)) if b'"' in data else None
    if inside is not None and not len(inside):
        return None
    ends, ordinals = breaks, np.arange(len(breaks))
    if inside is not None:
        outside = inside[breaks] == 0
        ends, ordinals = breaks[outside], ordinals[outside]
    begins = np.concatenate(([0], ends[:-1] + 1)) if len(ends) else ends
    first = np.concatenate(([0], ordinals[:-1] + 1)) if len(ends) else ordinals
    full = ends > begins
    size = int(ends[-1]) + 1 if len(ends) else 0
    lines = int(ordinals[-1]) + 1 if len(ends) else 0
    multiline = lines > len(ends)
    if not full.all():
        begins, ends, first = begins[full], ends[full], first[full]
    return Records(begins, ends, first, inside, multiline, size, lines)


def _inside(signs: npt.NDArray[np.uint8], delimiter: int) -> npt.NDArray[np.uint8]:
    """Whether a quote is open at each byte; empty if the quotes are not RFC 4180.

    Every opening quote must begin a cell, every closing one end it; a doubled quote is a closing and an opening one, side by side.
    """
    quote = signs == _QUOTE
    parity = np.cumsum(quote, dtype=np.uint8)
    parity &= 1
    edge = quote | (signs == delimiter) | (signs == _NEWLINE)
    opening = quote & (parity == 1)
    opening[1:] &= ~edge[:-1]
    opening[0] = False
    closing = quote & (parity == 0)
    closing[:-1] &= ~edge[1:]
    closing[-1] = False
    return parity[:0] if opening.any() or closing.any() else parity


class _Blocks:
    """Turns blocks of sound UTF-8 into raw rows."""

    def __init__(self, file: str, names: tuple[str, ...], delimiter: str, limits: Limits) -> None:
        self.file, self.names, self.delimiter, self.limits = file, names, delimiter, limits
        self.empty = pa.table({name: pa.array([], pa.string()) for name in names})

    def rows(self, data: bytes, line: int, *, final: bool) -> tuple[RawRows, int, int]:
        """The whole records at the start of `data` whose first byte is on `line`; how many bytes and lines they took."""
        records = find_records(data, self.delimiter)
        if records is None or (records.size < len(data) and final) or self._stuck(data, records):
            return self._exact(data, line, final)
        if not records.size:
            return RawRows(self.empty, np.zeros(0, np.int64), BadRows(self.file)), 0, 0
        whole, marked = checked(data[: records.size])
        if marked:
            found = find_records(whole, self.delimiter)
            if found is None:
                return self._exact(data, line, final)
        else:
            found = records
        fast = self._fast(whole, found, line)
        if fast is None:
            return self._exact(data, line, final)
        if marked:
            fast = self._without_marked(fast)
        return fast, records.size, records.lines

    def _stuck(self, data: bytes, records: Records) -> bool:
        return len(data) - records.size > self.limits.record and b"\n" in data[records.size :]

    def _fast(self, data: bytes, records: Records, line: int) -> RawRows | None:
        names = list(self.names)
        short: list[int] = []

        def aside(row: Any) -> str:
            short.append(row.actual_columns)
            return "skip"

        try:
            table = pacsv.read_csv(
                pa.BufferReader(data),
                read_options=pacsv.ReadOptions(column_names=names, block_size=min(len(data) + 1, 8 << 20)),
                parse_options=pacsv.ParseOptions(
                    delimiter=self.delimiter,
                    newlines_in_values=records.multiline,
                    ignore_empty_lines=True,
                    invalid_row_handler=aside,
                ),
                convert_options=pacsv.ConvertOptions(
                    column_types={name: pa.string() for name in names}, strings_can_be_null=False
                ),
            )
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
            return None
        if not short:
            if table.num_rows != len(records.line):
                return None
            return RawRows(table, records.line + line, BadRows(self.file))
        wrong = self._cells(data, records) != len(names)
        if table.num_rows != int((~wrong).sum()):
            return None
        bad = []
        for at in np.flatnonzero(wrong).tolist():
            text = data[records.begin[at] : records.end[at]].decode()
            bad.append(self._bad(TextRow(int(records.line[at]), tuple(split_cells(text, self.delimiter) or ())), line))
        return RawRows(table, records.line[~wrong] + line, BadRows.of_rows(self.file, bad))

    def _cells(self, data: bytes, records: Records) -> Longs:
        """Cells of each record: delimiters outside quotes, and one."""
        marks = np.flatnonzero(np.frombuffer(data, np.uint8) == ord(self.delimiter))
        if records.inside is not None:
            marks = marks[records.inside[marks] == 0]
        found: Longs = np.searchsorted(marks, records.end) - np.searchsorted(marks, records.begin) + 1
        return found

    def _without_marked(self, rows: RawRows) -> RawRows:
        """Rows with an undecodable byte move to the bad ones."""
        spoilt = np.zeros(rows.table.num_rows, np.bool_)
        for column in rows.table.columns:
            spoilt |= np.asarray(pc.match_substring(column, MARK))
        taken = pa.array(np.flatnonzero(spoilt))
        lines = rows.lines[spoilt]
        bad = [
            self._bad(TextRow(int(at), tuple(cells.values())), 0)
            for at, cells in zip(lines, rows.table.take(taken).to_pylist(), strict=True)
        ]
        kept = rows.table.filter(pa.array(~spoilt))
        return RawRows(kept, rows.lines[~spoilt], BadRows.joined([rows.bad, BadRows.of_rows(self.file, bad)]))

    def _exact(self, data: bytes, line: int, final: bool) -> tuple[RawRows, int, int]:
        stop = data.rfind(b"\n") + 1
        pieces = data[:stop].split(b"\n")[:-1]
        texts = checked(data[:stop])[0].decode().split("\n")[:-1]
        records, used = exact_rows(texts, self.delimiter, self.limits, final)
        good, bad, width = [], [], len(self.names)
        for row in records:
            if row.fault is None and len(row.cells) == width and not any(MARK in cell for cell in row.cells):
                good.append(row)
            else:
                bad.append(self._bad(row, line))
        columns = list(zip(*(row.cells for row in good), strict=True)) if good else [()] * width
        table = pa.table({name: pa.array(cells, pa.string()) for name, cells in zip(self.names, columns, strict=True)})
        at = np.array([line + row.line for row in good], np.int64)
        size = sum(len(piece) + 1 for piece in pieces[:used])
        return RawRows(table, at, BadRows.of_rows(self.file, bad)), size, used

    def _bad(self, row: TextRow, line: int) -> BadRow:
        where, width = line + row.line, len(self.names)
        if row.fault is not None:
            limit = self.limits.record if row.fault == "TR-E111" else self.limits.record_lines
            return BadRow(self.file, where, None, row.fault, {"expected": limit}, {"": row.text.replace(MARK, "")})
        raw: dict[str, str | None] = {
            name: cell.replace(MARK, "") for name, cell in zip(self.names, row.cells, strict=False)
        }
        spoilt = next((name for name, cell in zip(self.names, row.cells, strict=False) if MARK in cell), None)
        if len(row.cells) != width:
            if len(row.cells) > width:
                raw[""] = self.delimiter.join(row.cells[width:]).replace(MARK, "")
            return BadRow(self.file, where, None, "TR-E108", {"expected": width, "actual": len(row.cells)}, raw)
        return BadRow(self.file, where, spoilt, "TR-E109", {"value": raw[spoilt or self.names[0]]}, raw)

    def overlong(self, data: bytes, line: int) -> BadRows:
        """One line that is longer than rows may be."""
        text = checked(data[:1000])[0].decode()
        return BadRows.of_rows(self.file, [self._bad(TextRow(line, (), "TR-E111", text), 0)])
