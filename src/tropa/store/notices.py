"""What somebody should know of (a mention, an answer), and the letters that tell them.

A letter is noted as being handed over before it is: after a crash in between nobody can know whether it went, and it is not sent again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Connection, ForeignKey, Integer, String, Table, Text, UniqueConstraint, func, select

from tropa.store.tables import METADATA, Instant

NOTICE = Table(
    "notice",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("user_id", String(64), nullable=False, index=True),
    Column("kind", String(32), nullable=False),
    Column("document_id", String(64), ForeignKey("document.id", ondelete="CASCADE"), nullable=False),
    Column("comment_id", String(64), ForeignKey("comment.id", ondelete="CASCADE"), nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("seen_at", Instant),
    UniqueConstraint("user_id", "comment_id"),
)
LETTER = Table(
    "letter",
    METADATA,
    Column("notice_id", String(64), ForeignKey("notice.id", ondelete="CASCADE"), primary_key=True),
    Column("recipient", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("state", String(16), nullable=False, index=True),
    Column("tries", Integer, nullable=False),
    Column("next_at", Instant, nullable=False),
    Column("fault", Text),
)


@dataclass(frozen=True, slots=True)
class Notice:
    """Something one user should know of. `kind`: `mention` or `answer`; `by`: the name of who wrote."""

    id: str
    user_id: str
    kind: str
    document_id: str
    comment_id: str
    by: str
    at: datetime
    seen_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter about a notice. `state`: `waiting`, `sending`, `sent`, `failed` (given up), `unknown` (a crash while it went)."""

    notice_id: str
    recipient: str
    subject: str
    body: str
    state: str
    tries: int
    next_at: datetime
    fault: str | None = None


def add(c: Connection, notice: Notice) -> bool:
    """Keeps a notice; False where this user was told of this comment already."""
    here = (NOTICE.c.user_id == notice.user_id) & (NOTICE.c.comment_id == notice.comment_id)
    if c.execute(select(NOTICE.c.id).where(here)).one_or_none() is not None:
        return False
    c.execute(
        NOTICE.insert().values(
            id=notice.id,
            user_id=notice.user_id,
            kind=notice.kind,
            document_id=notice.document_id,
            comment_id=notice.comment_id,
            by=notice.by,
            at=notice.at,
        )
    )
    return True


def of_user(c: Connection, user_id: str, *, after: str | None, limit: int) -> list[Notice]:
    """A user's notices, the newest first, from after the notice `after`."""
    query = select(NOTICE).where(NOTICE.c.user_id == user_id)
    if after is not None:
        last = select(NOTICE.c.at).where(NOTICE.c.id == after).scalar_subquery()
        query = query.where((NOTICE.c.at < last) | ((NOTICE.c.at == last) & (NOTICE.c.id < after)))
    return [Notice(*row) for row in c.execute(query.order_by(NOTICE.c.at.desc(), NOTICE.c.id.desc()).limit(limit))]


def unseen(c: Connection, user_id: str) -> int:
    """How many a user has not seen."""
    query = select(func.count()).where(NOTICE.c.user_id == user_id, NOTICE.c.seen_at.is_(None))
    return int(c.execute(query).scalar_one())


def see(c: Connection, user_id: str, notice_ids: list[str] | None, at: datetime) -> None:
    """Notes that a user has seen these notices (None: all)."""
    query = NOTICE.update().where(NOTICE.c.user_id == user_id, NOTICE.c.seen_at.is_(None))
    if notice_ids is not None:
        query = query.where(NOTICE.c.id.in_(notice_ids))
    c.execute(query.values(seen_at=at))


def put_letter(c: Connection, letter: Letter) -> None:
    """Into the outbox."""
    c.execute(
        LETTER.insert().values(
            notice_id=letter.notice_id,
            recipient=letter.recipient,
            subject=letter.subject,
            body=letter.body,
            state=letter.state,
            tries=letter.tries,
            next_at=letter.next_at,
        )
    )


def claim_letter(c: Connection, now: datetime) -> Letter | None:
    """The next letter that is due, noted as being handed over; None where none is."""
    due = select(LETTER).where(LETTER.c.state == "waiting", LETTER.c.next_at <= now)
    row = c.execute(
        due.order_by(LETTER.c.next_at, LETTER.c.notice_id).limit(1).with_for_update(skip_locked=True)
    ).first()
    if row is None:
        return None
    c.execute(LETTER.update().where(LETTER.c.notice_id == row.notice_id).values(state="sending", tries=row.tries + 1))
    return Letter(row.notice_id, row.recipient, row.subject, row.body, "sending", row.tries + 1, row.next_at)


def settle_letter(c: Connection, letter_id: str, state: str, next_at: datetime, fault: str | None) -> None:
    """What became of a letter."""
    c.execute(LETTER.update().where(LETTER.c.notice_id == letter_id).values(state=state, next_at=next_at, fault=fault))


def give_up_unknown(c: Connection) -> int:
    """At start: letters that a crash caught on their way. Returns how many."""
    return c.execute(LETTER.update().where(LETTER.c.state == "sending").values(state="unknown")).rowcount


def letters(c: Connection) -> list[Letter]:
    """All letters."""
    return [Letter(*row) for row in c.execute(select(LETTER).order_by(LETTER.c.next_at, LETTER.c.notice_id))]
