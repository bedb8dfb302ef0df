"""The map over time: readings by month, changes beyond noise, improvements and imports on the same line (R-31, R-42)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from tropa.model import Improvement, Map
from tropa.model.access import Actor, Right
from tropa.service.answering import Wish, chosen_of, need_seen
from tropa.service.desk import Desk
from tropa.service.keeping import Kept

if TYPE_CHECKING:
    from tropa.trail.timeline import Timeline

_KEPT = Kept(32)


@dataclass(frozen=True)
class DataVersion:
    """An import that changed what is known."""

    at: datetime
    source: str
    accepted: int


@dataclass(frozen=True)
class MapTimeline:
    """Everything that stands on a map's timeline. Improvements with a due date, in its order."""

    map: Map
    line: Timeline
    improvements: tuple[tuple[date, Improvement], ...]
    data: tuple[DataVersion, ...]


def timeline_of(desk: Desk, who: Actor, map_id: str, wish: Wish, months: int) -> MapTimeline:
    """The last calendar months of the live map. Raises TR-S003 without a log, TR-S005 for an unknown segment."""
    from tropa.trail.archive.manifest import load
    from tropa.trail.measures.asked import Asked
    from tropa.trail.timeline import timeline

    who.require(Right.READ, map_id)
    value, view = need_seen(desk, map_id, wish)
    line = _KEPT.get((view.key, wish, months), lambda: timeline(Asked.of(chosen_of(view, wish)), months))
    dated = [(item.due, item) for item in value.improvements if item.due is not None]
    imports = load(desk.workspace.folder / "trail").imports
    data = tuple(DataVersion(datetime.fromisoformat(one.at), one.source, one.accepted) for one in imports)
    return MapTimeline(value, line, tuple(sorted(dated, key=lambda pair: (pair[0], pair[1].id))), data)
