"""Kernels that give every event its stage and touchpoint, and that make deals out of their events."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.trail.kernels.jit import kernel
from tropa.trail.kernels.standing import code_at

DEAL, VOID, BEFORE, LOOK = 1, 2, 4, 8
"""Flags of an event: it is (a line of) a deal; it voids a deal; it lies before the deal on the map, so that after a finished deal it
begins a new pass; its binding depends on more than event and channel."""

Longs = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]
Shorts = npt.NDArray[np.uint16]
Codes = npt.NDArray[np.uint32]


@kernel
def look_up(
    event: Codes,
    channel: Codes,
    stages: Any,
    points: Any,
    flags: Any,
    stage_out: Bytes,
    point_out: Shorts,
    flags_out: Bytes,
    pair_counts: Any,
) -> None:
    """Stage, touchpoint and flags of each event from the tables by (event code, channel code), and how often each pair occurs.

    An empty `channel`: the tables have one column.
    """
    by_channel = len(channel) > 0
    for i in range(len(event)):
        e = event[i]
        c = channel[i] if by_channel else np.uint32(0)
        stage_out[i] = stages[e, c]
        point_out[i] = points[e, c]
        flags_out[i] = flags[e, c]
        pair_counts[e, c] += 1


def naive_look_up(event: Any, channel: Any, stages: Any, points: Any, flags: Any) -> list[tuple[int, int, int]]:
    """The same in plain Python: one (stage, touchpoint, flags) an event."""
    pairs = [(int(e), int(channel[i]) if len(channel) else 0) for i, e in enumerate(event)]
    return [(int(stages[pair]), int(points[pair]), int(flags[pair])) for pair in pairs]


@kernel
def make_deals(
    first: int, last: int, offsets: Longs, time: Longs, cell: Bytes, width: int, flags_of: Bytes, flags: Bytes, order: Codes,
    value: Longs, no_value: int, any_void: int, seen_by: Longs, void_by: Longs, deal_of: Longs, stack: Longs, customer: Longs,
    deal_event: Longs, deal_time: Longs, deal_value: Longs, deal_void: Bytes,
) -> int:  # fmt: skip
    """Deals of the customers first…last−1 from their events; clears the flag of lines that are no deal of their own and returns the
    number of deals, void ones included.

    Lines of one order of one customer are one deal at the time of its first line; their values add up. Lines without an order are one
    deal if they stand at the very same instant. An order with a voiding event is
    void; a voiding event without an order voids the customer's latest earlier deal that is not void yet. An event that carries the order
    of an earlier deal loses its flag BEFORE: it belongs to that deal's pass.
    `order`, `value` may be empty: no event has one. `any_void` 0: no event has the flag VOID. `flags` (events) may be empty where there
    are neither orders nor voiding events: then they go by code (`cell`, `width`: see `code_at`; `flags_of`) and are left as they are.
    Work space by order code, filled with -1: `seen_by`, `void_by` (customer), `deal_of` (deal); `stack` as long as the deals may be.
    """
    deals = 0
    ordered, valued = len(order) > 0, len(value) > 0
    wanted = DEAL | VOID | BEFORE if ordered else DEAL | VOID
    for c in range(first, last):
        begin, end = offsets[c], offsets[c + 1]
        voids = any_void != 0 and _void_orders(c, begin, end, flags, order, void_by)
        before = deals
        top = 0
        bare = -1  # the customer's latest deal without an order
        for i in range(begin, end):
            f = flags[i] if len(flags) > 0 else flags_of[code_at(cell, width, i)]
            if f & wanted == 0:
                continue
            o = order[i] if ordered else np.uint32(0)
            known = o != 0 and seen_by[o] == c
            if f & DEAL:
                k = deal_of[o] if known else -1
                if o == 0 and bare >= 0 and deal_time[bare] == time[i]:
                    k = bare
                worth = value[i] if valued else no_value
                if k >= 0:
                    if worth != no_value:
                        deal_value[k] = worth + (deal_value[k] if deal_value[k] != no_value else 0)
                    if len(flags) > 0:
                        flags[i] = f & ~DEAL & ~BEFORE
                else:
                    k = deals
                    deals += 1
                    customer[k], deal_event[k], deal_time[k], deal_value[k] = c, i, time[i], worth
                    deal_void[k] = o != 0 and void_by[o] == c
                    if o == 0:
                        bare = k
                    else:
                        seen_by[o], deal_of[o] = c, k
                    if deal_void[k] == 0:
                        stack[top] = k
                        top += 1
            elif known and f & BEFORE:
                flags[i] = f & ~BEFORE
            if voids and f & VOID and o == 0 and top > 0:
                top -= 1
                deal_void[stack[top]] = 1
        if voids:
            for k in range(before, deals):
                if deal_void[k] == 1:
                    flags[deal_event[k]] = flags[deal_event[k]] & ~DEAL
    return deals


@kernel
def _void_orders(c: int, begin: int, end: int, flags: Bytes, order: Codes, void_by: Longs) -> Any:
    """Marks the orders that a customer's events void; whether there is any such event."""
    voids = False
    for i in range(begin, end):
        if flags[i] & VOID:
            voids = True
            if len(order) > 0 and order[i] != 0:
                void_by[order[i]] = c
    return voids


def naive_make_deals(
    offsets: Any, time: Any, flags: Any, order: Any, value: Any, no_value: int
) -> tuple[list[tuple[int, int, bool]], list[int]]:
    """The same in plain Python: deals as (event, value, void) in order, and the flags that are left."""
    out, left = [], [int(flag) for flag in flags]
    for c in range(len(offsets) - 1):
        mine = range(int(offsets[c]), int(offsets[c + 1]))
        void_orders = {int(order[i]) for i in mine if flags[i] & VOID and order[i]}
        deals: list[dict[str, Any]] = []
        for i in mine:
            o = int(order[i])
            if o:
                earlier = next((deal for deal in deals if deal["order"] == o), None)
            else:
                same = [deal for deal in deals if not deal["order"] and time[deal["event"]] == time[i]]
                earlier = same[-1] if same and flags[i] & DEAL else None
            if flags[i] & DEAL and earlier is None:
                deals.append({"event": i, "order": o, "values": [int(value[i])], "void": o != 0 and o in void_orders})
            elif flags[i] & DEAL and earlier is not None:
                earlier["values"].append(int(value[i]))
                left[i] &= ~DEAL & ~BEFORE
            elif earlier is not None:
                left[i] &= ~BEFORE
            if flags[i] & VOID and not o:
                alive = [deal for deal in deals if not deal["void"]]
                if alive:
                    alive[-1]["void"] = True
        for deal in deals:
            known = [one for one in deal["values"] if one != no_value]
            out.append((deal["event"], sum(known) if known else no_value, bool(deal["void"])))
            if deal["void"]:
                left[deal["event"]] &= ~DEAL
    return out, left


@kernel
def count_names(
    begin: int,
    end: int,
    offsets: Longs,
    event: Codes,
    bound: Bytes,
    unbound: int,
    skip: Bytes,
    events: Longs,
    customers: Longs,
) -> None:
    """Events and customers begin…end−1 by event code among events bound to nothing (`bound[i] == unbound`) and without flag
    (`skip[i] == 0`)."""
    last = np.full(len(events), -1, np.int64)
    for c in range(begin, end):
        for i in range(offsets[c], offsets[c + 1]):
            if bound[i] == unbound and skip[i] == 0:
                e = event[i]
                events[e] += 1
                if last[e] != c:
                    last[e] = c
                    customers[e] += 1


def naive_count_names(offsets: Any, event: Any, bound: Any, unbound: int, skip: Any) -> dict[int, tuple[int, int]]:
    """The same in plain Python: event code → (events, customers)."""
    found: dict[int, list[int]] = {}
    for c in range(len(offsets) - 1):
        for i in range(int(offsets[c]), int(offsets[c + 1])):
            if bound[i] == unbound and skip[i] == 0:
                found.setdefault(int(event[i]), []).append(c)
    return {code: (len(who), len(set(who))) for code, who in found.items()}
