"""Doors to webhooks (R-62)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Annotated, Literal

from fastapi import FastAPI
from pydantic import BaseModel, Field

from tropa.model.access import Right
from tropa.service import hooks
from tropa.service.outbox import Outbox
from tropa.store.webhooks import Webhook
from tropa.web.doors import AtDesk, Doors, Who
from tropa.web.maps import Limit
from tropa.web.paths import API

DOORS = Doors(API, "webhooks")
Url = Annotated[str, Field(min_length=8, max_length=2000)]
Events = Annotated[list[Annotated[str, Field(max_length=64)]], Field(min_length=1, max_length=50)]


@asynccontextmanager
async def living(app: FastAPI) -> AsyncIterator[None]:
    """Letters and webhooks go out while the server lives."""
    outbox = Outbox(app.state.desk)
    await asyncio.to_thread(outbox.start)
    try:
        yield
    finally:
        await asyncio.to_thread(outbox.stop)


class CallReply(BaseModel):
    """One telling: `waiting` (to be tried again), `done`, `failed` (given up)."""

    id: str
    event: str
    at: datetime
    state: Literal["waiting", "done", "failed"]
    tries: int
    status: int | None
    fault: str | None


class WebhookReply(BaseModel):
    """Whom we tell of what, and the last it was told."""

    id: str
    url: str
    events: list[str]
    active: bool
    created_at: datetime
    created_by: str
    calls: list[CallReply] = []


class WebhookMade(WebhookReply):
    """A new webhook. The secret is shown only now: each call is signed with it in `Tropa-Signature`."""

    secret: str


class WebhookList(BaseModel):
    """A page of webhooks; `events`: all one can be told of."""

    items: list[WebhookReply]
    next: str | None
    events: list[str]


class NewWebhook(BaseModel):
    """An address (https) and what it is to be told of."""

    url: Url
    events: Events


class WebhookChange(BaseModel):
    """What is to be otherwise; what is left out stays."""

    url: Url | None = None
    events: Events | None = None
    active: bool | None = None


def _reply(told: hooks.Told) -> WebhookReply:
    calls = [
        CallReply(
            id=one.id,
            event=one.event,
            at=one.at,
            state="done" if one.state == "done" else "failed" if one.state == "failed" else "waiting",
            tries=one.tries,
            status=one.status,
            fault=one.fault,
        )
        for one in told.calls
    ]
    return WebhookReply(**_about(told.hook), calls=calls)


def _about(hook: Webhook) -> dict[str, object]:
    return {
        "id": hook.id,
        "url": hook.url,
        "events": list(hook.events),
        "active": hook.active,
        "created_at": hook.created_at,
        "created_by": hook.created_by,
    }


@DOORS.get("/webhooks", Right.MANAGE)
def list_webhooks(desk: AtDesk, who: Who, limit: Limit = 50, after: str | None = None) -> WebhookList:
    """Other programs that are told of what happens here."""
    found, following = hooks.listed(desk, who, after=after, limit=limit)
    return WebhookList(items=[_reply(one) for one in found], next=following, events=list(hooks.EVENTS))


@DOORS.post("/webhooks", Right.MANAGE, status_code=201, fresh=True)
def make_webhook(desk: AtDesk, who: Who, wanted: NewWebhook) -> WebhookMade:
    """A new webhook. The address must be https and lead to the open Internet."""
    made = hooks.make(desk, who, wanted.url, tuple(dict.fromkeys(wanted.events)))
    return WebhookMade(**_about(made), secret=made.secret)


@DOORS.patch("/webhooks/{webhook_id}", Right.MANAGE)
def change_webhook(desk: AtDesk, who: Who, webhook_id: str, wanted: WebhookChange) -> WebhookReply:
    """Another address, other events, paused or going on."""
    events = None if wanted.events is None else tuple(dict.fromkeys(wanted.events))
    made = hooks.change(desk, who, webhook_id, url=wanted.url, events=events, active=wanted.active)
    return WebhookReply(**_about(made))


@DOORS.delete("/webhooks/{webhook_id}", Right.MANAGE, status_code=204)
def remove_webhook(desk: AtDesk, who: Who, webhook_id: str) -> None:
    """Forgets a webhook."""
    hooks.remove(desk, who, webhook_id)
