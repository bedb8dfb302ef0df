"""Instants out of whatever a column holds, as µs since 1970 UTC: whole columns at once, no loop over rows.

ISO dates are always understood, and months by their names («15 янв 2024», “Jan 15, 2024”).
Numbers with points, slashes or dashes are day–month–year, or month–day–year where the dialect says
so. A time with its own offset or zone keeps it; a naive one is in the dialect's zone, by PEP 495: a time that occurs twice when clocks
go back is the first one, a time that clocks jump over is read with the offset from before the jump.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from tropa.events.fixed import first_filled, fixed_parts
from tropa.model import TropaError

Longs = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

SECOND = 1_000_000
DAY = 86_400 * SECOND
EARLIEST, LATEST = 0, 4_102_444_800 * SECOND
"""Instants outside 1970…2099 are taken for mistakes."""

_SLICE = 1 << 16
UNITS = {"unix_s": SECOND, "unix_ms": 1_000, "unix_us": 1, "unix_ns": 1 / 1_000}
"""µs that each is long."""
_ALIASES = {"msk": "Europe/Moscow", "мск": "Europe/Moscow", "z": "UTC", "gmt": "UTC"}
_CLOCK = (
    r"(?:[T ,]+(?P<h>\d{1,2}):(?P<mi>\d{2})(?::(?P<s>\d{2})(?:[.,](?P<f>\d{1,9}))?)?"
    r"(?: ?(?P<ap>[AaPp][Mm]))?)?(?: ?(?P<z>Z|[+-]\d{2}(?::?\d{2})?|[\p{L}]+(?:/[\p{L}_]+)*))?$"
)
_ISO = r"^(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})" + _CLOCK
_DMY = r"^(?P<d>\d{1,2})[-/.](?P<m>\d{1,2})[-/.](?P<y>\d{4}|\d{2})" + _CLOCK
_MDY = r"^(?P<m>\d{1,2})[-/.](?P<d>\d{1,2})[-/.](?P<y>\d{4}|\d{2})" + _CLOCK
_YEAR_WORDED = r"(?P<y>\d{4})(?: ?(?:г\.?|года))?,?(?: (?:в|at))?"
_WORDED = r"^(?:\p{L}+\.?,? +)?(?P<d>\d{1,2})[ .-]+(?P<name>\p{L}{3,})\.?,?[ -]*" + _YEAR_WORDED + _CLOCK
_MONTH_FIRST = r"^(?:\p{L}+\.?,? +)?(?P<name>\p{L}{3,})\.? +(?P<d>\d{1,2})(?:st|nd|rd|th)?,? +" + _YEAR_WORDED + _CLOCK
_COMPACT = r"^(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?:T?(?P<h>\d{2})(?P<mi>\d{2})(?P<s>\d{2}))?$"
_MONTHS = tuple(
    tuple(forms.split())
    for forms in (
        "январь января", "февраль февраля", "март марта", "апрель апреля", "май мая", "июнь июня", "июль июля", "август августа",
        "сентябрь сентября", "октябрь октября", "ноябрь ноября", "декабрь декабря",
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
    )
)  # fmt: skip
CLOCK_ONLY = r"^(?P<h>\d{1,2}):(?P<mi>\d{2})(?::(?P<s>\d{2})(?:[.,](?P<f>\d{1,9}))?)?(?: ?(?P<ap>[AaPp][Mm]))?$"


@dataclass(frozen=True, slots=True)
class Times:
    """Parsed instants: `us` (0 where not `ok`), `ok`, and `missing` (an empty cell, as distinct from an unreadable one)."""

    us: Longs
    ok: Flags
    missing: Flags


def zone_of(name: str) -> ZoneInfo | timezone:
    """A zone by its IANA name, a common abbreviation, or an offset such as `+03:00`. Raises TR-E013."""
    if len(name) >= 3 and name[0] in "+-" and name[1:3].isdecimal():
        minutes = int(name[1:3]) * 60 + int(name[3:].lstrip(":") or 0)
        if minutes < 24 * 60:
            return timezone(timedelta(minutes=minutes if name[0] == "+" else -minutes))
    try:
        return ZoneInfo(_ALIASES.get(name.lower(), name))
    except (KeyError, ValueError, OSError) as fault:
        raise TropaError("TR-E013", name=name) from fault


def to_utc(local: Longs, zone: str) -> Longs:
    """Wall-clock µs in a zone → µs UTC. Whole days with one offset are shifted at once, days of change by the quarter hour."""
    place = zone_of(zone)
    if place is UTC or zone in ("UTC", "Etc/UTC") or not len(local):
        return local
    day = local // DAY
    first, last = int(day.min()), int(day.max())
    epoch = datetime(1970, 1, 1)  # noqa: DTZ001 - wall-clock time on purpose

    def offset(moment: datetime) -> int:
        return round((place.utcoffset(moment) or timedelta()).total_seconds() * SECOND)

    at_midnight = np.array([offset(epoch + timedelta(days=index)) for index in range(first, last + 2)], np.int64)
    out: Longs = local - at_midnight[day - first]
    for index in np.flatnonzero(np.diff(at_midnight)):
        rows = np.flatnonzero(day == first + index)
        quarter, where = np.unique(local[rows] // (900 * SECOND), return_inverse=True)
        shifts = np.array([offset(epoch + timedelta(seconds=900 * int(q))) for q in quarter], np.int64)
        out[rows] = local[rows] - shifts[where]
    return out


def parse_times(column: Any, kind: str | None, day_first: bool, zone: str) -> Times:
    """The instants of a column of any Arrow type. `kind` is `Dialect.time_format`."""
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    type_ = array.type
    missing = np.asarray(array.is_null()) if array.null_count else np.zeros(len(array), np.bool_)
    if pa.types.is_timestamp(type_) or pa.types.is_date(type_):
        return _of_typed(array, missing, zone)
    if pa.types.is_null(type_):
        return Times(np.zeros(len(array), np.int64), ~missing, missing)
    if pa.types.is_integer(type_) or pa.types.is_floating(type_) or pa.types.is_decimal(type_):
        return _of_numbers(array, missing, kind, zone)
    if not pa.types.is_string(type_):
        array = array.cast(pa.string())
    empty = np.asarray(pc.equal(array, "").fill_null(False))
    if empty.any():
        missing = missing | empty
        array = pc.if_else(pa.array(missing), None, array)
    if kind in UNITS or kind == "excel":
        return _of_digits(array, missing, kind or "", zone)
    if kind and "%" in kind:
        stamps = pc.strptime(array, format=kind, unit="us", error_is_null=True)
        parsed = _of_typed(stamps, np.asarray(stamps.is_null()), zone)
        return Times(parsed.us, parsed.ok, missing)
    return _of_text(array, missing, kind != "mdy" and day_first, zone)


def bounded(times: Times) -> Times:
    """The same with instants outside `EARLIEST`…`LATEST` no longer ok."""
    ok = times.ok & (times.us >= EARLIEST) & (times.us < LATEST)
    return times if bool((ok == times.ok).all()) else Times(np.where(ok, times.us, 0), ok, times.missing)


def _of_typed(array: Any, missing: Flags, zone: str) -> Times:
    if pa.types.is_date(array.type):
        array = array.cast(pa.timestamp("s"))
    aware = array.type.tz is not None
    micro = array.cast(pa.timestamp("us", array.type.tz), safe=False).cast(pa.int64())
    us = np.asarray(micro.fill_null(0) if micro.null_count else micro)
    return Times(us if aware else to_utc(us, zone), ~missing, missing)


def guess_unit(largest: float) -> str:
    """Seconds, ms, µs or ns since 1970 — or a day number of a spreadsheet — by the size of the numbers."""
    size = abs(largest)
    if size < 200_000:
        return "excel"
    return next((unit for unit, most in zip(UNITS, (2e10, 2e13, 2e16), strict=False) if size < most), "unix_ns")


def _of_numbers(array: Any, missing: Flags, kind: str | None, zone: str) -> Times:
    if kind in (None, "iso", "dmy", "mdy") and pa.types.is_integer(array.type):
        text = _of_text(array.cast(pa.string()), missing, True, zone)
        if text.ok.any():  # 20240131: a compact date that a reader took for a number
            return text
    unit = kind if kind in UNITS or kind == "excel" else guess_unit(pc.max(array).as_py() or 0)
    if pa.types.is_integer(array.type) and unit in UNITS:
        whole = np.asarray(array.cast(pa.int64(), safe=False).fill_null(0))
        return _whole(whole, ~missing, missing, unit)
    return _scaled(np.asarray(array.cast(pa.float64(), safe=False).fill_null(0.0)), missing, unit, zone)


def _whole(numbers: Longs, ok: Flags, missing: Flags, unit: str) -> Times:
    """Instants of whole numbers, to the last µs."""
    if unit == "unix_ns":
        return Times(np.where(ok, numbers // 1_000, 0), ok, missing)
    ok = ok & (np.abs(numbers) < (1 << 62) // int(UNITS[unit]))
    return Times(np.where(ok, numbers * int(UNITS[unit]), 0), ok, missing)


def _scaled(numbers: npt.NDArray[np.float64], missing: Flags, unit: str, zone: str) -> Times:
    ok = ~missing & np.isfinite(numbers)
    if unit == "excel":
        ok &= np.abs(numbers) < 3_000_000
        local = np.round(np.where(ok, numbers - 25_569, 0) * 86_400_000).astype(np.int64) * 1_000
        ok &= (local >= EARLIEST - DAY) & (local < LATEST + DAY)
        return Times(np.where(ok, to_utc(np.where(ok, local, 0), zone), 0), ok, missing)
    ok &= np.abs(numbers) < 9e18 / UNITS[unit]
    return Times(np.round(np.where(ok, numbers, 0) * UNITS[unit]).astype(np.int64), ok, missing)


def _of_digits(array: Any, missing: Flags, unit: str, zone: str) -> Times:
    clean = pc.replace_substring(pc.utf8_trim_whitespace(array), ",", ".")
    fits = pc.match_substring_regex(clean, r"^-?(\d{1,18}|[1-8]\d{18})(\.\d+)?$").fill_null(False)
    ok = np.asarray(fits)
    kept = pc.if_else(fits, clean, None)
    if unit in UNITS and not pc.any(pc.match_substring(kept, ".")).as_py():
        whole = np.asarray(kept.cast(pa.int64()).fill_null(0))
        return _whole(whole, ok & ~missing, missing, unit)
    return _scaled(np.asarray(kept.cast(pa.float64()).fill_null(0.0)), missing | ~ok, unit, zone)


def _of_text(array: Any, missing: Flags, day_first: bool, zone: str) -> Times:
    """Slice by slice, so that one odd cell slows only its neighbours down."""
    parts = [
        _of_slice(array.slice(at, _SLICE), missing[at : at + _SLICE], day_first, zone)
        for at in range(0, max(len(array), 1), _SLICE)
    ]
    if len(parts) == 1:
        return parts[0]
    return Times(*(np.concatenate([getattr(part, name) for part in parts]) for name in ("us", "ok", "missing")))


def _of_slice(array: Any, missing: Flags, day_first: bool, zone: str) -> Times:
    whole = _all_iso(array, missing, zone)
    if whole is not None:
        return whole
    us = np.zeros(len(array), np.int64)
    ok = np.zeros(len(array), np.bool_)
    hit, fields = fixed_parts(array, day_first)
    hit &= ~missing
    if hit.any():
        us[hit], ok[hit] = _of_numbered(fields[hit], zone)
    left = np.flatnonzero(~missing & ~hit)
    clean = pc.utf8_trim_whitespace(array) if len(left) else array
    for layout in (_ISO, _DMY if day_first else _MDY, _COMPACT, _WORDED, _MONTH_FIRST):
        if not len(left):
            break
        part = pc.extract_regex(clean.take(pa.array(left)), layout)
        hit = np.asarray(part.is_valid())
        if hit.any():
            rows = left[hit]
            us[rows], ok[rows] = _of_fields(part.filter(pa.array(hit)), zone)
            left = left[~hit]
    gone = missing.copy()
    if len(left):  # blanks only
        gone[left] = np.asarray(pc.equal(clean.take(pa.array(left)), "").fill_null(False))
    return Times(us, ok, gone)


def _all_iso(array: Any, missing: Flags, zone: str) -> Times | None:
    """The quickest way, where all cells are ISO alike. A first cell that fails spares the trying (a failing cast is slow)."""
    first = first_filled(array)
    for type_ in (pa.timestamp("us"), pa.timestamp("us", "UTC")):
        try:
            pa.array([first]).cast(type_)
            stamps = array.cast(type_)
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
            continue
        us = np.asarray(stamps.cast(pa.int64()).fill_null(0))
        return Times(np.where(missing, 0, to_utc(us, zone) if type_.tz is None else us), ~missing, missing)
    return None


def _of_numbered(fields: Any, zone: str) -> tuple[Longs, Flags]:
    """Instants of rows of six numbers (year … second), and which of them are real dates and times of day."""
    year, month, day, hour, minute, second = (fields[:, at].astype(np.int64) for at in range(6))
    begin, ok = _days(year, month, day)
    ok &= (hour < 24) & (minute < 60) & (second < 61)
    local = np.where(ok, begin * DAY + ((hour * 60 + minute) * 60 + second) * SECOND, 0)
    return to_utc(local, zone), ok


def _days(year: Longs, month: Longs, day: Longs) -> tuple[Longs, Flags]:
    """Days since 1970, and which dates exist."""
    ok = (month >= 1) & (month <= 12) & (day >= 1) & (year >= 1) & (year <= 9998)
    months = (np.where(ok, year, 1970) - 1970) * 12 + np.where(ok, month, 1) - 1
    start = months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    after = (months + 1).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    ok &= day <= after - start
    return start + day - 1, ok


def _field(parts: Any, name: str, fallback: int = 0) -> Longs:
    if parts.type.get_field_index(name) < 0:
        return np.full(len(parts), fallback, np.int64)
    text = pc.struct_field(parts, name)
    text = pc.if_else(pc.equal(text, ""), str(fallback), text).fill_null(str(fallback))
    return np.asarray(text.cast(pa.int64()))


def _month(names: Any) -> Longs:
    """The months that words name (in full or shortened, in Russian or English); 0 where a word names none."""
    coded = pc.dictionary_encode(pc.utf8_lower(names))
    found = [
        next((at % 12 + 1 for at, forms in enumerate(_MONTHS) if any(form.startswith(word) for form in forms)), 0)
        for word in coded.dictionary.to_pylist()
    ]
    months: Longs = np.array([*found, 0], np.int64)[np.asarray(coded.indices)]
    return months


def _of_fields(parts: Any, zone: str) -> tuple[Longs, Flags]:
    year, day = _field(parts, "y"), _field(parts, "d")
    month = _field(parts, "m") if parts.type.get_field_index("m") >= 0 else _month(pc.struct_field(parts, "name"))
    year = np.where(year < 69, year + 2000, np.where(year < 100, year + 1900, year))
    begin, ok = _days(year, month, day)
    clock, clock_ok = of_clock(parts)
    ok &= clock_ok
    local = np.where(ok, begin * DAY + clock, 0)
    if parts.type.get_field_index("z") < 0:
        return to_utc(local, zone), ok
    return _zoned(local, ok, pc.struct_field(parts, "z"), zone)


def of_clock(parts: Any) -> tuple[Longs, Flags]:
    """Time of day (µs) of the groups h, mi, s, f, ap."""
    hour, minute, second = (_field(parts, name) for name in ("h", "mi", "s"))
    ok = (minute < 60) & (second < 61)
    micro = np.zeros(len(parts), np.int64)
    if parts.type.get_field_index("f") >= 0:
        digits = pc.struct_field(parts, "f").fill_null("")
        if pc.any(pc.not_equal(digits, "")).as_py():
            micro = np.asarray(pc.utf8_slice_codeunits(pc.utf8_rpad(digits, 6, "0"), 0, 6).cast(pa.int64()))
    if parts.type.get_field_index("ap") >= 0:
        half = pc.utf8_lower(pc.struct_field(parts, "ap")).fill_null("")
        after_noon, before = np.asarray(pc.equal(half, "pm")), np.asarray(pc.equal(half, "am"))
        ok &= ~(after_noon | before) | ((hour >= 1) & (hour <= 12))
        hour = np.where(after_noon & (hour < 12), hour + 12, np.where(before & (hour == 12), 0, hour))
    ok &= hour < 24
    return ((hour * 60 + minute) * 60 + second) * SECOND + micro, ok


def _zoned(local: Longs, ok: Flags, zones: Any, zone: str) -> tuple[Longs, Flags]:
    coded = pc.dictionary_encode(zones.fill_null(""))
    codes = np.asarray(coded.indices)
    out = local.copy()
    for index, name in enumerate(coded.dictionary.to_pylist()):
        rows = codes == index
        try:
            out[rows] = to_utc(local[rows], name or zone)
        except TropaError:
            ok = ok & ~rows
    return out, ok


def parse_clock(column: Any) -> tuple[Longs, Flags]:
    """Times of day (µs) of a column; an empty cell is midnight, an unreadable one is not ok."""
    array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if pa.types.is_time(array.type):
        whole = array.cast(pa.time64("us")).cast(pa.int64()).fill_null(0)
        return np.asarray(whole), np.ones(len(array), np.bool_)
    text = pc.utf8_trim_whitespace(array.cast(pa.string())).fill_null("")
    parts = pc.extract_regex(text, CLOCK_ONLY)
    hit = np.asarray(parts.is_valid())
    clock = np.zeros(len(array), np.int64)
    ok = np.asarray(pc.equal(text, ""))
    if hit.any():
        rows = np.flatnonzero(hit)
        clock[rows], good = of_clock(parts.filter(pa.array(hit)))
        ok = ok.copy()
        ok[rows] = good
    return clock, ok
