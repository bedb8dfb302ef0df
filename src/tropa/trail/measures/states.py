"""What stands at each event when paths are looked at: its stage, its touchpoint, or its name; and the units that paths are cut into."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.model import TropaError, near_miss
from tropa.trail.bind import NO_STAGE
from tropa.trail.filters import events_of
from tropa.trail.kernels.standing import by_event, by_point, by_stage, count_events, count_states, raw_codes
from tropa.trail.kernels.units import MARKS, NONE, NOWHERE, mark_units
from tropa.trail.measures.asked import Asked
from tropa.trail.passes import DONE, EXIT
from tropa.trail.prepare import Prepared
from tropa.trail.rounds import Round, added
from tropa.trail.slices import fixed
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


class Walks:
    """A part's events as states, and its passes as units of the kernels. A view of rounds.

    What is found for a slice of customers is remembered, so that a further round need not look again. `lengths` is for the measure's own.
    """

    def __init__(self, part: Asked, level: str) -> None:
        ready = part.ready
        self.part, self.level = part, level
        self.none = len(level_names(ready, level))
        inside = events_of(ready.whole, ready.part.which) if level == "events" and ready.part is not None else None
        self._limited = int(inside is not None)
        self._inside = fixed(np.zeros(0, np.uint8) if inside is None else inside.view(np.uint8))
        self.first_event = fixed(ready.passes.first_event, np.int64)
        self.offsets, self.time = fixed(ready.tape.offsets, np.int64), fixed(ready.tape.time, np.int64)
        self.code = np.empty(ready.tape.events, np.uint16)
        self.lengths: dict[tuple[int, int], Any] = {}
        self._written: dict[tuple[int, int], States] = {}
        self._marked: dict[tuple[int, int], States] = {}

    @cached_property
    def begins(self) -> npt.NDArray[np.uint8]:
        """uint8 by event: 1 where a unit begins. What comes before a customer's first one belongs to none."""
        out = np.zeros(self.part.ready.tape.events, np.uint8)
        out[self.first_event] = 1
        return fixed(out)

    def events(self, first: int, last: int) -> slice:
        """The events of a slice of customers."""
        return slice(int(self.offsets[first]), int(self.offsets[last]))

    def unit(self, first: int) -> int:
        """The number of the first unit of a customer or of those after it."""
        return int(np.searchsorted(self.first_event, self.offsets[first]))

    def walk(self, first: int, last: int, states: States) -> tuple[Any, ...]:
        """What kernels that walk along the units of a slice begin with (states are marked: see `units`).

        `begin`, `end` (events, from the first unit's on), `unit`, `stop`, `customer` (units), `state` (events).
        """
        unit, stop = self.unit(first), self.unit(last)
        customer, end = fixed(self.part.ready.passes.customer, np.int32), int(self.offsets[last])
        if self._marked.get((first, last)) is not states:
            self._written.pop((first, last), None)
            self._write(self.events(first, last), states.table & np.uint16(NOWHERE))
            if self._limited:
                self.code[self.events(first, last)] &= np.uint16(NOWHERE)
            mark_units(
                first, last, unit, stop, self.offsets, self.first_event, customer, self.part.customers, self.code
            )
            self._marked[first, last] = states
        begin = int(self.first_event[unit]) if unit < stop else end
        return begin, end, unit, stop, customer, fixed(self.code)

    def counts(self, first: int, last: int) -> Longs:
        """How many events of a slice of customers stand at each place of the level's list of names."""
        out, here = np.zeros(self.none, np.int64), self.events(first, last)
        if self.level == "events":
            named: Any = (*raw_codes(self.part.ready.tape.event.codes), self._limited, self._inside, out)
            count_events(here.start, here.stop, *named)
            return out
        self._written.pop((first, last), None)
        self._marked.pop((first, last), None)
        self._write(here, np.append(np.arange(self.none), NONE).astype(np.uint16))
        rest: Any = (fixed(self.code), out)
        count_states(here.start, here.stop, *rest)
        return out

    def states(self, first: int, last: int, states: States) -> npt.NDArray[np.uint16]:
        """uint16 by event of the part, written where the slice's events are: the state each stands for."""
        if self._written.get((first, last)) is not states:
            self._marked.pop((first, last), None)
            self._write(self.events(first, last), states.table)
            self._written[first, last] = states
        return fixed(self.code)

    def _write(self, here: slice, table: npt.NDArray[np.uint16]) -> None:
        """`table`: by place in the level's list of names, the last for nothing."""
        bound = self.part.ready.bound
        if self.level == "events":
            named: Any = (
                *raw_codes(self.part.ready.tape.event.codes),
                self._limited,
                self._inside,
                fixed(table),
                self.code,
            )
            by_event(here.start, here.stop, *named)
            return
        points = len(bound.points) if self.level == "touchpoints" else 0
        of_stage = fixed(table[np.minimum(np.arange(NO_STAGE + 1) + points, self.none)])
        if self.level == "stages":
            plain: Any = (fixed(bound.stage), of_stage, self.code)
            by_stage(here.start, here.stop, *plain)
            return
        rest: Any = (fixed(bound.stage), fixed(bound.point), of_stage, fixed(table), self.code)
        by_point(here.start, here.stop, *rest)

    def closing(self, states: States) -> npt.NDArray[np.uint16]:
        """By status of a unit, the mark that it ends in."""
        mark = np.full(3, len(states.names) + 3, np.uint16)  # still under way
        mark[EXIT], mark[DONE] = len(states.names) + 1, len(states.names) + 2
        return fixed(mark)


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
