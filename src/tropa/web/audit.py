"""The audit log, to look at."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from fastapi import Query, Request
from pydantic import BaseModel

from tropa.model.access import Right
from tropa.service import auditing
from tropa.store.audit import AuditEntry as Kept
from tropa.web.doors import AtDesk, Doors, Who
from tropa.web.fields import Limit, Page
from tropa.web.language import words_of
from tropa.web.paths import API
from tropa.words import Words

DOORS = Doors(API, "audit")


class AuditEntry(BaseModel):
    """`told`: in words of the reader's language; `who`: `user:ID`, `token:ID`, `guest:ID`, `local:local`, `nobody:`."""

    seq: int
    at: datetime
    who: str
    name: str
    act: str
    subject: str
    facts: dict[str, Any]
    address: str
    told: str


def _entry(kept: Kept, say: Words) -> AuditEntry:
    message = f"audit-{kept.act}"
    told = say(message, **{"subject": kept.subject, **kept.facts}) if say.has(message) else kept.act
    return AuditEntry(
        seq=kept.seq, at=kept.at, who=kept.who, name=kept.name, act=kept.act, subject=kept.subject,
        facts=dict(kept.facts), address=kept.address, told=told,
    )  # fmt: skip


@DOORS.get("/audit", Right.MANAGE)
def audit(
    desk: AtDesk,
    who: Who,
    request: Request,
    limit: Limit = 100,
    after: Annotated[int | None, Query(ge=1, le=2**53)] = None,
    act: Annotated[str | None, Query(max_length=64)] = None,
) -> Page[AuditEntry]:
    """Who did what that matters for safety, the latest first."""
    found, further = auditing.look(desk, who, before=after, limit=limit, act=act)
    say = words_of(request)
    return Page(items=[_entry(one, say) for one in found], next=None if further is None else str(further))
