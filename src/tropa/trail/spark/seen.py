"""A log of Spark's seen through a map: bound, its limits settled, ready for questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

import numpy as np

from tropa.model import EventCount, Limits, Map, Readings, TropaError
from tropa.model.measure import Answer
from tropa.trail.answers import find_answers
from tropa.trail.bind import bind, named_counts, until_of
from tropa.trail.filters import Filter, choose
from tropa.trail.limits import limits_from, stride_of
from tropa.trail.measures import begin, by_sessions, of_sessions
from tropa.trail.measures.asked import Asked
from tropa.trail.passes import find_passes, pass_limits
from tropa.trail.prepare import Prepared, customers_of, tables, until_today
from tropa.trail.reading_rounds import reading_rounds
from tropa.trail.rounds import Round, added
from tropa.trail.spark.log import SparkLog
from tropa.trail.spark.pieces import empty_tape
from tropa.trail.spark.work import add_facts, bind_part, names_part, round_part, shared_part


@dataclass(frozen=True)
class Seen:
    """A log seen through a map: `ready` tells the facts of the whole, without any events."""

    log: SparkLog
    ready: Prepared
    customers: int

    def ask(self, name: str, raw: Mapping[str, Any] | None = None, wish: Filter | None = None) -> Answer:
        """Asks a measure. `raw`: its parameters as they came. Raises TR-T301…TR-T306, and of a filter TR-S005, TR-T001."""
        wish, sessions = wish or Filter(), of_sessions(name, raw)
        frame = self.frame(wish)
        frame = by_sessions(frame) if sessions else frame
        answer: Answer = self.run(begin(name, frame, raw), frame, wish, sessions=sessions)
        return answer

    def readings(self, wish: Filter | None = None, *, breaks: bool = False) -> Readings:
        """All readings of the map. `breaks`: whether they are priced too (three more jobs). Raises TR-S005, TR-T001."""
        wish = wish or Filter()
        frame = self.frame(wish)
        found: Readings = self.run(reading_rounds(frame, self.log.facts.events, wish, breaks=breaks), frame, wish)
        return found

    def shared(self, one: Filter, other: Filter) -> tuple[int, int, int]:
        """How many customers a filter means, how many another, and how many both. Raises TR-S005, TR-T001."""
        task = partial(shared_part, frame=self.ready, one=one, other=other)
        first, second, both = self.log.over(task, np.add, np.zeros(3, np.int64)).tolist()
        return first, second, both

    def frame(self, wish: Filter) -> Asked:
        """The facts alone under a filter: what rounds begin with."""
        return Asked.of(choose(self.ready, find_answers(self.ready), wish))

    def run(self, first: Any, frame: Asked, wish: Filter, *, sessions: bool = False) -> Any:
        """Runs rounds over all parts, each of which is made anew from its rows for every round: that is dearer than keeping it by a third
        or so, but nothing has to be kept anywhere, and any executor can take over from any other."""
        step = first
        while isinstance(step, Round):
            told: dict[str, Any] = {"frame": self.ready, "wish": wish, "sessions": sessions}
            task = partial(round_part, view=step.view, chunk=step.chunk, **told)
            step = step.then(self.log.over(task, step.merge, step.chunk(step.view(frame), 0, 0)))
        return step


def see(log: SparkLog, value: Map, today: date | None = None) -> Seen:
    """The log seen through a map, by one job of Spark's. Nothing dated after `today` counts as having been observed.

    Raises TR-T001 for a rule on a column that the log does not have, TR-T002, TR-T425 where customers lie in several partitions.
    """
    tape = empty_tape(log.facts)
    bound = bind(tape, value)
    stride = stride_of(log.facts.events)
    nothing = bind_part(tape, value=value, stride=stride)
    stage_events, point_events, sources, customers, absences = log.over(
        partial(bind_part, value=value, stride=stride), add_facts, nothing
    )
    if log.customers is not None and customers != log.customers:
        raise TropaError("TR-T425", n=customers - log.customers)
    until = until_of(tape, sources[:, : len(value.stages)])
    bound = replace(bound, stage_events=stage_events, point_events=point_events, until=until)
    bound = until_today(bound, today)
    given = value.limits
    both = given.silence and given.window
    proposed = Limits() if both else limits_from(value, absences, log.facts.end - log.facts.start)
    limits = pass_limits(value, proposed)
    passes = find_passes(tape, bound, value, limits, begins=log.facts.start)
    ready = Prepared(tape, value, bound, limits, passes, tables(bound, limits), *customers_of(tape))
    return Seen(log, ready, customers)


def event_counts(log: SparkLog) -> tuple[EventCount, ...]:
    """All event names by volume, the most frequent first."""
    return named_counts(log.facts.names["event"], *log.over(names_part, added, names_part(empty_tape(log.facts))))


__all__ = ["Seen", "event_counts", "see"]
