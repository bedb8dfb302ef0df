"""What differs between two maps, cell by cell, as the report of an edited table tells it (R-13)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tropa.codec.matrix_back import Edit
from tropa.codec.merge import same
from tropa.codec.table_rows import CellValue
from tropa.codec.writer import plain_map
from tropa.model import Map


def edits(before: Map, after: Map) -> tuple[Edit, ...]:
    """Every change from one map to the other, in the order of the new one. Addresses are keys, ids of things that have one, and places."""
    return tuple(_between(plain_map(before), plain_map(after), ""))


def _between(before: Any, after: Any, at: str) -> Iterator[Edit]:
    if same(before, after):
        return
    if isinstance(before, dict) and isinstance(after, dict):
        pairs = {str(key): (before.get(key), after.get(key)) for key in dict.fromkeys((*after, *before))}
    elif isinstance(before, list) and isinstance(after, list):
        pairs = _places(before, after)
    else:
        yield Edit(at, _told(before), _told(after))
        return
    changed = list(pairs.items())
    for key, (old, new) in changed:
        yield from _between(old, new, f"{at}/{key}" if at else key)
    if isinstance(after, list):
        kept = [key for key, (old, new) in changed if old is not None and new is not None]
        if kept != [key for key in _names(before) if key in kept]:
            yield Edit(at, ", ".join(_names(before)), ", ".join(_names(after)))


def _places(before: list[Any], after: list[Any]) -> dict[str, tuple[Any, Any]]:
    """Items side by side: by id where they have one, else by place."""
    old = dict(zip(_names(before), before, strict=True))
    new = dict(zip(_names(after), after, strict=True))
    return {key: (old.get(key), new.get(key)) for key in dict.fromkeys((*new, *old))}


def _names(items: list[Any]) -> list[str]:
    ids = [item.get("id") if isinstance(item, dict) else None for item in items]
    if None not in ids and len(set(ids)) == len(ids):
        return [str(name) for name in ids]
    return [str(index) for index in range(len(items))]


def _told(value: Any) -> CellValue:
    """A value as the report shows it: words and numbers as they are, a thing by its words, the rest as JSON."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (int, float)):
        return float(value)
    if isinstance(value, dict) and isinstance(value.get("text", value.get("title")), str):
        return str(value.get("text", value.get("title")))
    return json.dumps(value, ensure_ascii=False)
