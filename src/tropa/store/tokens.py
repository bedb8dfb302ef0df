"""Tokens with which programs act for a person, within scopes. Only the SHA-256 of a token is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, ForeignKey, String, Table, Text

from tropa.model.access import Right
from tropa.store.tables import METADATA, Instant

TOKEN = Table(
    "api_token",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("user_id", String(64), ForeignKey("person.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("secret", String(64), nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("ending", String(8), nullable=False),
    Column("scopes", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant),
    Column("used_at", Instant),
)


@dataclass(frozen=True, slots=True)
class ApiToken:
    """`ending`: its last four characters, to tell tokens apart; `scopes`: what it is limited to."""

    id: str
    user_id: str
    secret: str
    title: str
    ending: str
    scopes: frozenset[Right]
    created_at: datetime
    expires_at: datetime | None
    used_at: datetime | None


def _token(row: Mapping[Any, Any]) -> ApiToken:
    return ApiToken(**{**row, "scopes": frozenset(Right(one) for one in row["scopes"].split())})


def add(connection: Connection, token: ApiToken) -> None:
    """Keeps a token."""
    values = {name: getattr(token, name) for name in ApiToken.__dataclass_fields__}
    connection.execute(TOKEN.insert().values(**{**values, "scopes": " ".join(sorted(token.scopes))}))


def by_secret(connection: Connection, secret: str, now: datetime) -> ApiToken | None:
    """The token, if its time is not over."""
    good = TOKEN.c.expires_at.is_(None) | (TOKEN.c.expires_at > now)
    row = connection.execute(TOKEN.select().where(TOKEN.c.secret == secret, good)).mappings().first()
    return None if row is None else _token(row)


def used(connection: Connection, token_id: str, at: datetime) -> None:
    """Notes that the token was used."""
    connection.execute(TOKEN.update().where(TOKEN.c.id == token_id).values(used_at=at))


def of_user(connection: Connection, user_id: str, after: str | None, limit: int) -> list[ApiToken]:
    """Tokens of somebody by id, from the one after `after`."""
    query = TOKEN.select().where(TOKEN.c.user_id == user_id)
    if after is not None:
        query = query.where(TOKEN.c.id > after)
    return [_token(row) for row in connection.execute(query.order_by(TOKEN.c.id).limit(limit)).mappings()]


def remove(connection: Connection, user_id: str, token_id: str) -> bool:
    """Ends a token of somebody. Whether there was one."""
    chosen = (TOKEN.c.user_id == user_id) & (TOKEN.c.id == token_id)
    return connection.execute(TOKEN.delete().where(chosen)).rowcount > 0
