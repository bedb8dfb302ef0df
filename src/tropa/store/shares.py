"""Share links of single maps, and the guests who came by them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, ForeignKey, String, Table, Text, select

from tropa.model.access import Role
from tropa.store.tables import METADATA, Instant

SHARE = Table(
    "share",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("map_id", String(64), nullable=False, index=True),
    Column("secret", String(64), nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("role", String(16), nullable=False),
    Column("password", Text),
    Column("created_by", String(64), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant),
    Column("revoked_at", Instant),
)
GUEST = Table(
    "guest",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("secret", String(64), nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
)
PASS = Table(
    "guest_pass",
    METADATA,
    Column("guest_id", String(64), ForeignKey("guest.id", ondelete="CASCADE"), primary_key=True),
    Column("share_id", String(64), ForeignKey("share.id", ondelete="CASCADE"), primary_key=True, index=True),
)


@dataclass(frozen=True, slots=True)
class Share:
    """A link to one map for whoever has it. `secret`: SHA-256 of the token in it; `password`: an Argon2id hash."""

    id: str
    map_id: str
    secret: str
    title: str
    role: Role
    password: str | None
    created_by: str
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who opened share links in one browser."""

    id: str
    secret: str
    name: str
    created_at: datetime


def _share(row: Mapping[Any, Any]) -> Share:
    return Share(**{**row, "role": Role(row["role"])})


def add(connection: Connection, share: Share) -> None:
    """Keeps a share link."""
    connection.execute(SHARE.insert().values(**{name: getattr(share, name) for name in Share.__dataclass_fields__}))


def get(connection: Connection, map_id: str, share_id: str) -> Share | None:
    """A share link of a map."""
    query = SHARE.select().where(SHARE.c.id == share_id, SHARE.c.map_id == map_id)
    row = connection.execute(query).mappings().first()
    return None if row is None else _share(row)


def of_map(connection: Connection, map_id: str, after: str | None, limit: int) -> list[Share]:
    """Share links of a map that were not revoked, by id, from the one after `after`."""
    query = SHARE.select().where(SHARE.c.map_id == map_id, SHARE.c.revoked_at.is_(None))
    if after is not None:
        query = query.where(SHARE.c.id > after)
    return [_share(row) for row in connection.execute(query.order_by(SHARE.c.id).limit(limit)).mappings()]


def change(connection: Connection, share_id: str, **values: Any) -> None:
    """Sets some of `title, role, password, expires_at, revoked_at`."""
    connection.execute(SHARE.update().where(SHARE.c.id == share_id).values(**values))


def _open(now: datetime) -> Any:
    return SHARE.c.revoked_at.is_(None) & (SHARE.c.expires_at.is_(None) | (SHARE.c.expires_at > now))


def by_secret(connection: Connection, secret: str, now: datetime) -> Share | None:
    """The share of a link, if it still lets in."""
    row = connection.execute(SHARE.select().where(SHARE.c.secret == secret, _open(now))).mappings().first()
    return None if row is None else _share(row)


def guest_by_secret(connection: Connection, secret: str, since: datetime) -> Guest | None:
    """The guest of a cookie, if it came after `since`."""
    query = GUEST.select().where(GUEST.c.secret == secret, GUEST.c.created_at > since)
    row = connection.execute(query).mappings().first()
    return None if row is None else Guest(**row)


def welcome(connection: Connection, guest: Guest) -> None:
    """Keeps a guest."""
    connection.execute(GUEST.insert().values(**{name: getattr(guest, name) for name in Guest.__dataclass_fields__}))


def give_pass(connection: Connection, guest_id: str, share_id: str) -> None:
    """From now on the guest may come in by the share."""
    chosen = (PASS.c.guest_id == guest_id) & (PASS.c.share_id == share_id)
    connection.execute(PASS.delete().where(chosen))
    connection.execute(PASS.insert().values(guest_id=guest_id, share_id=share_id))


def passes(connection: Connection, guest_id: str, now: datetime) -> dict[str, Role]:
    """What the guest may read or comment on now, by map: the most that any of the links gives."""
    query = select(SHARE).join(PASS, PASS.c.share_id == SHARE.c.id).where(PASS.c.guest_id == guest_id, _open(now))
    found: dict[str, Role] = {}
    for row in connection.execute(query).mappings():
        share = _share(row)
        if found.get(share.map_id) is not Role.COMMENTER:
            found[share.map_id] = share.role
    return found


def end_passes(connection: Connection, share_id: str) -> int:
    """Nobody who came by the share stays in (it got a password, or another one). How many that were."""
    return connection.execute(PASS.delete().where(PASS.c.share_id == share_id)).rowcount


def sweep(connection: Connection, older_than: datetime) -> int:
    """Removes guests whose time is over. How many."""
    return connection.execute(GUEST.delete().where(GUEST.c.created_at <= older_than)).rowcount
