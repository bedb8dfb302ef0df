"""Whether the server lives, and whether it can work."""

from __future__ import annotations

from pydantic import BaseModel

from tropa.model.access import Right
from tropa.web.doors import AtDesk, Doors

DOORS = Doors("", "health")


class Health(BaseModel):
    """All is well."""

    status: str = "ok"


@DOORS.get("/healthz", Right.PUBLIC)
def healthz() -> Health:
    """The process answers."""
    return Health()


@DOORS.get("/readyz", Right.PUBLIC)
def readyz(desk: AtDesk) -> Health:
    """The database answers too."""
    desk.store.ping()
    return Health()
