"""The map as it stands now: the one place where the trail's use cases ask for it."""

from __future__ import annotations

from tropa.model import Map, TropaError
from tropa.service.desk import Desk


def current_map(desk: Desk, map_id: str) -> Map:
    """The live map. Raises TR-A003 for one that is not there."""
    for file in sorted(desk.workspace.folder.glob("*.yaml")):
        value = desk.workspace.map(file.name)
        if map_id in (value.id, file.stem):
            return value
    raise TropaError("TR-A003", name=map_id)
