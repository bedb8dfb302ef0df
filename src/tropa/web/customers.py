"""Doors to single customers, and to the map over time (R-26, R-31, R-42, R-64)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from fastapi import Path, Query, Request
from pydantic import BaseModel

from tropa.model import CannotTell, Rate, Satisfaction, Times, say
from tropa.model.access import Right
from tropa.service import replaying, timeline
from tropa.service.answering import Wish
from tropa.service.settings import zone_of
from tropa.trail.calendar import moment_in
from tropa.web.doors import AtDesk, Doors, Who
from tropa.web.filters import FilteredOfAllTime, FilterReply, From, MemoryReply, Named, To, Where, memory, told
from tropa.web.language import words_of
from tropa.web.paths import API

DOORS = Doors(API, "customers")
Pseudonym = Annotated[str, Path(pattern=r"^[\w·-]{1,64}$")]
After = Annotated[int, Query(ge=0)]


class CustomerReply(BaseModel):
    """One customer by pseudonym. `value`: units of the currency; `status` and `last_stage`: of the latest pass."""

    pseudonym: str
    passes: int
    deals: int
    value: float
    first: datetime
    last: datetime
    status: str
    last_stage: str


class CustomersReply(BaseModel):
    """A page of customers; `next` goes into `after` for the following one."""

    items: list[CustomerReply]
    all: int
    next: int | None


@DOORS.get("/maps/{map_id}/customers", Right.REVEAL)
def map_customers(
    desk: AtDesk, who: Who, map_id: str, stage: Named = None, outcome: Literal["left", "deal", "open"] | None = None,
    segment: Named = None, channel: Named = None, start: From = None, to: To = None, where: Where = None, after: After = 0,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> CustomersReply:  # fmt: skip
    """Customers with a pass that fits, the latest active first."""
    wish = Wish(segment, channel, start, to, where=where)
    page = replaying.customers(desk, who, map_id, wish, stage=stage, outcome=outcome, after=after, limit=limit)
    zone = zone_of(desk.workspace.folder)
    items = [
        CustomerReply(
            pseudonym=one.pseudonym, passes=one.passes, deals=one.deals, value=one.value / 100, first=moment_in(one.first, zone),
            last=moment_in(one.last, zone), status=one.status, last_stage=one.last_stage,
        )
        for one in page.rows
    ]  # fmt: skip
    return CustomersReply(items=items, all=page.all, next=page.next)


class StepReply(BaseModel):
    """One event. `of_pass`: number of the pass it belongs to (−1: before the first); `value` in units of the currency."""

    at: datetime
    event: str
    channel: str
    stage: str | None
    touchpoint: str | None
    of_pass: int
    value: float | None
    score: float | None
    text: str | None
    properties: dict[str, str]


class PassReply(BaseModel):
    """One pass: visited stages in order, how it ended."""

    start: datetime
    end: datetime
    status: str
    deal: datetime | None
    value: float
    stages: list[str]


class JourneyReply(BaseModel):
    """One customer's way: all passes, and a page of the events."""

    pseudonym: str
    passes: list[PassReply]
    steps: list[StepReply]
    events: int
    next: int | None


@DOORS.get("/customers/{pseudonym}/journey", Right.REVEAL)
def customer_journey(
    desk: AtDesk, who: Who, pseudonym: Pseudonym, map_id: Annotated[str, Query(max_length=64)], after: After = 0,
    limit: Annotated[int, Query(ge=1, le=1000)] = 500,
) -> JourneyReply:  # fmt: skip
    """One customer's journey replayed; looking at it is written in the audit log."""
    _, found = replaying.journey(desk, who, map_id, pseudonym, after=after, limit=limit)
    zone = zone_of(desk.workspace.folder)
    passes = [
        PassReply(
            start=moment_in(one.start, zone), end=moment_in(one.end, zone), status=one.status, value=one.value / 100,
            deal=None if one.deal is None else moment_in(one.deal, zone), stages=list(one.stages),
        )
        for one in found.passes
    ]  # fmt: skip
    steps = [
        StepReply(
            at=moment_in(one.at, zone), event=one.event, channel=one.channel, stage=one.stage, touchpoint=one.touchpoint,
            of_pass=one.of_pass, value=None if one.value is None else one.value / 100, score=one.score, text=one.text,
            properties=dict(one.properties),
        )
        for one in found.steps
    ]  # fmt: skip
    return JourneyReply(pseudonym=found.pseudonym, passes=passes, steps=steps, events=found.events, next=found.next)


class IdentityReply(BaseModel):
    """Who is behind a pseudonym."""

    ids: list[str]
    phones: list[str]
    emails: list[str]


@DOORS.post("/customers/{pseudonym}/identity", Right.REVEAL)
def customer_identity(desk: AtDesk, who: Who, pseudonym: Pseudonym) -> IdentityReply:
    """Shows who a customer is: an act of its own, which is written in the audit log."""
    found = replaying.identity(desk, who, pseudonym)
    return IdentityReply(ids=list(found.ids), phones=list(found.phones), emails=list(found.emails))


class MonthStageReply(BaseModel):
    """A stage in one month."""

    id: str
    observed: bool
    entrants: int
    exits: int
    open: int
    conversion: Rate | CannotTell
    to_deal: Rate | CannotTell
    time_to_next: Times | CannotTell
    satisfaction: Satisfaction | CannotTell


class MonthReply(BaseModel):
    """The passes that began in a month."""

    month: str
    start: datetime
    end: datetime
    passes: int
    stages: list[MonthStageReply]
    repeat_rate: Rate | CannotTell


class ChangeReply(BaseModel):
    """A figure that changed from the month before by more than noise. `stage` null: the repeat rate of the whole map."""

    stage: str | None
    figure: str
    before: str
    month: str
    was: float
    now: float
    chance: float


class ImprovementReply(BaseModel):
    """An improvement on its day."""

    id: str
    day: date
    text: str
    stage: str
    status: str


class DataReply(BaseModel):
    """An import on its day."""

    at: datetime
    source: str
    accepted: int


class TimelineReply(BaseModel):
    """The map over time. `compared`: out of how many comparisons the changes are told."""

    filter: FilterReply
    memory: MemoryReply | None
    months: list[MonthReply]
    changes: list[ChangeReply]
    compared: int
    improvements: list[ImprovementReply]
    data: list[DataReply]


@DOORS.get("/maps/{map_id}/timeline", Right.READ)
def map_timeline(
    desk: AtDesk,
    who: Who,
    map_id: str,
    request: Request,
    wish: FilteredOfAllTime,
    months: Annotated[int, Query(ge=2, le=60)] = 24,
) -> TimelineReply:
    """Readings by calendar month, changes beyond noise, improvements and imports."""
    found = timeline.timeline_of(desk, who, map_id, wish, months)
    lang, zone = words_of(request).lang, zone_of(desk.workspace.folder)
    told_months = [
        MonthReply(
            month=one.name, start=moment_in(one.start, zone), end=moment_in(one.end, zone), passes=one.passes, repeat_rate=one.repeat_rate,
            stages=[MonthStageReply.model_validate(stage, from_attributes=True) for stage in one.stages],
        )
        for one in found.line.months
    ]  # fmt: skip
    improvements = [
        ImprovementReply(id=one.id, day=day, text=say(one.text, lang), stage=one.stage, status=one.status)
        for day, one in found.improvements
    ]
    return TimelineReply(
        filter=told(wish), memory=memory(desk, wish), months=told_months, compared=found.line.compared, improvements=improvements,
        changes=[ChangeReply.model_validate(one, from_attributes=True) for one in found.line.changes],
        data=[DataReply.model_validate(one, from_attributes=True) for one in found.data],
    )  # fmt: skip
