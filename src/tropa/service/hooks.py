"""Webhooks: other programs are told of what happened, signed, tried again until they have it (R-62)."""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tropa.model import TropaError, near_miss
from tropa.model.access import Actor, Right
from tropa.service import auditing, reaching
from tropa.service.desk import Desk

if TYPE_CHECKING:
    from tropa.store import Connection
    from tropa.store.webhooks import Call, Webhook

log = logging.getLogger(__name__)
EVENTS = (
    "map.made", "map.changed", "map.archived", "map.restored", "version.named", "comment.made", "comment.resolved", "data.imported",
)  # fmt: skip
"""What one can be told of."""
WAITS = (
    timedelta(seconds=10),
    timedelta(minutes=1),
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(hours=24),
)
"""How long a call waits after each failed try; after the last it is given up."""
LEASE = timedelta(minutes=2)
GONE = 410
MOST_HOOKS = 50


@dataclass(frozen=True)
class Told:
    """A webhook and the last it was told."""

    hook: Webhook
    calls: tuple[Call, ...]


def signature(secret: str, moment: int, body: bytes) -> str:
    """The header `Tropa-Signature`: HMAC-SHA256 over the moment (seconds since 1970), a point and the body, as sent."""
    made = hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={moment},v1={made}"


def tell(desk: Desk, c: Connection, event: str, facts: dict[str, Any]) -> None:
    """Puts an event into the outbox of all who want it, in the transaction that makes it true."""
    from tropa.store import webhooks
    from tropa.store.webhooks import Call

    assert event in EVENTS
    for hook in webhooks.all_of(c):
        if hook.active and event in hook.events:
            own, now = desk.new_id(), desk.clock()
            body = {"id": own, "event": event, "at": now.isoformat(), **facts}
            webhooks.put_call(
                c, Call(own, hook.id, event, json.dumps(body, ensure_ascii=False), now, "waiting", 0, now)
            )


def announce(desk: Desk, event: str, facts: dict[str, Any]) -> None:
    """The same for something that is true already, in a transaction of its own."""
    with desk.store.begin() as c:
        tell(desk, c, event, facts)
    desk.wake.ring("outbox")


def listed(desk: Desk, who: Actor, *, after: str | None, limit: int) -> tuple[list[Told], str | None]:
    """A page of webhooks by id, each with the last it was told."""
    from tropa.store import webhooks

    who.require(Right.MANAGE)
    with desk.store.read() as c:
        found = webhooks.all_of(c, after=after, limit=limit + 1)
        page = [Told(one, tuple(webhooks.calls(c, one.id, 5))) for one in found[:limit]]
    return page, found[limit - 1].id if len(found) > limit else None


def make(desk: Desk, who: Actor, url: str, events: tuple[str, ...]) -> Webhook:
    """A new webhook; its secret is shown only now. Raises TR-W240…TR-W243."""
    from tropa.store import webhooks
    from tropa.store.webhooks import Webhook

    who.require(Right.MANAGE)
    _check(desk, url, events)
    hook = Webhook(desk.new_id(), url, events, f"whsec_{desk.new_id()}{desk.new_id()}", True, desk.clock(), who.name)
    with desk.store.begin() as c:
        if len(webhooks.all_of(c)) >= MOST_HOOKS:
            raise TropaError("TR-W243", most=MOST_HOOKS)
        webhooks.add(c, hook)
        auditing.note(desk, c, who, "webhook-made", hook.id, url=url)
    return hook


def change(
    desk: Desk, who: Actor, hook_id: str, *, url: str | None, events: tuple[str, ...] | None, active: bool | None
) -> Webhook:
    """Sets address, events, and whether it is active."""
    from tropa.store import webhooks

    who.require(Right.MANAGE)
    with desk.store.read() as c:
        old = webhooks.find(c, hook_id)
    if old is None:
        raise TropaError("TR-A003", name=hook_id)
    new = replace(
        old,
        url=old.url if url is None else url,
        events=old.events if events is None else events,
        active=old.active if active is None else active,
    )
    _check(desk, new.url, new.events)
    with desk.store.begin() as c:
        webhooks.change(c, new)
        auditing.note(desk, c, who, "webhook-changed", hook_id, url=new.url, active=new.active)
    return new


def remove(desk: Desk, who: Actor, hook_id: str) -> None:
    """Forgets a webhook."""
    from tropa.store import webhooks

    who.require(Right.MANAGE)
    with desk.store.begin() as c:
        if webhooks.find(c, hook_id) is None:
            raise TropaError("TR-A003", name=hook_id)
        webhooks.remove(c, hook_id)
        auditing.note(desk, c, who, "webhook-removed", hook_id)


def _check(desk: Desk, url: str, events: tuple[str, ...]) -> None:
    for event in events:
        if event not in EVENTS:
            raise TropaError("TR-W242", name=event, near=near_miss(event, EVENTS), known=", ".join(EVENTS))
    if not events:
        raise TropaError("TR-W242", name="", near="", known=", ".join(EVENTS))
    reaching.target(url, private=desk.private_hooks)


def deliver(desk: Desk, go_on: Callable[[], bool] = lambda: True) -> int:
    """Makes the calls that are due, one after another while it may `go_on`. Returns how many were taken."""
    from tropa.store import webhooks

    done = 0
    while go_on():
        now = desk.clock()
        with desk.store.begin() as c:
            found = webhooks.claim_call(c, now, now + LEASE)
        if found is None:
            break
        hook, call = found
        status, fault = (None, "paused") if not hook.active else _call(desk, hook, call)
        ok = status is not None and 200 <= status < 300
        last = call.tries > len(WAITS) or status == GONE or not hook.active
        done += ok
        state = "done" if ok else "failed" if last else "waiting"
        after = timedelta() if ok or last else WAITS[call.tries - 1]
        with desk.store.begin() as c:
            webhooks.settle_call(c, call.id, state, now + after, status, fault)
            if status == GONE:
                webhooks.change(c, replace(hook, active=False))
    return done


def _call(desk: Desk, hook: Webhook, call: Call) -> tuple[int | None, str | None]:
    body = call.body.encode()
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "Tropa-Webhook/1",
        "Tropa-Event": call.event,
        "Tropa-Delivery": call.id,
        "Tropa-Signature": signature(hook.secret, int(desk.clock().timestamp()), body),
    }
    try:
        return reaching.post(hook.url, body, headers, private=desk.private_hooks), None
    except TropaError as fault:
        return None, fault.code
    except OSError as fault:
        log.info("Webhook %s did not answer: %s", hook.id, type(fault).__name__)
        return None, type(fault).__name__
