"""Doors to a map's history: sittings, named versions, any point, restore (R-10, R-60)."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import Query, Request
from pydantic import BaseModel, Field

from tropa.model import Map
from tropa.model.access import Right
from tropa.model.diff import Change, diff
from tropa.render.changes import Teller
from tropa.service import history
from tropa.store.documents import Author, Version
from tropa.web.doors import AtDesk, Doors, Who
from tropa.web.language import words_of
from tropa.web.maps import Limit, MapValue
from tropa.web.paths import API
from tropa.words import Words

DOORS = Doors(API, "history")
Seq = Annotated[int, Field(ge=1, le=2**31 - 1)]


class AuthorReply(BaseModel):
    """By whom: `user:ID`, `guest:ID`, `token:ID`, or `file` for an edit of the map's file; the name as it was then."""

    who: str
    name: str


class SittingReply(BaseModel):
    """Changes one person made in one go: updates `first`…`last`."""

    first: int
    last: int
    updates: int
    start: datetime
    end: datetime
    author: AuthorReply


class HistoryReply(BaseModel):
    """A page of sittings, the newest first; `next`: the number to go on before."""

    items: list[SittingReply]
    next: int | None


class VersionReply(BaseModel):
    """A point in the history that was given a name."""

    id: str
    seq: int
    title: str
    at: datetime
    author: AuthorReply


class ToldChange(Change):
    """One thing that differs. `text`: the same in a sentence, in the reader's language."""

    text: str


class DiffReply(BaseModel):
    """What differs, cell by cell, in the order of the later map. Addresses are keys and ids with points between them."""

    changes: list[ToldChange]


class NewVersion(BaseModel):
    """A name for a point; without `seq` for the present one."""

    title: str = Field(min_length=1, max_length=200)
    seq: Seq | None = None


class Point(BaseModel):
    """A point in the history."""

    seq: Seq


def author(one: Author) -> AuthorReply:
    """An author on the wire."""
    return AuthorReply(who=one.who, name=one.name)


def told_changes(before: Map, after: Map, changes: tuple[Change, ...], words: Words) -> list[ToldChange]:
    """Changes with their sentences."""
    teller = Teller(before, after, words)
    return [ToldChange(**dict(change), text=teller.tell(change)) for change in changes]


def _version(one: Version) -> VersionReply:
    return VersionReply(id=one.id, seq=one.seq, title=one.title, at=one.at, author=author(one.author))


@DOORS.get("/maps/{map_id}/history", Right.READ)
def map_history(
    desk: AtDesk,
    who: Who,
    map_id: str,
    limit: Limit = 50,
    before: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None,
) -> HistoryReply:
    """Who changed the map and when, the newest first."""
    found, following = history.history(desk, who, map_id, before=before, limit=limit)
    items = [
        SittingReply(
            first=one.first, last=one.last, updates=one.updates, start=one.start, end=one.end, author=author(one.author)
        )
        for one in found
    ]
    return HistoryReply(items=items, next=following)


@DOORS.get("/maps/{map_id}/versions", Right.READ)
def map_versions(desk: AtDesk, who: Who, map_id: str) -> list[VersionReply]:
    """The points that were given names, the newest first."""
    return [_version(one) for one in history.versions(desk, who, map_id)]


@DOORS.post("/maps/{map_id}/versions", Right.EDIT, status_code=201)
def name_map_version(desk: AtDesk, who: Who, map_id: str, wanted: NewVersion) -> VersionReply:
    """Gives a point in the history a name."""
    return _version(history.name_version(desk, who, map_id, wanted.title, wanted.seq))


@DOORS.get("/maps/{map_id}/at/{seq}", Right.READ)
def map_at(desk: AtDesk, who: Who, map_id: str, seq: Seq) -> MapValue:
    """The map as it was after an update."""
    return MapValue(seq=seq, map=history.at(desk, who, map_id, seq))


@DOORS.get("/maps/{map_id}/diff", Right.READ)
def map_diff(
    desk: AtDesk, who: Who, request: Request, map_id: str, before: Annotated[Seq | None, Query(alias="from")] = None,
    after: Annotated[Seq | None, Query(alias="to")] = None, other: Annotated[str | None, Query(max_length=64)] = None,
) -> DiffReply:  # fmt: skip
    """From one point of the map to another (left out: as it stands), or from this map to `other` (then `to` is a point of that one)."""
    sides = history.Side(map_id, before), history.Side(map_id if other is None else other, after)
    maps = history.sides(desk, who, *sides)
    return DiffReply(changes=told_changes(*maps, diff(*maps), words_of(request)))


@DOORS.post("/maps/{map_id}/restore", Right.EDIT)
def restore_map(desk: AtDesk, who: Who, map_id: str, wanted: Point) -> Point:
    """Brings a point back as a new change; history is not rewritten. Replies with the number of that change."""
    return Point(seq=history.restore(desk, who, map_id, wanted.seq))
