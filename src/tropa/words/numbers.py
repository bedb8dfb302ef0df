"""Numbers, money and dates as people write them in Russian and English."""

from __future__ import annotations

from datetime import date, datetime
from math import floor, isfinite, log10

from babel.dates import format_date, get_timezone_location
from babel.numbers import get_currency_symbol

THIN, NBSP, MINUS = "\u202f", "\u00a0", "\u2212"


def integer(value: float, lang: str) -> str:
    """Thousands apart: narrow no-break spaces in Russian commas in English."""
    whole = round(value)
    digits = f"{abs(whole):,}"
    if lang == "ru":
        digits = digits.replace(",", THIN)
    return f"{MINUS if whole < 0 else ''}{digits}"


def decimal(value: float, lang: str, digits: int | None = None) -> str:
    """A decimal number; without `digits`, up to two places and no trailing zeros."""
    if not isfinite(value):
        return "—"
    text = f"{abs(value):.{2 if digits is None else digits}f}"
    if digits is None:
        text = text.rstrip("0").rstrip(".")
    whole, _, rest = text.partition(".")
    text = integer(int(whole), lang) + (("," if lang == "ru" else ".") + rest if rest else "")
    return f"{MINUS if value < 0 and any(sign in text for sign in '123456789') else ''}{text}"


def percent(share: float, lang: str, digits: int | None = None) -> str:
    """A share as per cent: one place, two below 1 %, none for 0 and 100."""
    hundred = share * 100
    if digits is None:
        digits = 0 if hundred in (0.0, 100.0) else 2 if 0 < abs(hundred) < 1 else 1
    return decimal(hundred, lang, digits) + (f"{NBSP}%" if lang == "ru" else "%")


_SCALES = {"ru": ((1e9, "млрд"), (1e6, "млн"), (1e3, "тыс.")), "en": ((1e9, "B"), (1e6, "M"), (1e3, "K"))}


def money(value: float, currency: str | None, lang: str, *, sign: bool = False) -> str:
    """Money in two or three figures: «1,9 млн ₽», “£1.9M”. `sign` writes a plus before gains."""
    size = abs(value)
    factor, scale = next(((f, s) for f, s in _SCALES[lang] if size >= f), (1.0, ""))
    scaled = size / factor
    places = (
        0
        if scale == "" and size >= 10
        else max(0, 1 - floor(log10(scaled)))
        if scaled >= 1
        else 0
        if scaled == 0
        else 1
    )
    text = decimal(scaled, lang, places)
    if scale and places and text[-2:] in (",0", ".0"):
        text = text[:-2]
    mark = MINUS if value < 0 and float(f"{value:.6f}") != 0 else "+" if sign and value > 0 else ""
    if currency is None:
        return f"{mark}{text}{NBSP if scale and lang == 'ru' else ''}{scale}"
    symbol = get_currency_symbol(currency, locale=lang)
    if lang == "ru":
        return f"{mark}{text}{NBSP + scale if scale else ''}{NBSP}{symbol}"
    return f"{mark}{symbol}{text}{scale}" if len(symbol) < 3 else f"{mark}{symbol}{NBSP}{text}{scale}"


_STEPS = (("days", 86_400.0), ("hours", 3_600.0), ("minutes", 60.0), ("seconds", 1.0))


def duration_parts(seconds: float) -> tuple[str, float]:
    """The unit a duration is best told in, and the number of such units. Two days and more are told in days."""
    for unit, length in _STEPS[:-1]:
        if seconds >= (2 if unit == "days" else 1) * length:
            return unit, seconds / length
    return "seconds", seconds


def day(value: date | datetime, lang: str) -> str:
    """A date in full."""
    return format_date(value, "d MMMM y", locale=lang)


def month(value: date, lang: str) -> str:
    """A month of a year, alone («март 2026»)."""
    return format_date(value, "LLLL y", locale=lang)


def months(start: date | datetime, end: date | datetime, lang: str) -> str:
    """A span in months (days when it lies within one month)."""
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{day(end, lang)}" if start.day != end.day else day(end, lang)
    return f"{month(start, lang)} — {month(end, lang)}"


def zone_name(zone: str, lang: str) -> str:
    """A time zone by its town («Москва», “Moscow”); UTC, and what has no town, by its own name."""
    if "/" not in zone or zone.startswith("Etc/"):
        return zone
    return str(get_timezone_location(zone, locale=lang, return_city=True))
