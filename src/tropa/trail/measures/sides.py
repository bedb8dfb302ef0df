"""Those who left at a break and those who went on: one pass of each customer, drawn by a hash (R-25)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.model import TropaError, near_miss
from tropa.trail.kernels.exposure import spans, until_moment
from tropa.trail.loops import find_waits
from tropa.trail.measures.asked import Asked
from tropa.trail.numbers import hashed, numbers_of
from tropa.trail.passes import DAY, DONE, EXIT, event_stops
from tropa.trail.prepare import Prepared
from tropa.trail.rounds import Round, added
from tropa.trail.slices import fixed
from tropa.trail.tape import Longs

MOST_UNITS = 100_000
"""Sides have at most so many passes, drawn by a hash."""
DRAWS = 1 << 14
"""Into how many lots customers are dealt; whole lots are drawn."""
Bools = npt.NDArray[np.bool_]
Hashes = npt.NDArray[np.uint64]
Facts = Callable[["Sided", int, int], tuple[Longs, ...]]


@dataclass(frozen=True, slots=True)
class Place:
    """A break: a stage's (index) by `exit`, or the `loop`, whose repeats are awaited for the horizon (µs)."""

    stage: int
    kind: str
    horizon: int = DAY


@dataclass(frozen=True, slots=True)
class Sides:
    """The passes that are compared, one a customer: `left` (bool) or went on; events begin…leave−1 are what they had met, `entry` the
    event with which they came to the stage (of a loop: the first event), `stop` the end of the pass. `key`: who the customer is, as a
    hash: their order wherever they are looked at. `eligible`: passes before drawing."""

    units: Longs
    key: Hashes
    left: Bools
    begin: Longs
    entry: Longs
    leave: Longs
    stop: Longs
    visits: Longs
    eligible: int


class Sided:
    """A part looked at from both sides of breaks. A view of rounds: sides that were found for a slice of customers are remembered."""

    def __init__(self, part: Asked) -> None:
        self.part = part
        self.numbers = fixed(numbers_of(part.ready.tape), np.uint64)
        self._found: dict[tuple[int, int, Place], Sides] = {}
        self._turns: dict[tuple[int, int], Hashes] = {}

    def sides(self, first: int, last: int, place: Place, lots: int = DRAWS) -> Sides:
        """Both sides of a break among the customers first…last−1, of the first so many lots."""
        if (first, last, place) not in self._found:
            self._found[first, last, place] = self._one_each(first, last, place)
        found = self._found[first, last, place]
        if lots == DRAWS:
            return found
        mine = np.flatnonzero(lot_of(found.key) < lots)
        names = ("units", "key", "left", "begin", "entry", "leave", "stop", "visits")
        return Sides(**{name: getattr(found, name)[mine] for name in names}, eligible=found.eligible)

    def _one_each(self, first: int, last: int, place: Place) -> Sides:
        """One pass of each customer: passes of one customer are not independent."""
        passes = self.part.ready.passes
        here = passes.those_of(first, last)
        seen = (_of_loop if place.kind == "loop" else _of_exit)(self.part, here, first, last, place)
        customer = passes.customer[here]
        which = np.flatnonzero(seen.able)
        # of a customer's passes one is drawn by a hash of who it is and of the how-manyeth they are
        if (first, last) not in self._turns:
            self._turns[first, last] = hashed(self.numbers[customer] + hashed(ordinals(customer)))
        owner, drawn = customer[which], self._turns[first, last][which]
        begins = _begins(owner)
        least = np.minimum.reduceat(drawn, begins) if len(begins) else drawn
        mine = np.flatnonzero(drawn == np.repeat(least, np.diff(np.append(begins, len(owner)))))
        units = which[mine[_begins(owner[mine])]]
        return Sides(
            units=units + here.start, key=hashed(self.numbers[customer[units]]), left=seen.left[units],
            begin=passes.first_event[here][units], entry=seen.entry[units], leave=seen.leave[units], stop=seen.stop[units],
            visits=seen.visits[units], eligible=len(which),
        )  # fmt: skip


def _begins(owner: npt.NDArray[Any]) -> Longs:
    """Where the runs of equal neighbours begin."""
    return np.flatnonzero(np.append([True], owner[1:] != owner[:-1])[: len(owner)])


def ordinals(owner: npt.NDArray[Any]) -> Hashes:
    """The how-manyeth of its run of equal neighbours each is, from 0."""
    at = np.arange(len(owner))
    begins = np.zeros(len(owner), np.int64)
    starts = _begins(owner)
    begins[starts] = starts
    return (at - np.maximum.accumulate(begins)).astype(np.uint64)


@dataclass(frozen=True, slots=True)
class _Seen:
    """By pass: whether it is on either side, whether it left, and the events of `Sides`."""

    able: Bools
    left: Bools
    entry: Longs
    leave: Longs
    stop: Longs
    visits: Longs


def _of_exit(part: Asked, here: slice, first: int, last: int, place: Place) -> _Seen:
    ready, passes = part.ready, part.ready.passes
    stop, size = event_stops(passes, ready.tape.offsets, here), here.stop - here.start
    entry, leave, visits = (np.empty(size, np.int64) for _ in range(3))
    went = np.empty(size, np.uint8)
    later = int(sum(1 << int(s) for s in np.flatnonzero(ready.bound.later[place.stage])))
    rest: Any = (
        fixed(passes.first_event[here], np.int64), fixed(stop, np.int64), fixed(ready.bound.stage), fixed(ready.tape.time, np.int64),
        fixed(passes.deal[here], np.int64), place.stage, later, entry, leave, went, visits,
    )  # fmt: skip
    spans(*rest)
    left = (passes.status[here] == EXIT) & (passes.last_stage[here] == place.stage) & (went == 0)
    able = (entry >= 0) & (left | (went != 0)) & (part.customers[passes.customer[here]] != 0)
    return _Seen(able, left, entry, leave, stop, visits)


def _of_loop(part: Asked, here: slice, first: int, last: int, place: Place) -> _Seen:
    """Purchases that were watched for the whole horizon: those that nobody followed up within it are the ones who left.

    What was met counts up to a landmark, a quarter of the horizon after the deal, and whoever was back before it is left out: else coming
    back early would itself decide what one has had the time to meet (Anderson, Cain and Gelber, Journal of Clinical Oncology 1, 1983).
    """
    ready, passes = part.ready, part.ready.passes
    mine = part.customers.copy()
    mine[:first], mine[last:] = 0, 0
    waits = find_waits(ready, mine)
    until = int(ready.bound.until[ready.bound.deal_stage])
    status, deal = passes.status[here], passes.deal[here]
    done = np.flatnonzero((status == DONE) & (mine[passes.customer[here]] != 0) & (deal <= until))
    size, landmark = here.stop - here.start, place.horizon // 4
    able, left = np.zeros(size, np.bool_), np.zeros(size, np.bool_)
    able[done] = (waits.at + place.horizon <= waits.until) & (waits.wait > landmark)
    left[done] = ~(waits.came & (waits.wait <= place.horizon))
    begin, stop = passes.first_event[here], event_stops(passes, ready.tape.offsets, here)
    moment, leave = np.where(status == DONE, deal, passes.start[here]) + landmark, np.empty(size, np.int64)
    rest: Any = (
        fixed(begin, np.int64), fixed(stop, np.int64), fixed(ready.tape.time, np.int64), fixed(moment, np.int64), leave,
    )  # fmt: skip
    until_moment(*rest)
    return _Seen(able, left, begin, leave, stop, np.ones(size, np.int64))


def lot_of(key: Hashes) -> Longs:
    """The lot of each customer, by the hash of who it is."""
    return (key >> np.uint64(64 - 14)).astype(np.int64)


def stage_number(ready: Prepared, stage: str) -> int:
    """The index of a stage. Raises TR-T305 for one that the map does not have."""
    known = list(ready.bound.stages)
    if stage not in known:
        raise TropaError("TR-T305", name=stage, near=near_miss(stage, known), known=", ".join(known))
    return known.index(stage)


def drawing_round(
    places: tuple[Place, ...],
    then: Callable[[Callable[[Asked], Sided], Mapping[Place, int], Mapping[Place, int], tuple[Longs, ...]], Any],
    facts: Facts | None = None,
) -> Round[Sided, tuple[Any, ...]]:
    """The round that draws: how many lots of each break hold at most `MOST_UNITS` passes.

    `then` gets the view to go on with, the lots and the eligible passes by break, and what `facts` (counts over a slice, asked in the
    same round) added up to.
    """

    def found(counted: tuple[Any, ...]) -> Any:
        lots = {place: lots_within(row) for place, row in zip(places, counted[1], strict=True)}
        eligible = {place: int(n) for place, n in zip(places, counted[0], strict=True)}
        return then(Sided, lots, eligible, counted[2:])

    return Round(Sided, partial(_dealt, places=places, facts=facts), added, found)


def lots_within(counts: Longs) -> int:
    """How many of the lots (passes by lot) hold at most `MOST_UNITS` passes."""
    return int(np.searchsorted(np.cumsum(counts), MOST_UNITS, side="right"))


def _dealt(view: Sided, first: int, last: int, *, places: tuple[Place, ...], facts: Facts | None) -> tuple[Any, ...]:
    """Eligible passes by break, passes on either side by break and lot; and the facts."""
    found = [view.sides(first, last, place) for place in places]
    by_lot = np.zeros((len(places), DRAWS), np.int64)
    for row, sides in zip(by_lot, found, strict=True):
        row += np.bincount(lot_of(sides.key), minlength=DRAWS)
    eligible = np.array([sides.eligible for sides in found], np.int64)
    return eligible, by_lot, *(facts(view, first, last) if facts is not None else ())
