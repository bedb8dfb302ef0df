"""A log that Spark keeps, in a notebook (R-61, R-63)."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

from tropa.api.asking import Through, Trail, wish_of
from tropa.model import Break, EventCount, Map, Readings, TropaError
from tropa.model.measure import Answer
from tropa.service.answering import Wish
from tropa.service.drawing import read_map
from tropa.service.on_spark import OnSpark
from tropa.service.showing import Result, saying


@dataclass(frozen=True, repr=False)
class SparkTrail(Trail):
    """A log that Spark keeps (docs/guide/spark.md): the same questions but for breaks, each through a map that is named."""

    spark: OnSpark = field(kw_only=True)

    @property
    def map(self) -> Map:
        """Raises TR-T426: no draft is proposed from a log of Spark's."""
        with saying(self.words):
            raise TropaError("TR-T426")

    def _look(self, through: Through, measure: str, raw: dict[str, Any], wish: Wish) -> Result[Answer]:
        return self.spark.look(self._through(through), measure, raw, wish)

    def breaks(self, through: Through = None, **told: Any) -> Result[tuple[Break, ...]]:
        """Raises TR-T427: breaks are priced on this machine."""
        with saying(self.words):
            raise TropaError("TR-T427", name="breaks")

    def measure(self, through: Through = None, **told: Any) -> Result[Readings]:
        """Every stage with its figures, without breaks. Takes the filters of `ask`. Raises TR-T426 without a map."""
        with saying(self.words):
            return self.spark.readings(self._through(through), wish_of(told))

    def events(self) -> Result[tuple[EventCount, ...]]:
        """Event names by how often they occur."""
        return self.spark.volumes()

    def close(self) -> None:
        """Lets go of what Spark keeps."""
        self.spark.log.close()

    def _through(self, through: Through) -> Map:
        if through is None:
            raise TropaError("TR-T426")
        return through if isinstance(through, Map) else read_map(Path(through))

    def __repr__(self) -> str:
        """How many events there are."""
        return f"{type(self).__name__}({self.spark.log.facts.events})"

    def _repr_html_(self) -> str:
        return f"<p>{escape(repr(self))}</p>{self.events()._repr_html_()}"
