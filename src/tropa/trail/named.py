"""The dictionary of a column that is read in pieces side by side: names get their numbers in whatever order the pieces come."""

from __future__ import annotations

from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from tropa.model import TropaError

MOST_NAMES = 65_535


class WiderError(Exception):
    """There are more names than a byte can number."""

    def __init__(self, names: Names) -> None:
        super().__init__()
        self.names = names


class Names:
    """A dictionary that grows as batches come, in whatever order. `width`: bytes of a number, 1 or 2."""

    def __init__(self, width: int = 2) -> None:
        self._known: dict[str | None, int] = {None: 0, "": 0}
        self._first: list[tuple[int, int]] = [(-1, 0)]
        self._lock, self.width = Lock(), width

    def codes(self, column: pa.Array, begin: int) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.uint16]]:
        """Each row's place in a table of codes, and that table. `begin`: rows of the log before these.

        Raises WiderError for more names than one byte numbers where that is the width, TR-T411 for more than two do.
        """
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
        if len(self._first) > 0x100 and self.width == 1:
            raise WiderError(self)
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

    def room(self, events: int) -> npt.NDArray[Any]:
        """Room for the codes of so many events."""
        return np.empty(events, np.uint8 if self.width == 1 else np.uint16)

    def order(self) -> npt.NDArray[np.uint16]:
        """By number of `codes`, the final code."""
        out = np.empty(len(self._first), np.uint16)
        out[self._ranks()] = np.arange(len(out), dtype=np.uint16)
        return out
