"""A workspace in a notebook (R-61)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from tropa.api.asking import Trail, day_of
from tropa.model import Map, Readings
from tropa.service import looking
from tropa.service.as_of import remembered
from tropa.service.drawing import Drawn, draw_measured
from tropa.service.drawing import View as MapView
from tropa.service.drawing import Wish as Drawing
from tropa.service.measuring import Measured
from tropa.service.showing import Result, saying
from tropa.service.workspace import MAP_FILE, Workspace
from tropa.words import Words


@dataclass(frozen=True, repr=False)
class Opened:
    """A workspace in a notebook: its map, its trail, its pictures."""

    workspace: Workspace
    today: date
    words: Words
    name: str = field(default=MAP_FILE)

    @property
    def map(self) -> Map:
        """The map as the file has it now. Raises TR-S002 where there is none."""
        with saying(self.words):
            return self.workspace.map(self.name)

    @property
    def trail(self) -> Trail:
        """The published trail, seen through the map where there is one. Raises TR-S003 before the first import."""
        return self.as_of(None)

    def as_of(self, day: date | str | None) -> Trail:
        """The trail as it was known at the end of a day (None: now). Raises TR-S030 before the first import, TR-S023 for no day."""
        own = self.map if self.workspace.has_map(self.name) else None
        with saying(self.words):
            then = day_of("as_of", day)
            tape = self.workspace.tape() if then is None else remembered(self.workspace.folder, then).tape
            return Trail(tape, then or self.today, self.words, own)

    def readings(self, **told: Any) -> Result[Readings]:
        """Every stage with its figures. Takes the filters of `Trail.ask`. Raises TR-S003 before the first import."""
        return self.trail.measure(**told)

    def draw(self, out: str | Path, *, view: MapView = "infographic") -> Drawn:
        """Draws the map, with its readings where there is a log. Raises TR-S006 for a suffix that is not drawn."""
        wish = Drawing(today=self.today, view=view)
        with saying(self.words):
            return draw_measured(Measured(self.map, self._read(), {}), Path(out), wish, self.words)

    def _read(self) -> Readings | None:
        return None if self.workspace.archive.tape() is None else self.readings().value

    def __repr__(self) -> str:
        """Where it lies."""
        return f"{type(self).__name__}({str(self.workspace.folder)!r})"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        """The map, drawn."""
        if not self.workspace.has_map(self.name):
            return {"text/plain": repr(self)}
        drawn = looking.map_svg(self.map, self._read(), self.words, self.today)
        return {"text/plain": repr(self), "image/svg+xml": drawn}
