"""Doors to what the workspace says of itself: the zone whose calendar its days are of (R-25, R-27, R-42)."""

from __future__ import annotations

from fastapi import Request
from pydantic import BaseModel

from tropa.model.access import Right
from tropa.service import settings
from tropa.web.doors import AtDesk, Doors, Who
from tropa.web.fields import Body, Line
from tropa.web.language import words_of
from tropa.web.paths import API
from tropa.words import zone_name

DOORS = Doors(API, "settings")


class SettingsReply(BaseModel):
    """`zone`: an IANA name; `zone_title`: how the reader's language calls it; `ahead_minutes`: how far its clocks are ahead of UTC now."""

    zone: str
    zone_title: str
    ahead_minutes: int


class SettingsBody(Body):
    """What is to be set. `zone`: an IANA name, as `Europe/Moscow`."""

    zone: Line


@DOORS.get("/settings", Right.READ)
def workspace_settings(desk: AtDesk, who: Who, request: Request) -> SettingsReply:
    """The settings of the workspace."""
    return _told(desk, settings.settings_for(desk, who), request)


@DOORS.put("/settings", Right.MANAGE)
def set_workspace_settings(desk: AtDesk, who: Who, wanted: SettingsBody, request: Request) -> SettingsReply:
    """Sets them for everybody: whatever is told by day, week, month or time of day is told by the new zone from then on."""
    return _told(desk, settings.change_zone(desk, who, wanted.zone), request)


def _told(desk: AtDesk, found: settings.Settings, request: Request) -> SettingsReply:
    title = zone_name(found.zone, words_of(request).lang)
    return SettingsReply(zone=found.zone, zone_title=title, ahead_minutes=settings.offset_of(found.zone, desk.clock()))
