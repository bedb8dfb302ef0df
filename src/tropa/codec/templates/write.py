"""Writes a map as YAML that teaches its own format: a comment stands where a key is met for the first time."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from tropa.words import words

_PLAIN = re.compile(r"[^\W\d_«“][^\n]*|[«“][^\n]*")
_RESERVED = frozenset(("true", "false", "null", "yes", "no", "on", "off", "y", "n"))
_FLOW = frozenset(("when", "deal", "feels", "segment", "void", "hide", "stages-of-view", "tags", "after"))
"""Keys whose value is short enough for one line."""
_PARTS = {
    "stages": "stage", "touchpoints": "touchpoint", "personas": "persona", "pains": "pain", "opportunities": "opportunity",
    "barriers": "barrier", "metrics": "metric", "loops": "loop", "improvements": "improvement", "scores": "score", "views": "view",
    "people": "person", "segments": "segment", "brand": "brand", "money": "money", "limits": "limits", "targets": "target",
}  # fmt: skip
"""What the mapping under a key is called in the ids of notes: `template-note-<part>-<key>`."""
_APART = ("people", "personas", "segments", "scores", "stages", "loops", "improvements", "views", "money", "limits")
"""Keys of a map with an empty line before them."""


def annotated(data: dict[str, Any], lang: str, head: str = "") -> str:
    """`data` (a raw map) as block-style YAML. Notes are the messages `template-note-…` of `lang`, each written once; `head` goes on top."""
    lines = [f"# {line}".rstrip() for line in head.splitlines()] + [""] * bool(head)
    return "\n".join([*lines, *_Writer(lang).mapping(data, 0, "map")]) + "\n"


class _Writer:
    """Remembers which notes have been given."""

    def __init__(self, lang: str) -> None:
        self.words = words(lang)
        self.given: set[str] = set()

    def mapping(self, data: dict[str, Any], depth: int, part: str) -> Iterator[str]:
        for key, value in data.items():
            if part == "map" and key in _APART:
                yield ""
            yield from self.note(part, key, depth)
            yield from self.entry(key, value, depth)

    def note(self, part: str, key: str, depth: int) -> Iterator[str]:
        name = f"template-note-{part}-{key}"
        if name in self.given or not self.words.has(name):
            return
        self.given.add(name)
        yield from (f"{'  ' * depth}# {line}".rstrip() for line in self.words(name).splitlines())

    def entry(self, key: str, value: Any, depth: int) -> Iterator[str]:
        pad = "  " * depth
        if key in _FLOW or not isinstance(value, (dict, list)) or not value:
            yield f"{pad}{key}: {flow(value)}" if isinstance(value, (dict, list)) else f"{pad}{key}: {scalar(value)}"
        elif isinstance(value, dict):
            yield f"{pad}{key}:"
            yield from self.mapping(value, depth + 1, _PARTS.get(key, key))
        else:
            yield f"{pad}{key}:"
            for index, item in enumerate(value):
                if index and depth == 0 and key in ("stages", "personas"):
                    yield ""
                yield from self.item(item, depth + 1, _PARTS.get(key, key))

    def item(self, item: Any, depth: int, part: str) -> Iterator[str]:
        """One entry of a list: its first line gets the dash, and its notes stand before it."""
        pad = "  " * depth
        if not isinstance(item, dict):
            yield f"{pad}- {scalar(item)}"
            return
        if part in ("loop", "score", "barrier", "target"):
            for key in item:
                yield from self.note(part, key, depth)
            yield f"{pad}- {flow(item)}"
            return
        first, *_ = item
        yield from self.note(part, first, depth)
        lines = self.mapping(item, depth + 1, part)
        yield f"{pad}- {next(lines).lstrip()}"
        yield from lines


def scalar(value: Any, inside_flow: bool = False) -> str:
    """One value as YAML 1.2 that every reader, also one of YAML 1.1, takes for the same."""
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    if isinstance(value, date) or not isinstance(value, str):
        return str(value)
    awkward = (
        not _PLAIN.fullmatch(value)
        or value.lower() in _RESERVED
        or ": " in value
        or " #" in value
        or value.endswith((":", " "))
        or (inside_flow and bool(set(value) & set(",[]{}")))
    )
    return json.dumps(value, ensure_ascii=False) if awkward else value


def flow(value: Any) -> str:
    """A value on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(item) for item in value) + "]"
    return scalar(value, inside_flow=True)
