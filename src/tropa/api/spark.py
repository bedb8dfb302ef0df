"""A log that Spark keeps, in a notebook (R-61, R-63)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from html import escape
from pathlib import Path
from typing import Any, Self

from tropa.api.asking import Through, Trail, wish_of
from tropa.model import Break, EventCount, Map, Readings
from tropa.model.diff import Difference
from tropa.model.measure import Answer
from tropa.service.answering import Wish
from tropa.service.drawing import read_map
from tropa.service.on_spark import OnSpark
from tropa.service.showing import Result, saying


@dataclass(frozen=True, repr=False)
class SparkTrail(Trail):
    """A log that Spark keeps (docs/guide/spark.md): the same questions, the same answers."""

    spark: OnSpark = field(kw_only=True)

    @cached_property
    def map(self) -> Map:
        """The draft proposed from the log (of a long one, from some of its customers), by one job."""
        return self.spark.draft()

    def _look(self, through: Through, measure: str, raw: dict[str, Any], wish: Wish) -> Result[Answer]:
        return self.spark.look(self._through(through), measure, raw, wish)

    def in_zone(self, zone: str) -> Self:
        """The same log, its days, weeks, months and times of day told by a zone's calendar. Raises TR-S060 with the near miss."""
        there = super().in_zone(zone)
        return replace(there, spark=self.spark.in_zone(there.tape.zone))

    def breaks(self, through: Through = None, **told: Any) -> Result[tuple[Break, ...]]:
        """Where customers leave, the dearest first. Takes the filters of `ask`."""
        with saying(self.words):
            return self.spark.breaks(self._through(through), wish_of(told))

    def measure(self, through: Through = None, **told: Any) -> Result[Readings]:
        """Every stage with its figures, and the map drawn with them. Takes the filters of `ask`."""
        with saying(self.words):
            return self.spark.readings(self._through(through), wish_of(told))

    def compare(
        self, first: dict[str, Any], second: dict[str, Any], through: Through = None
    ) -> Result[tuple[Difference, ...]]:
        """Every stage's figures of two groups or periods side by side, and which differ by more than chance (see `Trail.compare`)."""
        with saying(self.words):
            return self.spark.compare(self._through(through), wish_of(first), wish_of(second))

    def events(self) -> Result[tuple[EventCount, ...]]:
        """Event names by how often they occur."""
        return self.spark.volumes()

    def close(self) -> None:
        """Lets go of what Spark keeps."""
        self.spark.log.close()

    def _through(self, through: Through) -> Map:
        if through is None:
            return self.map
        return through if isinstance(through, Map) else read_map(Path(through))

    def __repr__(self) -> str:
        """How many events there are."""
        return f"{type(self).__name__}({self.spark.log.facts.events})"

    def _repr_html_(self) -> str:
        return f"<p>{escape(repr(self))}</p>{self.events()._repr_html_()}"
