"""Attempts at a funnel: what is asked, and how far the customers of a part came (definitions: docs/guide/measures.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.model import TropaError
from tropa.model.measure import Parameter, Setting
from tropa.trail.filters import events_of
from tropa.trail.kernels.funnels import (
    EVENTS,
    EXCLUDED,
    MOST_STEPS,
    POINTS,
    STAGES,
    UNSEEN,
    in_any_order,
    in_order,
    look_up,
)
from tropa.trail.measures.asked import Asked, micros
from tropa.trail.measures.groups import Group, in_group
from tropa.trail.measures.states import LEVELS, find_state
from tropa.trail.prepare import Prepared
from tropa.trail.rounds import Lengths, histograms
from tropa.trail.slices import fixed
from tropa.trail.tape import Longs

ORDERS = ("ordered", "strict", "any-order")
PER = ("funnel", "step")
LOOKS = {"stages": STAGES, "touchpoints": POINTS, "events": EVENTS}
FINE = 4
PARAMETERS = (
    Parameter(id="path", kind="states", optional=True),
    Parameter(id="order", kind="choice", choices=ORDERS, default="ordered"),
    Parameter(id="window", kind="duration", optional=True),
    Parameter(id="per", kind="choice", choices=PER, default="funnel"),
    Parameter(id="without", kind="states", optional=True),
    Parameter(id="level", kind="choice", choices=LEVELS, optional=True),
    Parameter(id="repeats", kind="flag", default=False),
)
"""What every question about a funnel may be asked with."""


@dataclass(frozen=True, slots=True)
class Course:
    """A funnel: its steps and excluded states by their full names, its order, the window (µs) of the whole or (`each`) of every step.

    `look`: by which level a strict funnel sees (a kernel's number, 0: it is none); `collapse`: neighbouring events in one state are one.
    """

    names: tuple[str, ...]
    order: str
    window: int
    each: bool
    without: tuple[str, ...]
    look: int
    collapse: bool


def course_of(ready: Prepared, settings: Mapping[str, Setting]) -> Course | None:
    """The funnel that is asked for; None where the map has fewer than two stages to make one of.

    Raises TR-T304 for fewer than two or more than sixteen steps, TR-T305 for a step that is not there, TR-T341 for an excluded one that is
    a step, TR-T342 for windows of single steps where there is no order.
    """
    given, order, each = settings["path"], str(settings["order"]), settings["per"] == "step"
    names = tuple(given) if isinstance(given, tuple) and given else way(ready)
    if not given and len(names) < 2:
        return None
    if not 2 <= len(names) <= MOST_STEPS:
        raise TropaError("TR-T304", n=len(names), most=MOST_STEPS)
    if each and order == "any-order":
        raise TropaError("TR-T342")
    full = tuple(find_state(ready, wanted) for wanted in names)
    without = settings["without"]
    excluded = tuple(find_state(ready, wanted) for wanted in without) if isinstance(without, tuple) else ()
    for name in excluded:
        if name in full:
            raise TropaError("TR-T341", name=name)
    window = ready.limits.window_all if settings["window"] is None else micros(settings["window"])
    look = 0
    if order == "strict":
        kinds = {name.partition(":")[0] for name in full}
        finest = EVENTS if "event" in kinds else POINTS if "point" in kinds else STAGES
        look = finest if settings["level"] is None else LOOKS[str(settings["level"])]
    return Course(full, order, window, each, excluded, look, not settings["repeats"])


def way(ready: Prepared) -> tuple[str, ...]:
    """The observed stages in the map's order up to the deal's."""
    bound = ready.bound
    upto = len(bound.stages) if bound.deal_stage < 0 else bound.deal_stage + 1
    return tuple(f"stage:{name}" for name, seen in zip(bound.stages[:upto], bound.observed[:upto], strict=True) if seen)


class _Sight:
    """A part seen through a funnel: what is found for a slice of customers is remembered."""

    def __init__(self, part: Asked, course: Course) -> None:
        self.part, self.course = part, course
        self.until = part.ready.whole.passes.observed_until
        self.offsets, self.time = fixed(part.ready.tape.offsets, np.int64), fixed(part.ready.tape.time, np.int64)
        self.tables, self.kinds = _tables(part.ready, course)
        self.event = _event_codes(part.ready) if (self.kinds | course.look) & EVENTS else np.zeros(1, np.uint32)
        self.match = np.empty(part.ready.tape.events, np.uint32)
        self._found: dict[tuple[int, int], tuple[Longs, Longs]] = {}

    def attempts(self, first: int, last: int) -> tuple[Longs, Longs]:
        """`reached` and `when` of the kernels, for the customers first…last−1 of everybody who is chosen in the part."""
        if (first, last) not in self._found:
            course, bound, levels = self.course, self.part.ready.bound, len(self.course.names)
            looked: Any = (
                self.offsets, self.kinds, fixed(bound.stage), fixed(bound.point), fixed(self.event), *self.tables, course.look,
                int(course.collapse), self.match,
            )  # fmt: skip
            apart = look_up(first, last, *looked)
            reached, when = np.empty(last - first, np.int64), np.zeros((last - first, levels), np.int64)
            seen = (self.offsets, self.time, fixed(self.match), self.part.customers, course.window, self.until, levels)
            if course.order == "any-order":
                free: Any = (*seen, int(apart), reached, when)
                in_any_order(first, last, *free)
            else:
                rest: Any = (*seen, int(course.each), int(course.look > 0), reached, when)
                in_order(first, last, *rest)
            self._found[first, last] = reached, when
        return self._found[first, last]


class Attempts:
    """How far a part's customers came, by group. A view of rounds."""

    def __init__(self, part: Asked, course: Course, groups: tuple[Group, ...]) -> None:
        self.part, self.levels = part, len(course.names)
        self.seen: list[tuple[_Sight, npt.NDArray[np.uint8]]] = []
        self._lengths: dict[tuple[int, int], Lengths] = {}
        everybody = _Sight(part, course)  # whose customers are chosen; groups of customers are counted among them
        for group in groups:
            mine = in_group(part, group)
            self.seen.append((_Sight(mine, course) if group.kind == "period" else everybody, mine.customers))

    def mine(self, at: int, first: int, last: int) -> tuple[Longs, Longs]:
        """`reached` and `when` of one group's customers among first…last−1."""
        sight, customers = self.seen[at]
        reached, when = sight.attempts(first, last)
        if customers is self.part.customers:
            return reached, when
        chosen = customers[first:last] != 0
        return reached[chosen], when[chosen]

    def lengths(self, first: int, last: int) -> Lengths:
        """How long customers took (µs), from the step before and from the first: keys are 2 · (group · steps + step), and one more."""
        if (first, last) not in self._lengths:
            self._lengths[first, last] = self._took(first, last)
        return self._lengths[first, last]

    def _took(self, first: int, last: int) -> Lengths:
        keys, found = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
        for at in range(len(self.seen)):
            reached, when = self.mine(at, first, last)
            for k in range(1, self.levels):
                came = reached > k
                for whole, since in enumerate((k - 1, 0)):
                    took = when[came, k] - when[came, since]
                    keys.append(np.full(len(took), 2 * (at * self.levels + k) + whole))
                    found.append(took)
        return np.concatenate(keys), np.concatenate(found)


def counted(view: Attempts, first: int, last: int) -> tuple[Longs, Longs, Longs]:
    """By group: customers by steps reached (groups, steps + 1), those not seen for long enough; histograms of times (see `lengths`)."""
    by_steps, unseen = np.zeros((len(view.seen), view.levels + 1), np.int64), np.zeros(len(view.seen), np.int64)
    for at in range(len(view.seen)):
        reached, _ = view.mine(at, first, last)
        by_steps[at] = np.bincount(np.maximum(reached, 0), minlength=view.levels + 1)
        unseen[at] = np.count_nonzero(reached == UNSEEN)
    size = 2 * len(view.seen) * view.levels
    return by_steps, unseen, histograms(*view.lengths(first, last), size, FINE)


def at_least(by_steps: Longs) -> Longs:
    """Of customers by steps reached: how many took each step or more (groups, steps)."""
    return np.cumsum(by_steps[:, ::-1], axis=1)[:, ::-1][:, 1:]


def _tables(ready: Prepared, course: Course) -> tuple[tuple[npt.NDArray[np.uint32], ...], int]:
    """Bits by code of stages, touchpoints and events, and which of the three are needed. A touchpoint is looked for beside its stage."""
    bound = ready.bound
    levels: dict[str, tuple[tuple[str, ...], int, int]] = {
        "stage": (bound.stages, 256, STAGES),
        "point": (tuple(name for _, name in bound.points), 65_536, POINTS),
        "event": (ready.tape.event.names, len(ready.tape.event.names), EVENTS),
    }
    wanted = [(name, 1 << k) for k, name in enumerate(course.names)] + [(name, EXCLUDED) for name in course.without]
    tables, kinds = [], 0
    for kind, (known, size, number) in levels.items():
        bits = np.zeros(size, np.uint32)
        for name, bit in wanted:
            if name.partition(":")[0] == kind:
                bits[known.index(name.partition(":")[2])] |= np.uint32(bit)
                kinds |= number
        tables.append(fixed(bits))
    return tuple(tables), kinds


def _event_codes(ready: Prepared) -> npt.NDArray[np.uint32]:
    """Codes of events; of a period those outside its passes are no event."""
    codes = ready.tape.event.codes
    if ready.part is not None:
        codes = np.where(events_of(ready.whole, ready.part.which), codes, 0)
    return codes.astype(np.uint32)
