"""What the log has and where the map puts it; a first draft of a map from the log (R-22)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from tropa.model import Map, TropaError, near_miss
from tropa.model.access import Actor, Right
from tropa.service.answering import need_tape, need_view, tape_of
from tropa.service.current import current_map
from tropa.service.desk import Desk
from tropa.words import Words

if TYPE_CHECKING:
    from tropa.trail.volumes import EventDetails, NameVolume


def bindings(desk: Desk, who: Actor, map_id: str) -> tuple[NameVolume, ...]:
    """Event names with where each is bound, those with unbound events first; empty without a log."""
    from tropa.trail.volumes import name_volumes

    who.require(Right.READ, map_id)
    value = current_map(desk, map_id)
    if tape_of(desk) is None:
        return ()
    view = need_view(desk, value)
    return name_volumes(view.ready.tape, view.ready.bound)


def details(desk: Desk, who: Actor, name: str) -> EventDetails:
    """One event name closely, with whatever could be personal hidden. Raises TR-S003 without a log, TR-W305 for an unknown name."""
    from dataclasses import replace

    from tropa.events.masking import mask_cell
    from tropa.trail.volumes import event_details

    who.require(Right.READ)
    tape = need_tape(desk)
    found = event_details(tape, name)
    if found is None:
        raise TropaError("TR-W305", name=name, near=near_miss(name, list(tape.event.names[1:])))
    hidden = tuple(
        replace(one, top=tuple((mask_cell(word, ""), count) for word, count in one.top)) for one in found.columns
    )
    return replace(found, columns=hidden)


@dataclass(frozen=True)
class Draft:
    """A proposed map as data in the shape of a map file, and the events that it leaves unbound."""

    map: dict[str, Any]
    unbound: tuple[tuple[str, int], ...]


def draft(desk: Desk, who: Actor, map_id: str, say: Words) -> Draft:
    """Stages and bindings proposed from the log, for the editor to take over. Nothing is written. Raises TR-S003 without a log."""
    from tropa import trail
    from tropa.codec import plain_map

    who.require(Right.EDIT, map_id)
    current_map(desk, map_id)
    tape = need_tape(desk)
    proposal: Map = trail.draft(tape, say)
    free = trail.bind(tape, proposal).unbound
    return Draft(plain_map(proposal), tuple((one.event, one.events) for one in free))


@dataclass(frozen=True)
class Imported:
    """One import that brought something."""

    id: str
    source: str
    file: str
    at: datetime
    accepted: int
    duplicates: int
    quarantined: int


def imports(desk: Desk, who: Actor) -> tuple[Imported, ...]:
    """All imports, the newest first."""
    from tropa.trail.archive.manifest import load

    who.require(Right.READ)
    found = load(desk.workspace.folder / "trail").imports
    return tuple(
        Imported(
            one.id, one.source, one.file, datetime.fromisoformat(one.at), one.accepted, one.duplicates, one.quarantined
        )
        for one in reversed(found)
    )
