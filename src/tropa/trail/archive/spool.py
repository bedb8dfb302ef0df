"""Columns on their way into the tape: encoded batch by batch into plain files, so that they take no anonymous memory."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

from tropa.trail.archive.arrow import as_dictionary
from tropa.trail.archive.digests import Digests
from tropa.trail.archive.people import Key

MOST_NAMES = 65_535
"""Columns with more different values than this are kept in the parquet only."""


class Spool:
    """One column of fixed-width entries, appended to a file; gaps are filled with "nothing here"."""

    def __init__(self, path: Path, kind: Any, nothing: Any) -> None:
        self.kind = np.dtype(kind)
        self.nothing = nothing
        self.rows = 0
        self._path = path
        self._out: BinaryIO | None = None

    def append(self, start: int, array: npt.NDArray[Any]) -> None:
        """Appends entries from event `start` on; events before it that nothing was said of get "nothing here"."""
        self._out = self._out or self._path.open("wb")
        self._fill(start)
        self._out.write(np.ascontiguousarray(array, self.kind).data)
        self.rows += len(array)

    def _fill(self, until: int) -> None:
        assert self._out is not None
        while self.rows < until:
            step = min(until - self.rows, 1 << 20)
            self._out.write(np.full(step, self.nothing, self.kind).data)
            self.rows += step

    def read(self, count: int) -> npt.NDArray[Any]:
        """All `count` entries, mapped read-only."""
        if count == 0:
            return np.zeros(0, self.kind)
        self._out = self._out or self._path.open("wb")
        self._fill(count)
        self._out.flush()
        return np.asarray(np.memmap(self._path, self.kind, "r", 0, (count,)))

    def close(self) -> None:
        """Closes the file (mapped arrays stay readable)."""
        if self._out is not None:
            self._out.close()


def in_use(codes: npt.NDArray[np.int64], count: int) -> npt.NDArray[np.int64]:
    """Codes that rows have, in order of the first row: a dictionary may hold names that no row has."""
    first = np.full(count + 1, len(codes), np.int64)
    first[codes[::-1]] = np.arange(
        len(codes) - 1, -1, -1
    )  # the last assignment wins: the first row; −1 falls on the extra entry
    used = np.flatnonzero(first[:count] < len(codes))
    return used[np.argsort(first[used])]


class Names:
    """A growing dictionary: names in order of first appearance, code 0 for "nothing here"."""

    def __init__(self, names: tuple[str, ...] = ("",)) -> None:
        self.code = {name: code for code, name in enumerate(names)}

    def __len__(self) -> int:
        return len(self.code)

    @property
    def names(self) -> tuple[str, ...]:
        """Names by code."""
        return tuple(self.code)

    def codes(self, column: Any) -> npt.NDArray[np.uint32]:
        """The code of each entry of a string column."""
        found, words = as_dictionary(column)
        own = np.zeros(len(words) + 1, np.uint32)
        if len(words):
            spelled = words.to_pylist()
            for spot in in_use(found, len(words)).tolist():
                if spelled[spot]:
                    own[spot] = self.code.setdefault(spelled[spot], len(self.code))
        return own[found]


class Numbers:
    """Numbers for names that are too many to keep (orders, sessions): 1, 2, 3… in order of first appearance; 0 for nothing."""

    def __init__(self, key: Key, purpose: str, known: Digests | None = None) -> None:
        self.key, self.purpose = key, purpose
        self.digests = known or Digests()

    def codes(self, column: Any) -> npt.NDArray[np.uint32]:
        """The number of each entry of a string column."""
        found, words = as_dictionary(column)
        own = np.zeros(len(words) + 1, np.uint32)
        used = in_use(found, len(words))
        if len(used):
            hi, lo = self.key.digests(words.take(used), self.purpose, quick=True)
            own[used] = self.digests.codes(hi, lo).astype(np.uint32) + 1
        return own[found]


class Spools:
    """All spools of one import by name."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.rows = 0
        self._spools: dict[str, Spool] = {}

    def append(self, name: str, array: npt.NDArray[Any], kind: Any, nothing: Any = 0) -> None:
        """Appends to a column entries of the batch that starts at `rows`."""
        if name not in self._spools:
            self._spools[name] = Spool(self.folder / f"c{len(self._spools)}.bin", kind, nothing)
        self._spools[name].append(self.rows, array)

    def advance(self, count: int) -> None:
        """Ends a batch of `count` events."""
        self.rows += count

    def __contains__(self, name: str) -> bool:
        return name in self._spools

    def read(self, name: str) -> npt.NDArray[Any]:
        """A whole column."""
        return self._spools[name].read(self.rows)

    def columns(self) -> Mapping[str, npt.NDArray[Any]]:
        """All columns."""
        return {name: self.read(name) for name in self._spools}

    def close(self) -> None:
        """Closes the files."""
        for spool in self._spools.values():
            spool.close()
