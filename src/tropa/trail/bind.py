"""The binding: every event's stage and touchpoint, and the deals, as small arrays beside the tape."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.model import EventCount, Map, TropaError, later
from tropa.trail.cells import NO_POINT as NO_POINT
from tropa.trail.cells import NO_STAGE as NO_STAGE
from tropa.trail.cells import Cells
from tropa.trail.deals import Deals, deals_of
from tropa.trail.kernels.bind import BEFORE, DEAL, LOOK, VOID, count_names, look_up
from tropa.trail.rules import CompiledRule, compile_when
from tropa.trail.slices import customer_slices, fixed, in_threads, over
from tropa.trail.tape import Longs, Tape

MOST_STAGES = 62
"""Sets of stages are bits of one whole number."""
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Bound:
    """A tape seen through a map. n events, S stages.

    `cells`: where each event belongs: a stage (index in `stages`), a touchpoint (index in `points`), and flags, the bits `DEAL`, `VOID`,
    `BEFORE` of the kernels. `later[a, b]`: stage b lies after stage a.
    `until` (S): µs until which the sources of each stage are complete. `deal_stage`: index, −1 without one.
    """

    stages: tuple[str, ...]
    points: tuple[tuple[str, str], ...]
    """(stage id, touchpoint id) by index."""
    cells: Cells
    later: Bools
    stage_events: Longs
    point_events: Longs
    until: Longs
    deal_stage: int
    deals: Deals
    tape: Tape

    @property
    def stage(self) -> npt.NDArray[np.uint8]:
        """By event (see `Cells`)."""
        return self.cells.stage

    @property
    def point(self) -> npt.NDArray[np.uint16]:
        """By event (see `Cells`)."""
        return self.cells.point

    @property
    def flags(self) -> npt.NDArray[np.uint8]:
        """By event (see `Cells`)."""
        return self.cells.flags

    @property
    def unbound(self) -> tuple[EventCount, ...]:
        """What no rule fits, by volume (see `unbound`)."""
        return unbound(self.tape, self)

    @property
    def observed(self) -> Bools:
        """Which stages have events bound to them."""
        return self.stage_events > 0

    @property
    def bound_events(self) -> int:
        """Events that are bound to a stage."""
        return int(self.stage_events.sum())


@dataclass(frozen=True, slots=True)
class _Entry:
    """One rule in document order: whose events it says."""

    stage: int
    point: int
    rules: tuple[CompiledRule, ...]


def bind(tape: Tape, value: Map) -> Bound:
    """The tape seen through the map: the first rule that fits, in document order, decides.

    Order within a stage: its touchpoints, its own `when`, its deal (a deal event that fits no touchpoint belongs to the deal's stage).
    Raises TR-T001 for a rule on a column that the log does not have, TR-T002 for more stages or touchpoints than can be counted.
    """
    entries, points = _entries(tape, value)
    deal_stage = next((i for i, stage in enumerate(value.stages) if stage.deal is not None), -1)
    deal, void = _deal_rules(tape, value)
    after = _later(value)
    cells, by_stage, by_point = _Tables(tape, entries, deal, void, after, deal_stage).events()
    cells, deals = deals_of(tape, cells, bool(void))
    return Bound(
        stages=tuple(one.id for one in value.stages),
        points=points,
        cells=cells,
        later=after,
        stage_events=by_stage[: len(value.stages)].astype(np.int64),
        point_events=by_point[: len(points)].astype(np.int64),
        until=until_of(tape, sources_of(tape, cells)[:, : len(value.stages)]),
        deal_stage=deal_stage,
        deals=deals,
        tape=tape,
    )


def unbound(tape: Tape, bound: Bound) -> tuple[EventCount, ...]:
    """Event names with events that no rule fits, the most frequent first. Events that make or void a deal are used, so not listed."""
    return _counts(tape, bound.stage, bound.flags & np.uint8(DEAL | VOID))


def event_counts(tape: Tape) -> tuple[EventCount, ...]:
    """All event names by volume, the most frequent first."""
    nothing = np.full(tape.events, NO_STAGE, np.uint8)
    return _counts(tape, nothing, np.zeros(tape.events, np.uint8))


def tally_names(tape: Tape, bound: Bound, first: int, last: int) -> tuple[Longs, Longs]:
    """Of what `unbound` lists: events and customers by event code, of the customers first…last−1."""
    return _names_in(tape, bound.stage, bound.flags & np.uint8(DEAL | VOID), first, last)


def names_in(tape: Tape, first: int, last: int) -> tuple[Longs, Longs]:
    """Events and customers by event code, of the customers first…last−1."""
    nothing = np.full(tape.events, NO_STAGE, np.uint8)
    return _names_in(tape, nothing, np.zeros(tape.events, np.uint8), first, last)


def _names_in(
    tape: Tape, stage: npt.NDArray[np.uint8], used: npt.NDArray[np.uint8], first: int, last: int
) -> tuple[Longs, Longs]:
    own = np.zeros(len(tape.event.names), np.int64), np.zeros(len(tape.event.names), np.int64)
    rest: Any = (
        fixed(tape.offsets, np.int64), fixed(tape.event.codes, np.uint32), fixed(stage), NO_STAGE, fixed(used), *own,
    )  # fmt: skip
    count_names(first, last, *rest)
    return own


def _counts(tape: Tape, stage: npt.NDArray[np.uint8], used: npt.NDArray[np.uint8]) -> tuple[EventCount, ...]:
    names, codes = tape.event.names, fixed(tape.event.codes, np.uint32)  # made once, not once a slice
    one = replace(tape, event=replace(tape.event, codes=codes))
    slices = customer_slices(tape.offsets) if tape.events else []
    found = over(slices, lambda first, last: _names_in(one, stage, used, first, last))
    nothing = np.zeros(len(names), np.int64)
    events, customers = (sum(part, start=nothing) for part in zip(*found, strict=True)) if found else (nothing, nothing)
    return named_counts(names, events, customers)


def named_counts(names: tuple[str, ...], events: Longs, customers: Longs) -> tuple[EventCount, ...]:
    """The names that occur, the most frequent first."""
    order = sorted(np.flatnonzero(events[1:]) + 1, key=lambda code: (-events[code], names[code]))
    return tuple(EventCount(event=names[c], events=int(events[c]), customers=int(customers[c])) for c in order)


def _later(value: Map) -> Bools:
    names = [stage.id for stage in value.stages]
    after = later(value)
    return np.array([[other in after[name] for other in names] for name in names], dtype=np.bool_)


def _entries(tape: Tape, value: Map) -> tuple[tuple[_Entry, ...], tuple[tuple[str, str], ...]]:
    points = tuple((stage.id, point.id) for stage, point in value.touchpoints())
    if len(value.stages) > MOST_STAGES or len(points) >= NO_POINT:
        raise TropaError("TR-T002", stages=len(value.stages), touchpoints=len(points))
    return tuple(_walk(tape, value, points)), points


def _walk(tape: Tape, value: Map, points: tuple[tuple[str, str], ...]) -> Iterator[_Entry]:
    number = {pair: index for index, pair in enumerate(points)}
    for index, stage in enumerate(value.stages):
        where = f"stages.{stage.id}"
        for point in stage.all_touchpoints:
            rules = compile_when(tape, point.when, f"{where}.touchpoints.{point.id}.when")
            yield _Entry(index, number[stage.id, point.id], rules)
        yield _Entry(index, NO_POINT, compile_when(tape, stage.when, f"{where}.when"))
        yield _Entry(index, NO_POINT, compile_when(tape, stage.deal, f"{where}.deal"))


def _deal_rules(tape: Tape, value: Map) -> tuple[tuple[CompiledRule, ...], tuple[CompiledRule, ...]]:
    stage = value.deal_stage
    if stage is None or stage.deal is None:
        return (), ()
    where = f"stages.{stage.id}.deal"
    return compile_when(tape, stage.deal, where), compile_when(tape, stage.deal.void, f"{where}.void")


class _Tables:
    """Tables by (event code, channel code); events whose binding depends on more are looked at one rule after another."""

    def __init__(
        self,
        tape: Tape,
        entries: tuple[_Entry, ...],
        deal: tuple[CompiledRule, ...],
        void: tuple[CompiledRule, ...],
        after: Bools,
        deal_stage: int,
    ) -> None:
        self.tape, self.entries, self.deal, self.void = tape, entries, deal, void
        every = [rule for entry in entries for rule in entry.rules] + [*deal, *void]
        self.by_channel = any(rule.channels is not None for rule in every)
        shape = (len(tape.event.names), len(tape.channel.names) if self.by_channel else 1)
        self.shape = shape
        self.before_stage = (
            np.append(after[:, deal_stage], False) if deal_stage >= 0 else np.zeros(len(after) + 1, bool)
        )
        self.deal_stage = deal_stage
        self.stage = np.full(shape, NO_STAGE, np.uint8)
        self.point = np.full(shape, NO_POINT, np.uint16)
        self.rank = np.full(shape, -1, np.int64)
        self.flags = np.zeros(shape, np.uint8)
        self._fill()

    def _pairs(self, rule: CompiledRule) -> Bools:
        """The pairs of event and channel that may fit."""
        out = np.ones(self.shape, dtype=np.bool_)
        if rule.events is not None:
            out &= rule.events[:, None]
        if rule.channels is not None:
            out &= rule.channels[None, :]
        return out

    def _ranks(self, number: int, rule: CompiledRule) -> Longs:
        """Where an event is written: the entry's number, then its place in the rule's list. By event code."""
        places = np.array(rule.order or (0,) * self.shape[0], dtype=np.int64)
        return places + number * 65_536

    def _fill(self) -> None:
        look = np.zeros(self.shape, dtype=np.bool_)
        for number, entry in enumerate(self.entries):
            for rule in entry.rules:
                pairs = self._pairs(rule) & (self.stage == NO_STAGE)
                if not rule.simple:
                    look |= pairs
                    continue
                self.stage[pairs] = entry.stage
                self.point[pairs] = entry.point
                self.rank[pairs] = np.broadcast_to(self._ranks(number, rule)[:, None], self.shape)[pairs]
        deal = np.zeros(self.shape, dtype=np.bool_)
        for flag, rules in ((DEAL, self.deal), (VOID, self.void)):
            for rule in rules:
                pairs = self._pairs(rule)
                if rule.simple:
                    self.flags[pairs] |= flag
                else:
                    look |= pairs
                deal |= pairs if flag == DEAL else False
        at_point = deal & (self.stage == self.deal_stage) & (self.point != NO_POINT)
        self.deal_rank = int(self.rank[at_point].min()) if at_point.any() else -1
        self.flags[self._is_before(self.stage, self.rank, deal)] |= BEFORE
        self.flags[look] |= LOOK

    def _is_before(self, stage: npt.NDArray[np.uint8], rank: Longs, deal: Bools) -> Bools:
        """Written before the deal: in an earlier stage, or earlier within the deal's own; the deal itself too."""
        if self.deal_stage < 0:
            return np.zeros(stage.shape, dtype=np.bool_)
        earlier = self.before_stage[np.minimum(stage, len(self.before_stage) - 1)]
        within = (stage == self.deal_stage) & (rank <= self.deal_rank)
        return np.asarray(earlier | within | (deal & (stage == self.deal_stage)))

    def events(self) -> tuple[Cells, Longs, Longs]:
        """Where every event belongs, and the numbers of events by stage (256) and by touchpoint (65536)."""
        look = bool((self.flags & LOOK).any())
        if not self.by_channel and not look:
            tables = self.stage.ravel(), self.point.ravel(), self.flags.ravel()
            cells = Cells.by_code(self.tape.offsets, self.tape.event.codes, *tables)
            assert cells.counts is not None  # just counted
            return cells, *self._volumes(cells.counts.sum(axis=0))
        count = self.tape.events
        stage, point, flags = np.empty(count, np.uint8), np.empty(count, np.uint16), np.empty(count, np.uint8)
        tables = fixed(self.stage), fixed(self.point), fixed(self.flags)
        none = fixed(np.zeros(0, np.uint32))

        def work(a: int, b: int) -> Longs:
            pairs = np.zeros(self.shape, np.int64)
            for begin in range(a, b, 1 << 18):
                part = slice(begin, min(begin + (1 << 18), b))
                channel = fixed(self.tape.channel.codes[part], np.uint32) if self.by_channel else none
                event = fixed(self.tape.event.codes[part], np.uint32)
                look_up(event, channel, *tables, stage[part], point[part], flags[part], pairs)
            return pairs

        pairs = sum(in_threads(work, count), start=np.zeros(self.shape, np.int64))
        if not look:
            return Cells.written(stage, point, flags), *self._volumes(pairs)
        self._look_closer(stage, point, flags)
        counts = np.bincount(stage, minlength=256), np.bincount(point, minlength=65_536)
        return Cells.written(stage, point, flags), *counts

    def _volumes(self, pairs: Longs) -> tuple[Longs, Longs]:
        """Events by stage and by touchpoint, from those by pair of event and channel."""
        by_stage, by_point = np.zeros(256, np.int64), np.zeros(65_536, np.int64)
        np.add.at(by_stage, self.stage.ravel(), pairs.ravel())
        np.add.at(by_point, self.point.ravel(), pairs.ravel())
        return by_stage, by_point

    def _look_closer(
        self, stage: npt.NDArray[np.uint8], point: npt.NDArray[np.uint16], flags: npt.NDArray[np.uint8]
    ) -> None:
        """Binds events that need more than event and channel, rule by rule on those events only."""
        index = np.flatnonzero(flags & LOOK).astype(np.int64)
        if not len(index):
            return
        own_stage = np.full(len(index), NO_STAGE, np.uint8)
        own_point = np.full(len(index), NO_POINT, np.uint16)
        rank = np.full(len(index), -1, np.int64)
        for number, entry in enumerate(self.entries):
            for rule in entry.rules:
                left = np.flatnonzero(own_stage == NO_STAGE)
                hit = left[rule.holds(self.tape, index[left])]
                own_stage[hit] = entry.stage
                own_point[hit] = entry.point
                rank[hit] = self._ranks(number, rule)[self.tape.event.codes[index[hit]]]
        deal = self._any(self.deal, index)
        own_flags = np.where(deal, DEAL, 0) | np.where(self._any(self.void, index), VOID, 0)
        own_flags |= np.where(self._is_before(own_stage, rank, deal), BEFORE, 0)
        stage[index], point[index], flags[index] = own_stage, own_point, own_flags.astype(np.uint8)

    def _any(self, rules: tuple[CompiledRule, ...], index: Longs) -> Bools:
        masks = (rule.holds(self.tape, index) for rule in rules)
        return reduce(np.logical_or, masks, np.zeros(len(index), dtype=np.bool_))


def sources_of(tape: Tape, cells: Cells) -> Longs:
    """Events by source (code) and stage (256). Of a tape of one source nothing is counted."""
    if len(tape.sources) < 2:
        return np.zeros((len(tape.source.names), 256), np.int64)
    pairs = tape.source.codes.astype(np.int64) * 256 + cells.stage
    return np.bincount(pairs, minlength=len(tape.source.names) * 256).reshape(-1, 256)


def until_of(tape: Tape, seen: Longs) -> Longs:
    """µs until which the sources bound to each stage are complete (without bound events: all sources). `seen`: see `sources_of`."""
    out = np.full(seen.shape[1], tape.complete_until, np.int64)
    ends = {source.name: source.complete_until for source in tape.sources}
    for index in range(seen.shape[1]):
        bound = [ends[name] for code, name in enumerate(tape.source.names) if seen[code, index] and name in ends]
        if bound:
            out[index] = min(bound)
    return out
