"""Emotion of several personas or segments, to be laid over the common curve: as measured, else as the team asserts (R-04, R-06, R-29)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tropa.layout import figures
from tropa.layout.content import Column
from tropa.model import Map, Readings, Satisfaction
from tropa.words import Words

DASHES: tuple[tuple[float, ...], ...] = ((6, 3), (2, 3), (9, 3, 2, 3), (1, 4))
"""Curves differ by their strokes, and each bears its name: never by colour alone."""


@dataclass(frozen=True, slots=True)
class Mood:
    """One persona's or segment's scores by column."""

    key: str
    name: str
    """What stands before the comma of its title."""
    scores: Mapping[str, Satisfaction]
    dash: tuple[float, ...]
    asserted: Mapping[str, float] = field(default_factory=dict)
    """What the team says of this persona, where that differs from the others."""


def moods(segments: Mapping[str, Readings], value: Map, columns: tuple[Column, ...], words: Words) -> tuple[Mood, ...]:
    """A curve for every group that has answers in at least two columns, or of which the team asserts as many."""
    out: list[Mood] = []
    for key in dict.fromkeys((*segments, *(persona.id for persona in value.personas))):
        found = segments.get(key)
        scores = {
            column.key: score
            for column in columns
            if found is not None and (score := _score(found, column)) is not None
        }
        asserted = {column.key: said for column in columns if (said := _said(column, key)) is not None}
        if max(len(scores), len(asserted)) > 1:
            name = figures.segment_title(value, key, words).partition(",")[0]
            out.append(Mood(key, name, scores, DASHES[len(out) % len(DASHES)], asserted))
    return tuple(out)


def _said(column: Column, persona: str) -> float | None:
    """What is said of the column itself; of a stage that says nothing, the mean of its touchpoints."""
    owner = column.point or column.stage
    if owner.feels is not None and owner.feels.of(persona) is not None:
        return owner.feels.of(persona)
    if column.point is not None:
        return None
    scores = [
        score
        for point in column.stage.all_touchpoints
        if point.feels and (score := point.feels.of(persona)) is not None
    ]
    return sum(scores) / len(scores) if scores else None


def _score(readings: Readings, column: Column) -> Satisfaction | None:
    found = readings.touchpoint(column.point.id) if column.point else readings.stage(column.stage.id)
    return found.satisfaction if found is not None and isinstance(found.satisfaction, Satisfaction) else None
