"""What somebody should know of (a mention, an answer), and the queue of letters that tell them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Connection, ForeignKey, String, Table, Text, UniqueConstraint, func, select

from tropa.store.letters import LetterQueue
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
LETTERS = LetterQueue.of(
    "letter", Column("notice_id", String(64), ForeignKey("notice.id", ondelete="CASCADE"), primary_key=True)
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
