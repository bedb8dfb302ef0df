"""A stretch of a growing text file: from where an earlier reading ended to the last row that is whole (R-20)."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any, BinaryIO, cast

import numpy as np

from tropa.events.contract import ReadPlan
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


def last_break(file: Path, begin: int, until: int, quoted: bool) -> tuple[int, int]:
    """Where the last whole row between two places ends (`begin`: there is none), and how many line breaks stand before it.

    A row is whole where its line break is there; with `quoted`, a break between quotes is part of a cell.
    """
    end, lines, seen = begin, 0, 0
    open_before = 0
    with file.open("rb") as source:
        source.seek(begin)
        at = begin
        while at < until and (data := source.read(min(_BLOCK, until - at))):
            signs = np.frombuffer(data, np.uint8)
            breaks = np.flatnonzero(signs == 10)
            whole = breaks
            if quoted:
                quotes = np.cumsum(signs == 34) + open_before
                whole = breaks[quotes[breaks] % 2 == 0]
                open_before = int(quotes[-1]) % 2
            if len(whole):
                end = at + int(whole[-1]) + 1
                lines = seen + int(np.searchsorted(breaks, whole[-1], side="right"))
            seen += len(breaks)
            at += len(data)
    return end, lines
