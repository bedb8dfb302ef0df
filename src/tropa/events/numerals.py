"""Numbers as people and programs write them: `1 234,50 ₽`, `1,234.50`, `(12.00)`, `1e3`. Whole columns at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Flags = npt.NDArray[np.bool_]

_PLAIN = r"^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?$"
_DRESS = (
    r"[\s\x{00a0}\x{202f}\x{2009}\x{2007}'’_]|(?i:руб(лей|ля|ль)?\.?|р\.|rub|usd|eur|gbp|kzt|byn|тг\.?|тенге)"
    r"|[₽$€£¥₸₴%]|р$|\?$"
)
"""What amounts are dressed in. A question mark at the end is a ₽ that an export in cp1251, which has none, could not write."""
CURRENCIES = {
    "₽": "RUB", "руб": "RUB", "rub": "RUB", "rur": "RUB", "р.": "RUB", "$": "USD", "usd": "USD", "€": "EUR", "eur": "EUR",
    "£": "GBP", "gbp": "GBP", "₸": "KZT", "kzt": "KZT", "тенге": "KZT", "byn": "BYN", "₴": "UAH",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Numbers:
    """Parsed numbers: `values` (0 where not `ok`), `ok`, and `missing` (an empty cell)."""

    values: npt.NDArray[np.float64]
    ok: Flags
    missing: Flags


def parse_numbers(column: Any, decimal: str) -> Numbers:
    """The numbers of a column of any Arrow type. `decimal` is the sign before the fraction; the other one groups thousands."""
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    missing = np.asarray(array.is_null()) if array.null_count else np.zeros(len(array), np.bool_)
    type_ = array.type
    if pa.types.is_null(type_):
        return Numbers(np.zeros(len(array)), ~missing, missing)
    if pa.types.is_string(type_) or pa.types.is_large_string(type_):
        return _of_text(array, missing, decimal)
    if not (pa.types.is_integer(type_) or pa.types.is_floating(type_) or pa.types.is_decimal(type_)):
        return Numbers(np.zeros(len(array)), missing & False, missing)
    numbers = array if type_ == pa.float64() else array.cast(pa.float64(), safe=False)
    values = np.asarray(numbers.fill_null(0.0) if numbers.null_count else numbers)
    absent = np.isnan(values)
    if absent.any():
        missing, values = missing | absent, np.where(absent, 0.0, values)
    ok = ~missing & np.isfinite(values)
    return Numbers(values, ok, missing)


def _of_text(array: Any, missing: Flags, decimal: str) -> Numbers:
    empty = np.asarray(pc.equal(array, "").fill_null(False))
    if empty.any():
        missing = missing | empty
        array = pc.if_else(pa.array(missing), None, array)
    if decimal == ".":
        try:
            values = np.asarray(array.cast(pa.float64()).fill_null(0.0))
        except pa.ArrowInvalid:
            pass
        else:
            if np.isfinite(values).all():
                return Numbers(values, ~missing, missing)
    clean, fits = _simple(array, decimal)
    values = np.asarray(pc.if_else(fits, clean, None).cast(pa.float64()).fill_null(0.0))
    ok = np.asarray(fits)
    rest = np.flatnonzero(~ok & ~missing)
    if not len(rest):
        return Numbers(values, ok, missing)
    values, ok, missing = values.copy(), ok.copy(), missing.copy()
    odd = array.take(pa.array(rest))
    clean = undressed(odd, decimal)
    fits = pc.match_substring_regex(clean, _PLAIN).fill_null(False)
    missing[rest] = np.asarray(pc.is_in(pc.utf8_lower(pc.utf8_trim_whitespace(odd)), pa.array(_NOTHING)))
    values[rest] = np.asarray(pc.if_else(fits, clean, None).cast(pa.float64()).fill_null(0.0))
    ok[rest] = np.asarray(fits)
    ok &= ~missing & np.isfinite(values)
    return Numbers(np.where(ok, values, 0.0), ok, missing)


def _simple(array: Any, decimal: str) -> tuple[Any, Any]:
    """Numbers with no more than spaces between the thousands, the quick way: cells with a point as decimal sign, and which are such."""
    clean = array
    for space in (" ", "\u00a0", "\u202f"):
        clean = pc.replace_substring(clean, space, "")
    plain = r"^[+-]?\d{1,15}(,\d*)?$" if decimal == "," else r"^[+-]?\d{1,15}(\.\d*)?$"
    fits = pc.match_substring_regex(clean, plain).fill_null(False)
    return (pc.replace_substring(clean, ",", ".") if decimal == "," else clean), fits


_NOTHING = ["", "-", "—", "–", "null", "none", "nan", "na", "n/a", "\\n", "#n/a"]


def undressed(array: Any, decimal: str) -> Any:
    """Number texts with spaces, currency signs and thousands marks taken off and a point before the fraction."""
    clean = pc.replace_substring_regex(array, _DRESS, "")
    clean = pc.replace_substring_regex(clean, r"^[−–—]", "-")
    clean = pc.replace_substring_regex(clean, r"^\((.*)\)$", r"-\1")
    if decimal == ",":
        clean = pc.replace_substring_regex(clean, r"^([+-]?\d{1,3})\.(\d{3})((?:\.\d{3})*)(,\d*)?$", r"\1\2\3\4")
        grouped = pc.match_substring_regex(clean, r"^[+-]?\d+(\.\d{3})+(,\d*)?$")
        clean = pc.if_else(grouped, pc.replace_substring(clean, ".", ""), clean)
        return pc.replace_substring(clean, ",", ".")
    grouped = pc.match_substring_regex(clean, r"^[+-]?\d{1,3}(,\d{3})+(\.\d*)?$")
    clean = pc.if_else(grouped, pc.replace_substring(clean, ",", ""), clean)
    lone_comma = pc.match_substring_regex(clean, r"^[+-]?\d+,\d{1,2}$")
    return pc.if_else(lone_comma, pc.replace_substring(clean, ",", "."), clean)


def minor_units(numbers: Numbers) -> tuple[npt.NDArray[np.int64], Flags]:
    """Hundredths of the currency, rounded half to even; what does not fit 53 bits is not ok."""
    scaled = np.rint(numbers.values * 100.0)
    ok = numbers.ok & (np.abs(scaled) < 9e15)
    return np.where(ok, scaled, 0.0).astype(np.int64), ok


def currency_in(samples: list[str]) -> str | None:
    """The currency that amounts are written with, if they all agree on one."""
    found = {code for text in samples for sign, code in CURRENCIES.items() if sign in text.lower()}
    return found.pop() if len(found) == 1 else None
