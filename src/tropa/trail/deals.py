"""Deals: what was bought, what was cancelled, what was brought back."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from tropa.trail.tape import NO_VALUE, Longs

Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Deals:
    """Deals that count, in (customer, time) order: void ones and further lines of one order are left out.

    `event`: index of the event that made the deal; `customer`: its index; `time`: µs; `value`: minor units, all lines of the order
    together, less what was brought back (`NO_VALUE`: none). `void_customer`, `void_event`: whose the dropped ones were, and which events.
    """

    event: Longs
    customer: Longs
    time: Longs
    value: Longs
    void_customer: Longs
    void_event: Longs
    brought_back: Bools = field(default_factory=lambda: np.zeros(0, np.bool_))
    """Which of the dropped ones were bought and brought back whole by returns with numbers of their own (the others: cancelled)."""
    returns: Longs = field(default_factory=lambda: np.zeros(0, np.int64))
    unmatched: Longs = field(default_factory=lambda: np.zeros(0, np.int64))
    """Events of returns with numbers of their own, and what of each came off no purchase (minor units)."""

    @property
    def void(self) -> int:
        """How many deals were dropped because they were cancelled or refunded."""
        return len(self.void_customer)

    @property
    def money(self) -> bool:
        """Whether any deal has a value."""
        return bool((self.value != NO_VALUE).any())
