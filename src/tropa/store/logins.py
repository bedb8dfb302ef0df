"""Sign-ins (one per browser) and one-time links. Of every secret only its SHA-256 is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, ForeignKey, String, Table, Text

from tropa.store.tables import METADATA, Instant

LOGIN = Table(
    "login",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("user_id", String(64), ForeignKey("person.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("secret", String(64), nullable=False, unique=True),
    Column("created_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("agent", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("proved_at", Instant),
)
LINK = Table(
    "one_time_link",
    METADATA,
    Column("secret", String(64), primary_key=True),
    Column("purpose", String(16), nullable=False),
    Column("user_id", String(64), ForeignKey("person.id", ondelete="CASCADE")),
    Column("target", Text, nullable=False),
    Column("expires_at", Instant, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Login:
    """One browser in which somebody is signed in. `agent`: how it called itself; `address`: from where it came."""

    id: str
    user_id: str
    secret: str
    created_at: datetime
    seen_at: datetime
    agent: str
    address: str
    proved_at: datetime | None = None
    """When whoever sits there last showed who they are: at signing in, or when asked again."""


@dataclass(frozen=True, slots=True)
class OneTimeLink:
    """`setup`: makes the first owner; `enter`: signs `user_id` in and shows the page `target`."""

    secret: str
    purpose: str
    user_id: str | None
    target: str
    expires_at: datetime


def _login(row: Mapping[Any, Any]) -> Login:
    return Login(**row)


def add(connection: Connection, login: Login) -> None:
    """Keeps a sign-in."""
    values = {name: getattr(login, name) for name in Login.__dataclass_fields__}
    connection.execute(LOGIN.insert().values(**values))


def by_secret(connection: Connection, secret: str) -> Login | None:
    """The sign-in of a cookie."""
    row = connection.execute(LOGIN.select().where(LOGIN.c.secret == secret)).mappings().first()
    return None if row is None else _login(row)


def seen(connection: Connection, login_id: str, at: datetime) -> None:
    """Notes that the browser came by."""
    connection.execute(LOGIN.update().where(LOGIN.c.id == login_id).values(seen_at=at))


def proved(connection: Connection, login_id: str, at: datetime) -> None:
    """Notes that whoever sits there showed again who they are."""
    connection.execute(LOGIN.update().where(LOGIN.c.id == login_id).values(proved_at=at))


def of_user(connection: Connection, user_id: str) -> list[Login]:
    """All sign-ins of somebody, the latest seen first."""
    query = LOGIN.select().where(LOGIN.c.user_id == user_id).order_by(LOGIN.c.seen_at.desc(), LOGIN.c.id)
    return [_login(row) for row in connection.execute(query).mappings()]


def end(connection: Connection, user_id: str, login_id: str) -> bool:
    """Ends one sign-in of somebody. Whether there was one."""
    chosen = (LOGIN.c.user_id == user_id) & (LOGIN.c.id == login_id)
    return connection.execute(LOGIN.delete().where(chosen)).rowcount > 0


def end_all(connection: Connection, user_id: str, but: str | None = None) -> int:
    """Ends all sign-ins of somebody, but for one. How many."""
    query = LOGIN.delete().where(LOGIN.c.user_id == user_id)
    if but is not None:
        query = query.where(LOGIN.c.id != but)
    return connection.execute(query).rowcount


def sweep(connection: Connection, unseen_since: datetime, older_than: datetime, now: datetime) -> int:
    """Removes sign-ins and links whose time is over. How many sign-ins."""
    connection.execute(LINK.delete().where(LINK.c.expires_at <= now))
    over = (LOGIN.c.seen_at <= unseen_since) | (LOGIN.c.created_at <= older_than)
    return connection.execute(LOGIN.delete().where(over)).rowcount


def offer_link(connection: Connection, link: OneTimeLink) -> None:
    """Keeps a one-time link. A new `setup` link takes the place of the earlier ones."""
    if link.purpose == "setup":
        connection.execute(LINK.delete().where(LINK.c.purpose == "setup"))
    values = {name: getattr(link, name) for name in OneTimeLink.__dataclass_fields__}
    connection.execute(LINK.insert().values(**values))


def look_at_link(connection: Connection, secret: str, purpose: str, now: datetime) -> OneTimeLink | None:
    """The link, if it is still good; it stays good."""
    chosen = (LINK.c.secret == secret) & (LINK.c.purpose == purpose) & (LINK.c.expires_at > now)
    row = connection.execute(LINK.select().where(chosen)).mappings().first()
    return None if row is None else OneTimeLink(**row)


def use_link(connection: Connection, secret: str, purpose: str, now: datetime) -> OneTimeLink | None:
    """The link, if it was still good; now it is used. Of two who use it at once only one gets it."""
    link = look_at_link(connection, secret, purpose, now)
    if link is None or not connection.execute(LINK.delete().where(LINK.c.secret == secret)).rowcount:
        return None
    return link
