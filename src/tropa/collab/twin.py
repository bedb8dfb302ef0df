"""What the browser's half of the live document is made from: `shape.json` and its TypeScript types."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from tropa.collab.shape import IDENTITY, ROOT_KEY, THINGS, FieldShape, Kind, kinds
from tropa.model import Evidence

_HEAD = "// Made by docs/make.py from the models of tropa.model; a test compares. Do not edit.\n"


def shape_text() -> str:
    """`frontend/src/doc/shape.json`: every kind with the form of each of its fields."""
    body = {
        "about": "How a map lives in its Yjs document. Made by docs/make.py from the models; a test compares. Do not edit.",
        "root": {"key": ROOT_KEY, "kind": "Map"},
        "things": THINGS,
        "identity": IDENTITY,
        "kinds": {name: _kind(kind) for name, kind in kinds().items()},
    }
    return json.dumps(body, ensure_ascii=False, indent=1) + "\n"


def _kind(kind: Kind) -> dict[str, Any]:
    extra = {"group": kind.group, "collapse": kind.collapse, "opaque": kind.opaque or None}
    out: dict[str, Any] = {key: value for key, value in extra.items() if value is not None}
    return {**out, "fields": {name: _field(field) for name, field in kind.fields.items()}}


def _field(field: FieldShape) -> dict[str, Any]:
    out: dict[str, Any] = {"form": field.form}
    if field.of:
        out["of"] = field.of
    if field.required:
        out["required"] = True
    if field.default is not None:
        out["default"] = field.default
    if field.schema:
        out["schema"] = dict(field.schema)
    if field.reference:
        out["to"] = field.reference.to
        out["strict"] = field.reference.strict
        out["lost"] = field.reference.lost
    if field.or_rule:
        out["orRule"] = True
    return out


def types_text() -> str:
    """`frontend/src/doc/values.ts`: the interfaces of a map's snapshot, one for each kind."""
    parts = [_HEAD, 'import type { Json, Text } from "./words";\n']
    for name, kind in kinds().items():
        if not kind.opaque:
            parts.append("\n".join(_interface(name, kind)) + "\n")
    parts.append("\n".join(_evidence()) + "\n")
    return "\n".join(parts)


def _interface(name: str, kind: Kind) -> Iterator[str]:
    keyed = name in _listed() or name == "Map"
    yield f"export interface {name}Value {{"
    if keyed:
        yield "  readonly $key: string;"
    for field in kind.fields.values():
        yield f"  readonly {_member(field)};"
    yield "}"


def _listed() -> set[str]:
    return {
        field.of for kind in kinds().values() for field in kind.fields.values() if field.form == "list" and field.of
    }


def _member(field: FieldShape) -> str:
    sure = field.required or field.default is not None
    mark = "" if sure else "?"
    match field.form:
        case "text":
            return f"{field.name}{mark}: Text"
        case "list":
            return f"{field.name}: readonly {field.of}Value[]"
        case "cells":
            return f"{field.name}: Readonly<Record<string, {field.of}Value>>"
        case "part":
            return f"{field.name}{mark}: {field.of}Value"
        case "refs":
            return f"{field.name}{mark}: readonly string[]"
        case "ref":
            return f"{field.name}{mark}: string{' | Json' if field.or_rule else ''}"
        case "rule":
            return f"{field.name}{mark}: Json"
        case "plain":
            return f"{field.name}{mark}: {_type(field.schema or {})}"


def _type(schema: Mapping[str, Any]) -> str:
    if "enum" in schema:
        return " | ".join(json.dumps(word, ensure_ascii=False) for word in schema["enum"])
    if schema.get("type") == "array":
        return f"readonly [{', '.join([_type(schema['items'])] * schema['count'])}]"
    return {"integer": "number", "number": "number", "boolean": "boolean"}.get(schema.get("type", ""), "string")


def _evidence() -> Iterator[str]:
    yield "/** Kept whole: exactly one of the first seven says what kind it is. */"
    yield "export interface EvidenceValue {"
    yield "  readonly $key: string;"
    for name in Evidence.model_fields:
        kind = {"source": "Text", "n": "number"}.get(name, "string")
        yield f"  readonly {name}?: {kind};"
    yield "}"
