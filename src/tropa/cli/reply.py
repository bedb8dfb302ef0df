"""Data as JSON, in the shapes that docs/guide/cli.md promises."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from tropa.model import Map, Readings, Value, format_duration


def print_json(data: Any) -> None:
    """Writes data to standard output, readable, with its letters as they are."""
    json.dump(data, sys.stdout, ensure_ascii=False, indent=2, default=str)
    sys.stdout.write("\n")


def plain(value: Any) -> Any:
    """A value of the model as JSON data; a rate also says its `window` the way the map file writes it."""
    if isinstance(value, Value):
        data = plain(value.model_dump(mode="json", by_alias=True))
        if "cannot_tell" in data:
            data["value"] = None
        return data
    if isinstance(value, Mapping):
        out = {key: plain(part) for key, part in value.items()}
        if "window_s" in out and "window" not in out:
            out["window"] = None if out["window_s"] is None else format_duration(timedelta(seconds=out["window_s"]))
        if "cannot_tell" in out:
            out["value"] = None
        return out
    if isinstance(value, (list, tuple)):
        return [plain(part) for part in value]
    return value


def readings_json(value: Map, readings: Readings) -> dict[str, Any]:
    """Everything `measure` answers: scope, stages, touchpoints, flows, loop, sales cycle, breaks, unbound events."""
    data: dict[str, Any] = plain(readings)
    for stage in data["stages"]:
        stage["unit"] = "passes"
    return {"map": value.id, "unit": "passes", "simulated": value.simulated, "proposal": value.proposal, **data}


def breaks_json(readings: Readings) -> dict[str, Any]:
    """What `breaks` answers: the ranked list, and all of them together (which is not their sum)."""
    return {
        "unit": "passes",
        "scope": plain(readings.scope),
        "breaks": [plain(item) for item in readings.breaks],
        "all_together": plain(readings.all_together) if readings.all_together else None,
    }
