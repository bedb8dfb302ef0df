"""Doors to comments and notices (R-60)."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from fastapi import Query
from pydantic import BaseModel, Field

from tropa.model.access import Right
from tropa.service import commenting, notifying
from tropa.store.comments import Comment
from tropa.web.doors import AtDesk, Doors, Who
from tropa.web.history import AuthorReply, author
from tropa.web.maps import Limit
from tropa.web.paths import API

DOORS = Doors(API, "comments")
Words = Annotated[str, Field(min_length=1, max_length=10_000)]
Address = Annotated[str, Field(max_length=500)]
Id = Annotated[str, Field(min_length=1, max_length=64)]
Mentions = Annotated[list[Id], Field(max_length=50)]


class CommentReply(BaseModel):
    """One comment. A removed one that has answers keeps its place without its text."""

    id: str
    thread: str
    address: str
    text: str
    mentions: list[str]
    author: AuthorReply
    at: datetime
    edited_at: datetime | None
    removed: bool


class ThreadReply(BaseModel):
    """A comment at an address and what was answered to it."""

    first: CommentReply
    answers: list[CommentReply]
    resolved_at: datetime | None
    resolved_by: str | None


class ThreadList(BaseModel):
    """A page of threads, the oldest first."""

    items: list[ThreadReply]
    next: str | None


class NewComment(BaseModel):
    """A new comment at an address (`stage/lane/i`, empty: the whole map), or an answer in a `thread`."""

    text: Words
    address: Address = ""
    thread: Id | None = None
    mentions: Mentions = []


class CommentChange(BaseModel):
    """Another text for one's own comment; `resolved` closes or opens the thread. What is left out stays."""

    text: Words | None = None
    mentions: Mentions | None = None
    resolved: bool | None = None


class MentionableReply(BaseModel):
    """Somebody who may be mentioned."""

    id: str
    name: str


class CommentCounts(BaseModel):
    """Open threads by address."""

    open: dict[str, int]


class NoticeReply(BaseModel):
    """Something one should know of: a `mention` or an `answer`, in a comment of a map."""

    id: str
    kind: Literal["mention", "answer"]
    map_id: str
    comment_id: str
    by: str
    at: datetime
    seen_at: datetime | None


class NoticeList(BaseModel):
    """A page of notices, the newest first; `unseen`: how many there are in all that one has not seen."""

    items: list[NoticeReply]
    next: str | None
    unseen: int


class Seen(BaseModel):
    """Which notices one has seen; left out: all."""

    ids: list[Id] | None = Field(None, max_length=1000)


def _comment(one: Comment) -> CommentReply:
    return CommentReply(
        id=one.id,
        thread=one.thread_id,
        address=one.address,
        text=one.text,
        mentions=list(one.mentions),
        author=author(one.author),
        at=one.at,
        edited_at=one.edited_at,
        removed=one.deleted_at is not None,
    )


@DOORS.get("/maps/{map_id}/comments", Right.READ)
def list_comments(
    desk: AtDesk, who: Who, map_id: str, limit: Limit = 50, after: Id | None = None, resolved: bool | None = None,
    address: Annotated[str | None, Query(max_length=500)] = None,
) -> ThreadList:  # fmt: skip
    """Threads of a map, all or at an address, all or only open or resolved ones."""
    found, following = commenting.threads(
        desk, who, map_id, address=address, resolved=resolved, after=after, limit=limit
    )
    items = [
        ThreadReply(
            first=_comment(one.first),
            answers=[_comment(answer) for answer in one.answers],
            resolved_at=one.first.resolved_at,
            resolved_by=one.first.resolved_by,
        )
        for one in found
    ]
    return ThreadList(items=items, next=following)


@DOORS.get("/maps/{map_id}/comments/count", Right.READ)
def count_comments(desk: AtDesk, who: Who, map_id: str) -> CommentCounts:
    """How many open threads stand at each address."""
    return CommentCounts(open=commenting.open_by_address(desk, who, map_id))


@DOORS.get("/maps/{map_id}/mentionable", Right.COMMENT)
def list_mentionable(desk: AtDesk, who: Who, map_id: str) -> list[MentionableReply]:
    """Who may be mentioned in a comment of this map."""
    return [MentionableReply(id=one.id, name=one.name) for one in commenting.mentionable(desk, who, map_id)]


@DOORS.post("/maps/{map_id}/comments", Right.COMMENT, status_code=201)
def make_comment(desk: AtDesk, who: Who, map_id: str, wanted: NewComment) -> CommentReply:
    """A new comment or an answer. Those mentioned, and those who took part in the thread, get a notice and a letter."""
    mentions = tuple(dict.fromkeys(wanted.mentions))
    made = commenting.say_something(
        desk, who, map_id, wanted.text, address=wanted.address, thread=wanted.thread, mentions=mentions
    )
    return _comment(made)


@DOORS.patch("/maps/{map_id}/comments/{comment_id}", Right.COMMENT)
def change_comment(desk: AtDesk, who: Who, map_id: str, comment_id: Id, wanted: CommentChange) -> CommentReply:
    """Another text for one's own comment; a thread resolved or opened again."""
    mentions = None if wanted.mentions is None else tuple(dict.fromkeys(wanted.mentions))
    return _comment(
        commenting.change(desk, who, map_id, comment_id, text=wanted.text, mentions=mentions, resolved=wanted.resolved)
    )


@DOORS.delete("/maps/{map_id}/comments/{comment_id}", Right.COMMENT, status_code=204)
def remove_comment(desk: AtDesk, who: Who, map_id: str, comment_id: Id) -> None:
    """Takes away one's own comment (an owner: any)."""
    commenting.remove(desk, who, map_id, comment_id)


@DOORS.get("/notices", Right.SELF)
def list_notices(desk: AtDesk, who: Who, limit: Limit = 50, after: Id | None = None) -> NoticeList:
    """What one should know of, the newest first."""
    found, following, unseen = notifying.of_user(desk, who, after=after, limit=limit)
    items = [
        NoticeReply(
            id=one.id,
            kind="mention" if one.kind == "mention" else "answer",
            map_id=one.document_id,
            comment_id=one.comment_id,
            by=one.by,
            at=one.at,
            seen_at=one.seen_at,
        )
        for one in found
    ]
    return NoticeList(items=items, next=following, unseen=unseen)


@DOORS.post("/notices/seen", Right.SELF, status_code=204)
def see_notices(desk: AtDesk, who: Who, wanted: Seen) -> None:
    """Notes that one has seen these notices, or all."""
    notifying.see(desk, who, wanted.ids)
