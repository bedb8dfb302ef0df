"""Putting the trail's questions for a map: everybody, one segment, or all of them side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from tropa.model import Map, Persona, Readings, Segment, SegmentRule, TropaError, near_miss
from tropa.model.expression import parse
from tropa.service.settings import zone_of
from tropa.service.workspace import MAP_FILE, Workspace

if TYPE_CHECKING:
    from tropa.trail.tape import Tape

Advance = Callable[[str, float, float], None]


@dataclass(frozen=True)
class Measured:
    """A map and what the trail says of it. `readings` is None for a map without a log."""

    map: Map
    readings: Readings | None
    by_segment: Mapping[str, Readings]


BY_RULE = "rule"
"""What those are called whom a rule means that has no name."""


def segment_of(value: Map, name: str) -> Segment:
    """The segment, or the segment behind the persona, with this id. Raises TR-S005 with the near miss."""
    named = {segment.id: segment for segment in value.segments}
    named.update({persona.id: found for persona in value.personas if (found := _behind(value, persona)) is not None})
    if name not in named:
        raise TropaError("TR-S005", name=name, near=near_miss(name, list(named)), known=", ".join(named))
    return named[name]


def narrowed(chosen: Segment | None, where: str) -> Segment:
    """Of a segment (None: of everybody) the customers that a rule means. Raises TR-M020, TR-M021."""
    if chosen is None:
        return Segment(id=BY_RULE, title=BY_RULE, rule=SegmentRule(where=where))
    given = chosen.rule.where
    both = where if given is None else f"({given}) and ({where})"
    parse(where)  # by itself: else a bracket of one could close in the other
    return chosen.model_copy(update={"rule": chosen.rule.model_copy(update={"where": both})})


def _behind(value: Map, persona: Persona) -> Segment | None:
    """The segment a persona is bound to."""
    if persona.segment is None:
        return None
    if isinstance(persona.segment, str):
        rule = next(segment.rule for segment in value.segments if segment.id == persona.segment)
    else:
        rule = persona.segment
    return Segment(id=persona.id, title=persona.title, rule=rule)


def measure(
    workspace: Workspace,
    name: str = MAP_FILE,
    *,
    segment: str | None = None,
    where: str | None = None,
    sensitivity: bool = False,
    as_of: date | None = None,
) -> Measured:
    """All readings of a map of the workspace, for everybody, for one segment, or for the customers that a rule means, now or with what had
    been imported by a day.

    Raises TR-M020, TR-M021 for a rule that cannot be read, TR-S003 where there is no log, TR-S030 for a day before there was one.
    """
    from tropa.service.as_of import remembered

    tape = workspace.tape() if as_of is None else remembered(workspace.folder, as_of).tape
    return measure_map(workspace.map(name), tape, segment=segment, where=where, sensitivity=sensitivity)


def measure_map(
    value: Map,
    tape: Tape,
    *,
    segment: str | None = None,
    where: str | None = None,
    side_by_side: bool = False,
    sensitivity: bool = False,
) -> Measured:
    """All readings of a map on a tape.

    `side_by_side`: those of each persona and segment too; `sensitivity`: breaks also with half and twice the silence limit.
    """
    from tropa import trail

    chosen = segment_of(value, segment) if segment else None
    if where and where.strip():
        chosen = narrowed(chosen, where.strip())
    readings = trail.measure(tape, value, segment=chosen, sensitivity=sensitivity)
    others = dict(trail.measure_all(tape, value)) if side_by_side else {}
    return Measured(value, readings, {key: found for key, found in others.items() if key is not None})


def measure_if_any(workspace: Workspace, value: Map, *, side_by_side: bool = False) -> Measured:
    """Readings where the workspace has a log; else the map alone (its hand-typed figures draw it)."""
    tape = workspace.archive.tape()
    if tape is None:
        return Measured(value, None, {})
    return measure_map(value, replace(tape, zone=zone_of(workspace.folder)), side_by_side=side_by_side)
