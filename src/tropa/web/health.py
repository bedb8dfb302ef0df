"""Whether the server lives, whether it can work, and what it offers."""

from __future__ import annotations

from typing import Any

from fastapi import Request
from pydantic import BaseModel

from tropa.model.access import Right
from tropa.web.doors import AtDesk, Doors
from tropa.web.paths import API

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


@DOORS.get(f"{API}/openapi.json", Right.PUBLIC, include_in_schema=False)
def openapi(request: Request) -> dict[str, Any]:
    """What all doors take and give, for programs."""
    described: dict[str, Any] = request.app.openapi()
    return described
