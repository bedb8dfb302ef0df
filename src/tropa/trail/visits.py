"""The visits of stages that passes are made of: found when a question first asks for them."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.trail.kernels.passes import enter
from tropa.trail.rooms import Room, in_a_row, pieces
from tropa.trail.tape import Longs

Bytes = npt.NDArray[np.uint8]
Arrays = tuple[Longs, Bytes, Longs]
"""Where the visits of each pass begin (passes + 1); by visit, its stage (uint8) and time (µs)."""
Seen = tuple[Longs, Longs, Bytes, int, Bytes]
KINDS = {"stage": np.uint8, "time": np.int64}


class Visits:
    """The visits of some passes: nine bytes each, which only questions about stages need. Found once, whoever asks first."""

    def __init__(self, find: Callable[[], Arrays]) -> None:
        self._find, self._lock = find, Lock()
        self._found: Arrays | None = None

    @staticmethod
    def of(begins: Longs, stage: Bytes, time: Longs) -> Visits:
        """Visits that are known."""
        return Visits(lambda: (begins, stage, time))

    @property
    def arrays(self) -> Arrays:
        """See `Arrays`."""
        with self._lock:
            if self._found is None:
                self._found = self._find()
            return self._found

    def __reduce__(self) -> tuple[Any, ...]:
        """To travel, they are found."""
        return Visits.of, self.arrays


def visits_of(seen: Seen, customer: npt.NDArray[np.int32], first_event: Longs) -> Arrays:
    """The visits of all passes (see the kernel for what these are). `seen`: offsets and times of the tape, `Cells.by_stage`."""
    passes, events = len(first_event), len(seen[1])
    parts = pieces(events)
    cuts = np.searchsorted(first_event, [events * k // parts for k in range(1, parts)]).tolist()
    slices = [(a, b) for a, b in zip([0, *cuts], [*cuts, passes], strict=True) if a < b] or [(0, 0)]
    begins = np.empty(passes + 1, np.int64)

    def guess(first: int, last: int) -> int:
        begin, end = (int(first_event[at]) if at < passes else events for at in (first, last))
        return end - begin + 1

    def work(first: int, last: int, room: Room, begin: int) -> tuple[Room, int]:
        rest: Any = (begin, *seen, customer, first_event, begins, room["stage"], room["time"])
        return room, enter(first, last, *rest)

    found, short = in_a_row(slices, KINDS, guess, work)
    for (first, last), by in zip(slices, short, strict=True):
        begins[first:last] += by
    begins[passes] = len(found["stage"])
    return begins, found["stage"], found["time"]


def kept_visits(visits: Visits, keep: npt.NDArray[np.bool_]) -> Arrays:
    """Those of some of the passes (boolean by pass)."""
    begins, stage, time = visits.arrays
    sizes = np.diff(begins)
    which = np.repeat(keep, sizes)
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes[keep])]), stage[which], time[which]
