"""Events put straight to their places, customer by customer, as they are read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.trail.kernels.jit import kernel

Longs = npt.NDArray[np.int64]
Ints = npt.NDArray[np.int32]
Codes = npt.NDArray[np.uint16]


@kernel
def deal_out(
    customer: Longs, lowest: int, shift: int, time: Longs, event: Ints, event_code: Codes, channel: Ints, channel_code: Codes,
    value: Longs, begin: int, edges: Any, record: Any,
) -> None:  # fmt: skip
    """Puts a chunk's events into record[begin:begin + n] by blocks of neighbouring customers, stable: block = (customer − lowest) >> shift.

    `edges` (blocks + 1): becomes where each block's events begin. A record is its time; customer from `lowest` on, event and channel
    code (by the tables, of the chunk's own numbers) in one number; and, where `record` has a third column, its value. `channel` may be
    empty: none. Blocks keep the next step within the processor's caches.
    """
    worth = record.shape[1] > 2
    blocks = len(edges) - 1
    cursor = np.zeros(blocks, np.int64)
    for row in range(len(customer)):
        cursor[(customer[row] - lowest) >> shift] += 1
    spot = begin
    for block in range(blocks):
        edges[block] = spot
        spot += cursor[block]
        cursor[block] = edges[block]
    edges[blocks] = spot
    for row in range(len(customer)):
        who = customer[row] - lowest
        spot = cursor[who >> shift]
        cursor[who >> shift] = spot + 1
        code = np.int64(event_code[event[row]]) << 16
        if len(channel):
            code |= np.int64(channel_code[channel[row]])
        record[spot, 0] = time[row]
        record[spot, 1] = who << 32 | code
        if worth:
            record[spot, 2] = value[row]


@kernel
def _write(out: Any, width: int, spot: Any, code: Any) -> None:
    """A code of 1 or 2 bytes into a column that is given as bytes (little-endian)."""
    out[spot * width] = code & 0xFF
    if width == 2:
        out[spot * 2 + 1] = code >> 8


@kernel
def place(
    first: int, last: int, shift: int, edges: Longs, record: Longs, event_code: Codes, channel_code: Codes, begins: Longs, counts: Any,
    at: Any, what: Any, what_width: int, where: Any, where_width: int, worth: Any,
) -> bool:  # fmt: skip
    """Counting sort, stable: the events of the blocks first…last−1 go to their customers' places; whether all rise in time there.

    `edges` (chunks, blocks + 1), `record`: of `deal_out`. `begins` (blocks): the place of each block's first event. `counts`
    (customers): becomes events by customer. `at`, `what`, `where`, `worth`: all events' times, codes as bytes (renumbered by the
    tables), and values (left alone where records have none). An empty `where`: no channels.
    """
    money = record.shape[1] > 2
    chunks = len(edges)
    rising = True
    for block in range(first, last):
        lowest = block << shift
        highest = min(lowest + (1 << shift), len(counts))
        cursor = np.zeros(highest - lowest, np.int64)
        for chunk in range(chunks):
            for row in range(edges[chunk, block], edges[chunk, block + 1]):
                cursor[(record[row, 1] >> 32) - lowest] += 1
        spot = begins[block]
        for k in range(highest - lowest):
            counts[lowest + k] = cursor[k]
            cursor[k] = spot
            spot += counts[lowest + k]
        for chunk in range(chunks):
            for row in range(edges[chunk, block], edges[chunk, block + 1]):
                code = record[row, 1]
                k = (code >> 32) - lowest
                spot = cursor[k]
                cursor[k] = spot + 1
                at[spot] = record[row, 0]
                _write(what, what_width, spot, event_code[(code >> 16) & 0xFFFF])
                if len(where):
                    _write(where, where_width, spot, channel_code[code & 0xFFFF])
                if money:
                    worth[spot] = record[row, 2]
        spot = begins[block]
        for k in range(highest - lowest):
            for row in range(spot + 1, cursor[k]):
                rising &= at[row - 1] <= at[row]
            spot = cursor[k]
    return rising


@kernel
def spell(numbers: Longs, out: Any) -> None:
    """The digits of whole numbers from 0 on as text: `out` uint32 (numbers, digits of the longest), shorter ones end in zeros."""
    for row in range(len(numbers)):
        digits, left = 1, numbers[row] // 10
        while left > 0:
            digits += 1
            left //= 10
        left = numbers[row]
        for at in range(out.shape[1]):
            spot = digits - 1 - at
            if spot < 0:
                out[row, at] = 0
                continue
            out[row, spot] = 48 + left % 10
            left //= 10


def naive_place(customers: Sequence[int], times: Sequence[int]) -> list[int]:
    """The rows in the order in which the two kernels and a sort by time leave them."""
    return sorted(range(len(times)), key=lambda row: (customers[row], times[row], row))
