"""What a map said with each version of the data, kept beside the workspace: asked again as of a day it is there at once (R-31).

`snapshots/<map>/<last import>-<bindings>.json`: figures of all customers together, no customer's own. After an erasure a snapshot still
says what was said then; that it cannot be counted again is told beside it (`answering.Memory`).
"""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pydantic import ValidationError

from tropa.files import write_text
from tropa.model import Readings
from tropa.service.desk import Desk

log = logging.getLogger(__name__)
FOLDER = "snapshots"
FORMAT = 1


@dataclass(frozen=True)
class Place:
    """Where a snapshot lies. None where nothing was known yet."""

    path: Path | None


def place(desk: Desk, map_id: str, counting: str, moment: datetime) -> Place:
    """Where the snapshot of a map lies whose bindings are `counting` (a digest), with what had been imported by a moment."""
    from tropa.trail.archive.known import known_by
    from tropa.trail.archive.manifest import load

    folder = desk.workspace.folder
    manifest = load(folder / "trail")
    known = known_by(manifest, moment)
    if known.imports == 0:
        return Place(None)
    last = manifest.imports[known.imports - 1].id
    return Place(folder / FOLDER / map_id / f"{last}-{counting}.json")


def keep(where: Place, readings: Readings, now: datetime, *, sensitivity: bool) -> None:
    """Keeps what a map said, unless that is kept already. `sensitivity`: whether half and twice the silence limit are in it."""
    if where.path is None:
        return
    told = _read(where.path)
    if told is not None and (told["sensitivity"] or not sensitivity):
        return
    where.path.parent.mkdir(parents=True, exist_ok=True)
    said = {
        "format": FORMAT, "at": now.isoformat(), "sensitivity": sensitivity, "readings": readings.model_dump(mode="json", round_trip=True),
    }  # fmt: skip
    write_text(where.path, json.dumps(said, ensure_ascii=False) + "\n")


def find(where: Place, *, sensitivity: bool) -> Readings | None:
    """What the map said; None where that was not kept, or not with what is asked for."""
    told = None if where.path is None else _read(where.path)
    if told is None or (sensitivity and not told["sensitivity"]):
        return None
    return Readings.model_validate(told["readings"])


def _read(path: Path) -> dict[str, object] | None:
    """A snapshot; None for one that is not there, was cut off, or is of another format: it is then counted anew."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as reason:
        log.warning("The snapshot %s cannot be read, and is made anew: %s", path.name, reason)
        return None
    try:
        whole = told["format"] == FORMAT and isinstance(told["sensitivity"], bool)
        Readings.model_validate(told["readings"])
    except (KeyError, TypeError, ValidationError):
        return None
    return told if whole else None
