"""Addresses of other programs that want to be told, and the outbox of what they are told."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, Column, Connection, ForeignKey, Integer, Row, String, Table, Text, select

from tropa.store.tables import METADATA, Instant

WEBHOOK = Table(
    "webhook",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("url", Text, nullable=False),
    Column("events", Text, nullable=False),
    Column("secret", Text, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("created_by", Text, nullable=False),
)
CALL = Table(
    "webhook_call",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("webhook_id", String(64), ForeignKey("webhook.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("event", String(64), nullable=False),
    Column("body", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("state", String(16), nullable=False, index=True),
    Column("tries", Integer, nullable=False),
    Column("next_at", Instant, nullable=False),
    Column("status", Integer),
    Column("fault", Text),
)


@dataclass(frozen=True, slots=True)
class Webhook:
    """Whom to tell: an address, which events, and the secret that signs them."""

    id: str
    url: str
    events: tuple[str, ...]
    secret: str
    active: bool
    created_at: datetime
    created_by: str


@dataclass(frozen=True, slots=True)
class Call:
    """One telling. `state`: `waiting`, `done`, `failed` (given up). `status`: the last answer's HTTP status."""

    id: str
    webhook_id: str
    event: str
    body: str
    at: datetime
    state: str
    tries: int
    next_at: datetime
    status: int | None = None
    fault: str | None = None


def add(c: Connection, hook: Webhook) -> None:
    """A new webhook."""
    c.execute(
        WEBHOOK.insert().values(
            id=hook.id,
            url=hook.url,
            events=json.dumps(list(hook.events)),
            secret=hook.secret,
            active=hook.active,
            created_at=hook.created_at,
            created_by=hook.created_by,
        )
    )


def find(c: Connection, hook_id: str) -> Webhook | None:
    """One webhook."""
    row = c.execute(select(WEBHOOK).where(WEBHOOK.c.id == hook_id)).one_or_none()
    return None if row is None else _webhook(row)


def all_of(c: Connection, *, after: str | None = None, limit: int | None = None) -> list[Webhook]:
    """All webhooks by id, from after the webhook `after`."""
    query = select(WEBHOOK).order_by(WEBHOOK.c.id)
    if after is not None:
        query = query.where(WEBHOOK.c.id > after)
    return [_webhook(row) for row in c.execute(query.limit(limit))]


def change(c: Connection, hook: Webhook) -> None:
    """Sets address, events and whether it is active."""
    c.execute(
        WEBHOOK.update()
        .where(WEBHOOK.c.id == hook.id)
        .values(url=hook.url, events=json.dumps(list(hook.events)), active=hook.active)
    )


def remove(c: Connection, hook_id: str) -> None:
    """Forgets a webhook and what it was told."""
    c.execute(CALL.delete().where(CALL.c.webhook_id == hook_id))
    c.execute(WEBHOOK.delete().where(WEBHOOK.c.id == hook_id))


def put_call(c: Connection, call: Call) -> None:
    """Into the outbox."""
    c.execute(
        CALL.insert().values(
            id=call.id,
            webhook_id=call.webhook_id,
            event=call.event,
            body=call.body,
            at=call.at,
            state=call.state,
            tries=call.tries,
            next_at=call.next_at,
        )
    )


def claim_call(c: Connection, now: datetime, until: datetime) -> tuple[Webhook, Call] | None:
    """The next call that is due, put off until `until` (should this process die, it is tried again then); None where none is."""
    due = select(CALL).where(CALL.c.state == "waiting", CALL.c.next_at <= now)
    row = c.execute(due.order_by(CALL.c.next_at, CALL.c.id).limit(1).with_for_update(skip_locked=True)).first()
    if row is None:
        return None
    c.execute(CALL.update().where(CALL.c.id == row.id).values(tries=row.tries + 1, next_at=until))
    hook = find(c, row.webhook_id)
    assert hook is not None  # calls go with their webhook
    return hook, Call(row.id, row.webhook_id, row.event, row.body, row.at, row.state, row.tries + 1, until)


def settle_call(
    c: Connection, call_id: str, state: str, next_at: datetime, status: int | None, fault: str | None
) -> None:
    """What became of a call."""
    c.execute(
        CALL.update().where(CALL.c.id == call_id).values(state=state, next_at=next_at, status=status, fault=fault)
    )


def calls(c: Connection, hook_id: str, limit: int) -> list[Call]:
    """The newest calls of a webhook."""
    query = select(CALL).where(CALL.c.webhook_id == hook_id).order_by(CALL.c.at.desc(), CALL.c.id.desc()).limit(limit)
    return [Call(*row) for row in c.execute(query)]


def _webhook(row: Row[Any]) -> Webhook:
    events = tuple(json.loads(row.events))
    return Webhook(row.id, row.url, events, row.secret, row.active, row.created_at, row.created_by)
