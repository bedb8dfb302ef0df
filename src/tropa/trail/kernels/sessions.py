"""The kernel that says which session each event belongs to: the log's own, else by silence."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.trail.kernels.jit import kernel
from tropa.trail.kernels.standing import code_at

Longs = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]


@kernel
def cut(
    first: int, last: int, offsets: Longs, time: Longs, own: Bytes, own_width: int, channel: Bytes, width: int,
    source: Bytes, gap: int, out: Any,
) -> None:  # fmt: skip
    """Writes the session of each event of the customers first…last−1 into `out` (events, int32), as a key that is good within a customer:
    above 0 the code of the log's own session, below 0 minus (1 + the event that a session made by silence begins with).

    `own`, `channel`: codes (see `code_at`); `source` (channels): 1 for those whose change begins a session; `gap` in µs.
    """
    for c in range(first, last):
        key, seen = np.int64(0), np.int64(0)
        for i in range(offsets[c], offsets[c + 1]):
            mine, where = code_at(own, own_width, i), code_at(channel, width, i)
            if source[where] == 0:
                where = np.int64(0)
            before = key
            if mine != 0:
                key = mine
            elif key == 0 or time[i] - time[i - 1] > gap or (key < 0 and seen != 0 and where != 0 and where != seen):
                key = np.int64(-1 - i)
            if key != before or where != 0:
                seen = where
            out[i] = key


__all__ = ["cut"]
