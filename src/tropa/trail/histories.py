"""What single customers did, pass by pass: what hidden sorts of customers are told from."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.stats.sorts import LEVELS, Histories
from tropa.stats.value import KINDS
from tropa.trail.bind import Bound
from tropa.trail.passes import BY_PASS, DONE, EXIT, Passes, only_passes
from tropa.trail.rules import MINOR
from tropa.trail.strata import Strata

MOST = 4_000
"""So many customers are looked at, drawn evenly: they tell how unlike customers are, not how many leave."""
Floats = npt.NDArray[np.float64]
Longs = npt.NDArray[np.int64]


def histories(bound: Bound, passes: Passes, strata: Strata, until: int, coming: Floats) -> Histories:
    """The histories of (at most `MOST`) customers up to `until` (µs); those who paid nothing and did just the same are told once.

    `coming` (D): share of those who come again after a deal that have come by the end of each of D equal parts of the log.
    """
    mine = _drawn(passes)
    mine = only_passes(mine, mine.start < until)
    stages = np.flatnonzero(bound.observed)
    place = np.full(256, -1, np.int64)
    place[stages] = np.arange(len(stages))
    names, who = np.unique(mine.customer, return_inverse=True)
    kind = kinds(mine)
    dealt = (mine.status == DONE) & (mine.deal < until)
    visits, leaves = (np.zeros((len(names), KINDS, len(stages))) for _ in range(2))
    owner = np.repeat(np.arange(len(mine)), np.diff(mine.visits_from))
    stage = mine.visit_stage.astype(np.int64)
    silence = np.zeros(256, np.int64)
    silence[: len(mine.limits.silence)] = mine.limits.silence
    post = np.zeros(256, np.bool_)
    if bound.deal_stage >= 0:
        post[: len(bound.stages)] = bound.later[bound.deal_stage]
    on_the_way = ~dealt[owner] | (mine.visit_time <= mine.deal[owner]) | post[stage]
    known = on_the_way & (mine.visit_time + silence[stage] < until)
    _add(visits, who[owner[known]], kind[owner[known]], place[stage[known]])
    last = mine.last_stage.astype(np.int64)
    left = np.flatnonzero((mine.status == EXIT) & (mine.end + silence[last] < until))
    _add(leaves, who[left], kind[left], place[last[left]])
    follows = np.append(mine.customer[1:] == mine.customer[:-1], False)[: len(mine)]
    room = np.clip((until - mine.deal) * len(coming) // max(until - passes.log_start, 1), 0, len(coming) - 1)
    level = np.clip(np.round(coming[np.where(dealt, room, 0)] * LEVELS), 0, LEVELS).astype(np.int64)
    came, waited = np.zeros(len(names)), np.zeros((len(names), LEVELS + 1))
    _add(came, who[dealt & follows])
    _add(waited, who[dealt & ~follows], level[dealt & ~follows])
    passed, deals = (np.zeros((len(names), KINDS)) for _ in range(2))
    _add(passed, who, kind)
    _add(deals, who[dealt], kind[dealt])
    segment = strata.segment[names].astype(np.int64)
    paid = _paid(mine.value / MINOR, dealt & (mine.value > 0), who, segment)
    return _once(segment, visits, leaves, passed, deals, came, waited, paid)


def kinds(passes: Passes) -> npt.NDArray[np.uint8]:
    """The kind of each pass: first, back without ever having bought, bought before."""
    done = passes.status == DONE
    before = np.cumsum(done, dtype=np.int32) - done
    is_first = passes.is_first
    first = np.flatnonzero(is_first)
    base = np.repeat(before[first], np.diff(np.append(first, len(done))))
    out = (~is_first).astype(np.uint8)
    out[before > base] = 2
    return out


def _drawn(passes: Passes) -> Passes:
    """The passes of the drawn customers: one out of each of `MOST` equal stretches of them, where it lies said by a hash."""
    first = np.flatnonzero(passes.is_first)
    if len(first) <= MOST:
        return passes
    x = np.arange(1, MOST + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    x = (x ^ (x >> np.uint64(32))) * np.uint64(0xD6E8FEB86659FD93)
    spot = (np.arange(MOST) + (x >> np.uint64(40)).astype(np.float64) / 2**24) * (len(first) / MOST)
    chosen = np.unique(spot.astype(np.int64))
    index = _ranges(first[chosen], np.append(first, len(passes))[chosen + 1])
    begin, end = passes.visits_from[index], passes.visits_from[index + 1]
    visit = _ranges(begin, end)
    return replace(
        passes,
        **{name: getattr(passes, name)[index] for name in BY_PASS if name != "visits_from"},
        visits_from=np.append(0, np.cumsum(end - begin)),
        visit_stage=passes.visit_stage[visit],
        visit_time=passes.visit_time[visit],
    )


def _ranges(begin: Longs, end: Longs) -> Longs:
    """begin[0]…end[0] − 1, begin[1]…end[1] − 1, …"""
    lengths = end - begin
    return np.asarray(np.arange(int(lengths.sum())) + np.repeat(begin - np.append(0, np.cumsum(lengths)[:-1]), lengths))


def _add(table: Floats, *at: npt.NDArray[Any]) -> None:
    """One more at each of these places."""
    flat = np.ravel_multi_index(at, table.shape)
    table += np.bincount(flat, minlength=table.size).reshape(table.shape)


def _paid(value: Floats, there: npt.NDArray[np.bool_], who: Longs, segment: Longs) -> Floats:
    """How many payments, sum and sum of squares of their logarithms, by customer, against the segment's mean."""
    customer, log = who[there], np.log(value[there])
    of = segment[customer]
    mean = np.bincount(of, log) / np.maximum(np.bincount(of), 1) if len(of) else np.zeros(1)
    rest = log - mean[of] if len(of) else log
    return np.stack(
        [np.bincount(customer, weight, len(segment)) for weight in (np.ones(len(rest)), rest, rest**2)], axis=1
    )


def _once(segment: Longs, *parts: Floats) -> Histories:
    """Histories with those that are quite the same counted."""
    whole = np.concatenate([segment[:, None], *(part.reshape(len(segment), -1) for part in parts)], axis=1)
    rows, times = np.unique(np.ascontiguousarray(whole), axis=0, return_counts=True)
    edges = np.cumsum([1, *(part[0].size for part in parts)])
    cut = [
        rows[:, a:b].reshape(len(rows), *part.shape[1:]) for a, b, part in zip(edges, edges[1:], parts, strict=False)
    ]
    visits, leaves, passed, deals, came, waited, paid = cut
    return Histories(
        times.astype(np.float64), rows[:, 0].astype(np.int64), visits, leaves, passed, deals, came, waited, paid,
    )  # fmt: skip
