"""What the content of a column looks like, from a sample of its cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tropa.events.identity import normalise_emails, normalise_phones
from tropa.events.numerals import parse_numbers
from tropa.events.times import CLOCK_ONLY, guess_unit, parse_times

_NULLS = pa.array(["", "null", "NULL", "None", "nan", "NaN", "\\N", "#N/A", "n/a", "N/A"])
_SLASHED = r"^(?P<a>\d{1,2})[/-](?P<b>\d{1,2})[/-](?:\d{4}|\d{2})\b"
_DATE_SHAPED = (
    r"^\s*(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](\d{4}|\d{2})"
    r"|(\p{L}+\.?,? +)?(\d{1,2}[ .-]+\p{L}{3,9}|\p{L}{3,9}\.? +\d{1,2}(st|nd|rd|th)?)[.,]?[ -]*\d{4})(\D|$)"
)
_PHONE_SHAPED = (
    r"^\s*(\+\d[\d\s()\-.]{8,20}\d|\d{0,3}[\s-]*\(\d{3,5}\)[\d\s-]{5,12}"
    r"|[78]?\s?9\d{2}[\s-]?\d{3}[\s-]?\d{2}[\s-]?\d{2}(\.0)?)\s*$"
)


@dataclass(frozen=True, slots=True)
class Profile:
    """Shares are of the cells that are filled; `filled` is of all cells of the sample."""

    name: str
    rows: int
    filled: float
    distinct: int
    """Different values among the filled cells."""
    unique: float
    """`distinct` over the filled cells."""
    typed: str
    """text, number, time, other: what the file itself says the column is."""
    dates: float
    clocks: float
    numbers: float
    whole: float
    low: float
    high: float
    phones: float
    emails: float
    length: float
    """Mean length of the texts."""
    spaces: float
    unit: str | None
    """Unit of instants written as numbers, if they can be such."""
    slash: str | None
    """`dmy`, `mdy` or `ambiguous` for dates with slashes or dashes."""
    samples: tuple[str, ...]
    values: tuple[str, ...]
    """Up to 200 of the different values."""


def profile(name: str, column: Any, decimal: str) -> Profile:
    """The profile of one column of a sample (any Arrow type)."""
    rows = len(column)
    typed = _typed(column.type)
    text = column
    if pa.types.is_dictionary(text.type):
        text = text.cast(text.type.value_type)
    if not pa.types.is_string(text.type):
        from tropa.events.bad import as_text

        text = as_text(text if isinstance(text, pa.ChunkedArray) else pa.chunked_array([text]))
    text = text.combine_chunks() if isinstance(text, pa.ChunkedArray) else text
    keep = pc.and_(pc.is_valid(text), pc.invert(pc.is_in(text, value_set=_NULLS)))
    full = text.filter(keep)
    typed_full = column.filter(keep)
    n = len(full)
    different = pc.unique(full)
    values = tuple(str(cell) for cell in different.slice(0, 200).to_pylist())
    if n == 0:
        return Profile(name, rows, 0.0, 0, 0.0, typed, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, None, None, (), ())
    numbers = parse_numbers(typed_full if typed == "number" else full, decimal)
    good = numbers.values[numbers.ok]
    low, high = (float(good.min()), float(good.max())) if len(good) else (0.0, 0.0)
    shaped = pc.match_substring_regex(full, _DATE_SHAPED)
    dates = 1.0 if typed == "time" else 0.0
    if typed != "time" and pc.any(shaped).as_py():
        dates = float(parse_times(full.filter(shaped), None, True, "UTC").ok.sum()) / n
        other = float(parse_times(full.filter(shaped), None, False, "UTC").ok.sum()) / n
        dates = max(dates, other)
    lengths = np.asarray(pc.utf8_length(full))
    return Profile(
        name=name,
        rows=rows,
        filled=n / max(rows, 1),
        distinct=len(different),
        unique=len(different) / n,
        typed=typed,
        dates=dates,
        clocks=_share(pc.match_substring_regex(full, CLOCK_ONLY)),
        numbers=float(numbers.ok.sum()) / n if typed != "time" else 0.0,
        whole=float((good == np.rint(good)).sum()) / n if typed != "time" else 0.0,
        low=low,
        high=high,
        phones=_phones(full),
        emails=_share(pc.is_valid(normalise_emails(full))) if pc.any(pc.match_substring(full, "@")).as_py() else 0.0,
        length=float(lengths.mean()),
        spaces=_share(pc.match_substring(pc.utf8_trim_whitespace(full), " ")),
        unit=_unit(low, high, float(numbers.ok.mean())),
        slash=_slash(full),
        samples=tuple(values[:3]),
        values=values,
    )


def _typed(type_: Any) -> str:
    if pa.types.is_dictionary(type_):
        type_ = type_.value_type
    if pa.types.is_timestamp(type_) or pa.types.is_date(type_):
        return "time"
    if pa.types.is_integer(type_) or pa.types.is_floating(type_) or pa.types.is_decimal(type_):
        return "number"
    return "text" if pa.types.is_string(type_) or pa.types.is_large_string(type_) else "other"


def _share(flags: Any) -> float:
    return float(np.asarray(flags.fill_null(False)).mean()) if len(flags) else 0.0


def _phones(full: Any) -> float:
    shaped = pc.match_substring_regex(full, _PHONE_SHAPED)
    if _share(shaped) < 0.3:
        return 0.0
    some = full.filter(shaped).slice(0, 300)
    return _share(shaped) * _share(pc.is_valid(normalise_phones(some)))


def _unit(low: float, high: float, share: float) -> str | None:
    """Instants between 2000 and 2060, or day numbers of a spreadsheet in the same span."""
    if share < 0.9 or low <= 0:
        return None
    unit = guess_unit(high)
    scale = {"unix_s": 1.0, "unix_ms": 1e3, "unix_us": 1e6, "unix_ns": 1e9}.get(unit)
    if scale is None:
        return "excel" if low >= 36_526 and high <= 58_500 else None
    return unit if low / scale >= 946_684_800 and high / scale <= 2_840_140_800 else None


def _slash(full: Any) -> str | None:
    parts = pc.extract_regex(full, _SLASHED).drop_null()
    if not len(parts):
        return None
    first = pc.max(pc.struct_field(parts, "a").cast(pa.int32())).as_py()
    second = pc.max(pc.struct_field(parts, "b").cast(pa.int32())).as_py()
    return "dmy" if first > 12 >= second else "mdy" if second > 12 >= first else "ambiguous"
