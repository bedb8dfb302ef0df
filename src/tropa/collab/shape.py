"""How each field of a map lives in the live document: read off the models, stated once, given to the browser as `shape.json`.

Forms of a field:

- `text`: words for people. A root-level Y.Text per language, named `<key>/<path>/<language>` (no language: one string for all), so
  that two people who type at once, even into an empty cell, lose nothing.
- `plain`: a number, a day, a word out of a list, a place as two numbers: the last one who wrote wins.
- `list`: things in an order. Each is a Y.Map in the root `things` under a random key, with `_in` (whose), `_at` (which list) and `_order`
  (a fraction), so that moving changes an order and never deletes and inserts.
- `part`: a value inside another (`feels`, `money`): its fields are its owner's under `part/field`.
- `cells`: what a stage or touchpoint says in the lanes of the user's own: a part for each lane, `cells/@<key of the lane>/field`.
- `ref`, `refs`: ids of other things, kept as their keys, so that renaming breaks nothing.
- `rule`: JSON as text that nobody types into; the last one who wrote wins.
"""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import TypeAdapter
from pydantic.fields import FieldInfo

from tropa.model import Cell, Evidence, Id, Lang, Map, Statement
from tropa.model.base import Value
from tropa.model.rules import EventRule, SegmentRule

Form = Literal["text", "plain", "list", "part", "cells", "ref", "refs", "rule"]
Collapse = Literal["string", "text", "value"]

ROOT_KEY = "map"
THINGS = "things"
IDENTITY = "_doc"
"""Where a document's own name stands: two documents of one map must not be merged."""


@dataclass(frozen=True, slots=True)
class Reference:
    """To which ids a field points. `strict`: a name that leads nowhere makes the map invalid; else it is free text."""

    to: str
    strict: bool
    lost: Literal["drop", "drop-owner", "first"] = "drop"
    """What becomes of a name that leads nowhere: it goes, the thing that says it goes, or it points to the first of all."""


@dataclass(frozen=True, slots=True)
class FieldShape:
    """One field: its form and what the form needs."""

    name: str
    """As it is written in a file."""
    form: Form
    of: str | None = None
    """The kind of the things of a list, of a part, of the cells."""
    required: bool = False
    default: Any = None
    schema: Mapping[str, Any] | None = None
    """What a plain value must be: a small part of JSON Schema."""
    reference: Reference | None = None
    or_rule: bool = False
    """A reference that may be a rule instead."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing or part. `collapse`: written in a file as its bare content where it says no more than that."""

    name: str
    fields: Mapping[str, FieldShape]
    group: str | None = None
    """Within which ids are unique."""
    collapse: Collapse | None = None
    opaque: bool = False
    """Kept whole as JSON under `value`."""


GROUPS = {
    "Stage": "stages", "Touchpoint": "touchpoints", "Persona": "personas", "Segment": "segments", "Person": "people",
    "Lane": "lanes", "Improvement": "improvements", "Pain": "pains", "Rival": "rivals", "Criterion": "criteria",
}  # fmt: skip

_PEOPLE = Reference("people", strict=False)
REFERENCES = {
    ("Stage", "after"): Reference("stages", strict=True),
    ("Loop", "from"): Reference("stages", strict=True, lost="drop-owner"),
    ("Loop", "to"): Reference("stages", strict=True, lost="drop-owner"),
    ("Improvement", "stage"): Reference("stages", strict=True, lost="first"),
    ("Improvement", "pain"): Reference("pains", strict=False),
    ("Comparison", "stage"): Reference("stages", strict=True),
    ("RivalScore", "rival"): Reference("rivals", strict=True, lost="drop-owner"),
    ("Target", "stage"): Reference("stages", strict=True, lost="drop-owner"),
    ("PersonaScore", "persona"): Reference("personas", strict=True, lost="drop-owner"),
    ("Map", "persona"): Reference("personas", strict=True),
    ("Persona", "segment"): Reference("segments", strict=True),
    ("View", "hide"): Reference("lanes", strict=False),
    ("View", "stages"): Reference("stages", strict=False),
    **{(kind, "owner"): _PEOPLE for kind in ("Stage", "Touchpoint", "Pain", "Opportunity", "Metric", "Improvement")},
}

_MADE = {
    "Line": Kind("Line", {"text": FieldShape("text", "text", required=True)}, collapse="text"),
    "Word": Kind("Word", {"value": FieldShape("value", "plain", required=True, schema={"type": "string"})}, collapse="value"),
    "Evidence": Kind("Evidence", {"value": FieldShape("value", "rule", required=True)}, opaque=True),
    "Goal": Kind(
        "Goal",
        {"text": FieldShape("text", "text", required=True), "evidence": FieldShape("evidence", "list", of="Evidence")},
        collapse="text",
    ),
}  # fmt: skip
"""Kinds that have no model of their own: lines of text, bare words, evidence, a goal."""

_TEXT = frozenset({str, dict[Lang, str]})


@cache
def kinds() -> Mapping[str, Kind]:
    """All kinds by name, those that the map leads to and in the order it does."""
    out: dict[str, Kind] = {}
    wave: list[type[Value]] = [Map]
    while wave:
        model = wave.pop(0)
        if model.__name__ in out:
            continue
        fields = {shape.name: shape for shape in _fields(model)}
        collapse: Collapse | None = "string" if model in (Statement, Cell) else None
        out[model.__name__] = Kind(model.__name__, fields, GROUPS.get(model.__name__), collapse)
        wave += [inner for field in model.model_fields.values() for inner in _models(field.annotation)]
    return {**out, **_MADE}


def _fields(model: type[Value]) -> Iterator[FieldShape]:
    schemas = model.model_json_schema(by_alias=True)["properties"]
    for name, field in model.model_fields.items():
        written = field.alias or name
        if written != "tropa":
            yield _field(model.__name__, written, field, schemas[written])


def _field(kind: str, name: str, field: FieldInfo, schema: Mapping[str, Any]) -> FieldShape:
    options = _options(field.annotation)
    inner = [option for option in options if option is not type(None)]
    required = field.is_required()
    reference = REFERENCES.get((kind, name))
    if reference is not None:
        form: Form = "refs" if any(get_origin(option) is tuple for option in inner) else "ref"
        none: Any = [] if form == "refs" and field.default == () else None
        return FieldShape(
            name, form, required=required, default=none, reference=reference, or_rule=SegmentRule in inner
        )
    if Statement in inner:
        return FieldShape(name, "part", of="Goal")
    if any(_is_rule(option) for option in inner):
        return FieldShape(name, "rule", required=required)
    if _is_text(inner):
        return FieldShape(name, "text", required=required)
    first = inner[0]
    if get_origin(first) is tuple and Ellipsis in get_args(first):
        return FieldShape(name, "list", of=_item(get_args(first)[0]))
    if get_origin(first) is dict:
        return FieldShape(name, "cells", of="Cell")
    if isinstance(first, type) and issubclass(first, Value):
        return FieldShape(name, "part", of=first.__name__, required=type(None) not in options)
    annotation: Any = field.annotation
    default = None if required else TypeAdapter[Any](annotation).dump_python(field.default, mode="json")
    return FieldShape(name, "plain", required=required, default=default, schema=_small(schema))


def _item(kind: Any) -> str:
    """The kind of the things of a list."""
    options = _options(kind)
    if Evidence in options:
        return "Evidence"
    models = [option for option in options if isinstance(option, type) and issubclass(option, Value)]
    if models:
        return models[0].__name__
    return "Line" if _is_text(options) else "Word"


def _is_text(options: list[Any]) -> bool:
    return dict[Lang, str] in options and set(options) <= _TEXT


def _is_rule(option: Any) -> bool:
    if get_origin(option) is tuple:
        return any(_is_rule(inner) for inner in get_args(option))
    return isinstance(option, type) and issubclass(option, (EventRule, SegmentRule))


def _models(annotation: Any) -> Iterator[type[Value]]:
    """The models of lists, parts and cells behind an annotation: not the rules and not evidence, which are kept whole."""
    for option in _options(annotation):
        if get_origin(option) in (tuple, dict):
            for inner in get_args(option):
                yield from _models(inner)
        elif isinstance(option, type) and issubclass(option, Value) and not _is_rule(option) and option is not Evidence:
            yield option


def _options(annotation: Any) -> list[Any]:
    """The alternatives of an annotation, without decoration."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _options(get_args(annotation)[0])
    if origin in (Union, types.UnionType):
        return [option for inner in get_args(annotation) for option in _options(inner)]
    return [annotation]


_KEPT = ("type", "enum", "const", "pattern", "format", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")


def _small(schema: Mapping[str, Any]) -> dict[str, Any]:
    """The part of a JSON Schema that a plain value is held against."""
    alternatives = [option for option in schema.get("anyOf", ()) if option.get("type") != "null"]
    if alternatives:
        return _small(alternatives[0])
    small = {key: schema[key] for key in _KEPT if key in schema}
    if small.get("type") == "array":  # so many values of one kind: a place
        return {**small, "items": _small(schema["items"]), "count": schema["maxItems"]}
    return {**small, "format": "duration"} if "[smhdw]" in small.get("pattern", "") else small


ID_SCHEMA: Mapping[str, Any] = _small(TypeAdapter(Id).json_schema())
