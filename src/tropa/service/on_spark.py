"""A log that Apache Spark keeps, asked through a map: answers and readings as results for a notebook (R-61, R-63)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from functools import reduce
from typing import TYPE_CHECKING, Any

from tropa.model import Break, EventCount, Map, Readings, TropaError, near_miss
from tropa.model.diff import Difference
from tropa.model.measure import Answer
from tropa.service.answering import Wish, counting_key
from tropa.service.contrasting import Sides, contrasted
from tropa.service.looking import listed, priced, shown, stages
from tropa.service.showing import Result
from tropa.words import Words

if TYPE_CHECKING:
    from tropa.trail.filters import Filter
    from tropa.trail.spark import Seen, SparkLog
    from tropa.trail.tape import Tape


def is_spark(source: Any) -> bool:
    """Whether something is a data frame of Spark's. Nothing of pyspark is imported for that."""
    return type(source).__module__.partition(".")[0] == "pyspark" and hasattr(source, "mapInArrow")


@dataclass(frozen=True)
class OnSpark:
    """A log of Spark's as of a day; through which maps it has been seen is remembered."""

    log: SparkLog
    today: date
    words: Words
    _seen: dict[str, Seen] = field(default_factory=dict)

    def in_zone(self, zone: str) -> OnSpark:
        """The same log, its days told by a zone's calendar."""
        return OnSpark(replace(self.log, facts=replace(self.log.facts, zone=zone)), self.today, self.words)

    def seen(self, value: Map) -> Seen:
        """The log seen through a map. Raises TR-T001, TR-T002."""
        from tropa.trail.spark import see

        key = counting_key(value)
        if key not in self._seen:
            self._seen[key] = see(self.log, value, self.today)
        return self._seen[key]

    def look(self, value: Map, name: str, raw: Mapping[str, Any], wish: Wish) -> Result[Answer]:
        """Asks a measure. Raises TR-T301…TR-T306."""
        return shown(self.seen(value).ask(name, raw, self._filter(wish)), value, wish, self.words)

    def readings(self, value: Map, wish: Wish) -> Result[Readings]:
        """Every stage with its figures, breaks priced."""
        return stages(value, self._readings(value, wish, breaks=True), self.words, self.today)

    def breaks(self, value: Map, wish: Wish) -> Result[tuple[Break, ...]]:
        """Where customers leave, the dearest first."""
        return priced(value, self._readings(value, wish, breaks=True), self.words)

    def compare(self, value: Map, first: Wish, second: Wish) -> Result[tuple[Difference, ...]]:
        """Two groups or periods side by side."""
        one, other = (self._readings(value, wish, breaks=False) for wish in (first, second))
        mine, theirs, both = self.seen(value).shared(self._filter(first), self._filter(second))
        sides = Sides(one, other, alike=mine == theirs == both, overlapping=both > 0)
        return contrasted(value, sides, first, second, self.words)

    def draft(self) -> Map:
        """The map proposed from the log; of a long one, from some of its customers."""
        from tropa.trail import draft
        from tropa.trail.spark import sample_of

        tape, customers = sample_of(self.log)
        about = self.words("draft-about", events=self.log.facts.events, customers=customers)
        return draft(tape, self.words).model_copy(update={"about": about})

    def _readings(self, value: Map, wish: Wish, *, breaks: bool) -> Readings:
        return self.seen(value).readings(self._filter(wish), breaks=breaks)

    def _filter(self, wish: Wish) -> Filter:
        return wish.filter_in(self.log.facts.zone)

    def volumes(self) -> Result[tuple[EventCount, ...]]:
        """Event names by how often they occur."""
        from tropa.trail.spark import event_counts

        return listed(event_counts(self.log), self.words)


def empty_tape(log: SparkLog) -> Tape:
    """Its dictionaries as a tape without events."""
    from tropa.trail.spark.pieces import empty_tape

    return empty_tape(log.facts)


def open_log(frames: Sequence[Any], columns: Mapping[str, Any], currency: str | None, zone: str | None) -> SparkLog:
    """A log from data frames of Spark's with the same columns. `columns`: the column of each role, and `properties`: names, or one text
    with commas.

    Raises TR-S018 for anything else among them, TR-S020 for a role that there is not, and as `trail.spark.spark_log`.
    """
    from tropa.trail.spark import Roles, spark_log

    for one in frames:
        if not is_spark(one):
            raise TropaError("TR-S018", name=f"{type(one).__module__}.{type(one).__qualname__}")
    known = [one.name for one in fields(Roles)]
    for role in columns:
        if role not in known:
            raise TropaError("TR-S020", name=role, near=near_miss(role, known), known=", ".join(known))
    told = dict(columns)
    named = told.pop("properties", ())
    names = [name.strip() for name in named.split(",")] if isinstance(named, str) else list(named)
    frame = reduce(lambda one, other: one.unionByName(other), frames)
    return spark_log(frame, Roles(**told, properties=tuple(filter(None, names))), currency=currency, zone=zone)
