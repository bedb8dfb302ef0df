"""Doors to readings of the live map: figures, breaks, evidence, lint, freshness (R-12, R-23, R-24, R-31)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from fastapi import Query, Request
from pydantic import BaseModel

from tropa.model import Break, EvidenceState, Loss, Readings, Scope
from tropa.model.access import Right
from tropa.service import answering, filtering, judging
from tropa.service.desk import Desk
from tropa.web.doors import AtDesk, Doors, Who
from tropa.web.language import words_of
from tropa.web.paths import API

DOORS = Doors(API, "readings")
From = Annotated[date | None, Query(alias="from", description="First day in which a counted pass began.")]
To = Annotated[date | None, Query(description="Last day in which a counted pass began.")]
Named = Annotated[str | None, Query(max_length=200)]
AsOf = Annotated[date | None, Query(description="What was known at the end of this day: imports and the map of then.")]
LONGEST = 4_000
Where = Annotated[
    str | None,
    Query(
        max_length=LONGEST,
        description='A rule over customers: `count("order_paid") >= 2 and recency < 30d and city = "Moscow"`.',
    ),
]


class FilterReply(BaseModel):
    """The filter that was put over the trail."""

    segment: str | None
    channel: str | None
    start: date | None
    end: date | None
    as_of: date | None
    where: str | None


class MemoryReply(BaseModel):
    """What figures as of a day rest on. `erased`: events of customers erased since; where there are any, the figures of then do not come
    out again (`reproducible` false)."""

    day: date
    imports: int
    erased: int
    reproducible: bool


class ReadingsReply(BaseModel):
    """Readings of the map as it stands now. `entered`: typed by hand, there is no log. `readings` is null where nothing is known."""

    filter: FilterReply
    memory: MemoryReply | None
    entered: bool
    readings: Readings | None


def told(wish: answering.Wish) -> FilterReply:
    """The filter as it is said back."""
    return FilterReply(
        segment=wish.segment, channel=wish.channel, start=wish.start, end=wish.end, as_of=wish.as_of, where=wish.where
    )  # fmt: skip


def memory(desk: Desk, wish: answering.Wish) -> MemoryReply | None:
    """What an answer as of a day rests on; null where it is of now."""
    found = answering.memory_of(desk, wish)
    return None if found is None else MemoryReply.model_validate(found, from_attributes=True)


@DOORS.get("/maps/{map_id}/readings", Right.READ)
def map_readings(
    desk: AtDesk, map_id: str, who: Who, segment: Named = None, channel: Named = None, start: From = None,
    to: To = None, as_of: AsOf = None, where: Where = None, breaks: bool = False,
) -> ReadingsReply:  # fmt: skip
    """Every figure of the map, for everybody or filtered. `breaks`: losses too (they take longer)."""
    who.require(Right.READ, map_id)
    wish = answering.guarded(answering.Wish(segment, channel, start, to, as_of, where), who)
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
def map_fitting(
    desk: AtDesk, map_id: str, who: Who, segment: Named = None, channel: Named = None, as_of: AsOf = None,
    where: Where = None,
) -> FittingReply:  # fmt: skip
    """Whether a rule over customers can be read, and how many customers it means together with the rest of the filter."""
    wish = answering.guarded(answering.Wish(segment, channel, as_of=as_of, where=where), who)
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
def map_breaks(
    desk: AtDesk, map_id: str, who: Who, segment: Named = None, channel: Named = None, start: From = None,
    to: To = None, as_of: AsOf = None, where: Where = None, sensitivity: bool = False,
) -> BreaksReply:  # fmt: skip
    """Where customers leave, and what that costs. `sensitivity`: also with half and twice the silence limit."""
    who.require(Right.READ, map_id)
    wish = answering.guarded(answering.Wish(segment, channel, start, to, as_of, where), who)
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
