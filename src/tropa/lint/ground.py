"""What the rules look at: the map, its readings, the known events, the day; and walks over the map with addresses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from tropa.model import EventRule, Evidence, Map, Pain, Readings, Stage, Touchpoint, any_of
from tropa.model.base import Value
from tropa.model.entered import ENTERED
from tropa.model.standing import standing


@dataclass(frozen=True)
class Ground:
    """One map under check. `measured`: its readings, unless they were typed by hand."""

    map: Map
    readings: Readings | None
    today: date
    events: tuple[str, ...] | None
    beside: Map | None = None

    @property
    def measured(self) -> Readings | None:
        return None if self.readings is not None and self.readings.scope.data_version == ENTERED else self.readings

    @cached_property
    def states(self) -> Any:
        """The standing of every statement (see `model.standing`)."""
        return standing(self.map, self.measured, self.today)

    def stages(self) -> Iterator[tuple[str, Stage]]:
        for stage in self.map.stages:
            yield f"stages.{stage.id}", stage

    def points(self) -> Iterator[tuple[str, Stage, Touchpoint]]:
        """Touchpoints with their addresses, those of sub-stages too."""
        for address, stage in self.stages():
            for point in stage.touchpoints:
                yield f"{address}.touchpoints.{point.id}", stage, point
            for part in stage.stages:
                for point in part.touchpoints:
                    yield f"{address}.stages.{part.id}.touchpoints.{point.id}", stage, point

    def owners(self) -> Iterator[tuple[str, Stage, Stage | Touchpoint]]:
        """Stages and touchpoints: whatever feels, hurts and has figures."""
        for address, stage in self.stages():
            yield address, stage, stage
        yield from self.points()

    def pains(self) -> Iterator[tuple[str, Stage, Stage | Touchpoint, Pain]]:
        for address, stage, owner in self.owners():
            for pain in owner.pains:
                yield f"{address}.pains.{pain.id}", stage, owner, pain

    def rules(self) -> Iterator[tuple[str, str, EventRule]]:
        """Every rule over events: its address, what it binds (`stage`, `touchpoint`, `deal`, `void`, `score`, `segment`), the rule."""
        for address, stage in self.stages():
            yield from _named(f"{address}.when", "stage", stage.when)
            if stage.deal is not None:
                yield f"{address}.deal", "deal", stage.deal
                yield from _named(f"{address}.deal.void", "void", stage.deal.void)
        for address, _, point in self.points():
            yield from _named(f"{address}.when", "touchpoint", point.when)
        for index, score in enumerate(self.map.scores):
            yield from _named(f"scores.{index}.when", "score", score.when)
        for segment in self.map.segments:
            for index, did in enumerate(segment.rule.did):
                yield from _named(f"segments.{segment.id}.rule.did.{index}.rule", "segment", did.rule)

    def evidence(self) -> Iterator[tuple[str, Evidence]]:
        """Every piece of evidence of the map with the address of what rests on it."""
        yield from _evidence(self.map, "")


def _named(address: str, kind: str, when: Any) -> Iterator[tuple[str, str, EventRule]]:
    for rule in any_of(when):
        yield address, kind, rule


def _evidence(node: Any, address: str) -> Iterator[tuple[str, Evidence]]:
    if isinstance(node, Evidence):
        yield address.rpartition(".evidence")[0], node
    elif isinstance(node, (Value, tuple, dict)):
        for name, item in walk(node):
            yield from _evidence(item, f"{address}.{name}" if address else name)


def walk(node: Any) -> Iterator[tuple[str, Any]]:
    """The parts of a value with the step that leads to each: key of a mapping, id or index in a list."""
    if isinstance(node, Value):
        for name, field in type(node).model_fields.items():
            yield field.alias or name, getattr(node, name)
    elif isinstance(node, dict):
        yield from node.items()
    elif isinstance(node, tuple):
        for index, item in enumerate(node):
            yield str(getattr(item, "id", index)), item
