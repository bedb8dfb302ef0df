"""Events put straight to their places, customer by customer, as they are read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.trail.kernels.jit import kernel

Longs = npt.NDArray[np.int64]
Codes = npt.NDArray[np.uint16]


@kernel
def count(customer: Longs, lowest: int, counts: Any) -> None:
    """Adds the events of each customer to `counts`, whose place 0 is customer `lowest`."""
    for row in range(len(customer)):
        counts[customer[row] - lowest] += 1


@kernel
def deal_out(
    customer: Longs,
    lowest: int,
    shift: int,
    cursor: Longs,
    time: Longs,
    event: Codes,
    channel: Codes,
    value: Longs,
    record: Any,
) -> None:
    """Puts a batch's events behind those of the same block of customers that came before: block = (customer − lowest) >> shift.

    `cursor` (blocks): the next free place, moved on. A record is its time; customer from `lowest` on, event and channel code in one number;
    and, where `record` has a third column, its value. `channel` may be empty: none. Blocks keep the next step within the processor's
    caches.
    """
    worth = record.shape[1] > 2
    for row in range(len(customer)):
        who = customer[row] - lowest
        spot = cursor[who >> shift]
        cursor[who >> shift] = spot + 1
        code = np.int64(event[row]) << 16
        if len(channel):
            code |= np.int64(channel[row])
        record[spot, 0] = time[row]
        record[spot, 1] = who << 32 | code
        if worth:
            record[spot, 2] = value[row]


@kernel
def place(begin: int, end: int, record: Any, cursor: Any, at: Any, what: Any, where: Any, worth: Any) -> None:
    """Counting sort, stable: the records begin…end−1 go to their customers' places. `cursor`: the next free place by customer, moved on.

    `at`, `what`, `where`, `worth`: all events' times, event and channel codes, and values (left alone where records have none).
    """
    money = record.shape[1] > 2
    for row in range(begin, end):
        code = record[row, 1]
        who = code >> 32
        spot = cursor[who]
        cursor[who] = spot + 1
        at[spot] = record[row, 0]
        what[spot] = (code >> 16) & 0xFFFF
        where[spot] = code & 0xFFFF
        if money:
            worth[spot] = record[row, 2]


@kernel
def in_order(offsets: Longs, time: Longs) -> bool:
    """Whether every customer's events rise in time."""
    for customer in range(len(offsets) - 1):
        for row in range(offsets[customer] + 1, offsets[customer + 1]):
            if time[row] < time[row - 1]:
                return False
    return True


def naive_place(customers: Sequence[int], times: Sequence[int]) -> list[int]:
    """The rows in the order in which the two kernels and a sort by time leave them."""
    return sorted(range(len(times)), key=lambda row: (customers[row], times[row], row))
