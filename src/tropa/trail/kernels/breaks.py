"""One walk over passes and visits that counts everything the price of a break needs, by bucket of customers."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.trail.kernels.jit import kernel
from tropa.trail.kernels.passes import DONE, EXIT

Longs = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]
KINDS = 3
NO_STAGE = 255


@kernel
def tally(
    first: int,
    last: int,
    customer: npt.NDArray[np.int32],
    start: Longs,
    end: Longs,
    status: Bytes,
    deal: Longs,
    value: Longs,
    visits_from: Longs,
    visit_stage: Bytes,
    visit_time: Longs,
    place: Bytes,
    post: npt.NDArray[np.bool_],
    silence: Longs,
    origin: int,
    until: int,
    bins: int,
    bucket: Bytes,
    segment: Bytes,
    group: npt.NDArray[np.uint16],
    month: npt.NDArray[np.uint16],
    flow: Any,
    starts: Any,
    delay: Any,
    again_deal: Any,
    again_exit: Any,
    money: Any,
    reach: Any,
    by_group: Any,
) -> None:
    """Counts the passes first…last−1 (whole customers).

    `place`: index among the observed stages by stage (`NO_STAGE`: none); `post`: stages that lie after the deal. `group` (dimensions,
    customers) and `month` (passes): code of the group in `by_group`, 65535 for none. Outputs (added to): `flow` (bucket, C, J + 1, J + 2);
    `starts` (bucket, C, D); `delay` (bucket, 4, C, D): start to deal, room for it, start to leaving, room for it; `again_deal` (bucket, 2,
    C, D) and `again_exit` (bucket, 2, C, J, D): came, not (yet); `money` (bucket, C, 2); `reach` (bucket, C, J, 2); `by_group` (kind, J,
    groups, 2).
    """
    stages = flow.shape[2] - 1
    span = until - origin
    seen = np.zeros(stages, np.int64)
    bought = False
    for p in range(first, last):
        c = customer[p]
        fresh = p == first or customer[p - 1] != c
        if fresh:
            bought = False
        if start[p] >= until:
            continue
        kind = 2 if bought else (0 if fresh else 1)
        b = bucket[c]
        s_class = segment[c] * KINDS + kind
        begin = (start[p] - origin) * bins // span
        starts[b, s_class, begin] += 1
        dealt = status[p] == DONE and deal[p] < until
        row = stages
        row_time = start[p]
        row_silence = np.int64(0)
        for v in range(visits_from[p], visits_from[p + 1]):
            raw = visit_stage[v]
            if visit_time[v] >= until:
                break
            if dealt and visit_time[v] > deal[p] and not post[raw]:
                continue
            s = place[raw]
            if row == stages or row_time + row_silence < until:
                flow[b, s_class, row, s] += 1
            row = s
            row_time = visit_time[v]
            row_silence = silence[raw]
            if seen[s] != p + 1:
                seen[s] = p + 1
                if row_time + row_silence < until:
                    reach[b, s_class, s, 0] += 1
                    for g in range(group.shape[0]):
                        if group[g, c] != 65535:
                            by_group[kind, s, group[g, c], 0] += 1
                    if month[p] != 65535:
                        by_group[kind, s, month[p], 0] += 1
        follows = p + 1 < last and customer[p + 1] == c and start[p + 1] < until
        if dealt:
            bought = True
            if row_time + row_silence < until:
                flow[b, s_class, row, stages] += 1
            at = (deal[p] - origin) * bins // span
            delay[b, 0, s_class, at - begin] += 1
            delay[b, 1, s_class, bins - 1 - begin] += 1
            if value[p] != 0:
                money[b, s_class, 0] += value[p]
                money[b, s_class, 1] += 1
            if follows:
                again_deal[b, 0, s_class, (start[p + 1] - origin) * bins // span - at] += 1
            else:
                again_deal[b, 1, s_class, bins - 1 - at] += 1
        elif status[p] == EXIT and row < stages and end[p] + row_silence < until:
            flow[b, s_class, row, stages + 1] += 1
            reach[b, s_class, row, 1] += 1
            for g in range(group.shape[0]):
                if group[g, c] != 65535:
                    by_group[kind, row, group[g, c], 1] += 1
            if month[p] != 65535:
                by_group[kind, row, month[p], 1] += 1
            at = (end[p] - origin) * bins // span
            room = (until - row_silence - 1 - origin) * bins // span
            delay[b, 2, s_class, at - begin] += 1
            delay[b, 3, s_class, room - begin] += 1
            if follows:
                again_exit[b, 0, s_class, row, (start[p + 1] - origin) * bins // span - at] += 1
            else:
                again_exit[b, 1, s_class, row, bins - 1 - at] += 1


def naive_tally(
    passes: list[dict[str, Any]], post: set[int], silence: list[int], origin: int, until: int, bins: int
) -> dict[tuple[Any, ...], int]:
    """The same without buckets, segments and groups, in plain Python over dictionaries: (table, kind, …) → count.

    A pass has `customer`, `start`, `end`, `status`, `deal` (None for none), `value`, `visits` [(stage, time)], stages numbered as observed.
    """
    out: dict[tuple[Any, ...], int] = {}

    def count(*key: Any, by: int = 1) -> None:
        out[key] = out.get(key, 0) + by

    def bin_(time: int) -> int:
        return (time - origin) * bins // (until - origin)

    for i, one in enumerate(passes):
        if one["start"] >= until:
            continue
        before = [other for other in passes[:i] if other["customer"] == one["customer"]]
        after = [other for other in passes[i + 1 :] if other["customer"] == one["customer"] and other["start"] < until]
        won = any(other["deal"] is not None and other["deal"] < until for other in before)
        kind = 2 if won else 1 if before else 0
        deal = one["deal"] if one["deal"] is not None and one["deal"] < until else None
        visits = [(s, t) for s, t in one["visits"] if t < until and (deal is None or t <= deal or s in post)]
        count("starts", kind, bin_(one["start"]))
        known = [(s, t) for s, t in visits if t + silence[s] < until]
        count("flow", kind, "start", visits[0][0])
        for (s, t), (next_stage, _) in pairwise(visits):
            if t + silence[s] < until:
                count("flow", kind, s, next_stage)
        for s in {s for s, _ in visits}:
            first = min(t for other, t in visits if other == s)
            if first + silence[s] < until:
                count("reach", kind, s)
        last = visits[-1]
        if deal is not None:
            if last in known:
                count("flow", kind, last[0], "deal")
            count("deal-after", kind, bin_(deal) - bin_(one["start"]))
            if one["value"]:
                count("money", kind, by=one["value"])
            back: Any = after and ("again-deal", kind, bin_(after[0]["start"]) - bin_(deal))
            count(*(back or ("gone-deal", kind, bins - 1 - bin_(deal))))
        elif one["status"] == EXIT and one["end"] + silence[last[0]] < until:
            count("flow", kind, last[0], "leave")
            count("left", kind, last[0])
            count("exit-after", kind, bin_(one["end"]) - bin_(one["start"]))
            back = after and ("again-exit", kind, last[0], bin_(after[0]["start"]) - bin_(one["end"]))
            count(*(back or ("gone-exit", kind, last[0], bins - 1 - bin_(one["end"]))))
    return out
