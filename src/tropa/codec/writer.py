"""From a map to plain values and to text: readable order, no noise, block style."""

from __future__ import annotations

import json
from datetime import date
from enum import Enum
from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import LiteralScalarString

from tropa.codec.yaml_text import dump
from tropa.model import Map


def plain_map(value: Map) -> dict[str, Any]:
    """A map as dicts, lists, text, numbers and booleans, in the order of the models; what is at its default is left out."""
    body = _plain(value.model_dump(mode="python", by_alias=True, exclude_defaults=True))
    return {"tropa": value.tropa, **body}


def full_map(value: Map) -> dict[str, Any]:
    """The same with every key, those at their defaults too: two maps are equal when these are."""
    full: dict[str, Any] = _plain(value.model_dump(mode="python", by_alias=True))
    return full


def dumps(value: Map, format: str = "yaml") -> str:  # noqa: A002 - the word for it
    """A map as the text of a file: `yaml` or `json`. What is read back equals the map."""
    body = plain_map(value)
    if format == "json":
        return to_json(body)
    return dump(tree_of(body))


def to_json(body: Any) -> str:
    """JSON with two spaces, letters of any alphabet as they are, one newline at the end."""
    return json.dumps(body, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def tree_of(body: Any) -> Any:
    """A round-trip tree of plain values; text of several lines becomes a block of lines."""
    if isinstance(body, dict):
        tree = CommentedMap()
        for key, item in body.items():
            tree[key] = tree_of(item)
        return tree
    if isinstance(body, list):
        items = CommentedSeq([tree_of(item) for item in body])
        if body and all(type(item) in (int, float) for item in body):
            items.fa.set_flow_style()  # a place, `[120, -40]`, is read at a glance
        return items
    if isinstance(body, str) and "\n" in body and _as_block(body):
        return LiteralScalarString(body)
    return body


def _as_block(text: str) -> bool:
    """Whether a literal block says exactly this text: no odd line breaks, no spaces where a block would lose or misread them."""
    lines = text.split("\n")
    return (
        bool(lines[0].strip())
        and not text[0].isspace()
        and all(line.isprintable() and line == line.rstrip() for line in lines)
    )


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    return value
