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
def place(
    customer: Longs, lowest: int, cursor: Any, time: Longs, event: Codes, channel: Codes, value: Longs, at: Any, what: Any, where: Any,
    worth: Any,
) -> None:  # fmt: skip
    """Counting sort, stable: a batch's events go behind those of the same customer that were placed before.

    `cursor`: the next free place by customer, from `lowest` on; moved on. `at`, `what`, `where`, `worth`: all events' times, event codes,
    channel codes and values; `channel` and `value` may be empty: then `where` and `worth` are left alone.
    """
    for row in range(len(customer)):
        spot = cursor[customer[row] - lowest]
        cursor[customer[row] - lowest] = spot + 1
        at[spot] = time[row]
        what[spot] = event[row]
        if len(channel):
            where[spot] = channel[row]
        if len(value):
            worth[spot] = value[row]


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
