"""R-20: instants out of every spelling that Excel, programs and Russian exports use."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tropa.events.times import parse_clock, parse_times, to_utc, zone_of
from tropa.model import TropaError


def utc(text: str, day_first: bool = True, zone: str = "UTC", kind: str | None = None) -> str | None:
    """The instant of one cell, or None where it cannot be read."""
    times = parse_times(pa.chunked_array([[text, "not a date"]]), kind, day_first, zone)
    if not times.ok[0]:
        return None
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=int(times.us[0]))).isoformat()[:-6]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-01-02", "2024-01-02T00:00:00"),
        ("2024-01-02 03:04", "2024-01-02T03:04:00"),
        ("15 янв 2024", "2024-01-15T00:00:00"),
        ("15 янв. 2024 г., 12:30", "2024-01-15T12:30:00"),
        ("15 января 2024 г. 12:30", "2024-01-15T12:30:00"),
        ("15 мая 2024 года в 9:05", "2024-05-15T09:05:00"),
        ("1 сент. 2024", "2024-09-01T00:00:00"),
        ("15 Jan 2024", "2024-01-15T00:00:00"),
        ("15-JUN-2024 12:30:15", "2024-06-15T12:30:15"),
        ("Jul 15, 2024 3:05 PM", "2024-07-15T15:05:00"),
        ("January 15th, 2024 at 3:05 pm", "2024-01-15T15:05:00"),
        ("Mon, 15 Jan 2024 12:30:00 +0300", "2024-01-15T09:30:00"),
        ("31 февраля 2024", None),
        ("15 мартини 2024", None),
        ("15 кг 2024", None),
        ("2024-01-02T03:04:05.25", "2024-01-02T03:04:05.250000"),
        ("2024-01-02T03:04:05,123456789", "2024-01-02T03:04:05.123456"),
        ("2024-01-02T03:04:05Z", "2024-01-02T03:04:05"),
        ("2024-01-02T03:04:05+03:00", "2024-01-02T00:04:05"),
        ("2024-01-02 03:04:05+0300", "2024-01-02T00:04:05"),
        ("2024-01-02 03:04:05 Europe/Moscow", "2024-01-02T00:04:05"),
        ("2024-01-02 03:04 МСК", "2024-01-02T00:04:00"),
        ("31.12.2023", "2023-12-31T00:00:00"),
        ("31.12.2023 23:59", "2023-12-31T23:59:00"),
        ("1.2.2024 9:05:07", "2024-02-01T09:05:07"),
        ("01.02.24", "2024-02-01T00:00:00"),
        ("01/02/2024", "2024-02-01T00:00:00"),
        ("01.02.2024, 10:20", "2024-02-01T10:20:00"),
        ("20240131", "2024-01-31T00:00:00"),
        ("20240131T101112", "2024-01-31T10:11:12"),
        ("  2024-01-02 ", "2024-01-02T00:00:00"),
        ("29.02.2024", "2024-02-29T00:00:00"),
        ("29.02.2023", None),
        ("2024-13-01", None),
        ("32.01.2024", None),
        ("31.12.2023 24:01", None),
        ("31.12.2023 10:60", None),
        ("2024-01-02 03:04 Mars/Base", None),
        ("yesterday", None),
    ],
)
def test_spellings(text: str, expected: str | None) -> None:
    """R-20: each spelling, next to a cell that cannot be read."""
    assert utc(text) == expected


def test_month_first_with_half_days() -> None:
    """R-20: American exports."""
    assert utc("1/15/2024 3:05:00 PM", day_first=False) == "2024-01-15T15:05:00"
    assert utc("1/15/2024 12:05 AM", day_first=False) == "2024-01-15T00:05:00"
    assert utc("15/1/2024", day_first=False) is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("1704164645", "unix_s"),
        ("1704164645000", "unix_ms"),
        ("1704164645000000", "unix_us"),
        ("1704164645000000000", "unix_ns"),
        ("1704164645.0", "unix_s"),
    ],
)
def test_unix_units(text: str, kind: str) -> None:
    """R-20: seconds, milliseconds, microseconds, nanoseconds since 1970; also as numbers, and told by their size."""
    assert utc(text, kind=kind) == "2024-01-02T03:04:05"
    for numbers in (pa.array([int(float(text))]), pa.array([float(text)])):
        assert parse_times(numbers, None, True, "UTC").us.tolist() == [1_704_164_645_000_000]
    assert utc("9999999999999999999", kind=kind) is None


def test_day_numbers_of_spreadsheets() -> None:
    """R-20: 45293.5 is noon of 2 January 2024; the comma serves too."""
    assert utc("45293.5", kind="excel") == "2024-01-02T12:00:00"
    assert utc("45293,25", kind="excel") == "2024-01-02T06:00:00"
    assert utc("nan", kind="excel") is None


def test_own_pattern() -> None:
    """R-20: a pattern that the user gives."""
    assert utc("02|01|2024", kind="%d|%m|%Y") == "2024-01-02T00:00:00"


def test_clocks_that_jump() -> None:
    """R-20: a time that never was is read with the offset before the jump, a time that was twice is the first (PEP 495)."""
    assert utc("2024-03-31 02:30", zone="Europe/Berlin") == "2024-03-31T01:30:00"
    assert utc("2024-10-27 02:30", zone="Europe/Berlin") == "2024-10-27T00:30:00"
    assert utc("2024-10-27 03:30", zone="Europe/Berlin") == "2024-10-27T02:30:00"


@settings(max_examples=150)
@given(
    st.lists(st.datetimes(datetime(1971, 1, 1), datetime(2037, 1, 1)), min_size=1, max_size=20),
    st.sampled_from(
        ["Europe/Moscow", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "UTC"]
    ),
)
def test_zones_agree_with_zoneinfo(moments: list[datetime], zone: str) -> None:
    """R-20: shifting whole days at once is the same as asking zoneinfo for each instant."""
    epoch = datetime(1970, 1, 1)
    local = np.array([(moment - epoch) // timedelta(microseconds=1) for moment in moments], np.int64)
    expected = [
        (moment.replace(tzinfo=ZoneInfo(zone), fold=0) - epoch.replace(tzinfo=UTC)) // timedelta(microseconds=1)
        for moment in moments
    ]
    assert to_utc(local, zone).tolist() == expected


@settings(max_examples=150)
@given(st.datetimes(datetime(1971, 1, 1), datetime(2098, 1, 1)), st.booleans())
def test_what_is_written_is_read(moment: datetime, russian: bool) -> None:
    """R-20: every instant comes back from its spelling, alone (fast way) or beside an unreadable cell (general way)."""
    whole = moment.replace(microsecond=0)
    text = whole.strftime("%d.%m.%Y %H:%M:%S") if russian else whole.isoformat(sep=" ")
    alone = parse_times(pa.chunked_array([[text]]), None, True, "UTC")
    assert alone.ok[0]
    assert utc(text) == whole.isoformat()
    assert int(alone.us[0]) == (whole - datetime(1970, 1, 1)) // timedelta(microseconds=1)


def test_typed_columns() -> None:
    """R-20: what a Parquet file says is a time is believed; naive ones are in the plan's zone."""
    noon = datetime(2024, 7, 1, 12)
    naive = parse_times(pa.chunked_array([pa.array([noon, None], pa.timestamp("ms"))]), None, True, "Europe/Moscow")
    assert naive.us[0] == (noon - datetime(1970, 1, 1)) // timedelta(microseconds=1) - 3 * 3_600_000_000
    assert naive.missing.tolist() == [False, True]
    aware = parse_times(
        pa.chunked_array([pa.array([noon.replace(tzinfo=UTC)], pa.timestamp("us", "Asia/Tokyo"))]),
        None,
        True,
        "Europe/Moscow",
    )
    assert aware.us[0] == (noon - datetime(1970, 1, 1)) // timedelta(microseconds=1)
    numbers = parse_times(pa.chunked_array([pa.array([1_704_164_645], pa.int64())]), None, True, "UTC")
    assert numbers.us[0] == 1_704_164_645_000_000


def test_times_of_day() -> None:
    """R-20: date and time in two columns."""
    clock, ok = parse_clock(pa.chunked_array([["9:05", "23:59:59", "", "25:00", "noon"]]))
    assert ok.tolist() == [True, True, True, False, False]
    assert clock[:3].tolist() == [32_700_000_000, 86_399_000_000, 0]


def test_unknown_zone_is_said() -> None:
    """R-20: TR-E013."""
    with pytest.raises(TropaError) as caught:
        zone_of("Europe/Moskva")
    assert caught.value.code == "TR-E013"


def test_slices_do_not_show() -> None:
    """R-20: a long column with odd cells here and there is read as each of its cells is."""
    texts = ["2024-01-02 03:04:05", "31.12.2023", "2024-01-02T03:04:05.5Z", "", "soon", "1.2.2024 9:05"]
    column = pa.chunked_array(
        [[texts[(index * 7919) % len(texts)] if index % 70_001 else "odd" for index in range(150_000)]]
    )
    long = parse_times(column, None, True, "Europe/Moscow")
    for index in [*range(0, 150_000, 1_237), 70_001, 140_002]:
        one = parse_times(pa.chunked_array([[column[index].as_py(), "x"]]), None, True, "Europe/Moscow")
        assert (long.us[index], long.ok[index], long.missing[index]) == (one.us[0], one.ok[0], one.missing[0]), column[
            index
        ]
