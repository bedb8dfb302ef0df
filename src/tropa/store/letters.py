"""Letters on their way to people: one queue, which each kind of letter has in a table of its own (`notices`, `account_letters`).

A letter is noted as being handed over before it is: after a crash in between nobody can know whether it went, and it is not sent again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Connection, Integer, String, Table, Text, select

from tropa.store.tables import METADATA, Instant


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter. `id`: that of what it tells of; `state`: `waiting`, `sending`, `sent`, `failed` (given up), `unknown` (a crash while it
    went)."""

    id: str
    recipient: str
    subject: str
    body: str
    state: str
    tries: int
    next_at: datetime
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class LetterQueue:
    """A queue in a table, whose first column is the letter's id."""

    table: Table

    @classmethod
    def of(cls, name: str, key: Column[str]) -> LetterQueue:
        """The table `name`, with `key` before what every letter has."""
        table = Table(
            name,
            METADATA,
            key,
            Column("recipient", Text, nullable=False),
            Column("subject", Text, nullable=False),
            Column("body", Text, nullable=False),
            Column("state", String(16), nullable=False, index=True),
            Column("tries", Integer, nullable=False),
            Column("next_at", Instant, nullable=False),
            Column("fault", Text),
        )
        return cls(table)

    @property
    def key(self) -> Column[str]:
        """The column of the letter's id."""
        return next(iter(self.table.c))

    def put(self, c: Connection, letter: Letter) -> None:
        """Into the queue."""
        row = {
            "recipient": letter.recipient, "subject": letter.subject, "body": letter.body, "state": letter.state,
            "tries": letter.tries, "next_at": letter.next_at, "fault": letter.fault,
        }  # fmt: skip
        c.execute(self.table.insert().values({self.key.name: letter.id, **row}))

    def claim(self, c: Connection, now: datetime) -> Letter | None:
        """The next letter that is due, noted as being handed over; None where none is."""
        due = select(self.table).where(self.table.c.state == "waiting", self.table.c.next_at <= now)
        row = c.execute(due.order_by(self.table.c.next_at, self.key).limit(1).with_for_update(skip_locked=True)).first()
        if row is None:
            return None
        due_id, tries = row[0], row.tries + 1
        c.execute(self.table.update().where(self.key == due_id).values(state="sending", tries=tries))
        return Letter(due_id, row.recipient, row.subject, row.body, "sending", tries, row.next_at)

    def settle(self, c: Connection, letter_id: str, state: str, next_at: datetime, fault: str | None) -> None:
        """What became of a letter."""
        c.execute(self.table.update().where(self.key == letter_id).values(state=state, next_at=next_at, fault=fault))

    def give_up_unknown(self, c: Connection) -> int:
        """At start: letters that a crash caught on their way. Returns how many."""
        return c.execute(self.table.update().where(self.table.c.state == "sending").values(state="unknown")).rowcount

    def letters(self, c: Connection) -> list[Letter]:
        """All of them."""
        return [Letter(*row) for row in c.execute(select(self.table).order_by(self.table.c.next_at, self.key))]
