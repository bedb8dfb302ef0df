"""The map as it stands now: the one place where the trail's use cases ask for it."""

from __future__ import annotations

from tropa.model import Map
from tropa.service.desk import Desk


def current_map(desk: Desk, map_id: str) -> Map:
    """The live map. Raises TR-A003 for one that is not there. Never from the server's event loop itself."""
    return desk.living.current(desk, map_id)[1]
