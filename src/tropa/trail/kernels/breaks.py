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
Ints = npt.NDArray[np.int32]
Shorts = npt.NDArray[np.uint16]
KINDS = 3
NO_STAGE = 255
NO_GROUP = 65_535


@kernel
def tally(
    first: int, last: int, customer: Ints, start: Longs, end: Longs, status: Bytes, deal: Longs, value: Longs, visits_from: Longs,
    visit_stage: Bytes, visit_time: Longs, place: Bytes, post: Any, silence: Longs, origin: int, until: int, edges: Longs, bucket: Bytes,
    segment: Bytes, group: Shorts, month: Shorts, flow: Any, starts: Any, delay: Any, again_deal: Any, again_exit: Any, money: Any,
    reach: Any, by_group: Any,
) -> None:  # fmt: skip
    """Counts the passes first…last−1 (whole customers).

    `place`: index among the observed stages by stage (`NO_STAGE`: none); `post`: stages that lie after the deal. `edges` (D + 1): where the
    equal parts of the time from `origin` to `until` begin, as µs after `origin`. `group` (dimensions, customers) and `month` (passes):
    code of the group in `by_group`, 65535 for none. Outputs (added to): `flow` (bucket, C, J + 1, J + 2);
    `starts` (bucket, C, D); `delay` (bucket, 4, C, D): start to deal, room for it, start to leaving, room for it; `again_deal` (bucket, 2,
    C, D) and `again_exit` (bucket, 2, C, J, D): came, not (yet); `money` (bucket, C, 2); `reach` (bucket, C, J, 2); `by_group` (kind, J,
    groups, 2).
    """
    stages, bins = flow.shape[2] - 1, len(edges) - 1
    seen = np.full(stages, -1, np.int64)
    bought = False
    for p in range(first, last):
        c = customer[p]
        fresh = p == first or customer[p - 1] != c
        bought = bought and not fresh
        if start[p] >= until:
            continue
        kind = 2 if bought else (0 if fresh else 1)
        b, s_class = bucket[c], segment[c] * KINDS + kind
        begin = bin_of(edges, start[p] - origin)
        starts[b, s_class, begin] += 1
        dealt = status[p] == DONE and deal[p] < until
        row, known, rest = _visits(
            p, kind, b, s_class, c, until, deal[p] if dealt else until, month[p], visits_from, visit_stage, visit_time, place, post,
            silence, group, seen, flow, reach, by_group,
        )  # fmt: skip
        back = -1  # the part of the time in which the customer's next pass begins
        if p + 1 < last and customer[p + 1] == c and start[p + 1] < until:
            back = bin_of(edges, start[p + 1] - origin)
        came = np.int64(back < 0)
        if dealt:
            bought = True
            flow[b, s_class, row, stages] += known < until
            at = bin_of(edges, deal[p] - origin)
            delay[b, 0, s_class, at - begin] += 1
            delay[b, 1, s_class, bins - 1 - begin] += 1
            money[b, s_class, 0] += value[p]
            money[b, s_class, 1] += value[p] != 0
            again_deal[b, came, s_class, (back if back >= 0 else bins - 1) - at] += 1
        elif status[p] == EXIT and row < stages and end[p] + rest < until:
            flow[b, s_class, row, stages + 1] += 1
            reach[b, s_class, row, 1] += 1
            _in_groups(by_group, kind, row, 1, group, c, month[p])
            at = bin_of(edges, end[p] - origin)
            delay[b, 2, s_class, at - begin] += 1
            delay[b, 3, s_class, bin_of(edges, until - rest - 1 - origin) - begin] += 1
            again_exit[b, came, s_class, row, (back if back >= 0 else bins - 1) - at] += 1


@kernel
def _visits(
    p: int, kind: int, b: int, s_class: int, c: int, until: int, dealt: int, month: int, visits_from: Longs, visit_stage: Bytes,
    visit_time: Longs, place: Bytes, post: Any, silence: Longs, group: Shorts, seen: Longs, flow: Any, reach: Any, by_group: Any,
) -> Any:  # fmt: skip
    """Counts the visits of one pass before `until` (after `dealt` only those of stages after the deal). Returns the stage of the last one
    (J: none), until when its silence lasts, and how long that silence is."""
    row: Any = flow.shape[2] - 1
    known, rest = np.int64(0), np.int64(0)
    for v in range(visits_from[p], visits_from[p + 1]):
        raw, t = visit_stage[v], visit_time[v]
        if t >= until:
            break
        if t > dealt and not post[raw]:
            continue
        s: Any = np.int64(place[raw])
        flow[b, s_class, row, s] += known < until
        row, rest = s, silence[raw]
        known = t + rest
        if seen[s] != p:
            seen[s] = p
            if known < until:
                reach[b, s_class, s, 0] += 1
                _in_groups(by_group, kind, s, 0, group, c, month)
    return row, known, rest


@kernel
def _in_groups(by_group: Any, kind: int, s: int, column: int, group: Shorts, c: int, month: int) -> None:
    """Counts a pass in the groups that its customer belongs to, and in its month."""
    for g in range(group.shape[0]):
        if group[g, c] != NO_GROUP:
            by_group[kind, s, group[g, c], column] += 1
    if month != NO_GROUP:
        by_group[kind, s, month, column] += 1


@kernel
def bin_of(edges: Longs, length: int) -> Any:
    """Which of the equal parts a time (µs after the first edge, before the last) lies in: guessed, then put right (dividing is slow)."""
    bins = len(edges) - 1
    k: Any = min(np.int64(length * (bins / edges[bins])), bins - 1)
    if length < edges[k]:
        return k - 1
    return k + (length >= edges[k + 1])


def edges_of(span: int, bins: int) -> Longs:
    """Where so many equal parts of a span of whole µs begin, and where the last one ends."""
    return np.array([-(-k * span // bins) for k in range(bins + 1)], dtype=np.int64)


def naive_bin_of(length: int, span: int, bins: int) -> int:
    """What `bin_of` finds with `edges_of(span, bins)`, by dividing."""
    return length * bins // span


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
