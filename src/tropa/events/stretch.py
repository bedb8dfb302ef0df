"""A stretch of a growing text file: from where an earlier reading ended to the last row that is whole (R-20)."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any, BinaryIO, cast

from tropa.events.contract import ReadPlan
from tropa.events.csv_exact import exact_rows
from tropa.events.csv_rows import find_records
from tropa.events.limits import Limits
from tropa.events.opening import GZIP, ZIP, ZSTD

_BLOCK = 4 << 20


class Stretch(io.RawIOBase):
    """The bytes of an open file from `begin` to `until`, as a stream of their own."""

    def __init__(self, file: BinaryIO, begin: int, until: int) -> None:
        self._file, self._left = file, until - begin
        file.seek(begin)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        view = memoryview(buffer)
        data = self.read(len(view))
        view[: len(data)] = data
        return len(data)

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(self._left if size < 0 else min(size, self._left))
        self._left -= len(data)
        return data


def stretch_of(stream: BinaryIO, plan: ReadPlan) -> BinaryIO:
    """The part of the file that a plan says is to be read: all of it, unless it says where to begin or to end."""
    if plan.until is None:
        return stream
    return cast(BinaryIO, Stretch(stream, plan.begin, plan.until))


def can_grow(plan: ReadPlan) -> bool:
    """Whether a file's end can be read by itself: rows of text, not packed, in an encoding whose line breaks are single bytes."""
    if plan.format not in ("csv", "jsonl") or plan.dialect.encoding.startswith("utf-16"):
        return False
    with plan.file.open("rb") as file:
        head = file.read(4)
    return not head.startswith((GZIP, ZIP)) and head != ZSTD


def last_break(file: Path, begin: int, until: int, delimiter: str | None = None) -> tuple[int, int]:
    """Where the last whole row between two places ends (`begin`: there is none), and how many line breaks stand before it.

    A row is whole where its line break is there. In text cut by a `delimiter` a break between quotes is part of a cell; what is a quote and
    what only an inch sign is told as the reader tells it, so that one stray sign does not hold back all that comes after.
    """
    end, lines, rest = begin, 0, b""
    with file.open("rb") as source:
        source.seek(begin)
        at = begin
        while at < until and (data := source.read(min(_BLOCK, until - at))):
            at += len(data)
            rest += data
            used, more = _whole_rows(rest, delimiter)
            end, lines, rest = end + used, lines + more, rest[used:]
    return end, lines


def _whole_rows(data: bytes, delimiter: str | None) -> tuple[int, int]:
    """How many bytes and line breaks the whole rows at the beginning take."""
    if delimiter is None or b'"' not in data:
        return data.rfind(b"\n") + 1, data.count(b"\n")
    limits = Limits.of_environment()
    records = find_records(data, delimiter)
    if records is not None and len(data) - records.size <= limits.record:
        return records.size, records.lines
    lines = data.decode("latin-1").split("\n")[
        :-1
    ]  # a sign a byte: quotes, delimiters and breaks are the same in all that can grow
    _, whole = exact_rows(lines, delimiter, limits, final=False)
    return sum(len(line) + 1 for line in lines[:whole]), whole
