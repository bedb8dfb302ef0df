"""The JSON Schema of a map file, from the models and their docstrings, for editors and checkers."""

from __future__ import annotations

import json
from typing import Any

from tropa.model import FORMAT_VERSION, Map


def schema() -> dict[str, Any]:
    """The schema of format `FORMAT_VERSION` (JSON Schema draft 2020-12); descriptions are the docstrings of the models."""
    body = Map.model_json_schema(by_alias=True, mode="validation")
    body["required"] = ["tropa", *body.get("required", ())]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"tropa-map-{FORMAT_VERSION}.json",
        **{key: _clean(item) for key, item in body.items()},
        "title": f"Tropa: customer journey map, format {FORMAT_VERSION}",
    }


def schema_text() -> str:
    """The published file `docs/schema/tropa-map-1.json`."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


def _clean(node: Any) -> Any:
    """Without the titles pydantic makes up from names: they say nothing that the key does not. A key called `title` stays."""
    if isinstance(node, list):
        return [_clean(item) for item in node]
    if not isinstance(node, dict):
        return node
    out = {}
    for key, item in node.items():
        if key == "title" and isinstance(item, str):
            continue
        out[key] = {name: _clean(one) for name, one in item.items()} if key in ("properties", "$defs") else _clean(item)
    return out
