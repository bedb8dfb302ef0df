"""Doors to what the log has and where the map puts it: bindings, single events, drafts (R-22)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from fastapi import Request
from pydantic import BaseModel

from tropa.model.access import Right
from tropa.service import binding
from tropa.service.settings import zone_of
from tropa.trail.calendar import moment_in
from tropa.web.doors import AtDesk, Doors, Who
from tropa.web.language import words_of
from tropa.web.paths import API

DOORS = Doors(API, "bindings")


class PlaceReply(BaseModel):
    """Where some events of a name are bound."""

    stage: str
    touchpoint: str | None
    events: int


class NameReply(BaseModel):
    """An event name with its volume and its places."""

    event: str
    events: int
    customers: int
    unbound: int
    places: list[PlaceReply]


class BindingsReply(BaseModel):
    """Event names, those with unbound events first; `unbound`: unbound events of all names together."""

    items: list[NameReply]
    events: int
    unbound: int


@DOORS.get("/maps/{map_id}/bindings", Right.READ)
def map_bindings(desk: AtDesk, who: Who, map_id: str) -> BindingsReply:
    """What the log has and where the map puts it. Binding itself is an edit of the map."""
    found = binding.bindings(desk, who, map_id)
    return BindingsReply(
        items=[NameReply.model_validate(one, from_attributes=True) for one in found],
        events=sum(one.events for one in found),
        unbound=sum(one.unbound for one in found),
    )


class ValuesReply(BaseModel):
    """A column on the events of one name."""

    column: str
    known: int
    different: int
    top: list[tuple[str, int]]


class EventReply(BaseModel):
    """One event name closely. `value`: least, median and most in units of the currency, and how many have one."""

    event: str
    events: int
    customers: int
    first: datetime
    last: datetime
    months: list[tuple[str, int]]
    value: tuple[float, float, float, int] | None
    scores: list[tuple[float, int]]
    channels: ValuesReply
    columns: list[ValuesReply]


@DOORS.get("/data/events/{name:path}", Right.READ)
def event_details(desk: AtDesk, who: Who, name: str) -> EventReply:
    """Properties and values of one kind of event; whatever could be personal is hidden."""
    found, zone = binding.details(desk, who, name), zone_of(desk.workspace.folder)
    value = None
    if found.value is not None:
        low, middle, high, count = found.value
        value = (low / 100, middle / 100, high / 100, count)
    return EventReply(
        event=found.event, events=found.events, customers=found.customers, first=moment_in(found.first, zone),
        last=moment_in(found.last, zone), months=list(found.months), value=value, scores=list(found.scores),
        channels=ValuesReply.model_validate(found.channels, from_attributes=True),
        columns=[ValuesReply.model_validate(one, from_attributes=True) for one in found.columns],
    )  # fmt: skip


class DraftReply(BaseModel):
    """A proposed map in the shape of a map file, and the events that it leaves unbound."""

    map: dict[str, Any]
    unbound: list[tuple[str, int]]


@DOORS.post("/maps/{map_id}/draft", Right.EDIT)
def map_draft(desk: AtDesk, who: Who, map_id: str, request: Request) -> DraftReply:
    """Stages and bindings proposed from the log itself, for the editor to take over."""
    found = binding.draft(desk, who, map_id, words_of(request))
    return DraftReply(map=found.map, unbound=list(found.unbound))
