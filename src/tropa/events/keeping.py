"""A read plan as JSON and back (kept beside the rows it could not read)."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from tropa.events.contract import ColumnRole, Dialect, ReadPlan, RoleGuess


def plan_to_json(plan: ReadPlan) -> str:
    """All of a plan. The file is kept by its name only: where it lay is nobody's business."""
    return json.dumps(asdict(plan) | {"file": plan.file.name}, ensure_ascii=False, sort_keys=True)


def plan_from_json(text: str) -> ReadPlan:
    """The plan again. Raises ValueError, KeyError or TypeError for what is none."""
    data = json.loads(text)
    data["file"] = Path(data["file"])
    data["dialect"] = Dialect(**data["dialect"])
    data["roles"] = tuple(
        RoleGuess(**(guess | {"role": ColumnRole(guess["role"]), "samples": tuple(guess["samples"])}))
        for guess in data["roles"]
    )
    for name in ("warnings", "columns", "encoded", "preset_marks", "unknown_statuses", "currencies", "classifier"):
        data[name] = tuple(data.get(name, ()))
    data["classifiers"] = {name: tuple(keys) for name, keys in data.get("classifiers", {}).items()}
    data["rates"] = tuple((day, currency, rate) for day, currency, rate in data.get("rates", ()))
    return ReadPlan(**data)
