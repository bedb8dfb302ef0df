"""What was known on a day: the log and the map as they were at its end, and whether a reading of then still comes out (R-31).

The log: imports that had been brought in by then. The map: its last change by then, with the windows and limits it had.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from tropa.model import Map, TropaError
from tropa.service.desk import Desk
from tropa.service.keeping import Kept
from tropa.service.settings import zone_of

if TYPE_CHECKING:
    from tropa.trail.archive.known import Known
    from tropa.trail.tape import Tape

_TAPES = Kept(3)


@dataclass(frozen=True)
class Remembered:
    """The log as it was known: the tape, and what of it has gone since."""

    tape: Tape
    known: Known


def last_moment_of(day: date, zone: str = "UTC") -> datetime:
    """The last instant of a day in a zone, as UTC tells it."""
    from tropa.trail import calendar
    from tropa.trail.tape import instant

    return instant(calendar.end_of(day, zone) - 1)


def remembered(folder: Path, day: date, tape: Tape | None = None) -> Remembered:
    """The log of a workspace as it was known on a day; `tape`: the published one, where it is open.

    Raises TR-S003 before the first import, TR-S030 for a day on which nothing had been imported yet.
    """
    from tropa.trail.archive.known import known_by, tape_known
    from tropa.trail.archive.manifest import load

    trail = folder / "trail"
    manifest = load(trail)
    if not manifest.imports:
        raise TropaError("TR-S003", folder=folder.name)
    zone = zone_of(folder)
    known = known_by(manifest, last_moment_of(day, zone))
    if known.imports == 0:
        first = datetime.fromisoformat(manifest.imports[0].at).astimezone(ZoneInfo(zone)).date()
        raise TropaError("TR-S030", day=day, first=first)
    key = (str(trail), manifest.generation, manifest.version, known.imports, zone)
    return _TAPES.get(key, lambda: Remembered(replace(tape_known(trail, manifest, known, tape), zone=zone), known))


def seq_as_of(desk: Desk, map_id: str, day: date) -> int | None:
    """The number of the map's last change by the end of a day; None where the map was not there yet. Raises TR-A003."""
    from tropa.store import documents

    row = desk.living.row(desk, map_id)
    end = last_moment_of(day, zone_of(desk.workspace.folder))
    with desk.store.read() as c:
        low, high = 0, row.seq
        while low < high:  # changes are numbered in the order of their times
            middle = (low + high + 1) // 2
            found = documents.entry(c, map_id, middle)
            if found is not None and found.at <= end:
                low = middle
            else:
                high = middle - 1
    return low or None


def map_as_of(desk: Desk, map_id: str, day: date) -> Map:
    """The map as it was at the end of a day. Raises TR-A003, TR-S031 for a day before it was there."""
    seq = seq_as_of(desk, map_id, day)
    if seq is None:
        raise TropaError("TR-S031", day=day)
    return desk.living.at(desk, map_id, seq)
