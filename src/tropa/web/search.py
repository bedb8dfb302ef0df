"""The door to search (R-60)."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import Query, Request
from pydantic import BaseModel

from tropa.model.access import Right
from tropa.service import searching
from tropa.web.doors import AtDesk, Doors, Who
from tropa.web.language import words_of
from tropa.web.maps import Limit
from tropa.web.paths import API

DOORS = Doors(API, "search")


class HitReply(BaseModel):
    """Where it was found: the map, an address in it (ids and names of fields), the words around."""

    map_id: str
    map_title: str
    kind: Literal["map", "cell", "comment"]
    address: str
    text: str
    comment_id: str | None


class HitList(BaseModel):
    """A page of hits: titles, then cells, then comments."""

    items: list[HitReply]
    next: int | None


@DOORS.get("/search", Right.PUBLIC)
def search(
    desk: AtDesk, who: Who, request: Request, q: Annotated[str, Query(min_length=1, max_length=200)],
    limit: Limit = 50, after: Annotated[int, Query(ge=0, le=100_000)] = 0,
) -> HitList:  # fmt: skip
    """Everything in the maps one may read, and in their comments, that has all the words, whatever their case."""
    found, following = searching.search(desk, who, words_of(request), q, after=after, limit=limit)
    items = [
        HitReply(
            map_id=one.map_id,
            map_title=one.map_title,
            kind="map" if one.kind == "map" else "cell" if one.kind == "cell" else "comment",
            address=one.address,
            text=one.text,
            comment_id=one.comment_id,
        )
        for one in found
    ]
    return HitList(items=items, next=following)
