"""Plain values of the document against their small schemas. `values_fit.ts` is the twin: same answers, checked by vectors."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from math import isfinite
from typing import Annotated, Any

from pydantic import Field, TypeAdapter, ValidationError

_LANGUAGE = re.compile(r"[a-z]{2}", re.ASCII)
MOST_SECONDS = 315_360_000_000
"""Ten thousand years: no length of time in a map is longer."""

_SPANS = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800}
_SPAN = re.compile(r"(\d+(?:\.\d+)?)\s*([smhdw])")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def is_language(value: object) -> bool:
    """Whether this is a two-letter code of a language."""
    return isinstance(value, str) and _LANGUAGE.fullmatch(value) is not None


def normal(value: Any, schema: Mapping[str, Any]) -> Any:
    """Whole numbers where the schema wants them: Yjs has one kind of number, and pycrdt gives all of them as floats."""
    if schema.get("type") == "integer" and isinstance(value, float) and value.is_integer():
        return int(value)
    if schema.get("type") == "array" and isinstance(value, list):
        return [normal(item, schema["items"]) for item in value]
    return value


def fits(value: Any, schema: Mapping[str, Any]) -> bool:
    """Whether a plain value is what the schema wants."""
    match schema.get("type"):
        case "boolean":
            return isinstance(value, bool)
        case "integer":
            return isinstance(value, int) and not isinstance(value, bool) and _within(value, schema)
        case "number":
            return isinstance(value, (int, float)) and not isinstance(value, bool) and _within(value, schema)
        case "array":
            whole = isinstance(value, list) and len(value) == schema["count"]
            return whole and all(fits(item, schema["items"]) for item in value)
        case _:
            return isinstance(value, str) and _spelled(value, schema)


def _within(value: float, schema: Mapping[str, Any]) -> bool:
    return (
        isfinite(value)
        and value >= schema.get("minimum", value)
        and value <= schema.get("maximum", value)
        and ("exclusiveMinimum" not in schema or value > schema["exclusiveMinimum"])
        and ("exclusiveMaximum" not in schema or value < schema["exclusiveMaximum"])
    )


def _spelled(value: str, schema: Mapping[str, Any]) -> bool:
    if "enum" in schema and value not in schema["enum"]:
        return False
    if schema.get("format") == "date":
        return _is_day(value)
    if "pattern" in schema and not _matches(schema["pattern"], value):
        return False
    return schema.get("format") != "duration" or _seconds(value) <= MOST_SECONDS


def _is_day(value: str) -> bool:
    if not _DAY.fullmatch(value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _seconds(value: str) -> float:
    return sum(float(number) * _SPANS[unit] for number, unit in _SPAN.findall(value))


@lru_cache(maxsize=4096)
def _matches(pattern: str, value: str) -> bool:
    """As pydantic's own engine matches it: what a word is differs between engines."""
    try:
        _checker(pattern).validate_python(value)
    except ValidationError:
        return False
    return True


@lru_cache(maxsize=32)
def _checker(pattern: str) -> TypeAdapter[str]:
    return TypeAdapter(Annotated[str, Field(pattern=pattern)])
