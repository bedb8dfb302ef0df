"""Attempts at a funnel: what is asked, and how far the customers of a part came (definitions: docs/guide/measures.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.model import TropaError
from tropa.model.measure import Parameter, Setting
from tropa.trail.kernels.any_order import in_any_order
from tropa.trail.kernels.funnels import (
    EVENTS,
    EXCLUDED,
    HIGHEST,
    MOST_STEPS,
    POINTS,
    STAGES,
    count_reached,
    in_order,
    look_up,
    take_lengths,
)
from tropa.trail.kernels.standing import raw_codes
from tropa.trail.measures.asked import Asked, micros
from tropa.trail.measures.groups import Group, customers_of_groups, passes_in
from tropa.trail.measures.states import LEVELS, find_state
from tropa.trail.prepare import Prepared
from tropa.trail.rounds import Lengths, histograms
from tropa.trail.slices import fixed
from tropa.trail.tape import Longs

ORDERS = ("ordered", "strict", "any-order")
PER = ("funnel", "step")
LOOKS = {"stages": STAGES, "touchpoints": POINTS, "events": EVENTS}
FINE = 4
BLOCK = 1 << 16
"""Events that are looked at in one go."""
PARAMETERS = (
    Parameter(id="path", kind="states", optional=True),
    Parameter(id="order", kind="choice", choices=ORDERS, default="ordered"),
    Parameter(id="window", kind="duration", optional=True),
    Parameter(id="per", kind="choice", choices=PER, default="funnel"),
    Parameter(id="without", kind="states", optional=True),
    Parameter(id="level", kind="choice", choices=LEVELS, optional=True),
    Parameter(id="repeats", kind="flag", default=False),
    Parameter(id="unit", kind="choice", choices=("customers", "sessions"), default="customers"),
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
    """A part's events seen through a funnel, those of a group's passes alone: what is found for a slice of customers is remembered."""

    def __init__(self, part: Asked, course: Course, group: Group | None = None) -> None:
        whole = part.ready.whole
        bound, passes, which = whole.bound, whole.passes, passes_in(part, group)
        tables, kinds = _tables(whole, course)
        self.course, self.whole, self.offsets = course, whole, fixed(whole.tape.offsets, np.int64)
        self._limited, self._passes = int(which is not None), fixed(passes.customer, np.int32)
        # stages and touchpoints are written out by event only where they are looked at
        any_stage, any_point = (kinds | course.look) & (STAGES | POINTS), (kinds | course.look) & POINTS
        stage = bound.stage if any_stage else np.zeros(0, np.uint8)
        point = bound.point if any_point else np.zeros(0, np.uint16)
        self._look_up: Any = (
            self.offsets, fixed(whole.tape.time, np.int64), fixed(part.customers), kinds, fixed(stage), fixed(point),
            *raw_codes(whole.tape.event.codes), *tables, course.look, int(course.collapse), self._limited, self._passes,
            fixed(passes.first_event, np.int64), fixed(np.zeros(0, np.uint8) if which is None else which.view(np.uint8)),
        )  # fmt: skip
        self._found: dict[tuple[int, int], tuple[Longs, Longs]] = {}

    def attempts(self, first: int, last: int) -> tuple[Longs, Longs]:
        """`reached` and `when` of the kernels, for the customers first…last−1 of everybody who is chosen in the part."""
        if (first, last) not in self._found:
            reached, when = np.empty(last - first, np.int64), np.empty((last - first, len(self.course.names)), np.int64)
            edges = _edges(self.offsets, first, last)
            room = _Room.of(int(np.diff(self.offsets[edges]).max(initial=0)), int(np.diff(edges).max(initial=0)))
            for begin, end in pairwise(edges):
                self._walk(begin, end, room, reached[begin - first : end - first], when[begin - first : end - first])
            self._found[first, last] = fixed(reached), fixed(when)
        return self._found[first, last]

    def _walk(self, first: int, last: int, room: _Room, reached: Longs, when: Longs) -> None:
        """The attempts of some customers whose events fit into the room."""
        course, levels, begins = self.course, len(self.course.names), room.begins[: last - first + 1]
        place = int(np.searchsorted(self._passes, np.int32(first))) if self._limited else 0
        looked: Any = (*self._look_up, place, begins, room.at, room.match)
        apart = look_up(first, last, *looked)
        seen: Any = (begins, room.at, room.match, course.window, self.whole.passes.observed_until, levels)
        if course.order == "any-order":
            free: Any = (*seen, int(apart), HIGHEST, reached, when)
            in_any_order(*free)
        else:
            rest: Any = (*seen, int(course.each), int(course.look > 0), HIGHEST, *room.nodes, reached, when)
            in_order(*rest)


@dataclass(frozen=True, slots=True)
class _Room:
    """Room of the kernels for the events of some customers: small enough to stay near the processor."""

    begins: Longs
    at: Longs
    match: npt.NDArray[np.uint32]
    nodes: tuple[Longs, Longs]

    @staticmethod
    def of(events: int, customers: int) -> _Room:
        """For so many events of so many customers."""
        nodes = np.empty(events + 1, np.int64), np.empty(events + 1, np.int64)
        begins, at = np.empty(customers + 1, np.int64), np.empty(events + 1, np.int64)
        return _Room(begins, at, np.empty(events + 1, np.uint32), nodes)


def _edges(offsets: Longs, first: int, last: int) -> list[int]:
    """Where to cut the customers first…last−1 so that each piece has some `BLOCK` events; a customer is never cut."""
    marks = np.arange(int(offsets[first]) + BLOCK, int(offsets[last]), BLOCK)
    cuts = np.searchsorted(offsets[first : last + 1], marks, side="right") - 1 + first
    return sorted({first, *cuts.tolist(), last})


class Attempts:
    """How far a part's customers came, by group. A view of rounds."""

    def __init__(self, part: Asked, course: Course, groups: tuple[Group, ...]) -> None:
        self.part, self.levels = part, len(course.names)
        self.seen: list[tuple[_Sight, npt.NDArray[np.uint8]]] = []
        self._lengths: dict[tuple[int, int], Lengths] = {}
        self._steps: dict[tuple[int, int], Longs] = {}
        everybody = None if all(group.kind == "period" for group in groups) else _Sight(part, course)
        mine = customers_of_groups(part, groups)
        for group, customers in zip(groups, mine, strict=True):
            # groups of customers are counted among all that are chosen
            sight = everybody if group.kind != "period" and everybody is not None else _Sight(part, course, group)
            self.seen.append((sight, customers))

    def steps(self, first: int, last: int) -> tuple[Longs, Longs]:
        """By group, its customers among first…last−1 by steps reached (groups, steps + 1), and those not seen for long enough."""
        if (first, last) not in self._steps:
            out = np.zeros((len(self.seen), self.levels + 3), np.int64)
            for row, (sight, customers) in zip(out, self.seen, strict=True):
                rest: Any = (sight.attempts(first, last)[0], customers, row)
                count_reached(first, last, *rest)
            out[:, 2] += out[:, :2].sum(axis=1)  # nobody and unseen took no step
            self._steps[first, last] = fixed(out)
        return self._steps[first, last][:, 2:], self._steps[first, last][:, 0]

    def lengths(self, first: int, last: int) -> Lengths:
        """How long customers took (µs), from the step before and from the first: keys are 2 · (group · steps + step), and one more."""
        if (first, last) not in self._lengths:
            by_steps, _ = self.steps(first, last)
            many = 2 * int(by_steps[:, 2:].sum(axis=0) @ np.arange(1, self.levels)) if self.levels > 1 else 0
            keys, lengths, room = np.empty(many, np.uint16), np.empty(many, np.int64), 0
            for at, (sight, customers) in enumerate(self.seen):
                rest: Any = (*sight.attempts(first, last), customers, 2 * at * self.levels, room, keys, lengths)
                room = take_lengths(first, last, *rest)
            self._lengths[first, last] = keys, lengths
        return self._lengths[first, last]


def counted(view: Attempts, first: int, last: int) -> tuple[Longs, Longs, Longs]:
    """By group: customers by steps reached (groups, steps + 1), those not seen for long enough; histograms of times (see `lengths`)."""
    by_steps, unseen = view.steps(first, last)
    return by_steps, unseen, histograms(*view.lengths(first, last), 2 * len(view.seen) * view.levels, FINE)


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
