"""From the content of a live document to a valid map."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tropa.collab.raw import Raw
from tropa.collab.repair import Mender
from tropa.collab.shape import FieldShape
from tropa.collab.tree import Node, Note, Reader
from tropa.model import Map


@dataclass(frozen=True, slots=True)
class Decoded:
    """What a live document says: a valid map, and what had to be mended to make it one."""

    map: Map
    notes: tuple[Note, ...]
    keys: Mapping[str, Mapping[str, str]]
    """For each group (`stages`, `touchpoints`, `pains`…) the key in the document of each id."""


def mended(raw: Raw) -> tuple[Node, tuple[Note, ...], dict[str, dict[str, str]]]:
    """The tree of a document, mended; the notes; the ids of the keys by group."""
    reader = Reader(raw)
    root = reader.tree()
    mender = Mender(root, reader.notes)
    mender.mend()
    return root, tuple(reader.notes), mender.ids


def map_of(raw: Raw) -> Decoded:
    """The map that a document's content says."""
    root, notes, ids = mended(raw)
    keys = {group: {name: key for key, name in names.items()} for group, names in ids.items()}
    return Decoded(Map.model_validate(plain(root)), notes, keys)


def plain(node: Node) -> Any:
    """A thing as a file says it; bare where it says no more than that."""
    if node.kind.opaque:
        return node.values["value"]
    body = {name: _plain(node.kind.fields[name], value) for name, value in node.values.items()}
    body = {name: value for name, value in body.items() if not _is_empty(node.kind.fields[name], value)}
    if node.kind.collapse == "value":
        return body["value"]
    bare = not node.whole and set(body) == {"text"}
    if bare and (node.kind.collapse == "text" or (node.kind.collapse == "string" and isinstance(body["text"], str))):
        return body["text"]
    return body


def _plain(shape: FieldShape, value: Any) -> Any:
    if isinstance(value, Node):
        return plain(value)
    if shape.form == "list":
        return [plain(item) for item in value]
    if shape.form == "cells":
        return {name: plain(item) for name, item in value.items()}
    return value


def _is_empty(shape: FieldShape, value: Any) -> bool:
    """Whether a file leaves it out: an empty list, a default."""
    if shape.form in ("list", "cells"):
        return not value
    return not shape.required and shape.default is not None and bool(value == shape.default)
