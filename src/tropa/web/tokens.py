"""Tokens for programs."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, Field

from tropa.model.access import Right
from tropa.service import tokens as service
from tropa.store.tokens import ApiToken as Kept
from tropa.web.doors import AtDesk, Doors, Who
from tropa.web.fields import After, Body, Id, Limit, Line, Page
from tropa.web.paths import API

DOORS = Doors(API, "tokens")
Scope = Literal[Right.READ, Right.COMMENT, Right.EDIT, Right.DATA, Right.REVEAL, Right.MANAGE]


class ApiToken(BaseModel):
    """`secret`: only when it is made; `ending`: its last letters, to tell tokens apart."""

    id: str
    title: str
    ending: str
    scopes: list[Right]
    created_at: datetime
    expires_at: datetime | None
    used_at: datetime | None
    secret: str | None = None


class NewToken(Body):
    """What the program may do: never more than its maker may."""

    title: Line
    scopes: Annotated[list[Scope], Field(min_length=1, max_length=6)]
    expires_at: AwareDatetime | None = None


def _token(kept: Kept, secret: str | None = None) -> ApiToken:
    return ApiToken(
        id=kept.id, title=kept.title, ending=kept.ending, scopes=sorted(kept.scopes), created_at=kept.created_at,
        expires_at=kept.expires_at, used_at=kept.used_at, secret=secret,
    )  # fmt: skip


@DOORS.get("/tokens", Right.SELF)
def tokens(desk: AtDesk, who: Who, limit: Limit = 100, after: After = None) -> Page[ApiToken]:
    """My tokens."""
    found, further = service.own(desk, who, after=after, limit=limit)
    return Page(items=[_token(one) for one in found], next=further)


@DOORS.post("/tokens", Right.SELF, status_code=201, fresh=True)
def make_token(desk: AtDesk, who: Who, body: NewToken) -> ApiToken:
    """A new token; it is told only now. Programs send it as `Authorization: Bearer …`."""
    made, secret = service.make(
        desk, who, title=body.title, scopes=frozenset(body.scopes), expires_at=body.expires_at
    )  # fmt: skip
    return _token(made, secret)


@DOORS.delete("/tokens/{token_id}", Right.SELF, status_code=204)
def end_token(desk: AtDesk, who: Who, token_id: Id) -> None:
    """Ends a token."""
    service.end(desk, who, token_id)
