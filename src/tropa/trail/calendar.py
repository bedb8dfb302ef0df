"""Days, weeks and months as a zone's calendar has them; instants stay µs UTC (docs/adr/0071).

A zone is its IANA name (`Europe/Moscow`); "UTC" unless a workspace says otherwise.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

import numpy as np

from tropa.trail.tape import Longs, instant

DAY = 86_400_000_000
"""µs of a day on which no clock is moved."""
LAST = 253_402_300_800_000_000
"""µs: after this no calendar of ours has a day."""
STEP = timedelta(hours=6)
"""How closely moves of the clock are looked for: two within so short a time would be missed; there never were."""
SECOND = timedelta(seconds=1)
MICRO = timedelta(microseconds=1)
Kind = Literal["week", "month"]


def moment_in(us: int, zone: str) -> datetime:
    """An instant (µs UTC) as the zone's clocks show it, aware."""
    return instant(us).astimezone(ZoneInfo(zone))


def day_in(us: int, zone: str) -> date:
    """The day that an instant (µs UTC) lies in."""
    return moment_in(us, zone).date()


def begin_of(day: date, zone: str) -> int:
    """The first instant (µs UTC) of a day; where midnight is skipped, the instant at which it is."""
    return round(datetime.combine(day, time(), ZoneInfo(zone)).timestamp()) * 1_000_000


def end_of(day: date, zone: str) -> int:
    """The first instant (µs UTC) after a day: where the next one begins; the last day there is ends with the year 9999 of UTC."""
    return LAST if day == date.max else begin_of(day + timedelta(days=1), zone)


def wall(times: Longs, zone: str) -> Longs:
    """What the zone's clocks showed at each instant: µs since 1970, as if that were UTC."""
    if zone == "UTC" or not len(times):
        return times
    moves, shifts = _moves(int(times.min()) // DAY, int(times.max()) // DAY + 1, zone)
    return np.asarray(times + shifts[np.searchsorted(moves, times, side="right")])


@lru_cache(maxsize=256)
def _moves(first: int, last: int, zone: str) -> tuple[Longs, Longs]:
    """Instants between two days (since 1970 UTC) at which clocks are moved (k, µs), and how far they are ahead in between (k + 1, µs)."""
    at, end = instant(first * DAY), instant(last * DAY)
    moves: list[int] = []
    shifts = [_ahead(at, zone)]
    while at < end:
        after = min(at + STEP, end)
        if _ahead(after, zone) != shifts[-1]:
            moves.append(_move(at, after, zone))
            shifts.append(_ahead(after, zone))
        at = after
    return np.array(moves, np.int64), np.array(shifts, np.int64)


def _ahead(at: datetime, zone: str) -> int:
    return (at.astimezone(ZoneInfo(zone)).utcoffset() or timedelta(0)) // MICRO


def _move(before: datetime, after: datetime, zone: str) -> int:
    """The first second after which the clocks are as they are `after`."""
    shift = _ahead(before, zone)
    while after - before > SECOND:
        middle = before + (after - before) // 2 // SECOND * SECOND
        before, after = (middle, after) if _ahead(middle, zone) == shift else (before, middle)
    return round(after.timestamp()) * 1_000_000


def periods(first: int, last: int, kind: Kind, zone: str = "UTC") -> tuple[Longs, tuple[str, ...]]:
    """Calendar periods that hold the instants (µs): edges (one more than periods) in µs, and names (`2026-03`, or a week's Monday)."""
    at = day_in(first, zone)
    at = at - timedelta(days=at.weekday()) if kind == "week" else at.replace(day=1)
    edges: list[int] = []
    labels: list[str] = []
    while True:
        edges.append(begin_of(at, zone))
        if edges[-1] > last:
            return np.array(edges, np.int64), tuple(labels)
        labels.append(f"{at:%Y-%m}" if kind == "month" else f"{at:%Y-%m-%d}")
        at = at + timedelta(days=7) if kind == "week" else next_month(at)


def next_month(day: date) -> date:
    """The first day of the month after."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)
