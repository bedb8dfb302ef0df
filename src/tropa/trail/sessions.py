"""The same tape with sessions as its customers: for questions whose unit is the session (R-20, R-26; docs/adr/0067).

Which session an event belongs to is found when a question asks for it, within one customer, and stored nowhere: so late events, appended
files, joined customers and another gap need no import, and a cluster finds the same sessions as one machine.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.model import Limits
from tropa.trail.bind import Bound
from tropa.trail.cells import Cells
from tropa.trail.deals import Deals
from tropa.trail.kernels import sessions as kernels
from tropa.trail.kernels.standing import raw_codes
from tropa.trail.numbers import hashed, numbers_of
from tropa.trail.passes import DAY, find_passes, micros
from tropa.trail.prepare import Prepared, customers_of, tables
from tropa.trail.slices import customer_slices, fixed, over
from tropa.trail.tape import Column, Cut, Longs, Tape

DIRECT = frozenset({"", "direct", "(direct)", "(none)", "none", "internal"})
"""Channels that are no source of their own: coming back by them goes on with what was (as in Universal Analytics)."""


Keys = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class SessionRule:
    """How events without a session of their own get one. `gap` in µs: a longer silence begins a new one; `by_source`: so does another
    channel (save direct visits), as in Universal Analytics."""

    gap: int = micros(Limits().session_gap)
    by_source: bool = False

    @staticmethod
    def of(limits: Limits) -> SessionRule:
        """As the map says, else half an hour of silence."""
        return SessionRule(micros(limits.session_gap), limits.session_by == "source")


def keys_of(tape: Tape, rule: SessionRule) -> Keys:
    """The session of each event as a number that is good within its customer.

    An event that carries a session belongs to it. One that carries none goes on with the session of the event before it, unless the silence
    between them is longer than the gap (or its channel is another, where the rule says so): then it begins a session.
    """
    out = np.zeros(tape.events, np.int32)
    names = tape.channel.names
    source = np.array([rule.by_source and name.strip().lower() not in DIRECT for name in names], np.uint8)
    own, channel = raw_codes(tape.session), raw_codes(tape.channel.codes)
    rest: Any = (
        fixed(tape.offsets, np.int64), fixed(tape.time, np.int64), *own, *channel, fixed(source), rule.gap, out,
    )  # fmt: skip
    if tape.events:
        over(customer_slices(tape.offsets), lambda first, last: kernels.cut(first, last, *rest))
    return out


def cut(tape: Tape, rule: SessionRule) -> Tape:
    """The tape cut at sessions: its "customers" are sessions, in the order of their first events; each is called by whose it is, and
    segments mean whose they are."""
    keys, offsets = keys_of(tape, rule), np.asarray(tape.offsets, np.int64)
    order, begins = _together(keys, offsets)
    own = np.searchsorted(offsets, begins if order is None else order[begins], side="right") - 1
    taken = replace(tape, texts={}) if order is None else _taken(tape, order)
    ordinal = np.arange(len(own)) - np.searchsorted(own, own)
    return replace(
        taken,
        version=f"{tape.version}-sessions",
        customers=tape.customers[own],
        offsets=np.append(begins, len(keys)).astype(np.int64),
        numbers=fixed(hashed(numbers_of(tape)[own]) + ordinal.astype(np.uint64)),
        cut_of=Cut(tape, own, order),
    )


def _together(keys: Keys, offsets: Longs) -> tuple[Longs | None, Longs]:
    """The order of events in which each session stands together (None: they do already), and where each then begins.

    Sessions of a customer follow one another by their first events; within a session events keep their order.
    """
    if not len(keys):
        return None, np.zeros(0, np.int64)
    fresh = np.empty(len(keys), np.bool_)
    np.not_equal(keys[1:], keys[:-1], out=fresh[1:])
    fresh[offsets[:-1][np.diff(offsets) > 0]] = True
    runs = np.flatnonzero(fresh)
    mine = keys[runs]
    if not (mine > 0).any():  # made by silence: nobody comes back to an earlier one
        return None, runs
    whose = np.searchsorted(offsets, runs, side="right")
    sorted_ = np.lexsort((mine, whose))  # stable: of the runs of one session the first stands first
    fresh = np.r_[True, (mine[sorted_][1:] != mine[sorted_][:-1]) | (whose[sorted_][1:] != whose[sorted_][:-1])]
    if fresh.all():
        return None, runs
    rank = np.empty(len(runs), np.int64)
    rank[sorted_] = sorted_[np.flatnonzero(fresh)][np.cumsum(fresh) - 1]
    ranks = np.repeat(rank, np.diff(np.append(runs, len(keys))))
    order = np.argsort(ranks, kind="stable")
    return order, np.flatnonzero(np.r_[True, np.diff(ranks[order]) != 0])


def _taken(tape: Tape, index: Longs) -> Tape:
    """The events at these places, in this order."""

    def part(column: Column) -> Column:
        return Column(column.codes[index], column.names)

    return replace(
        tape,
        time=tape.time[index],
        event=part(tape.event),
        channel=part(tape.channel),
        value=tape.value[index],
        score=tape.score[index],
        instrument=part(tape.instrument),
        session=tape.session[index],
        order=tape.order[index],
        source=part(tape.source),
        properties={name: part(column) for name, column in tape.properties.items()},
        texts={},
    )


def in_sessions(ready: Prepared) -> Prepared:
    """A prepared trail (of all passes) with each session as a customer of its own and one pass, seen through the same map.

    What is a deal was settled by customer: an order cancelled in a later session is none. A session that has been silent for a day (or for
    the gap, where that is longer) is over, and a step within it is awaited as long, whatever the map says of silence and windows, which
    are lengths of customers' ways. Intervals still draw whole customers.
    """
    rule = SessionRule.of(ready.map.limits)
    tape = replace(cut(ready.tape, rule), version=ready.tape.version)
    span = max(rule.gap, DAY)
    stages = np.full(len(ready.limits.silence), span, np.int64)
    limits = replace(
        ready.limits, window=stages, silence=stages, settle=max(ready.limits.settle, span), window_all=span, silence_all=span
    )  # fmt: skip
    bound = _bound(ready.bound, tape)
    passes = find_passes(
        tape, bound, ready.map, limits, until=ready.passes.observed_until, begins=ready.passes.log_start
    )
    return Prepared(tape, ready.map, bound, limits, passes, tables(bound, limits), *customers_of(tape))


def _bound(bound: Bound, tape: Tape) -> Bound:
    """The binding of the customers' tape on that of their sessions."""
    assert tape.cut_of is not None  # made by `cut`
    index, deals = tape.cut_of.index, bound.deals
    if index is None:
        cells, place = bound.cells, None
    else:
        cells = Cells.written(bound.stage[index], bound.point[index], bound.flags[index])
        place = np.empty(len(index), np.int64)
        place[index] = np.arange(len(index))

    def moved(events: Longs) -> tuple[Longs, Longs]:
        there = events if place is None else place[events]
        order = np.argsort(there, kind="stable")
        return there[order], order

    event, by_event = moved(deals.event)
    void, by_void = moved(deals.void_event)
    back, by_back = moved(deals.returns)
    mine = Deals(
        event=event,
        customer=_whose(tape, event),
        time=deals.time[by_event],
        value=deals.value[by_event],
        void_customer=_whose(tape, void),
        void_event=void,
        brought_back=deals.brought_back[by_void] if len(deals.brought_back) else deals.brought_back,
        returns=back,
        unmatched=deals.unmatched[by_back] if len(deals.unmatched) else deals.unmatched,
    )
    return replace(bound, tape=tape, cells=cells, deals=mine)


def _whose(tape: Tape, event: Longs) -> Longs:
    return np.asarray(np.searchsorted(tape.offsets, event, side="right") - 1, np.int64)
