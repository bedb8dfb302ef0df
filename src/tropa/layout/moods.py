"""Measured emotion of several personas or segments, to be laid over the common curve (R-06, R-29)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

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


def moods(segments: Mapping[str, Readings], value: Map, columns: tuple[Column, ...], words: Words) -> tuple[Mood, ...]:
    """A curve for every group that has answers in at least two columns."""
    out: list[Mood] = []
    for key, readings in segments.items():
        scores = {column.key: score for column in columns if (score := _score(readings, column)) is not None}
        if len(scores) > 1:
            name = figures.segment_title(value, key, words).partition(",")[0]
            out.append(Mood(key, name, scores, DASHES[len(out) % len(DASHES)]))
    return tuple(out)


def _score(readings: Readings, column: Column) -> Satisfaction | None:
    found = readings.touchpoint(column.point.id) if column.point else readings.stage(column.stage.id)
    return found.satisfaction if found is not None and isinstance(found.satisfaction, Satisfaction) else None
