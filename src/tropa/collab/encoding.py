"""From a map to the content of a live document."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Mapping
from typing import Any

from tropa.codec import plain_map
from tropa.collab.order import spread
from tropa.collab.raw import Raw, text_name
from tropa.collab.shape import ROOT_KEY, FieldShape, Kind, kinds
from tropa.model import Map

WHOLE = "whole"
"""Marks what a file writes out in full although its bare content would do, and parts that are there and say nothing."""

NewKey = Callable[[], str]


def random_key() -> str:
    """A key that nobody else draws: 12 letters and digits (about 70 bits)."""
    alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    return "".join(secrets.choice(alphabet) for _ in range(12))


def raw_of(value: Map, new_key: NewKey = random_key) -> Raw:
    """The content of a new document that says this map."""
    filler = Filler(new_key)
    filler.fill(kinds()["Map"], ROOT_KEY, "", plain_map(value))
    filler.refer({})
    return filler.raw


def rule_text(value: Any) -> str:
    """A rule as it is kept: JSON on one line, letters of any alphabet as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def text_marker(value: Any) -> Any:
    """What the texts alone would not say of these words: that they are there and empty. None where they say all."""
    if isinstance(value, str):
        return None if value else ""
    empty = {lang: "" for lang, words in value.items() if not words}
    return empty if empty or not value else None


class Filler:
    """Puts plain values, as a file has them, under keys. References are resolved last, when every id has its key."""

    def __init__(self, new_key: NewKey, lanes: Mapping[str, str] | None = None) -> None:
        self.raw = Raw()
        self.new_key = new_key
        self.keys: dict[tuple[str, str], str] = {}
        """Keys of new things by group and id."""
        self.lanes = dict(lanes or {})
        """Keys of the user's own lanes by id."""
        self._pending: list[tuple[str, str, FieldShape, Any]] = []

    def fill(self, kind: Kind, key: str, prefix: str, body: Mapping[str, Any]) -> None:
        """The fields of one thing or part."""
        if kind.group and not prefix:
            self.keys[kind.group, str(body.get("id"))] = key
        for field in kind.fields.values():
            value = body.get(field.name)
            if value is not None:
                self.put(field, key, prefix + field.name, value)

    def put(self, field: FieldShape, key: str, path: str, value: Any) -> None:
        """One field that says something."""
        fields = self.raw.fields.setdefault(key, {})
        match field.form:
            case "text":
                self.words(key, path, value)
            case "plain":
                fields[path] = value
            case "rule":
                fields[path] = rule_text(value)
            case "ref" | "refs":
                self._pending.append((key, path, field, value))
            case "list":
                for order, item in zip(spread(len(value)), value, strict=True):
                    self.thing(kinds()[str(field.of)], key, path, order, item)
            case "part":
                self.part(kinds()[str(field.of)], key, path, value)
            case "cells":
                self._cells(key, path, value)

    def words(self, key: str, path: str, value: Any) -> None:
        """Words for people."""
        by_language = {"": value} if isinstance(value, str) else value
        self.raw.texts.update({text_name(key, path, lang): words for lang, words in by_language.items() if words})
        marker = text_marker(value)
        if marker is not None:
            self.raw.fields.setdefault(key, {})[path] = marker

    def thing(self, kind: Kind, owner: str, at: str, order: str, item: Any) -> str:
        """A thing of a list, with all that is in it. Returns its key."""
        key = self.new_key()
        fields = self.raw.fields.setdefault(key, {"_in": owner, "_at": at, "_order": order})
        if kind.opaque:
            fields["value"] = rule_text(item)
            return key
        body = unfolded(kind, item)
        if is_folded_in_full(kind, item):
            fields["_form"] = WHOLE
        if kind.name == "Lane":
            self.lanes.setdefault(str(body.get("id")), key)
        self.fill(kind, key, "", body)
        return key

    def part(self, kind: Kind, key: str, path: str, item: Any) -> None:
        """A part; one that says nothing is marked as there."""
        body = unfolded(kind, item)
        if is_folded_in_full(kind, item) or not body:
            self.raw.fields.setdefault(key, {})[path] = WHOLE
        self.fill(kind, key, f"{path}/", body)

    def _cells(self, key: str, path: str, cells: Mapping[str, Any]) -> None:
        for lane, item in cells.items():
            self.part(kinds()["Cell"], key, f"{path}/{self.lane_token(lane)}", item)

    def lane_token(self, lane: str) -> str:
        """How a lane is named in a path: by its key where the map has the lane, else by its id."""
        return f"@{self.lanes[lane]}" if lane in self.lanes else lane

    def refer(self, known: Mapping[tuple[str, str], str]) -> None:
        """Put the references, as keys where there are such things (among the new ones, else among `known`), else as they are written."""
        for key, path, field, value in self._pending:
            self.raw.fields.setdefault(key, {})[path] = reference(field, value, {**known, **self.keys})
        self._pending.clear()


def reference(field: FieldShape, value: Any, keys: Mapping[tuple[str, str], str]) -> Any:
    """A reference as it is kept: `{"ref": key}`, the bare text where there is no such thing, `{"rule": …}`, or a list of such."""
    assert field.reference is not None
    if isinstance(value, (list, tuple)):
        return [reference(field, item, keys) for item in value]
    if not isinstance(value, str):
        return {"rule": rule_text(value)}
    key = keys.get((field.reference.to, value))
    return value if key is None else {"ref": key}


def unfolded(kind: Kind, item: Any) -> Mapping[str, Any]:
    """The fields of a thing that a file may write as its bare content."""
    if kind.collapse == "value":
        return {"value": item}
    if kind.collapse is None:
        return dict(item)
    # words by language have two-letter keys, a thing written in full has `text`
    bare = isinstance(item, str) or (kind.collapse == "text" and "text" not in item)
    return {"text": item} if bare else dict(item)


def is_folded_in_full(kind: Kind, item: Any) -> bool:
    """Whether a thing is written in full although its bare content would say the same."""
    if kind.collapse is None or kind.collapse == "value" or not isinstance(item, Mapping):
        return False
    if kind.collapse == "text":
        return "text" in item and not item.get("evidence")
    return set(item) <= {"text"} and isinstance(item.get("text", ""), str)
