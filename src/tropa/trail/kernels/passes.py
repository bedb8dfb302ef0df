"""The kernels that find passes, and the visits that they are made of."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.trail.kernels.bind import BEFORE, DEAL
from tropa.trail.kernels.jit import kernel
from tropa.trail.kernels.standing import code_at

OPEN, EXIT, DONE = 0, 1, 2
"""Status of a pass: still under way; left (silence fully seen, no deal); made a deal."""
NONE = 255
NEVER = np.iinfo(np.int64).min
FOREVER = np.iinfo(np.int64).max

Longs = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.int32]


@kernel
def walk(
    first: int, last: int, passes: int, offsets: Longs, time: Longs, cell: Bytes, width: int, stage_of: Bytes, flags: Bytes,
    flags_of: Bytes, silence: Longs, settle: int, until: int, log_start: int, deal_event: Longs, deal_value: Longs, no_value: int,
    customer: Any, start: Any, finish: Any, status: Any, deal: Any, value: Any, last_stage: Any, truncated: Any, first_event: Any,
) -> tuple[int, int]:  # fmt: skip
    """Passes of the customers first…last−1, written from the place `passes` on.

    `cell`, `width`: codes of events (see `code_at`); by code `stage_of` and, where `flags` (events) is empty, `flags_of`. Deals are the
    events in `deal_event`. Returns where it stopped: customer, and the place after the passes found so far. It stops before a customer
    whose passes might not find room (one for each event, at worst).
    """
    k = np.searchsorted(deal_event, offsets[first])
    bargain: Any = deal_event[k] if k < len(deal_event) else FOREVER  # the next event that makes a deal
    p = passes - 1
    for c in range(first, last):
        if p + 1 + offsets[c + 1] - offsets[c] > len(start):
            return c, p + 1
        dealt = False
        own = p
        s_last = NONE
        ends, now = (
            NEVER + 1,
            NEVER,
        )  # an event after `ends` begins a pass (where a deal was made: if it lies before the deal on the map)
        for i in range(offsets[c], offsets[c + 1]):
            code = code_at(cell, width, i)
            s = stage_of[code]
            if s == NONE:
                continue
            t = time[i]
            if p == own or (
                t > ends and (not dealt or i == bargain or (flags[i] if len(flags) else flags_of[code]) & BEFORE != 0)
            ):
                if p > own:
                    finish[p] = now
                    last_stage[p] = s_last
                p += 1
                dealt = False
                customer[p], first_event[p] = c, i
                status[p], deal[p], value[p] = EXIT, NEVER, 0
                start[p] = t
                truncated[p] = t - log_start <= silence[s]
            s_last = s
            now = t
            if i == bargain:
                if not dealt:
                    deal[p] = t
                    status[p] = DONE
                if deal_value[k] != no_value:
                    value[p] += deal_value[k]
                dealt = True
                ends = t + settle
                k += 1
                bargain = deal_event[k] if k < len(deal_event) else FOREVER
            elif not dealt:
                ends = t + silence[s]
        if p > own:
            finish[p] = now
            last_stage[p] = s_last
            if not dealt and until <= ends:
                status[p] = OPEN
    return last, p + 1


@kernel
def enter(
    first: int, last: int, visits: int, offsets: Longs, time: Longs, cell: Bytes, width: int, stage_of: Bytes, customer: Ints,
    first_event: Longs, visits_from: Any, visit_stage: Any, visit_time: Any,
) -> Any:  # fmt: skip
    """Visits of the passes first…last−1, written from the place `visits` on; where each pass's begin; returns the place after the last.

    The events of a pass are as in `Passes`, codes as in `walk`. There must be room for as many visits as events, and one more.
    """
    v: Any = visits
    for p in range(first, last):
        visits_from[p] = v
        c = customer[p]
        follows = p + 1 < len(customer) and customer[p + 1] == c
        stop = first_event[p + 1] if follows else offsets[np.int64(c) + 1]
        s_last: Any = NONE
        for i in range(first_event[p], stop):
            s: Any = np.int64(stage_of[code_at(cell, width, i)])
            # without a branch: what is not a new visit is overwritten by the next one
            visit_stage[v] = s
            visit_time[v] = time[i]
            v += (s != NONE) & (s != s_last)
            s_last = s_last if s == NONE else s
    return v


def naive_walk(
    offsets: Any,
    time: Any,
    stage: Any,
    flags: Any,
    silence: Any,
    settle: int,
    until: int,
    log_start: int,
    worth: dict[int, int],
) -> list[dict[str, Any]]:
    """The same in plain Python, pass by pass. `worth`: value by the event index of each deal that has one."""
    out: list[dict[str, Any]] = []
    for c in range(len(offsets) - 1):
        mine = [i for i in range(int(offsets[c]), int(offsets[c + 1])) if stage[i] != NONE]
        groups: list[list[int]] = []
        for i in mine:
            if not groups:
                groups.append([i])
                continue
            deals = [j for j in groups[-1] if flags[j] & DEAL]
            previous = groups[-1][-1]
            if deals:
                starts = time[i] - time[deals[-1]] > settle and bool(flags[i] & (BEFORE | DEAL))
            else:
                starts = time[i] - time[previous] > silence[stage[previous]]
            if starts:
                groups.append([i])
            else:
                groups[-1].append(i)
        for number, group in enumerate(groups):
            deals = [j for j in group if flags[j] & DEAL]
            ended = number + 1 < len(groups) or until - time[group[-1]] > silence[stage[group[-1]]]
            visits = [j for at, j in enumerate(group) if at == 0 or stage[group[at - 1]] != stage[j]]
            out.append(
                {
                    "customer": c,
                    "start": int(time[group[0]]),
                    "end": int(time[group[-1]]),
                    "status": DONE if deals else EXIT if ended else OPEN,
                    "deal": int(time[deals[0]]) if deals else None,
                    "value": sum(worth.get(j, 0) for j in deals),
                    "left_truncated": bool(time[group[0]] - log_start <= silence[stage[group[0]]]),
                    "visits": [(int(stage[j]), int(time[j])) for j in visits],
                    "first_event": group[0],
                }
            )
    return out
