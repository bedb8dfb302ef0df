"""Deals: what was bought, what was cancelled, what was brought back."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.trail.cells import Cells
from tropa.trail.kernels.bind import DEAL, VOID, make_deals
from tropa.trail.returns import bring_back, returned
from tropa.trail.slices import customer_slices, fixed, over
from tropa.trail.tape import NO_VALUE, Longs, Tape

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


def deals_of(tape: Tape, cells: Cells, any_void: bool) -> tuple[Cells, Deals]:
    """The deals of the tape; and its cells, the flag gone from events that turn out to be no deal of their own.

    `any_void`: whether the map has events that void deals.
    """
    numbers = tape.order[:1] if tape.order.strides == (0,) else tape.order  # see `tape.same`
    orders = int(numbers.max(initial=0)) + 1
    if cells.counts is not None:  # there may be rules for what voids deals, and no such event
        any_void = bool(cells.counts[:, cells.flags_of & VOID != 0].any())
    if cells.counts is not None and not any_void and orders == 1:
        lines = (cells.counts @ (cells.flags_of & DEAL).astype(np.int64)).tolist()
        customer, event, time, value, _ = _made(tape, cells, np.zeros(0, np.uint8), lines, 1, False)
        if len(event) == sum(lines):  # each is a deal of its own: no flag to be taken from any
            nothing = np.zeros(0, np.int64)
            return cells, Deals(event, customer, time, value, nothing, nothing)
    flags = cells.flags
    backs = returned(tape, np.flatnonzero(flags & VOID) if any_void else np.zeros(0, np.int64))
    own = np.flatnonzero(flags & DEAL) if len(backs) else backs
    flags[backs] &= np.uint8(0xFF & ~VOID)  # returns of an amount come off below; the rest voids whole orders
    ends = (tape.offsets[list(one)] for one in _slices(tape))
    lines = [int(np.count_nonzero(flags[begin:end] & DEAL)) for begin, end in ends]
    customer, event, time, value, void = _made(tape, cells, flags, lines, orders, any_void)
    flags[backs] |= VOID
    back = bring_back(tape, backs, own, customer, event, value, void)
    flags[event[back.gone]] &= np.uint8(0xFF & ~DEAL)
    keep = (void == 0) & ~back.gone
    off = customer[~keep], event[~keep], back.gone[~keep], back.events, back.unmatched
    return cells.flagged(flags), Deals(event[keep], customer[keep], time[keep], back.value[keep], *off)


def _slices(tape: Tape) -> list[tuple[int, int]]:
    return customer_slices(tape.offsets) if tape.events else [(0, 0)]


def _made(
    tape: Tape, cells: Cells, flags: npt.NDArray[np.uint8], lines: list[int], orders: int, any_void: bool
) -> tuple[Any, ...]:
    """All deals, void ones too: customer, event, time, value, void. `lines` by slice: how many there may be; `flags`: see the kernel."""
    valueless = tape.value.strides == (0,) and bool((tape.value[:1] == NO_VALUE).all())
    args: Any = (
        fixed(tape.offsets, np.int64), fixed(tape.time, np.int64), *cells.by_stage[:2], cells.flags_of, flags,
        fixed(tape.order if orders > 1 else tape.order[:0], np.uint32), fixed(tape.value[:0] if valueless else tape.value, np.int64),
        NO_VALUE, int(any_void),
    )  # fmt: skip
    slices, begins = _slices(tape), [0, *accumulate(lines)]
    room: tuple[Any, ...] = (*(np.empty(begins[-1], np.int64) for _ in range(4)), np.empty(begins[-1], np.uint8))

    def work(number: int, _: int) -> int:
        mine = (array[begins[number] : begins[number + 1]] for array in room)
        by_order = (np.full(orders, -1, np.int64) for _ in range(3))
        rest: Any = (*args, *by_order, np.empty(lines[number], np.int64), *mine)
        return make_deals(*slices[number], *rest)

    counts = over([(number, number + 1) for number in range(len(slices))], work)
    if counts == lines:
        return room
    kept = [slice(begin, begin + count) for begin, count in zip(begins, counts, strict=False)]
    return tuple(np.concatenate([array[part] for part in kept]) for array in room)
