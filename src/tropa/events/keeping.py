"""A read plan as JSON and back (kept beside the rows it could not read), and files written whole or not at all."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
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
    for name in ("warnings", "columns", "encoded"):
        data[name] = tuple(data[name])
    return ReadPlan(**data)


def write_whole(target: Path, write: Callable[[Path], object]) -> None:
    """Calls `write` with a temporary path beside `target`, makes sure that it is on disk, and puts it in place at one stroke."""
    target.parent.mkdir(parents=True, exist_ok=True)
    spare = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        write(spare)
        with spare.open("rb+") as handle:
            os.fsync(handle.fileno())
        spare.replace(target)
    finally:
        spare.unlink(missing_ok=True)
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Makes a rename last through a power cut, where folders can be synced (not on Windows)."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
