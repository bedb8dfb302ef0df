"""The kernel that finds passes and visits in one walk over the events."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.trail.kernels.bind import BEFORE, DEAL
from tropa.trail.kernels.jit import kernel

OPEN, EXIT, DONE = 0, 1, 2
"""Status of a pass: still under way; left (silence fully seen, no deal); made a deal."""
NONE = 255
NEVER = np.iinfo(np.int64).min

Longs = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.int32]


@kernel
def walk(
    first: int,
    last: int,
    offsets: Longs,
    time: Longs,
    stage: Bytes,
    flags: Bytes,
    silence: Longs,
    settle: int,
    until: int,
    log_start: int,
    deal_event: Longs,
    deal_value: Longs,
    no_value: int,
    writing: int,
    passes: int,
    visits: int,
    customer: Ints,
    number: Ints,
    start: Longs,
    finish: Longs,
    status: Bytes,
    deal: Longs,
    value: Longs,
    deals: Ints,
    first_stage: Bytes,
    last_stage: Bytes,
    truncated: Any,
    first_event: Longs,
    visits_from: Longs,
    visit_stage: Bytes,
    visit_time: Longs,
) -> tuple[int, int]:
    """Passes and visits of the customers first…last−1, written from the places `passes` and `visits` on; returns the places after them.

    Called twice: first to count (`writing` 0, nothing is written), then to fill arrays of just that size.
    """
    k = np.searchsorted(deal_event, offsets[first])
    p = passes - 1
    for c in range(first, last):
        nth = 0
        going = False
        dealt = False
        end, dealt_at = np.int64(0), np.int64(0)
        s_last = NONE
        for i in range(offsets[c], offsets[c + 1]):
            s = stage[i]
            if s == NONE:
                continue
            f = flags[i]
            t = time[i]
            if not going:
                new = True
            elif dealt:
                new = t - dealt_at > settle and (f & (BEFORE | DEAL)) != 0
            else:
                new = t - end > silence[s_last]
            if new:
                if going:
                    if writing:
                        status[p] = DONE if dealt else EXIT
                        finish[p] = end
                        last_stage[p] = s_last
                    nth += 1
                p += 1
                going = True
                dealt = False
                if writing:
                    customer[p] = c
                    number[p] = nth
                    start[p] = t
                    deal[p] = NEVER
                    value[p] = 0
                    deals[p] = 0
                    first_stage[p] = s
                    truncated[p] = t - log_start <= silence[s]
                    first_event[p] = i
                    visits_from[p] = visits
                s_last = NONE
            if s != s_last:
                if writing:
                    visit_stage[visits] = s
                    visit_time[visits] = t
                visits += 1
                s_last = s
            end = t
            if f & DEAL:
                if writing:
                    while deal_event[k] < i:
                        k += 1
                    if not dealt:
                        deal[p] = t
                    if deal_value[k] != no_value:
                        value[p] += deal_value[k]
                    deals[p] += 1
                dealt = True
                dealt_at = t
        if going and writing:
            status[p] = DONE if dealt else (EXIT if until - end > silence[s_last] else OPEN)
            finish[p] = end
            last_stage[p] = s_last
    return p + 1, visits


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
                    "number": number,
                    "start": int(time[group[0]]),
                    "end": int(time[group[-1]]),
                    "status": DONE if deals else EXIT if ended else OPEN,
                    "deal": int(time[deals[0]]) if deals else None,
                    "value": sum(worth.get(j, 0) for j in deals),
                    "deals": len(deals),
                    "left_truncated": bool(time[group[0]] - log_start <= silence[stage[group[0]]]),
                    "visits": [(int(stage[j]), int(time[j])) for j in visits],
                    "first_event": group[0],
                }
            )
    return out
