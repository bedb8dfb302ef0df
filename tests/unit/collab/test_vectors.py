"""Python still answers the vectors it shares with the browser (R-60)."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from doc_vectors import FOLDER, documents, orders, told, values
from tropa.collab import decode
from tropa.collab.twin import shape_text, types_text
from tropa.model import Map


def vectors(name: str) -> Any:
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", ["documents", "values", "orders"])
def test_what_is_committed_is_what_is_made(name: str) -> None:
    made = {"documents": documents, "values": values, "orders": orders}[name]()
    assert vectors(name) == json.loads(json.dumps(made))


@pytest.mark.parametrize("case", vectors("updates"), ids=lambda case: case["name"])
def test_updates_say_what_they_said(case: dict[str, Any]) -> None:
    found = told(decode(base64.b64decode(case["update"])))
    assert {"name": case["name"], "update": case["update"], **found} == case


@pytest.mark.parametrize("case", vectors("edits"), ids=lambda case: case["name"])
def test_edits_made_in_the_browser_say_the_same_here(case: dict[str, Any]) -> None:
    found = decode(base64.b64decode(case["update"]))
    # the same map: a length of time may be spelled otherwise (1w 2d, 9d)
    assert found.map == Map.model_validate(case["map"])
    assert told(found)["notes"] == case["notes"]


def test_the_browser_has_todays_shape() -> None:
    doc = FOLDER.parents[2] / "frontend" / "src" / "doc"
    assert (doc / "shape.json").read_text(encoding="utf-8") == shape_text()
    assert (doc / "values.ts").read_text(encoding="utf-8") == types_text()
