"""Letters to people about their own account (a new password, a second factor gone): an outbox like that of `notices`, of its own because
they hang on no comment."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Column, Connection, Integer, String, Table, Text, select

from tropa.store.notices import Letter
from tropa.store.tables import METADATA, Instant

LETTER = Table(
    "account_letter",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("recipient", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("state", String(16), nullable=False, index=True),
    Column("tries", Integer, nullable=False),
    Column("next_at", Instant, nullable=False),
    Column("fault", Text),
)


def put(c: Connection, letter_id: str, recipient: str, subject: str, body: str, at: datetime) -> None:
    """Into the outbox."""
    c.execute(
        LETTER.insert().values(
            id=letter_id, recipient=recipient, subject=subject, body=body, state="waiting", tries=0, next_at=at
        )
    )


def claim(c: Connection, now: datetime) -> Letter | None:
    """The next letter that is due, noted as being handed over; None where none is."""
    due = select(LETTER).where(LETTER.c.state == "waiting", LETTER.c.next_at <= now)
    row = c.execute(due.order_by(LETTER.c.next_at, LETTER.c.id).limit(1).with_for_update(skip_locked=True)).first()
    if row is None:
        return None
    c.execute(LETTER.update().where(LETTER.c.id == row.id).values(state="sending", tries=row.tries + 1))
    return Letter(row.id, row.recipient, row.subject, row.body, "sending", row.tries + 1, row.next_at)


def settle(c: Connection, letter_id: str, state: str, next_at: datetime, fault: str | None) -> None:
    """What became of a letter."""
    c.execute(LETTER.update().where(LETTER.c.id == letter_id).values(state=state, next_at=next_at, fault=fault))


def give_up_unknown(c: Connection) -> int:
    """At start: letters that a crash caught on their way. Returns how many."""
    return c.execute(LETTER.update().where(LETTER.c.state == "sending").values(state="unknown")).rowcount


def all_of(c: Connection) -> list[Letter]:
    """All of them."""
    return [Letter(*row) for row in c.execute(select(LETTER).order_by(LETTER.c.next_at, LETTER.c.id))]
