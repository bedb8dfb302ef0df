"""From the content of a live document to a tree of things: fields read by their shape, what cannot stand left out and noted.

`read.ts` is the twin; `tests/vectors/doc` holds both to the same answers.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from pydantic import TypeAdapter

from tropa.collab.order import is_fraction
from tropa.collab.raw import Raw
from tropa.collab.shape import ROOT_KEY, FieldShape, Kind, kinds
from tropa.collab.values import fits, is_language, normal
from tropa.model import Evidence
from tropa.model.base import Value
from tropa.model.rules import SegmentRule


@dataclass(frozen=True, slots=True)
class Note:
    """Something that had to be mended to make the document a valid map. `code` has its words in the catalogues."""

    code: str
    key: str
    """The thing it happened to, or `map`."""
    path: str = ""
    """The field; empty: the thing as a whole."""
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(eq=False)
class Node:
    """A thing or a part as it was read. `values` by field: texts, plain values, lists of nodes, a node, nodes by lane, references."""

    kind: Kind
    key: str
    prefix: str
    values: dict[str, Any] = field(default_factory=dict)
    whole: bool = False

    def children(self) -> Iterator[Node]:
        """The things and parts right inside, in the order of the fields."""
        for value in self.values.values():
            if isinstance(value, Node):
                yield value
            elif isinstance(value, list):
                yield from (item for item in value if isinstance(item, Node))
            elif isinstance(value, dict):
                yield from (item for item in value.values() if isinstance(item, Node))

    def walk(self) -> Iterator[Node]:
        """This and all inside, a thing before what is in it."""
        yield self
        for child in self.children():
            yield from child.walk()


class Reader:
    """Reads one document. `notes` fill as it goes."""

    def __init__(self, raw: Raw) -> None:
        self.raw = raw
        self.notes: list[Note] = []
        language = raw.fields[ROOT_KEY].get("language")
        self.language = str(language) if is_language(language) else "ru"
        self.kids = _kids(raw)
        self.texts = _texts(raw)

    def tree(self) -> Node:
        """The whole map."""
        node = self.node(kinds()["Map"], ROOT_KEY, "")
        assert node is not None
        return node

    def node(self, kind: Kind, key: str, prefix: str) -> Node | None:
        """A thing or part; None (noted) where it lacks what it cannot be without."""
        fields = self.raw.fields.get(key, {})
        out = Node(kind, key, prefix)
        marker = prefix.rstrip("/") if prefix else "_form"
        out.whole = bool(fields.get(marker))
        for shape in kind.fields.values():
            value = self.field(shape, kind, key, prefix + shape.name)
            if value is not None:
                out.values[shape.name] = value
            elif shape.required and shape.name != "id":
                self.notes.append(Note("TR-W411", key, prefix + shape.name, {"kind": kind.name}))
                return None
        return out

    def field(self, shape: FieldShape, kind: Kind, key: str, path: str) -> Any:
        """What one field says; None for nothing. Faults are noted and left out."""
        raw = self.raw.fields.get(key, {}).get(path)
        match shape.form:
            case "text":
                words = self.words(key, path, raw)
                return "" if words is None and shape.required else words
            case "plain":
                return self._plain(shape, key, path, raw)
            case "rule":
                return self._rule(kind, shape, key, path, raw)
            case "list":
                return self._list(kinds()[str(shape.of)], key, path)
            case "part":
                part = self.node(kinds()[str(shape.of)], key, f"{path}/")
                return part if part and (shape.required or part.whole or says(part)) else None
            case "cells":
                return self._cells(key, path)
            case "ref" | "refs":
                return self._reference(shape, key, path, raw)

    def words(self, key: str, path: str, marker: Any) -> Any:
        """The words at a place: a string, or by language; None where there are none."""
        there = self.texts.get(key, {}).get(path, {})
        by = {lang: words for lang, words in there.items() if lang}
        one = there.get("")
        if isinstance(marker, dict):
            for lang in marker:
                by.setdefault(lang, "") if is_language(lang) else None
        elif marker not in (None, ""):
            self._refuse(key, path)
        if not by and not isinstance(marker, dict):
            return one or ("" if marker == "" else None)
        if one:
            other = by.get(self.language)
            by[self.language] = one if not other or other == one else f"{other}\n{one}"
            self.notes.append(Note("TR-W420", key, path, {"language": self.language}))
        first = [self.language] if self.language in by else []
        return {lang: by[lang] for lang in (*first, *sorted(set(by) - set(first)))}

    def _plain(self, shape: FieldShape, key: str, path: str, raw: Any) -> Any:
        assert shape.schema is not None
        if raw is None:
            return shape.default
        value = normal(raw, shape.schema)
        if fits(value, shape.schema):
            return value
        self._refuse(key, path)
        return shape.default

    def _rule(self, kind: Kind, shape: FieldShape, key: str, path: str, raw: Any) -> Any:
        if raw is None:
            return None
        value = rule_value(kind.name, shape.name, raw) if isinstance(raw, str) else None
        if value is None:
            self._refuse(key, path)
        return value

    def _list(self, kind: Kind, key: str, path: str) -> list[Node]:
        nodes = (self.node(kind, child, "") for child in self.kids.get(key, {}).get(path, ()))
        return [node for node in nodes if node is not None]

    def _cells(self, key: str, path: str) -> dict[str, Node]:
        """Own lanes' cells by their tokens (`@key of the lane`, or a bare id), sorted."""
        start = f"{path}/"
        names = [name for name in self.raw.fields.get(key, {}) if name.startswith(start)]
        names += [name for name in self.texts.get(key, ()) if name.startswith(start)]
        names += [at for at in self.kids.get(key, ()) if at.startswith(start)]
        out: dict[str, Node] = {}
        for token in sorted({name[len(start) :].partition("/")[0] for name in names}):
            node = self.node(kinds()["Cell"], key, f"{start}{token}/")
            if node is not None and (node.whole or says(node)):
                out[token] = node
        return out

    def _reference(self, shape: FieldShape, key: str, path: str, raw: Any) -> Any:
        if raw is None:
            return list(shape.default) if shape.form == "refs" and shape.default is not None else None
        if shape.form == "refs" and isinstance(raw, list):
            if all(_is_reference(item, shape) for item in raw):
                return [Ref(item) for item in raw]
        elif shape.form == "ref" and shape.or_rule and isinstance(raw, dict) and set(raw) == {"rule"}:
            value = rule_value("Persona", "segment", raw["rule"])
            if value is not None:
                return value
        elif shape.form == "ref" and _is_reference(raw, shape):
            return Ref(raw)
        self._refuse(key, path)
        return self._reference(shape, key, path, None)

    def _refuse(self, key: str, path: str) -> None:
        self.notes.append(Note("TR-W410", key, path))


class Ref:
    """A reference that is not resolved yet."""

    __slots__ = ("key", "name")

    def __init__(self, raw: Any) -> None:
        self.key: str | None = raw["ref"] if isinstance(raw, dict) else None
        self.name: str = raw if isinstance(raw, str) else ""


def _is_reference(raw: Any, shape: FieldShape) -> bool:
    if isinstance(raw, dict):
        return set(raw) == {"ref"} and isinstance(raw["ref"], str)
    return isinstance(raw, str)


def says(node: Node) -> bool:
    """Whether a part says anything beyond its defaults."""
    for name, value in node.values.items():
        shape = node.kind.fields[name]
        if shape.form in ("list", "cells", "refs"):
            if value:
                return True
        elif not (shape.required and shape.form == "text" and value == "") and value != shape.default:
            return True
    return False


def _kids(raw: Raw) -> dict[str, dict[str, list[str]]]:
    """The things of each list, by owner and path, in order: by fraction, then by key."""
    out: dict[str, dict[str, list[tuple[str, str]]]] = {}
    for key, fields in raw.fields.items():
        owner, at, order = fields.get("_in"), fields.get("_at"), fields.get("_order")
        if key != ROOT_KEY and isinstance(owner, str) and isinstance(at, str):
            place = str(order) if is_fraction(order) else ""
            out.setdefault(owner, {}).setdefault(at, []).append((place, key))
    return {
        owner: {at: [key for _, key in sorted(items)] for at, items in lists.items()} for owner, lists in out.items()
    }


def _texts(raw: Raw) -> dict[str, dict[str, dict[str, str]]]:
    """Words by key, path and language; empty ones are none."""
    out: dict[str, dict[str, dict[str, str]]] = {}
    for name, words in raw.texts.items():
        place, _, lang = name.rpartition("/")
        key, _, path = place.partition("/")
        if words and path and (not lang or is_language(lang)):
            out.setdefault(key, {}).setdefault(path, {})[lang] = words
    return out


@lru_cache(maxsize=4096)
def _rule_text_value(kind: str, name: str, text: str) -> str | None:
    """The rule if it is JSON and the model takes it, else None. (Text in and out: what is cached must not be changed.)"""
    try:
        value = json.loads(text)
        json.dumps(value, ensure_ascii=False, allow_nan=False).encode()  # half a character is no text
        _adapter(kind, name).validate_python(value)
    except (ValueError, RecursionError):
        return None
    return None if value is None else text


def rule_value(kind: str, name: str, text: object) -> Any:
    """A rule of the document as a plain value, None where it is none."""
    found = _rule_text_value(kind, name, text) if isinstance(text, str) else None
    return None if found is None else json.loads(found)


@lru_cache(maxsize=64)
def _adapter(kind: str, name: str) -> TypeAdapter[Any]:
    """What checks the rule in a field of a kind."""
    if kind == "Evidence":
        return TypeAdapter(Evidence)
    if (kind, name) == ("Persona", "segment"):
        return TypeAdapter(SegmentRule)
    model = next(model for model in _models(Value) if model.__name__ == kind)
    annotation: Any = next(f.annotation for key, f in model.model_fields.items() if (f.alias or key) == name)
    return TypeAdapter(annotation)


def _models(base: type[Value]) -> Iterator[type[Value]]:
    for model in base.__subclasses__():
        yield model
        yield from _models(model)
