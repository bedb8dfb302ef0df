"""Readings for the app: a trail seen through a map is prepared once, and every further question costs a few kernels (R-23, R-31).

What was prepared is kept by content: the version of the tape, the parts of the map that decide what is counted, and the day. So
an edit of words in the map costs nothing, and an edit of a binding prepares anew.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from tropa.model import Map, Readings, TropaError
from tropa.model.entered import entered_readings
from tropa.service import snapshots
from tropa.service.as_of import last_moment_of, map_as_of, remembered
from tropa.service.current import current_map
from tropa.service.desk import Desk
from tropa.service.guests import refuse_few
from tropa.service.keeping import Kept
from tropa.service.settings import zone_of

if TYPE_CHECKING:
    from tropa.trail.answers import AnswerTable
    from tropa.trail.filters import Chosen, Filter, Scope
    from tropa.trail.prepare import Prepared
    from tropa.trail.tape import Tape

MOST_PREPARED, MOST_READINGS, MOST_TAPES = 6, 256, 4
_RULES: Any = {"id": True, "when": True}
_POINTS = {"__all__": _RULES}
_COUNTING: Any = {
    "stages": {
        "__all__": {
            "id": True, "after": True, "when": True, "deal": True, "window": True, "silence": True, "touchpoints": _POINTS,
            "stages": {"__all__": {"touchpoints": _POINTS}},
        }
    },
    "segments": {"__all__": {"id", "rule"}},
    "personas": {"__all__": {"id", "segment"}},
    "limits": True, "money": True, "scores": True, "targets": True, "bought_again": True, "loops": True,
}  # fmt: skip


_TAPES, _PREPARED, _READINGS = Kept(MOST_TAPES), Kept(MOST_PREPARED), Kept(MOST_READINGS)


@dataclass(frozen=True)
class View:
    """A trail seen through a map on a day, ready for questions. `key` names it by content."""

    key: tuple[str, str, str, str, date]
    ready: Prepared
    answers: AnswerTable


def tape_of(desk: Desk) -> Tape | None:
    """The published tape, opened once for each version; None before the first import."""
    from tropa.trail.archive.manifest import load

    folder = desk.workspace.folder / "trail"
    manifest = load(folder)
    if manifest.generation == 0:
        return None
    key = (str(folder), manifest.generation, manifest.version, zone_of(desk.workspace.folder))
    return _TAPES.get(key, desk.workspace.tape)


def today_at(desk: Desk) -> date:
    """What day it is in the workspace's zone."""
    return desk.clock().astimezone(ZoneInfo(zone_of(desk.workspace.folder))).date()


def need_tape(desk: Desk) -> Tape:
    """The published tape. Raises TR-S003 before the first import."""
    tape = tape_of(desk)
    if tape is None:
        raise TropaError("TR-S003", folder=desk.workspace.folder.name)
    return tape


def counting_key(value: Map) -> str:
    """A digest of the parts of a map that decide what is counted: bindings, limits, deals, segments, scores, money, targets."""
    told = value.model_dump_json(include=_COUNTING)
    return hashlib.blake2b(told.encode(), digest_size=12).hexdigest()


def view_of(desk: Desk, value: Map) -> View | None:
    """The trail seen through a map as of today; None without a log. Raises TR-T001, TR-T002 for bindings that make no sense."""
    tape = tape_of(desk)
    return None if tape is None else view_on(tape, value, today_at(desk), str(desk.workspace.folder))


def view_on(tape: Tape, value: Map, today: date, place: str = "") -> View:
    """A tape seen through a map. Raises TR-T001, TR-T002 for bindings that make no sense. `place`: whose tape it is."""
    from tropa.trail import prepare
    from tropa.trail.answers import find_answers

    key = (place, tape.version, tape.zone, counting_key(value), today)

    def make() -> tuple[Prepared, AnswerTable]:
        ready = prepare(tape, value, today)
        return ready, find_answers(ready)

    ready, answers = _PREPARED.get(key, make)
    return View(key, replace(ready, map=value), answers)


def need_view(desk: Desk, value: Map) -> View:
    """As `view_of`. Raises TR-S003 without a log."""
    view = view_of(desk, value)
    if view is None:
        raise TropaError("TR-S003", folder=desk.workspace.folder.name)
    return view


@dataclass(frozen=True)
class Wish:
    """A filter as people say it: days are the workspace's own, both included. `as_of`: what was known at the end of that day, not now.
    `where`: an expression over customers (docs/guide/measures.md, Filters); blank: none."""

    segment: str | None = None
    channel: str | None = None
    start: date | None = None
    end: date | None = None
    as_of: date | None = None
    where: str | None = None
    scope: Scope = "customers"
    """Whom channel and rule mean: customers by all they did, or sessions by what happened in each (of questions about sessions)."""
    least: int = 0
    """So many customers the filter must mean, and leave out where it leaves out any: fewer are not told of to whoever asks."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "where", (self.where or "").strip() or None)

    @property
    def everybody(self) -> bool:
        """Whether nobody and no time is left out."""
        return self == Wish(as_of=self.as_of, scope=self.scope)

    def filter_in(self, zone: str) -> Filter:
        """The same for a trail whose days are those of a zone."""
        from tropa.trail.calendar import begin_of, end_of
        from tropa.trail.filters import Filter

        start = None if self.start is None else begin_of(self.start, zone)
        end = None if self.end is None else end_of(self.end, zone)
        return Filter(self.segment, self.channel, start, end, self.where, self.scope)


def seen(desk: Desk, map_id: str, wish: Wish, seq: int | None = None) -> tuple[Map, View | None]:
    """The map, and the trail seen through it: as they stand, or as they were known on a day. None without a log.

    `seq`: another version of the map, as it was after that update, whatever the day of the data.
    Raises TR-A003, TR-S030, TR-S031 (nothing was imported yet, the map was not there yet), TR-T001, TR-T002, TR-W210 (no such version).
    """
    if seq is not None:
        value = desk.living.at(desk, map_id, seq)
    else:
        value = current_map(desk, map_id) if wish.as_of is None else map_as_of(desk, map_id, wish.as_of)
    if wish.as_of is None:
        return value, view_of(desk, value)
    tape = tape_of(desk)
    if tape is None:
        return value, None
    folder = desk.workspace.folder
    then = remembered(folder, wish.as_of, tape)
    return value, view_on(then.tape, value, wish.as_of, str(folder))


def need_seen(desk: Desk, map_id: str, wish: Wish) -> tuple[Map, View]:
    """As `seen`. Raises TR-S003 without a log."""
    value, view = seen(desk, map_id, wish)
    if view is None:
        raise TropaError("TR-S003", folder=desk.workspace.folder.name)
    return value, view


def chosen_of(view: View, wish: Wish) -> Chosen:
    """A view with a filter over it. Raises TR-S005, TR-T001, TR-M020, TR-M021, TR-S025 (a guest's filter that means too few)."""
    from tropa.trail.filters import choose

    found = choose(view.ready, view.answers, wish.filter_in(view.ready.tape.zone))
    if wish.least:
        refuse_few(found, wish.least)
    return found


def readings_of(
    desk: Desk, value: Map, wish: Wish | None = None, *, breaks: bool = False, sensitivity: bool = False
) -> Readings | None:
    """The readings of a map as it stands; those typed by hand where there is no log; None where there are none of these either.

    Breaks are the dearest question and told only when asked for.
    """
    view = view_of(desk, value)
    return readings_in(view, value, wish or Wish(), breaks=breaks, sensitivity=sensitivity)


def readings_in(
    view: View | None, value: Map, wish: Wish, *, breaks: bool = False, sensitivity: bool = False
) -> Readings | None:
    """As `readings_of`, of a trail that was looked at already (None: there is no log)."""
    from tropa.trail.measure import readings_of as measured

    if view is None:
        return entered_readings(value)

    def make() -> Readings:
        found = chosen_of(view, wish)
        return measured(
            found.ready, found.answers, found.customers, segment=wish.segment, breaks=breaks, sensitivity=sensitivity
        )

    return _READINGS.get((view.key, wish, breaks, sensitivity), make)


def live_readings(
    desk: Desk, map_id: str, wish: Wish | None = None, *, breaks: bool = False, sensitivity: bool = False
) -> tuple[Map, Readings | None]:
    """The map and its readings, now or as of a day. What the whole map said is kept with each version of the data (R-31)."""
    wish = wish or Wish()
    if not wish.everybody or not breaks or tape_of(desk) is None:
        value, view = seen(desk, map_id, wish)
        return value, readings_in(view, value, wish, breaks=breaks, sensitivity=sensitivity)
    value = current_map(desk, map_id) if wish.as_of is None else map_as_of(desk, map_id, wish.as_of)
    zone = zone_of(desk.workspace.folder)
    counting = counting_key(value) if zone == "UTC" else f"{counting_key(value)}-{zone.replace('/', '_')}"
    at = snapshots.place(desk, map_id, counting, last_moment_of(wish.as_of or today_at(desk), zone))
    if wish.as_of is not None and (found := snapshots.find(at, sensitivity=sensitivity)) is not None:
        return value, found
    value, view = seen(desk, map_id, wish)
    readings = readings_in(view, value, wish, breaks=True, sensitivity=sensitivity)
    if readings is not None:
        snapshots.keep(at, readings, desk.clock(), sensitivity=sensitivity)
    return value, readings


@dataclass(frozen=True)
class Memory:
    """What a reading as of a day rests on: how many imports were known, events of theirs that were erased since."""

    day: date
    imports: int
    erased: int

    @property
    def reproducible(self) -> bool:
        """Whether it comes out as it came out then."""
        return self.erased == 0


def memory_of(desk: Desk, wish: Wish) -> Memory | None:
    """What the log knew on the day of a wish; None where it asks for now, or there is no log. Raises TR-S030."""
    if wish.as_of is None or tape_of(desk) is None:
        return None
    known = remembered(desk.workspace.folder, wish.as_of, tape_of(desk)).known
    return Memory(wish.as_of, known.imports, known.erased)


@dataclass(frozen=True)
class SourceFreshness:
    """Until when a source is complete. `age_days`: whole days from then to now."""

    name: str
    events: int
    first: datetime
    complete_until: datetime
    age_days: int


@dataclass(frozen=True)
class Freshness:
    """How fresh the data is. Instants of events as the clocks of the workspace's zone show them."""

    data_version: str | None
    events: int
    customers: int
    currency: str | None
    sources: tuple[SourceFreshness, ...]
    last_import: datetime | None
    zone: str = "UTC"


def freshness(desk: Desk) -> Freshness:
    """How fresh the data is; nothing of everything before the first import."""
    from tropa.trail.archive.manifest import load
    from tropa.trail.calendar import moment_in
    from tropa.trail.tape import instant

    manifest = load(Path(desk.workspace.folder / "trail"))
    now, zone = desk.clock(), zone_of(desk.workspace.folder)
    sources = tuple(
        SourceFreshness(
            one.name,
            one.events,
            moment_in(one.first, zone),
            moment_in(one.complete_until, zone),
            (now - instant(one.complete_until)).days,
        )
        for one in manifest.sources
    )
    last = datetime.fromisoformat(manifest.imports[-1].at) if manifest.imports else None
    version = manifest.version if manifest.generation else None
    return Freshness(version, manifest.events, manifest.customers, manifest.currency, sources, last, zone)
