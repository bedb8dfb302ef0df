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
    first: int, last: int, passes: int, visits: int, offsets: Longs, time: Longs, stage: Bytes, flags: Bytes, silence: Longs, settle: int,
    until: int, log_start: int, deal_event: Longs, deal_value: Longs, no_value: int, customer: Ints, start: Longs, finish: Longs,
    status: Bytes, deal: Longs, value: Longs, last_stage: Bytes, truncated: Any, first_event: Longs, visits_from: Longs,
    visit_stage: Bytes, visit_time: Longs,
) -> tuple[int, int, int]:  # fmt: skip
    """Passes and visits of the customers first…last−1, written from the places `passes` and `visits` on.

    Returns where it stopped: customer, and the places after the passes and visits found so far. It stops before a customer whose passes
    might not find room (one for each event, at worst); there must be room for as many visits as events, and one more.
    """
    k = np.searchsorted(deal_event, offsets[first])
    p, v = passes - 1, visits
    for c in range(first, last):
        if p + 1 + offsets[c + 1] - offsets[c] > len(start):
            return c, p + 1, v
        dealt = False
        own = p
        s_last = NONE
        ends, now = (
            NEVER + 1,
            NEVER,
        )  # an event after `ends` begins a pass (where a deal was made: if it lies before the deal on the map)
        for i in range(offsets[c], offsets[c + 1]):
            s = stage[i]
            if s == NONE:
                continue
            f = flags[i]
            t = time[i]
            if p == own or (t > ends and (not dealt or f & (BEFORE | DEAL) != 0)):
                if p > own:
                    finish[p] = now
                    last_stage[p] = s_last
                p += 1
                dealt = False
                s_last = NONE
                customer[p], first_event[p], visits_from[p] = c, i, v
                status[p], deal[p], value[p] = EXIT, NEVER, 0
                start[p] = t
                truncated[p] = t - log_start <= silence[s]
            # without a branch: what is not a new visit is overwritten by the next one
            visit_stage[v] = s
            visit_time[v] = t
            v += s != s_last
            s_last = s
            now = t
            if f & DEAL:
                while deal_event[k] < i:
                    k += 1
                if not dealt:
                    deal[p] = t
                    status[p] = DONE
                if deal_value[k] != no_value:
                    value[p] += deal_value[k]
                dealt = True
                ends = t + settle
            elif not dealt:
                ends = t + silence[s]
        if p > own:
            finish[p] = now
            last_stage[p] = s_last
            if not dealt and until <= ends:
                status[p] = OPEN
    return last, p + 1, v


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
