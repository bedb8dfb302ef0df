"""Buyers: what each customer bought when, and to which groups they belong. Shared by the measures of the loop (R-27)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from tropa.model import Map
from tropa.model.measure import Parameter, Setting
from tropa.trail.bind import NO_POINT
from tropa.trail.loops import deals_until
from tropa.trail.measures.asked import Asked
from tropa.trail.numbers import numbers_of
from tropa.trail.passes import DONE, firsts
from tropa.trail.prepare import Prepared
from tropa.trail.rules import codes_at
from tropa.trail.segments import chosen_customers, rules_of
from tropa.trail.slices import customer_slices, over
from tropa.trail.tape import Longs

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Bytes = npt.NDArray[np.uint8]
EVERYBODY, UNKNOWN = "mark:everybody", "mark:unknown"
MINOR = 100
By = Literal["none", "segments", "personas", "channels", "points"]
BY = Parameter(id="split", kind="choice", choices=("none", "segments", "personas", "channels"), default="none")
"""By what the answer is split. Segments may overlap; channels are a customer's first known one."""
MOST_CODES = 12
"""Channels or touchpoints with the most customers that are told one by one."""


@dataclass(frozen=True, slots=True)
class Buyers:
    """A table of buyers, one entry each, in rising order of `number` (who is who, see `Tape.numbers`).

    `purchases`: passes with a deal; `first`, `last`: µs; `spent`: minor units of all of them; `repeats`, `again`: repeat purchases whose
    value is known, and minor units of these; `early`, `early_last`, `early_repeats`, `early_again`: the same up to `cut`; `late`,
    `late_spent`: purchases after it and their minor units; `unsure`: may have bought before the log began. `groups`: (buyers, groups)
    whether in a group, or (buyers, 1) codes of what came first.
    """

    number: npt.NDArray[np.uint64]
    bucket: Bytes
    purchases: Longs
    first: Longs
    last: Longs
    spent: Longs
    repeats: Longs
    again: Longs
    early: Longs
    early_last: Longs
    early_repeats: Longs
    early_again: Longs
    late: Longs
    late_spent: Longs
    unsure: Bools
    groups: npt.NDArray[np.int32]

    def __len__(self) -> int:
        """How many buyers."""
        return len(self.number)


Columns = tuple[npt.NDArray[Any], ...]


@dataclass(frozen=True, slots=True)
class Grouped:
    """A part with the groups of its customers (see `groups_of`). A view of rounds."""

    part: Asked
    groups: npt.NDArray[np.int32]


def grouped(part: Asked, *, by: By) -> Grouped:
    """The part's customers in groups."""
    return Grouped(part, groups_of(part, by))


def buyers_in(view: Grouped, first: int, last: int, *, cut: int | None) -> Columns:
    """The columns of those of the customers first…last−1 who are chosen and bought: some hundred bytes a buyer. Of a period: those whose
    first purchase began in it. `cut`: see `Buyers` (None: what hangs on it is not wanted)."""
    ready = view.part.ready
    customer, at, value, counted = purchases_of(ready, view.part.customers, first, last)
    starts = np.flatnonzero(firsts(customer)).astype(np.int64)
    who = customer[starts]
    sizes = np.diff(np.append(starts, len(customer)))

    def summed(what: npt.NDArray[Any]) -> Longs:
        return np.add.reduceat(what.astype(np.int64), starts) if len(starts) else np.zeros(0, np.int64)

    base: Columns = (
        numbers_of(ready.tape)[who], ready.buckets[who], sizes, at[starts], at[starts + sizes - 1], summed(value),
    )  # fmt: skip
    unsure = unsure_of(ready, first, last)[who - first]
    columns = (*base, *_parted(starts, at, value, cut, summed), unsure, view.groups[who])
    mine = counted[starts]
    return columns if mine.all() else tuple(column[mine] for column in columns)


def _parted(
    starts: Longs, at: Longs, value: Longs, cut: int | None, summed: Callable[[Bools | Longs], Longs]
) -> Columns:
    """The columns `repeats` … `late_spent`; all nothing where no cut is asked for."""
    if cut is None:
        return (np.zeros(len(starts), np.int64),) * 8
    is_first = np.zeros(len(at), np.bool_)
    is_first[starts] = True
    valued, before = (value > 0) & ~is_first, at <= cut
    worth = np.where(valued, value, 0)
    early = summed(before)
    early_last = np.where(early > 0, at[np.maximum(starts + early - 1, 0)], 0)
    return (
        summed(valued), summed(worth), early, early_last, summed(valued & before), summed(worth * before), summed(~before),
        summed(value * ~before),
    )  # fmt: skip


def unsure_of(ready: Prepared, first: int = 0, last: int | None = None) -> Bools:
    """By customer (all, or first…last−1), whether its beginning may lie before the log."""
    passes, last = ready.whole.passes, len(ready.tape.customers) if last is None else last
    here = passes.those_of(first, last)
    customer = passes.customer[here]
    out = np.zeros(last - first, np.bool_)
    out[customer[passes.left_truncated[here] & firsts(customer)] - first] = True
    return out


def purchases_of(
    ready: Prepared, chosen: Bytes, first: int = 0, last: int | None = None
) -> tuple[Longs, Longs, Longs, Bools]:
    """Purchases of chosen customers (of all, or of first…last−1), in (customer, time) order: whose, when (µs), minor units (0: not known),
    whether in the period.

    Purchases after the end of the deals' sources are left out.
    """
    passes, until = ready.whole.passes, deals_until(ready)
    here = passes.those_of(first, len(ready.tape.customers) if last is None else last)
    done = np.flatnonzero(passes.status[here] == DONE) + here.start
    mine = done[(chosen[passes.customer[done]] != 0) & (passes.deal[done] <= until)]
    counted = np.ones(len(mine), np.bool_) if ready.part is None else ready.part.which[mine]
    return passes.customer[mine].astype(np.int64), passes.deal[mine], np.maximum(passes.value[mine], 0), counted


def groups_of(part: Asked, by: By) -> npt.NDArray[np.int32]:
    """To which groups each customer of a part belongs: (customers, groups), or (customers, 1) codes of what came first (0: not known)."""
    ready, size = part.ready.whole, len(part.ready.tape.customers)
    if by == "channels":
        return codes_at(ready.tape, ready.tape.channel, "first").astype(np.int32)[:, None]
    if by == "points":
        return _first_points(ready)
    rules = rules_of(ready.map)
    names = group_ids(ready.map, by)
    out = np.ones((size, len(names)), np.int32)
    for at, name in enumerate(names):
        if name is not None:
            out[:, at] = chosen_customers(ready.tape, rules[name], f"segments.{name}.rule")
    return out


def _first_points(ready: Prepared) -> npt.NDArray[np.int32]:
    """By customer (customers, 1), the touchpoint that the first pass begins at, from 1 (0: none)."""
    passes, codes = ready.passes, np.zeros((len(ready.tape.customers), 1), np.int32)

    def look(first: int, last: int) -> None:
        here = passes.those_of(first, last)
        customer = passes.customer[here]
        begun = firsts(customer)
        point = ready.bound.cells.point_at(passes.first_event[here][begun]).astype(np.int32)
        codes[customer[begun], 0] = np.where(point == NO_POINT, 0, point + 1)

    over(customer_slices(ready.tape.offsets), look)
    return codes


def group_ids(value: Map, by: By) -> tuple[str | None, ...]:
    """The groups that a map has: ids of segments, or of personas that are bound to one; None: everybody."""
    if by == "segments":
        return tuple(one.id for one in value.segments)
    if by == "personas":
        return tuple(one.id for one in value.personas if one.segment is not None)
    return (None,)


def as_buyers(found: Columns) -> Buyers:
    """Findings as a table, in an order that does not hang on where they were found."""
    order = np.argsort(found[0], kind="stable")
    return Buyers(*(column[order] for column in found))


def split_of(settings: Mapping[str, Setting]) -> By:
    """How an answer is split, as asked."""
    return settings[BY.id]  # type: ignore[return-value]  # one of the declared choices


def named_groups(frame: Asked, by: By, groups: npt.NDArray[np.int32]) -> list[tuple[str, Longs]]:
    """Groups with who is in them (places in the table): everybody first; channels by how many, the rest as “other”. No empty groups."""
    every = (EVERYBODY, np.arange(len(groups), dtype=np.int64))
    if by == "none":
        return [every]
    if by in ("segments", "personas"):
        ids = [f"segment:{name}" for name in group_ids(frame.ready.map, by)]
        found = [(name, np.flatnonzero(groups[:, at]).astype(np.int64)) for at, name in enumerate(ids)]
        return [every, *((name, who) for name, who in found if len(who))]
    codes = groups[:, 0]
    names = _code_names(frame, by)
    sizes = np.bincount(codes, minlength=len(names))
    ordered = sorted(np.flatnonzero(sizes).tolist(), key=lambda code: (-int(sizes[code]), names[code]))
    told = [(names[code], np.flatnonzero(codes == code).astype(np.int64)) for code in ordered[:MOST_CODES]]
    rest = np.flatnonzero(np.isin(codes, ordered[MOST_CODES:])).astype(np.int64)
    return [every, *told, *([("mark:other", rest)] if len(rest) else [])]


def _code_names(frame: Asked, by: By) -> list[str]:
    if by == "channels":
        return [UNKNOWN, *(f"channel:{name}" for name in frame.ready.tape.channel.names[1:])]
    return [UNKNOWN, *(f"point:{name}" for _, name in frame.ready.bound.points)]


@dataclass(frozen=True, slots=True)
class Wealth:
    """How money is told: minor units times `factor`, or `each` for a purchase. `kind`: revenue, margin; None where nothing is known."""

    kind: Literal["revenue", "margin"] | None
    factor: float = 0.0
    each: float | None = None

    def of(self, minor: npt.NDArray[Any], purchases: npt.NDArray[Any]) -> Floats:
        """Money of so many minor units from so many purchases."""
        if self.each is not None:
            return np.asarray(purchases * self.each, dtype=np.float64)
        return np.asarray(minor * self.factor, dtype=np.float64)


def wealth_of(value: Map, minor: npt.NDArray[Any]) -> Wealth:
    """Money as the map's scope says: revenue until a margin is given; the map's value of a deal where the log has no money."""
    margin = value.money.margin
    kind: Literal["revenue", "margin"] = "revenue" if margin is None else "margin"
    kept = 1.0 if margin is None else margin
    if len(minor) and bool((minor > 0).any()):
        return Wealth(kind, kept / MINOR)
    if value.money.deal_value is not None:
        return Wealth(kind, 0.0, value.money.deal_value * kept)
    return Wealth(None)
