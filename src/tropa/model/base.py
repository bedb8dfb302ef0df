"""What every value of the domain is made of: frozen, checked when made, unknown keys refused."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, WithJsonSchema


class Value(BaseModel):
    """A frozen value. Equality is by content; nothing is coerced silently; an unknown key is an error."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", populate_by_name=True, use_attribute_docstrings=True, ser_json_inf_nan="null"
    )


Id = Annotated[str, Field(pattern=r"^[\w][\w.-]{0,63}$")]
"""Short, stable name, unique among its kind in one map. Letters of any alphabet, digits, `-`, `_`, `.`."""

Lang = Annotated[str, Field(pattern=r"^[a-z]{2}$")]
"""Two-letter language code (ISO 639-1)."""

Text = str | dict[Lang, str]
"""Words for people: one string, or one string per language."""


def say(text: Text | None, lang: str, fallback: str = "") -> str:
    """The words in `lang`; else in English, else in whichever language comes first; else `fallback`."""
    if text is None:
        return fallback
    if isinstance(text, str):
        return text
    return text.get(lang) or text.get("en") or next(iter(text.values()), fallback)


_UNITS: Mapping[str, int] = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800}
_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*([smhdw])")


def parse_duration(raw: Any) -> Any:
    """`"30d"`, `"24h"`, `"1w 2d"`, `"90m"`, `"15s"` → timedelta. Anything else goes on to pydantic, which says what is wrong."""
    if not isinstance(raw, str):
        if isinstance(raw, timedelta):
            return raw
        raise ValueError("a duration is written like 30d, 24h, 90m")
    parts = _DURATION.findall(raw)
    if not parts or _DURATION.sub("", raw).strip():
        raise ValueError("a duration is written like 30d, 24h, 90m")
    return timedelta(seconds=sum(float(number) * _UNITS[unit] for number, unit in parts))


def format_duration(value: timedelta) -> str:
    """The shortest exact spelling that `parse_duration` reads back."""
    left, out = round(value.total_seconds()), []
    for unit in ("d", "h", "m", "s"):
        count, left = divmod(left, _UNITS[unit])
        if count:
            out.append(f"{count}{unit}")
    return " ".join(out) or "0s"


Duration = Annotated[
    timedelta,
    BeforeValidator(parse_duration),
    PlainSerializer(format_duration, return_type=str),
    WithJsonSchema({"type": "string", "pattern": r"^(\d+(\.\d+)?[smhdw]\s*)+$", "examples": ["30d", "24h"]}),
]
"""A length of time, written `30d`, `24h`, `1w 2d`."""


def parse_day(raw: Any) -> Any:
    """An ISO date, or a date; a bare number is no date (pydantic would read it as seconds since 1970)."""
    if isinstance(raw, str) or (isinstance(raw, date) and not isinstance(raw, datetime)):
        return raw
    raise ValueError("a date is written like 2026-11-22")


Day = Annotated[date, BeforeValidator(parse_day)]
"""A calendar date, written `2026-11-22`."""
