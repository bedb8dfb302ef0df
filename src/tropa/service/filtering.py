"""What a map's figures can be filtered by: channels, the days that the log covers, the days as of which one can ask (R-23, R-31).

Counts of the whole log and no customer's own, so whoever may read the map may know them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

import numpy as np

from tropa.model.access import Actor, Right
from tropa.service.answering import Wish, chosen_of, need_seen, tape_of
from tropa.service.desk import Desk
from tropa.service.settings import zone_of

MOST_CHANNELS = 60


@dataclass(frozen=True)
class Choices:
    """Channels with their events, the busiest first; the first and the last day of the log; the first day on which anything was known."""

    channels: tuple[tuple[str, int], ...] = ()
    first: date | None = None
    last: date | None = None
    known_from: date | None = None
    zone: str = "UTC"
    """Whose days they are."""


def choices(desk: Desk, who: Actor, map_id: str) -> Choices:
    """What there is to choose from; nothing of everything without a log. Raises TR-A003 for a map that is not there."""
    from tropa.trail.archive.manifest import load
    from tropa.trail.calendar import day_in

    who.require(Right.READ, map_id)
    desk.living.row(desk, map_id)
    tape = tape_of(desk)
    if tape is None or not tape.sources:
        return Choices(zone=zone_of(desk.workspace.folder))
    zone = tape.zone
    counts = np.bincount(tape.channel.codes, minlength=len(tape.channel.names))
    busiest = [int(code) for code in np.argsort(-counts, kind="stable") if code and counts[code]]
    imports = load(desk.workspace.folder / "trail").imports
    return Choices(
        channels=tuple((tape.channel.names[code], int(counts[code])) for code in busiest[:MOST_CHANNELS]),
        first=day_in(min(one.first for one in tape.sources), zone),
        last=day_in(max(one.complete_until for one in tape.sources), zone),
        known_from=datetime.fromisoformat(imports[0].at).astimezone(ZoneInfo(zone)).date() if imports else None,
        zone=zone,
    )


@dataclass(frozen=True)
class Fitting:
    """How many customers a filter means, of all."""

    customers: int
    all: int


def fitting(desk: Desk, who: Actor, map_id: str, wish: Wish) -> Fitting:
    """How many customers a filter means. Raises TR-S003 without a log, TR-S005, TR-T001, TR-M020, TR-M021."""
    who.require(Right.READ, map_id)
    _, view = need_seen(desk, map_id, wish)
    chosen = chosen_of(view, wish).customers
    return Fitting(int(np.count_nonzero(chosen)), len(chosen))
