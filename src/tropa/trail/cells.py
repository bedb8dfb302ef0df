"""What every event is bound to: where its name alone decides, a small table by name, and nothing is written for each event."""

from __future__ import annotations

from copy import copy
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.trail.kernels.standing import count_events, raw_codes
from tropa.trail.slices import customer_slices, fixed, in_threads, over
from tropa.trail.tape import Codes, Longs

NO_STAGE = 255
"""Stage of an event that is bound to nothing."""
NO_POINT = 65_535
"""Touchpoint of an event that is bound to none (it may still be bound to a stage)."""
PIECE = 1 << 16
"""Events whose places are looked up at once: numpy makes long numbers of their codes first."""
Bytes = npt.NDArray[np.uint8]
Shorts = npt.NDArray[np.uint16]
_NOTHING, _ITSELF = fixed(np.zeros(0, np.uint8)), np.arange(256, dtype=np.uint8)


class Cells:
    """Stage, touchpoint and flags of events (n) by a code of each: `stage_of`, `point_of`, `flags_of` (codes).

    `stage`, `point` and `flags` are the same by event: written when first asked for, four bytes an event together, and kept.
    `counts`: events by slice of customers (as `customer_slices` cuts them) and code; None where they were not counted so.
    """

    def __init__(
        self, codes: Codes, stage_of: Bytes, point_of: Shorts, flags_of: Bytes, counts: Longs | None = None
    ) -> None:
        self.codes, self.counts = codes, counts
        self.stage_of, self.point_of, self.flags_of = fixed(stage_of), fixed(point_of), fixed(flags_of)

    @staticmethod
    def by_code(offsets: Longs, codes: Codes, stage_of: Bytes, point_of: Shorts, flags_of: Bytes) -> Cells:
        """Of a tape's events, which are counted. `offsets`: the tape's."""
        slices = customer_slices(offsets) if len(codes) else [(0, 0)]
        counts = np.zeros((len(slices), len(stage_of)), np.int64)

        def count(number: int, _: int) -> None:
            begin, end = (int(offsets[at]) for at in slices[number])
            own = np.zeros(len(stage_of), np.int64)
            rest: Any = (*raw_codes(codes), 0, _NOTHING, own)
            count_events(begin, end, *rest)
            counts[number] = own

        over([(number, number + 1) for number in range(len(slices))], count)
        return Cells(codes, stage_of, point_of, flags_of, counts)

    @staticmethod
    def written(stage: Bytes, point: Shorts, flags: Bytes) -> Cells:
        """Given by event."""
        cells = Cells(stage, _ITSELF, np.zeros(0, np.uint16), _NOTHING)
        cells.__dict__.update(stage=stage, point=point, flags=flags)
        return cells

    def flagged(self, flags: Bytes) -> Cells:
        """The same with other flags, given by event."""
        cells = copy(self)
        cells.__dict__["flags"] = flags
        return cells

    @cached_property
    def stage(self) -> Bytes:
        """uint8 (n): index of the stage, `NO_STAGE` for none."""
        return self._by_event(self.stage_of)

    @cached_property
    def point(self) -> Shorts:
        """uint16 (n): index of the touchpoint, `NO_POINT` for none."""
        return self._by_event(self.point_of)

    @cached_property
    def flags(self) -> Bytes:
        """uint8 (n): flags of the kernels of binding."""
        return self._by_event(self.flags_of)

    def stage_at(self, events: Any) -> Bytes:
        """The stages of some events, by their indices."""
        found: Bytes = self.stage_of[self.codes[events]]
        return found

    def point_at(self, events: Any) -> Shorts:
        """The touchpoints of some events."""
        found: Shorts = self.point[events] if "point" in self.__dict__ else self.point_of[self.codes[events]]
        return found

    @property
    def by_stage(self) -> tuple[Bytes, int, Bytes]:
        """What kernels look stages up by: the codes' bytes, how many a code has (see `standing.code_at`), the table."""
        return (*raw_codes(self.codes), self.stage_of)

    @property
    def by_flag(self) -> tuple[Bytes, Bytes]:
        """What kernels look flags up by: flags by event (empty: they go by code) and by code."""
        return fixed(self.__dict__.get("flags", _NOTHING)), self.flags_of

    def _by_event(self, table: npt.NDArray[Any]) -> npt.NDArray[Any]:
        out = np.empty(len(self.codes), table.dtype)

        def write(begin: int, end: int) -> None:
            for at in range(begin, end, PIECE):
                part = slice(at, min(at + PIECE, end))
                out[part] = table[self.codes[part]]

        in_threads(write, len(out))
        return out
