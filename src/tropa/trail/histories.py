"""What single customers did, pass by pass: what hidden sorts of customers are told from."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.stats.sorts import LEVELS, Histories
from tropa.stats.value import KINDS
from tropa.trail.bind import Bound
from tropa.trail.numbers import Numbers, hashed
from tropa.trail.passes import BY_PASS, DONE, EXIT, Passes, only_passes, passes_of
from tropa.trail.rules import MINOR
from tropa.trail.strata import Strata
from tropa.trail.visits import Visits

MOST = 4_000
"""So many customers are looked at, drawn evenly: they tell how unlike customers are, not how many leave."""
Floats = npt.NDArray[np.float64]
Longs = npt.NDArray[np.int64]


Rows = tuple[npt.NDArray[Any], ...]
"""Of drawn customers: a number to sort them by, and what they did (see `rows_of`)."""


def histories(
    bound: Bound, passes: Passes, strata: Strata, until: int, coming: Floats, numbers: Numbers | None = None
) -> Histories:
    """The histories of (at most `MOST`) customers up to `until` (µs); those who paid nothing and did just the same are told once.

    `coming` (D): share of those who come again after a deal that have come by the end of each of D equal parts of the log. `numbers`: who
    is who, where customers are drawn by that (see `Tape.numbers`), not by their places.
    """
    return histories_of(rows_of(bound, passes, strata, until, coming, numbers))


def rows_of(
    bound: Bound, passes: Passes, strata: Strata, until: int, coming: Floats, numbers: Numbers | None = None
) -> Rows:
    """By drawn customer: mixed number, segment; visits, leaves (KINDS, J), passes, deals (KINDS), came, waited; payments: how many, sum and
    sum of squares of their logarithms."""
    mine = _drawn(passes) if numbers is None else _lowest(passes, numbers)
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
    paid = _paid(mine.value / MINOR, dealt & (mine.value > 0), who, len(names))
    key = names.astype(np.uint64) if numbers is None else hashed(numbers)[names]
    return (key, strata.segment[names].astype(np.int64), visits, leaves, passed, deals, came, waited, paid)


def lowest(one: Rows, other: Rows) -> Rows:
    """Of both, those that would have been drawn of all their customers."""
    every = tuple(np.concatenate([a, b]) for a, b in zip(one, other, strict=True))
    if len(every[0]) <= MOST:
        return every
    kept = np.argsort(every[0], kind="stable")[:MOST]
    return tuple(column[kept] for column in every)


def histories_of(rows: Rows) -> Histories:
    """The histories of drawn customers, in whatever order they were found."""
    order = np.argsort(rows[0], kind="stable")
    segment, visits, leaves, passed, deals, came, waited, paid = (column[order] for column in rows[1:])
    return _once(segment, visits, leaves, passed, deals, came, waited, _centred(paid, segment))


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
        **{name: getattr(passes, name)[index] for name in BY_PASS},
        visits=Visits.of(np.append(0, np.cumsum(end - begin)), passes.visit_stage[visit], passes.visit_time[visit]),
    )


def _ranges(begin: Longs, end: Longs) -> Longs:
    """begin[0]…end[0] − 1, begin[1]…end[1] − 1, …"""
    lengths = end - begin
    return np.asarray(np.arange(int(lengths.sum())) + np.repeat(begin - np.append(0, np.cumsum(lengths)[:-1]), lengths))


def _add(table: Floats, *at: npt.NDArray[Any]) -> None:
    """One more at each of these places."""
    flat = np.ravel_multi_index(at, table.shape)
    table += np.bincount(flat, minlength=table.size).reshape(table.shape)


def _lowest(passes: Passes, numbers: Numbers) -> Passes:
    """The passes of the customers with the lowest mixed numbers: the same ones, in whatever parts they lie."""
    first = np.flatnonzero(passes.is_first)
    if len(first) <= MOST:
        return passes
    who = passes.customer[first]
    chosen = np.zeros(int(who.max()) + 1, np.uint8)
    chosen[who[np.argsort(hashed(numbers[who]), kind="stable")[:MOST]]] = 1
    return passes_of(passes, chosen)


def _paid(value: Floats, there: npt.NDArray[np.bool_], who: Longs, customers: int) -> Floats:
    """How many payments, sum and sum of squares of their logarithms, by customer."""
    customer, log = who[there], np.log(value[there])
    return np.stack([np.bincount(customer, weight, customers) for weight in (np.ones(len(log)), log, log**2)], axis=1)


def _centred(paid: Floats, segment: Longs) -> Floats:
    """The same with every logarithm less the mean of its segment."""
    size = int(segment.max(initial=0)) + 1
    count, sums, squares = paid.T
    mean = (np.bincount(segment, sums, size) / np.maximum(np.bincount(segment, count, size), 1))[segment]
    rest = squares - 2 * mean * sums + mean**2 * count
    return np.stack([count, sums - mean * count, np.maximum(rest, 0.0)], axis=1)


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
