"""Days, weeks and months of a zone's own calendar, held against the standard library instant by instant (R-25, R-27, R-42)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tropa.trail.calendar import begin_of, day_in, moment_in, periods, wall
from tropa.trail.measures.exposures import _times

ZONES = (
    "UTC",
    "Europe/Moscow",
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "America/Santiago",
    "Asia/Tehran",
)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def us(moment: datetime) -> int:
    return (moment - EPOCH) // timedelta(microseconds=1)


MOMENTS = st.integers(us(datetime(2005, 1, 1, tzinfo=UTC)), us(datetime(2027, 1, 1, tzinfo=UTC)))


@settings(deadline=None)
@given(st.lists(MOMENTS, min_size=1, max_size=30), st.sampled_from(ZONES))
def test_the_clock_on_the_wall_is_the_standard_library_s(times: list[int], zone: str) -> None:
    """R-25: every instant by itself, also those around moves of the clock."""
    shown = [(EPOCH + timedelta(microseconds=one)).astimezone(ZoneInfo(zone)).replace(tzinfo=UTC) for one in times]
    assert wall(np.array(times, np.int64), zone).tolist() == [us(one) for one in shown]


@pytest.mark.parametrize("zone", ZONES)
def test_moves_of_the_clock_are_found_to_the_second(zone: str) -> None:
    """R-25: before and after each hour of a year in which many zones moved theirs."""
    hours = us(datetime(2010, 1, 1, tzinfo=UTC)) + np.arange(0, 366 * 24, dtype=np.int64) * 3_600_000_000
    times = np.sort(np.concatenate([hours - 1, hours]))
    shown = [moment_in(int(one), zone).replace(tzinfo=UTC) for one in times]
    assert wall(times, zone).tolist() == [us(one) for one in shown]


@settings(deadline=None)
@given(MOMENTS, st.integers(0, 400 * 86_400_000_000), st.sampled_from(ZONES), st.sampled_from(("week", "month")))
def test_periods_hold_the_days_of_the_zone(first: int, length: int, zone: str, kind: str) -> None:
    """R-27: each instant lies in the period of the day that its own clocks show; the last is the last one needed."""
    last = first + length
    edges, names = periods(first, last, "week" if kind == "week" else "month", zone)
    assert len(edges) == len(names) + 1
    assert edges[0] <= first
    assert edges[-2] <= last < edges[-1]
    for at in (first, (first + last) // 2, last):
        day = day_in(at, zone)
        named = day - timedelta(days=day.weekday()) if kind == "week" else day.replace(day=1)
        told = names[int(np.searchsorted(edges, at, side="right")) - 1]
        assert told == (f"{named:%Y-%m-%d}" if kind == "week" else f"{named:%Y-%m}")


def test_times_of_day_are_the_zones() -> None:
    """R-25: «at night» is night on the shop's clocks; a Sunday there may be a Saturday in Greenwich."""
    moments = us(datetime(2026, 1, 3, 20, tzinfo=UTC)) + np.arange(0, 60, dtype=np.int64) * 3_600_000_000
    for zone in ZONES:
        told = dict(_times(np.stack([moments, moments, moments]), zone))
        shown = [moment_in(int(one), zone) for one in moments]
        assert told["time:night"].tolist() == [one.hour < 6 for one in shown]
        assert told["time:evening"].tolist() == [one.hour >= 18 for one in shown]
        assert told["time:weekend"].tolist() == [one.weekday() >= 5 for one in shown]


def test_without_a_zone_days_are_those_of_greenwich() -> None:
    """R-27: so published cohorts come out as they were published."""
    edges, names = periods(us(datetime(2026, 1, 31, 23, tzinfo=UTC)), us(datetime(2026, 2, 1, tzinfo=UTC)), "month")
    assert names == ("2026-01", "2026-02")
    assert edges[1] == us(datetime(2026, 2, 1, tzinfo=UTC))
    moscow, told = periods(
        us(datetime(2026, 1, 31, 23, tzinfo=UTC)), us(datetime(2026, 2, 1, tzinfo=UTC)), "month", "Europe/Moscow"
    )
    assert told == ("2026-02",)
    assert moscow[0] == us(datetime(2026, 1, 31, 21, tzinfo=UTC))


def test_a_day_without_a_midnight_begins_when_its_clocks_do() -> None:
    """R-27: in Santiago on 5 September 2021 clocks went from 23:59 to 1:00."""
    begin = begin_of(date(2021, 9, 5), "America/Santiago")
    assert [day_in(begin - 1, "America/Santiago"), day_in(begin, "America/Santiago")] == [
        date(2021, 9, 4),
        date(2021, 9, 5),
    ]
    for zone in ZONES:
        day = date(2026, 3, 29)
        assert day_in(begin_of(day, zone), zone) == day
        assert day_in(begin_of(day, zone) - 1, zone) == day - timedelta(days=1)
