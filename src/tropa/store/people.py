"""People of the workspace, their roles in it and in single maps, and invitations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, Column, Connection, ForeignKey, String, Table, Text, func, select

from tropa.model.access import Role
from tropa.store.tables import METADATA, Instant

PERSON = Table(
    "person",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("email", Text, nullable=False),
    Column("email_folded", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("language", String(8), nullable=False),
    Column("password", Text),
    Column("role", String(16)),
    Column("reveal", Boolean, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("disabled_at", Instant),
)
MAP_MEMBER = Table(
    "map_member",
    METADATA,
    Column("map_id", String(64), primary_key=True),
    Column("user_id", String(64), ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("role", String(16), nullable=False),
)
INVITATION = Table(
    "invitation",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("secret", String(64), nullable=False, unique=True),
    Column("email", Text),
    Column("role", String(16)),
    Column("map_id", String(64)),
    Column("map_role", String(16)),
    Column("created_by", String(64), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an account. `password`: its Argon2id hash (None: comes in by one-time links only);
    `role`: in the workspace (None: only in single maps); `reveal`: may see named customers."""

    id: str
    email: str
    name: str
    language: str
    password: str | None
    role: Role | None
    reveal: bool
    created_at: datetime
    disabled_at: datetime | None


@dataclass(frozen=True, slots=True)
class Invitation:
    """A way in for somebody without an account. `secret`: SHA-256 of the token in the link; `email`: only for this address, if told."""

    id: str
    secret: str
    email: str | None
    role: Role | None
    map_id: str | None
    map_role: Role | None
    created_by: str
    created_at: datetime
    expires_at: datetime


def fold(email: str) -> str:
    """The address as it is compared: two people never differ only in case."""
    return email.strip().casefold()


def _role(value: str | None) -> Role | None:
    return None if value is None else Role(value)


def _person(row: Mapping[Any, Any]) -> Person:
    rest = {key: row[key] for key in ("id", "email", "name", "language", "password", "created_at", "disabled_at")}
    return Person(**rest, role=_role(row["role"]), reveal=bool(row["reveal"]))


def add(connection: Connection, person: Person) -> None:
    """A new account. The address must be free (see `by_email`)."""
    connection.execute(
        PERSON.insert().values(
            id=person.id, email=person.email.strip(), email_folded=fold(person.email), name=person.name,
            language=person.language, password=person.password, role=person.role, reveal=person.reveal,
            created_at=person.created_at, disabled_at=person.disabled_at,
        )
    )  # fmt: skip


def change(connection: Connection, user_id: str, **values: Any) -> None:
    """Sets some of `email, name, language, password, role, reveal, disabled_at`."""
    if "email" in values:
        values = {**values, "email_folded": fold(values["email"])}
    connection.execute(PERSON.update().where(PERSON.c.id == user_id).values(**values))


def remove(connection: Connection, user_id: str) -> None:
    """The account, its sign-ins, tokens and roles in maps. What the person wrote stays, under the name it was written with."""
    connection.execute(PERSON.delete().where(PERSON.c.id == user_id))


def get(connection: Connection, user_id: str) -> Person | None:
    """Somebody by id."""
    row = connection.execute(PERSON.select().where(PERSON.c.id == user_id)).mappings().first()
    return None if row is None else _person(row)


def by_email(connection: Connection, email: str) -> Person | None:
    """Somebody by address."""
    row = connection.execute(PERSON.select().where(PERSON.c.email_folded == fold(email))).mappings().first()
    return None if row is None else _person(row)


def page(connection: Connection, after: str | None, limit: int) -> list[Person]:
    """People by id, from the one after `after`."""
    query = PERSON.select().order_by(PERSON.c.id).limit(limit)
    if after is not None:
        query = query.where(PERSON.c.id > after)
    return [_person(row) for row in connection.execute(query).mappings()]


def owners(connection: Connection) -> int:
    """How many may still sign in as owner."""
    active = (PERSON.c.role == Role.OWNER) & PERSON.c.disabled_at.is_(None)
    return connection.execute(select(func.count()).select_from(PERSON).where(active)).scalar_one()


def hold_owners(connection: Connection) -> None:
    """Until this transaction ends nobody else changes who is an owner: two owners must not remove each other at once."""
    connection.execute(select(PERSON.c.id).where(PERSON.c.role == Role.OWNER).with_for_update()).all()


def map_roles(connection: Connection, user_id: str) -> dict[str, Role]:
    """Somebody's roles in single maps."""
    rows = connection.execute(select(MAP_MEMBER.c.map_id, MAP_MEMBER.c.role).where(MAP_MEMBER.c.user_id == user_id))
    return {map_id: Role(role) for map_id, role in rows}


def members(connection: Connection, map_id: str) -> dict[str, Role]:
    """Roles in a map, by person."""
    rows = connection.execute(select(MAP_MEMBER.c.user_id, MAP_MEMBER.c.role).where(MAP_MEMBER.c.map_id == map_id))
    return {user_id: Role(role) for user_id, role in rows}


def team_of(connection: Connection, map_id: str) -> list[tuple[Person, Role | None]]:
    """Everybody who may read the map, with the role in it if they have one of their own there."""
    joined = PERSON.outerjoin(MAP_MEMBER, (MAP_MEMBER.c.user_id == PERSON.c.id) & (MAP_MEMBER.c.map_id == map_id))
    query = (
        select(PERSON, MAP_MEMBER.c.role.label("map_role"))
        .select_from(joined)
        .where(PERSON.c.disabled_at.is_(None), PERSON.c.role.is_not(None) | MAP_MEMBER.c.role.is_not(None))
        .order_by(PERSON.c.name, PERSON.c.id)
    )
    return [(_person(row), _role(row["map_role"])) for row in connection.execute(query).mappings()]


def set_map_role(connection: Connection, map_id: str, user_id: str, role: Role | None) -> bool:
    """Gives somebody a role in one map, or (None) takes it away. Whether there was one before."""
    chosen = (MAP_MEMBER.c.map_id == map_id) & (MAP_MEMBER.c.user_id == user_id)
    had = connection.execute(MAP_MEMBER.delete().where(chosen)).rowcount > 0
    if role is not None:
        connection.execute(MAP_MEMBER.insert().values(map_id=map_id, user_id=user_id, role=role))
    return had


def invite(connection: Connection, invitation: Invitation) -> None:
    """Keeps an invitation."""
    values = {name: getattr(invitation, name) for name in Invitation.__dataclass_fields__}
    connection.execute(INVITATION.insert().values(**values))


def _invitation(row: Mapping[Any, Any]) -> Invitation:
    return Invitation(**{**row, "role": _role(row["role"]), "map_role": _role(row["map_role"])})


def invitations(connection: Connection, after: str | None, limit: int) -> list[Invitation]:
    """Open invitations by id, from the one after `after`."""
    query = INVITATION.select().order_by(INVITATION.c.id).limit(limit)
    if after is not None:
        query = query.where(INVITATION.c.id > after)
    return [_invitation(row) for row in connection.execute(query).mappings()]


def invitation_by_secret(connection: Connection, secret: str, now: datetime) -> Invitation | None:
    """The invitation of a link, if it is still good."""
    query = INVITATION.select().where(INVITATION.c.secret == secret, INVITATION.c.expires_at > now)
    row = connection.execute(query).mappings().first()
    return None if row is None else _invitation(row)


def take_back(connection: Connection, invitation_id: str) -> bool:
    """Removes an invitation (used or withdrawn). Whether it was there: of two who use it at once only one sees True."""
    return connection.execute(INVITATION.delete().where(INVITATION.c.id == invitation_id)).rowcount > 0
