"""What stands at each event when paths are looked at: its stage, its touchpoint, or its name; and the units that paths are cut into."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.model import TropaError, near_miss
from tropa.trail.bind import NO_POINT, NO_STAGE
from tropa.trail.filters import events_of
from tropa.trail.kernels.standing import by_event, by_point, by_stage, count_events, count_states, raw_codes
from tropa.trail.kernels.units import MARKS, NONE, NOWHERE, mark_units
from tropa.trail.measures.asked import Asked
from tropa.trail.passes import DONE, EXIT
from tropa.trail.prepare import Prepared
from tropa.trail.rounds import Round, added
from tropa.trail.slices import customer_slices, fixed
from tropa.trail.tape import Longs

LEVELS = ("stages", "touchpoints", "events")
MOST = 48
"""More different states than this are told as the most frequent ones and "other"."""
MARK_NAMES = ("mark:start", "mark:left", "mark:deal", "mark:open")
OTHER = "mark:other"


@dataclass(frozen=True, slots=True)
class States:
    """States as they are numbered over the whole log. Names: `stage:id`, `point:id`, `event:name`, `mark:other`.

    `table` uint16: by place in the level's list of names (the last: nothing), the index in `names`, `NONE` for none.
    """

    table: npt.NDArray[np.uint16]
    names: tuple[str, ...]

    @property
    def nodes(self) -> tuple[str, ...]:
        """Names of the states and of the four marks after them, as the kernels number them."""
        return (*self.names, *MARK_NAMES)

    @property
    def size(self) -> int:
        """Number of states and marks."""
        return len(self.names) + MARKS


PIECE = 1 << 17
"""Events of a piece, about: what is written of them stays in the second cache."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some whole customers of a slice. `units`: of the part, theirs; `base`: the event that `state` and `time` begin with.

    `state` uint16 by event, good until the next piece is asked for; `time` µs UTC; `customer`, `status` by unit.
    """

    units: slice
    base: int
    state: npt.NDArray[np.uint16]
    time: Longs
    customer: npt.NDArray[np.int32]
    status: npt.NDArray[np.uint8]

    @property
    def walk(self) -> tuple[Any, ...]:
        """What kernels that walk along units begin with: states, times, customers and statuses."""
        return self.state, self.time, self.customer, self.status


class Walks:
    """A part's events as states, and its passes as units of the kernels. A view of rounds.

    States are written piece by piece, so that no memory is taken for those of all events. `lengths` is for what a measure remembers of a
    slice of customers, so that a further round need not look again.
    """

    def __init__(self, part: Asked, level: str) -> None:
        ready = part.ready
        self.part, self.level = part, level
        self.none = len(level_names(ready, level))
        inside = events_of(ready.whole, ready.part.which) if level == "events" and ready.part is not None else None
        self._limited = int(inside is not None)
        self._inside = fixed(np.zeros(0, np.uint8) if inside is None else inside.view(np.uint8))
        self.first_event = fixed(ready.passes.first_event, np.int64)
        self.customer, self.status = fixed(ready.passes.customer, np.int32), fixed(ready.passes.status)
        self.offsets, self.time = fixed(ready.tape.offsets, np.int64), fixed(ready.tape.time, np.int64)
        self.lengths: dict[tuple[int, int], Any] = {}

    @cached_property
    def begins(self) -> npt.NDArray[np.uint8]:
        """uint8 by event: 1 where a unit begins. What comes before a customer's first one belongs to none."""
        out = np.zeros(self.part.ready.tape.events, np.uint8)
        out[self.first_event] = 1
        return fixed(out)

    @cached_property
    def _code(self) -> npt.NDArray[np.uint16]:
        return np.empty(self.part.ready.tape.events, np.uint16)

    def events(self, first: int, last: int) -> slice:
        """The events of a slice of customers."""
        return slice(int(self.offsets[first]), int(self.offsets[last]))

    def unit(self, first: int) -> int:
        """The number of the first unit of a customer or of those after it."""
        return int(np.searchsorted(self.first_event, self.offsets[first]))

    def pieces(self, first: int, last: int, states: States, *, marked: bool = True) -> Iterator[Piece]:
        """The customers of a slice, some at a time. `marked`: states as `units` tells, from a piece's first unit on; else as they are."""
        write = self._writing(states.table & np.uint16(NOWHERE) if marked else states.table)
        room = np.empty(0, np.uint16)
        for begin, end in pieces_of(self.offsets, first, last):
            mine = self.events(begin, end)
            size = mine.stop - mine.start
            room = room if len(room) >= size else np.empty(size, np.uint16)
            state, units = room[:size], slice(self.unit(begin), self.unit(end))
            write(mine, state)
            if marked:
                if self._limited:
                    state &= np.uint16(NOWHERE)
                mark_units(
                    begin, end, units.start, units.stop, self.offsets, self.first_event, self.customer, self.part.customers, state
                )  # fmt: skip
            base = mine.start
            if marked:  # what comes before the first unit is no unit's
                base = int(self.first_event[units.start]) if units.start < units.stop else mine.stop
            yield Piece(
                units, base, fixed(state[base - mine.start :]), self.time[base : mine.stop], self.customer[units], self.status[units]
            )  # fmt: skip

    def counts(self, first: int, last: int) -> Longs:
        """How many events of a slice of customers stand at each place of the level's list of names."""
        out, here, cells = np.zeros(self.none, np.int64), self.events(first, last), self.part.ready.bound.cells
        if self.level == "events":
            event, slices = self.part.ready.tape.event, customer_slices(self.offsets)
            if (
                not self._limited
                and cells.counts is not None
                and cells.codes is event.codes
                and (first, last) in slices
            ):
                known: Longs = cells.counts[slices.index((first, last))]  # they were counted when they were bound
                return known
            named: Any = (*raw_codes(event.codes), self._limited, self._inside, out)
            count_events(here.start, here.stop, *named)
            return out
        everything = States(fixed(np.append(np.arange(self.none), NONE).astype(np.uint16)), ())
        for piece in self.pieces(first, last, everything, marked=False):
            rest: Any = (piece.state, out)
            count_states(0, len(piece.state), *rest)
        return out

    def states(self, first: int, last: int, states: States) -> npt.NDArray[np.uint16]:
        """uint16 by event of the part, written where the slice's events are: the state each stands for."""
        here = self.events(first, last)
        self._writing(states.table)(here, self._code[here])
        return fixed(self._code)

    def some(self, begin: int, end: int, states: States) -> npt.NDArray[np.uint16]:
        """The states of the events begin…end−1."""
        out = np.empty(end - begin, np.uint16)
        self._writing(states.table)(slice(begin, end), out)
        return out

    def _writing(self, table: npt.NDArray[np.uint16]) -> Callable[[slice, npt.NDArray[np.uint16]], None]:
        """What writes the states of some events. `table`: by place in the level's list of names, the last for nothing."""
        bound, cells = self.part.ready.bound, self.part.ready.bound.cells
        if self.level == "events":
            return partial(self._by_code, self.part.ready.tape.event.codes, fixed(table))
        points = len(bound.points) if self.level == "touchpoints" else 0
        of_stage = fixed(table[np.minimum(np.arange(NO_STAGE + 1) + points, self.none)])
        if not len(cells.point_of):  # what an event is bound to does not hang on its code alone
            return partial(self._by_place, of_stage, fixed(table) if points else None)
        of_code = of_stage[cells.stage_of]
        if points:
            there = cells.point_of != NO_POINT
            of_code[there] = table[cells.point_of[there]]
        return partial(self._by_code, cells.codes, fixed(of_code))

    def _by_code(
        self, codes: npt.NDArray[Any], table: npt.NDArray[np.uint16], here: slice, out: npt.NDArray[np.uint16]
    ) -> None:
        inside = self._inside[here] if self._limited else self._inside
        rest: Any = (*raw_codes(codes[here]), self._limited, inside, table, out)
        by_event(0, len(out), *rest)

    def _by_place(
        self,
        of_stage: npt.NDArray[np.uint16],
        of_point: npt.NDArray[np.uint16] | None,
        here: slice,
        out: npt.NDArray[np.uint16],
    ) -> None:
        bound = self.part.ready.bound
        if of_point is None:
            plain: Any = (fixed(bound.stage[here]), of_stage, out)
            by_stage(0, len(out), *plain)
            return
        rest: Any = (fixed(bound.stage[here]), fixed(bound.point[here]), of_stage, of_point, out)
        by_point(0, len(out), *rest)

    def closing(self, states: States) -> npt.NDArray[np.uint16]:
        """By status of a unit, the mark that it ends in."""
        mark = np.full(3, len(states.names) + 3, np.uint16)  # still under way
        mark[EXIT], mark[DONE] = len(states.names) + 1, len(states.names) + 2
        return fixed(mark)


def pieces_of(offsets: Longs, first: int, last: int, size: int = PIECE) -> list[tuple[int, int]]:
    """Whole customers first…last−1 in pieces of about `size` events, or with one customer who has more."""
    edges = np.searchsorted(offsets, np.arange(int(offsets[first]) + size, int(offsets[last]), size)).tolist()
    bounds = (first, *(min(max(edge, first), last) for edge in edges), last)
    return [(a, b) for a, b in pairwise(bounds) if b > a]


def level_names(ready: Prepared, level: str) -> tuple[str, ...]:
    """All names of a level: stages; touchpoints, and stages for events that are bound to no touchpoint; or events, bound or not."""
    bound = ready.bound
    stages = tuple(f"stage:{name}" for name in bound.stages)
    if level == "stages":
        return stages
    if level == "touchpoints":
        return (*(f"point:{name}" for _, name in bound.points), *stages)
    return tuple(f"event:{name}" for name in ready.tape.event.names)


def with_states(
    frame: Asked, view: Callable[[Asked], Walks], level: str, then: Callable[[States], Any], most: int = MOST
) -> Any:
    """The states of a level that occur, within the passes, and `then` what is asked of them: a round, unless the counts are known."""
    names = level_names(frame.ready, level)
    known = _known_counts(frame.ready, level)
    if known is not None:
        return then(_frequent(known, names, most))
    return Round(view, _counted, added, lambda found: then(_frequent(found[0], names, most)))


def _known_counts(ready: Prepared, level: str) -> Longs | None:
    bound = ready.bound
    if ready.part is not None or level == "events":
        return None
    if level == "stages":
        return bound.stage_events
    bare = bound.stage_events.copy()  # events of a stage that are no touchpoint's
    for (stage, _), events in zip(bound.points, bound.point_events, strict=True):
        bare[bound.stages.index(stage)] -= events
    return np.append(bound.point_events, bare)


def _counted(view: Walks, first: int, last: int) -> tuple[Longs]:
    return (view.counts(first, last),)


def _frequent(counts: Longs, names: tuple[str, ...], most: int) -> States:
    """Only the states that occur, numbered anew in their order; beyond `most` the rarest are one."""
    there = np.flatnonzero(counts)
    kept = there if len(there) <= most else np.sort(there[np.argsort(-counts[there], kind="stable")[: most - 1]])
    table = np.full(len(names) + 1, NONE, np.uint16)
    shown = [names[int(at)] for at in kept]
    if len(kept) < len(there):
        table[there] = len(kept)
        shown.append(OTHER)
    table[kept] = np.arange(len(kept), dtype=np.uint16)
    return States(fixed(table), tuple(shown))


def find_state(ready: Prepared, wanted: str, levels: tuple[str, ...] = LEVELS) -> str:
    """The full name of a state that is given by it or by its bare name. Raises TR-T305 with the nearest one."""
    known = [name for level in levels for name in _known(ready.whole, level)]
    for name in (wanted, f"stage:{wanted}", f"point:{wanted}", f"event:{wanted}"):
        if name in known:
            return name
    bare = list(dict.fromkeys(name.partition(":")[2] for name in known))
    raise TropaError(
        "TR-T305", name=wanted, near=near_miss(wanted.rpartition(":")[2], bare), known=", ".join(bare[:50])
    )


def _known(ready: Prepared, level: str) -> list[str]:
    """Names of a level's states with events."""
    bound = ready.bound
    if level == "events":
        return [f"event:{name}" for name in ready.tape.event.names[1:]]
    stages = [f"stage:{name}" for name, seen in zip(bound.stages, bound.observed, strict=True) if seen]
    points = [f"point:{name}" for (_, name), events in zip(bound.points, bound.point_events, strict=True) if events]
    return stages if level == "stages" else points + stages
