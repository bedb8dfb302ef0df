"""Comments in the margin of a map: threads at an address, mentions, resolved or open. Kept beside the live document, not in it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, ForeignKey, Integer, Row, String, Table, Text, func, select, text

from tropa.store.documents import DOCUMENT, Author
from tropa.store.tables import METADATA, Instant

COMMENT = Table(
    "comment",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("document_id", String(64), ForeignKey("document.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("thread_id", String(64), nullable=False, index=True),
    Column("address", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("mentions", Text, nullable=False),
    Column("who", String(96), nullable=False),
    Column("name", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("edited_at", Instant),
    Column("deleted_at", Instant),
    Column("resolved_at", Instant),
    Column("resolved_by", Text),
    Column("change", Integer, nullable=False, server_default=text("0")),
)


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment. The first of a thread has the thread's id, and only it is resolved. A deleted one keeps its place without its text."""

    id: str
    document_id: str
    thread_id: str
    address: str
    text: str
    mentions: tuple[str, ...]
    author: Author
    at: datetime
    edited_at: datetime | None = None
    deleted_at: datetime | None = None
    resolved_at: datetime | None = None
    resolved_by: str | None = None
    change: int = 0
    """The number of its last change among all changes of comments of the map."""


def add(c: Connection, comment: Comment) -> None:
    """Keeps a new comment."""
    c.execute(
        COMMENT.insert().values(
            id=comment.id,
            document_id=comment.document_id,
            thread_id=comment.thread_id,
            address=comment.address,
            text=comment.text,
            mentions=_listed(comment.mentions),
            who=comment.author.who,
            name=comment.author.name,
            at=comment.at,
        )
    )
    changed(c, comment.id)


def changed(c: Connection, comment_id: str) -> None:
    """Numbers the change of a comment: whoever knows the number of the last change they saw can ask for what came after it."""
    own = select(COMMENT.c.document_id).where(COMMENT.c.id == comment_id).scalar_subquery()
    counted = DOCUMENT.update().where(DOCUMENT.c.id == own).values(talk=DOCUMENT.c.talk + 1).returning(DOCUMENT.c.talk)
    number = c.execute(counted).scalar_one()
    c.execute(COMMENT.update().where(COMMENT.c.id == comment_id).values(change=number))


def changes(c: Connection, document_id: str, after: int, limit: int) -> tuple[list[Comment], int]:
    """Comments of a map that changed after a number, in the order of their last change, removed ones too; and the number of the last
    change there was in the map (0: nobody has said anything)."""
    query = select(COMMENT).where(COMMENT.c.document_id == document_id, COMMENT.c.change > after)
    found = [_comment(row) for row in c.execute(query.order_by(COMMENT.c.change).limit(limit))]
    last = c.execute(select(DOCUMENT.c.talk).where(DOCUMENT.c.id == document_id)).scalar_one_or_none()
    return found, last or 0


def find(c: Connection, document_id: str, comment_id: str) -> Comment | None:
    """One comment of a map, unless deleted."""
    row = c.execute(
        select(COMMENT).where(
            COMMENT.c.document_id == document_id, COMMENT.c.id == comment_id, COMMENT.c.deleted_at.is_(None)
        )
    ).one_or_none()
    return None if row is None else _comment(row)


def look(c: Connection, document_id: str, comment_id: str) -> Comment | None:
    """One comment of a map, deleted or not."""
    here = (COMMENT.c.document_id == document_id) & (COMMENT.c.id == comment_id)
    row = c.execute(select(COMMENT).where(here)).one_or_none()
    return None if row is None else _comment(row)


def threads(
    c: Connection, document_id: str, *, address: str | None, resolved: bool | None, after: str | None, limit: int
) -> list[Comment]:
    """First comments of threads, the oldest first, from after the thread `after`."""
    first = COMMENT.alias("reply")
    replies = select(func.count()).where(
        first.c.thread_id == COMMENT.c.id, first.c.id != first.c.thread_id, first.c.deleted_at.is_(None)
    )
    query = select(COMMENT).where(COMMENT.c.document_id == document_id, COMMENT.c.id == COMMENT.c.thread_id)
    query = query.where(COMMENT.c.deleted_at.is_(None) | (replies.scalar_subquery() > 0))
    if address is not None:
        query = query.where(COMMENT.c.address == address)
    if resolved is not None:
        query = query.where(COMMENT.c.resolved_at.is_not(None) if resolved else COMMENT.c.resolved_at.is_(None))
    if after is not None:
        last = select(COMMENT.c.at).where(COMMENT.c.id == after).scalar_subquery()
        query = query.where((COMMENT.c.at > last) | ((COMMENT.c.at == last) & (COMMENT.c.id > after)))
    return [_comment(row) for row in c.execute(query.order_by(COMMENT.c.at, COMMENT.c.id).limit(limit))]


def replies(c: Connection, thread_ids: list[str]) -> list[Comment]:
    """All that was answered in these threads, the oldest first, deleted ones left out."""
    query = select(COMMENT).where(
        COMMENT.c.thread_id.in_(thread_ids), COMMENT.c.id != COMMENT.c.thread_id, COMMENT.c.deleted_at.is_(None)
    )
    return [_comment(row) for row in c.execute(query.order_by(COMMENT.c.at, COMMENT.c.id))]


def edit(c: Connection, comment_id: str, text: str, mentions: tuple[str, ...], at: datetime) -> None:
    """Another text for a comment."""
    c.execute(
        COMMENT.update().where(COMMENT.c.id == comment_id).values(text=text, mentions=_listed(mentions), edited_at=at)
    )
    changed(c, comment_id)


def resolve(c: Connection, thread_id: str, at: datetime | None, by: str | None) -> None:
    """Closes a thread, or (None) opens it again."""
    c.execute(COMMENT.update().where(COMMENT.c.id == thread_id).values(resolved_at=at, resolved_by=by))
    changed(c, thread_id)


def remove(c: Connection, comment_id: str, at: datetime) -> None:
    """Takes the text away; the answers to it stay."""
    c.execute(COMMENT.update().where(COMMENT.c.id == comment_id).values(text="", mentions="[]", deleted_at=at))
    changed(c, comment_id)


def open_by_address(c: Connection, document_id: str) -> dict[str, int]:
    """How many open threads stand at each address."""
    query = (
        select(COMMENT.c.address, func.count())
        .where(COMMENT.c.document_id == document_id, COMMENT.c.id == COMMENT.c.thread_id)
        .where(COMMENT.c.resolved_at.is_(None), COMMENT.c.deleted_at.is_(None))
        .group_by(COMMENT.c.address)
    )
    return {row[0]: int(row[1]) for row in c.execute(query)}


def taking_part(c: Connection, thread_id: str) -> set[str]:
    """Who wrote in a thread."""
    query = select(COMMENT.c.who).where(COMMENT.c.thread_id == thread_id, COMMENT.c.deleted_at.is_(None))
    return {row.who for row in c.execute(query)}


def texts(c: Connection, document_ids: list[str]) -> list[Comment]:
    """All comments of some maps, for searching."""
    query = select(COMMENT).where(COMMENT.c.document_id.in_(document_ids), COMMENT.c.deleted_at.is_(None))
    return [_comment(row) for row in c.execute(query.order_by(COMMENT.c.at, COMMENT.c.id))]


def _listed(ids: tuple[str, ...]) -> str:
    return json.dumps(list(ids), ensure_ascii=False)


def _comment(row: Row[Any]) -> Comment:
    return Comment(
        row.id,
        row.document_id,
        row.thread_id,
        row.address,
        row.text,
        tuple(json.loads(row.mentions)),
        Author(row.who, row.name),
        row.at,
        row.edited_at,
        row.deleted_at,
        row.resolved_at,
        row.resolved_by,
        row.change,
    )
