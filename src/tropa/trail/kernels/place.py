"""Events put straight to their places, customer by customer, as they are read: in the very arrays that the tape is made of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.trail.kernels.jit import kernel
from tropa.trail.kernels.standing import code_at

Longs = npt.NDArray[np.int64]
Ints = npt.NDArray[np.int32]
Codes = npt.NDArray[np.uint16]
FOREVER = np.iinfo(np.int64).max


@kernel
def tally(customer: Longs, lowest: int, span: int, shift: int, out: Any) -> Any:
    """Adds to `out` (blocks) how many rows are of each block of neighbouring customers: (customer − lowest) >> shift. Returns how many are
    of no customer from `lowest` to before `lowest + span`."""
    outside: Any = np.int64(0)
    for row in range(len(customer)):
        who = customer[row] - lowest
        if who < 0 or who >= span:
            outside += 1
        else:
            out[who >> shift] += 1
    return outside


@kernel
def _write(out: Any, width: int, spot: Any, code: Any) -> None:
    """A code of 1 or 2 bytes into a column that is given as bytes (little-endian)."""
    out[spot * width] = code & 0xFF
    if width == 2:
        out[spot * 2 + 1] = code >> 8


@kernel
def deal_out(
    customer: Longs, lowest: int, span: int, shift: int, time: Longs, earliest: int, bits: int, event: Ints, event_code: Codes,
    channel: Ints, channel_code: Codes, value: Longs, cursor: Any, stop: Longs, record: Any, rest: Any, what: Any, what_width: int,
    where: Any, where_width: int, worth: Any,
) -> Any:  # fmt: skip
    """Puts rows to their blocks (see `tally`), in the order of rows: what a block has of them goes to cursor[block]…stop[block] − 1.

    `record`: µs since `earliest` and, in its lowest `bits` bits (`shift` of them, or none), which customer of the block it is; `rest`: that
    number where there are no such bits. `what`, `where` (bytes), `worth`: codes by the tables, of the rows' own numbers, and values; an
    empty `channel` or `worth`: none. Returns how many rows fit nowhere.
    """
    outside: Any = np.int64(0)
    most = np.int64(FOREVER) >> bits
    for row in range(len(customer)):
        who, t = customer[row] - lowest, time[row] - earliest
        if who < 0 or who >= span or ((t < -most or t > most) and bits > 0):
            outside += 1
            continue
        block = who >> shift
        spot = cursor[block]
        if spot >= stop[block]:
            outside += 1
            continue
        cursor[block] = spot + 1
        own = who & ((np.int64(1) << shift) - 1)
        record[spot] = t << bits | (own if bits > 0 else 0)
        if len(rest):
            rest[spot] = own
        _write(what, what_width, spot, event_code[event[row]])
        if len(channel):
            _write(where, where_width, spot, channel_code[channel[row]])
        if len(worth):
            worth[spot] = value[row]
    return outside


@kernel
def place(
    first: int, last: int, shift: int, earliest: int, bits: int, begins: Longs, counts: Any, record: Any, rest: Any, event_code: Codes,
    channel_code: Codes, what: Any, what_width: int, where: Any, where_width: int, worth: Any,
) -> bool:  # fmt: skip
    """Counting sort, stable and in place: in each of the blocks first…last−1, events go to their customers' places; whether all rise in
    time there.

    `begins` (blocks + 1); the arrays are as `deal_out` left them; `counts` (customers) becomes events by customer, `record` their times,
    and codes are renumbered by the tables.
    """
    longest = 0
    for block in range(first, last):
        longest = max(longest, begins[block + 1] - begins[block])
    when, own = np.empty(longest, np.int64), np.empty(longest, np.int64)
    event, money = np.empty(longest, np.uint16), np.empty(longest if len(worth) else 0, np.int64)
    channel = np.empty(longest if len(where) else 0, np.uint16)
    rising = True
    mask = (np.int64(1) << bits) - 1
    for block in range(first, last):
        lowest, begin = block << shift, begins[block]
        size = begins[block + 1] - begin
        cursor = np.zeros(min(1 << shift, len(counts) - lowest), np.int64)
        for row in range(size):
            spot = begin + row
            one = record[spot]
            k = np.int64(rest[spot]) if len(rest) else one & mask
            when[row], own[row] = (one >> bits) + earliest, k
            event[row] = event_code[code_at(what, what_width, spot)]
            if len(where):
                channel[row] = channel_code[code_at(where, where_width, spot)]
            if len(worth):
                money[row] = worth[spot]
            cursor[k] += 1
        spot = begin
        for k in range(len(cursor)):
            counts[lowest + k] = cursor[k]
            cursor[k] = spot
            spot += counts[lowest + k]
        for row in range(size):
            k = own[row]
            spot = cursor[k]
            cursor[k] = spot + 1
            record[spot] = when[row]
            _write(what, what_width, spot, event[row])
            if len(where):
                _write(where, where_width, spot, channel[row])
            if len(worth):
                worth[spot] = money[row]
        spot = begin
        for k in range(len(cursor)):
            for row in range(spot + 1, cursor[k]):
                rising &= record[row - 1] <= record[row]
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
    """The rows in the order in which the kernels and a sort by time leave them."""
    return sorted(range(len(times)), key=lambda row: (customers[row], times[row], row))
