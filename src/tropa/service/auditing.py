"""The audit log: every act that matters for safety is written down in the transaction that does it (R-64)."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from tropa.model.access import Actor, Right
from tropa.service.desk import Desk

LOG = logging.getLogger("tropa.audit")

if TYPE_CHECKING:
    from tropa.store import Connection
    from tropa.store.audit import AuditEntry


def note(desk: Desk, connection: Connection, who: Actor, act: str, subject: str = "", **facts: Any) -> None:
    """Writes one act down: `audit-<act>` are its words, `subject` is whom or what it was done to. No secrets in `facts`."""
    from tropa.store import audit

    # the process's log has it too: whoever can change the database does not thereby change what the system's log has kept
    LOG.info("audit", extra={"act": act, "by": who.who, "subject": subject, "address": who.address})
    audit.append(
        connection, at=desk.clock(), who=who.who, name=who.name, act=act, subject=subject, facts=facts,
        address=who.address,
    )  # fmt: skip


def look(
    desk: Desk, who: Actor, *, before: int | None, limit: int, act: str | None
) -> tuple[list[AuditEntry], int | None]:
    """A page of the log from the latest back, and where the next one begins."""
    from tropa.store import audit

    who.require(Right.MANAGE)
    with desk.store.read() as connection:
        found = audit.page(connection, before, limit + 1, act)
    return found[:limit], found[limit - 1].seq if len(found) > limit else None
