"""Doors to readings of the live map: figures, breaks, evidence, lint, freshness (R-12, R-23, R-24, R-31)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from fastapi import Request
from pydantic import BaseModel

from tropa.model import Break, EvidenceState, Loss, Readings, Scope
from tropa.model.access import Right
from tropa.service import answering, filtering, judging
from tropa.web.doors import AtDesk, Doors, Who
from tropa.web.filters import Filtered, FilteredOfAllTime, FilterReply, MemoryReply, memory, told
from tropa.web.language import words_of
from tropa.web.paths import API

DOORS = Doors(API, "readings")


class ReadingsReply(BaseModel):
    """Readings of the map as it stands now. `entered`: typed by hand, there is no log. `readings` is null where nothing is known."""

    filter: FilterReply
    memory: MemoryReply | None
    entered: bool
    readings: Readings | None


@DOORS.get("/maps/{map_id}/readings", Right.READ)
def map_readings(desk: AtDesk, map_id: str, who: Who, wish: Filtered, breaks: bool = False) -> ReadingsReply:
    """Every figure of the map, for everybody or filtered. `breaks`: losses too (they take longer)."""
    who.require(Right.READ, map_id)
    _, readings = answering.live_readings(desk, map_id, wish, breaks=breaks)
    entered = readings is not None and readings.scope.data_version == "entered"
    return ReadingsReply(filter=told(wish), memory=memory(desk, wish), entered=entered, readings=readings)


class ChannelReply(BaseModel):
    """A channel of the log, in words, and how many events came through it."""

    id: str
    title: str
    events: int


class FiltersReply(BaseModel):
    """What figures can be filtered by. `known_from`: the first day as of which one can ask."""

    channels: list[ChannelReply]
    first: date | None
    last: date | None
    known_from: date | None
    zone: str
    """Whose days they are (IANA name)."""


@DOORS.get("/maps/{map_id}/filters", Right.READ)
def map_filters(desk: AtDesk, map_id: str, who: Who, request: Request) -> FiltersReply:
    """Channels, the busiest first, and the days that the log covers."""
    found, words = filtering.choices(desk, who, map_id), words_of(request)
    channels = [
        ChannelReply(id=name, title=words.or_own(f"channel-{name}", name), events=events)
        for name, events in found.channels
    ]
    return FiltersReply(
        channels=channels, first=found.first, last=found.last, known_from=found.known_from, zone=found.zone
    )


class FittingReply(BaseModel):
    """How many customers a filter means, of all that the log knows."""

    customers: int
    all: int


@DOORS.get("/maps/{map_id}/filters/fitting", Right.READ)
def map_fitting(desk: AtDesk, map_id: str, who: Who, wish: FilteredOfAllTime) -> FittingReply:
    """Whether a rule over customers can be read, and how many customers it means together with the rest of the filter."""
    found = filtering.fitting(desk, who, map_id, wish)
    return FittingReply(customers=found.customers, all=found.all)


class BreaksReply(BaseModel):
    """Breaks by what could be regained, dearest first. `all_together` is computed jointly and is not their sum."""

    filter: FilterReply
    memory: MemoryReply | None
    scope: Scope | None
    breaks: tuple[Break, ...]
    all_together: Loss | None


@DOORS.get("/maps/{map_id}/breaks", Right.READ)
def map_breaks(desk: AtDesk, map_id: str, who: Who, wish: Filtered, sensitivity: bool = False) -> BreaksReply:
    """Where customers leave, and what that costs. `sensitivity`: also with half and twice the silence limit."""
    who.require(Right.READ, map_id)
    _, readings = answering.live_readings(desk, map_id, wish, breaks=True, sensitivity=sensitivity)
    if readings is None:
        return BreaksReply(filter=told(wish), memory=None, scope=None, breaks=(), all_together=None)
    return BreaksReply(
        filter=told(wish), memory=memory(desk, wish), scope=readings.scope, breaks=readings.breaks,
        all_together=readings.all_together,
    )  # fmt: skip


class StandingReply(BaseModel):
    """What each statement rests on, by its address: `stage/lane/i`, `stage/touchpoint/lane/i`."""

    states: dict[str, EvidenceState]


@DOORS.get("/maps/{map_id}/standing", Right.READ)
def map_standing(desk: AtDesk, map_id: str, who: Who) -> StandingReply:
    """Assumed, observed, measured, contradicted, stale or entered: for every statement of the map."""
    who.require(Right.READ, map_id)
    return StandingReply(states=judging.standing_of(desk, map_id))


class FindingReply(BaseModel):
    """One finding of lint."""

    code: str
    severity: str
    address: str
    message: str
    fix: str


class LintReply(BaseModel):
    """What lint says of the map."""

    findings: list[FindingReply]


@DOORS.get("/maps/{map_id}/lint", Right.READ)
def map_lint(desk: AtDesk, map_id: str, who: Who, request: Request) -> LintReply:
    """What is missing, stale or contradicted in the map, in the reader's language."""
    who.require(Right.READ, map_id)
    found: list[dict[str, Any]] = judging.findings_of(desk, map_id, words_of(request))
    return LintReply(findings=[FindingReply(**{key: one[key] for key in FindingReply.model_fields}) for one in found])


class SourceReply(BaseModel):
    """Until when a source is complete."""

    name: str
    events: int
    first: datetime
    complete_until: datetime
    age_days: int


class FreshnessReply(BaseModel):
    """How fresh the data is."""

    data_version: str | None
    events: int
    customers: int
    currency: str | None
    sources: list[SourceReply]
    last_import: datetime | None
    zone: str
    """Whose clocks tell the instants of events."""


@DOORS.get("/freshness", Right.READ)
def freshness(desk: AtDesk, who: Who) -> FreshnessReply:
    """Until when each source of events is complete."""
    who.require(Right.READ)
    found = answering.freshness(desk)
    sources = [
        SourceReply(
            name=one.name, events=one.events, first=one.first, complete_until=one.complete_until, age_days=one.age_days
        )
        for one in found.sources
    ]
    return FreshnessReply(
        data_version=found.data_version, events=found.events, customers=found.customers, currency=found.currency,
        sources=sources, last_import=found.last_import, zone=found.zone,
    )  # fmt: skip
