"""Who changed a map and when, the map at any point, two points compared, a point brought back (R-10, R-60).

What is brought back is one more change, made by who brought it back. Old changes are put together after a while (`thinning`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from tropa.model import Map, TropaError
from tropa.model.access import Actor, Right
from tropa.service import auditing, hooks
from tropa.service.desk import Desk
from tropa.service.maps import author_of

if TYPE_CHECKING:
    from tropa.store.documents import Author, Entry, Version

PAUSE = timedelta(minutes=15)
"""Changes of one person that are not further apart belong to one sitting."""
LONGEST = 5_000
"""Updates read at most for one page; a longer sitting is told in parts."""


@dataclass(frozen=True)
class Sitting:
    """Changes one person made in one go: updates `first`…`last`, how many of them, from when to when."""

    first: int
    last: int
    updates: int
    start: datetime
    end: datetime
    author: Author


def sittings(entries: Iterable[Entry]) -> list[Sitting]:
    """Entries, the newest first, gathered to sittings, the newest first. Changes of others in between end no sitting of one's own."""
    open_: dict[str, int] = {}
    found: list[Sitting] = []
    for one in entries:
        at = open_.get(one.author.who)
        if at is not None and found[at].start - one.at <= PAUSE:
            last = found[at]
            found[at] = Sitting(one.first, last.last, last.updates + one.merged, one.start, last.end, last.author)
        else:
            open_[one.author.who] = len(found)
            found.append(Sitting(one.first, one.seq, one.merged, one.start, one.at, one.author))
    return found


def history(desk: Desk, who: Actor, map_id: str, *, before: int | None, limit: int) -> tuple[list[Sitting], int | None]:
    """A page of sittings, the newest first, and the number to go on before.

    A page is cut where no sitting is cut by it, unless one is longer than `LONGEST` updates.
    """
    from tropa.store import documents

    who.require(Right.READ, map_id)
    desk.living.row(desk, map_id)
    with desk.store.read() as c:
        entries = documents.entries(c, map_id, before, LONGEST + 1)
    more = len(entries) > LONGEST
    found = sittings(entries[:LONGEST])
    if len(found) <= limit and not more:
        return found, None
    page = found[:limit]
    # the next page begins before everything on this one; sittings that overlap its end belong to this one
    edge = min(one.first for one in page)
    page += [one for one in found[limit:] if one.last > edge]
    edge = min(one.first for one in page)
    rest = more or any(one.last < edge for one in found)
    return page, edge if rest else None


def versions(desk: Desk, who: Actor, map_id: str) -> list[Version]:
    """The points that were given names, the newest first."""
    from tropa.store import documents

    who.require(Right.READ, map_id)
    desk.living.row(desk, map_id)
    with desk.store.read() as c:
        return documents.versions(c, map_id)


def name_version(desk: Desk, who: Actor, map_id: str, title: str, seq: int | None) -> Version:
    """Gives a point (the present one unless said) a name. Raises TR-W210 for a number that is not in the log."""
    from tropa.store import documents

    who.require(Right.EDIT, map_id)
    row = desk.living.row(desk, map_id)
    at = row.seq if seq is None else seq
    if not 1 <= at <= row.seq:
        raise TropaError("TR-W210", seq=at, last=row.seq)
    version_id = desk.new_id()
    with desk.store.begin() as c:
        documents.name_version(c, map_id, version_id, at, title, author_of(who), desk.clock())
        auditing.note(desk, c, who, "version-named", map_id, title=title, seq=at)
        hooks.tell(desk, c, "version.named", {"map": map_id, "seq": at, "title": title, "by": who.name})
        made = next(one for one in documents.versions(c, map_id) if one.id == version_id)
    desk.wake.ring("outbox")
    return made


def at(desk: Desk, who: Actor, map_id: str, seq: int) -> Map:
    """The map as it was after an update. Raises TR-W210."""
    who.require(Right.READ, map_id)
    return desk.living.at(desk, map_id, seq)


@dataclass(frozen=True)
class Side:
    """One side of a comparison: a map, as it was after an update (None: as it stands)."""

    map_id: str
    seq: int | None = None


def sides(desk: Desk, who: Actor, before: Side, after: Side) -> tuple[Map, Map]:
    """Two points of one map, or two maps, to be compared. Raises TR-A003, TR-W210."""
    return _side(desk, who, before), _side(desk, who, after)


def _side(desk: Desk, who: Actor, side: Side) -> Map:
    who.require(Right.READ, side.map_id)
    if side.seq is None:
        return desk.living.current(desk, side.map_id)[1]
    return desk.living.at(desk, side.map_id, side.seq)


def restore(desk: Desk, who: Actor, map_id: str, seq: int) -> int:
    """Makes the map say what it said after an update; returns the number of that change. Raises TR-W210."""
    who.require(Right.EDIT, map_id)
    then = desk.living.at(desk, map_id, seq)
    made = desk.living.change(desk, map_id, author_of(who), lambda _: then)
    with desk.store.begin() as c:
        auditing.note(desk, c, who, "map-brought-back", map_id, seq=seq, by=made)
    return made
