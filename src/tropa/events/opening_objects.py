"""What events come wrapped in: the body of a request, a batch, a visit with its actions. Each object of a file is opened into events."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import parse_qs

Opener = Callable[[Mapping[str, Any]], "list[dict[str, Any]]"]
_BATCHES = ("batch", "events", "data")


def body(value: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The events of a request's body, alone or recorded with its headers; whatever is no batch is an event itself."""
    inner = value.get("body")
    if isinstance(inner, Mapping) and ("headers" in value or "path" in value):
        return body(inner)
    form = value.get("_raw")
    if isinstance(form, str):
        return [event for part in parse_qs(form).get("data", ()) for event in _decoded(part)]
    for name in _BATCHES:
        batch = value.get(name)
        if isinstance(batch, list) and all(isinstance(one, Mapping) for one in batch):
            return [dict(one) for one in batch]
    return [dict(value)]


def _decoded(text: str) -> list[dict[str, Any]]:
    """A form field of events: JSON, or JSON in base 64."""
    if not text.lstrip().startswith(("{", "[")):
        try:
            text = base64.b64decode(text, validate=True).decode()
        except (binascii.Error, ValueError):
            return []
    found = json.loads(text)
    return [dict(one) for one in (found if isinstance(found, list) else [found]) if isinstance(one, Mapping)]


def visit(value: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The actions of a visit of Matomo, each with what the visit says of itself; `actionDetails.…` is the action's own."""
    actions = value.get("actionDetails")
    shared = {name: item for name, item in value.items() if not isinstance(item, (list, Mapping))}
    if not isinstance(actions, list) or not actions:
        return [shared]
    return [{**shared, "actionDetails": dict(one)} for one in actions if isinstance(one, Mapping)]


OPENERS: Mapping[str, Opener] = {"=body": body, "=visit": visit}
"""By the name under which a read plan keeps them (`ReadPlan.nested`)."""


def opener_of(objects: Sequence[Mapping[str, Any]]) -> str | None:
    """The opener that the objects of a file need, if most of them look alike; None: they are no such thing."""
    some = objects[:200]
    for name, test in (("=visit", _is_visit), ("=body", _is_body)):
        if some and sum(map(test, some)) * 2 > len(some):
            return name
    return None


def _is_visit(value: Mapping[str, Any]) -> bool:
    return "idVisit" in value and isinstance(value.get("actionDetails"), list)


def _is_body(value: Mapping[str, Any]) -> bool:
    inner = value.get("body")
    if isinstance(inner, Mapping) and ("headers" in value or "path" in value):
        return True
    if isinstance(value.get("_raw"), str) and len(value) < 4:
        return True
    schema = value.get("schema")
    return (
        _is_list(value.get("batch"))
        or ("api_key" in value and _is_list(value.get("events")))
        or (isinstance(schema, str) and "payload_data" in schema and _is_list(value.get("data")))
    )


def _is_list(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, Mapping) for one in value)
