"""Second factors: one authenticator for each person who has one, and the recovery codes that replace it once each (R-60)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Connection, ForeignKey, Integer, String, Table, Text, func, select

from tropa.store.tables import METADATA, Instant

FACTOR = Table(
    "second_factor",
    METADATA,
    Column("user_id", String(64), ForeignKey("person.id", ondelete="CASCADE"), primary_key=True),
    Column("secret", Text, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("confirmed_at", Instant),
    Column("last_step", Integer, nullable=False),
)
CODE = Table(
    "recovery_code",
    METADATA,
    Column("secret", String(64), primary_key=True),
    Column("user_id", String(64), ForeignKey("person.id", ondelete="CASCADE"), nullable=False, index=True),
)


@dataclass(frozen=True, slots=True)
class Factor:
    """An authenticator. `secret`: base 32, shared with the person's device; `confirmed_at` None: shown, not yet tried; `last_step`:
    the time step of the last code that was taken, so that none is taken twice."""

    user_id: str
    secret: str
    made_at: datetime
    confirmed_at: datetime | None
    last_step: int


def of(c: Connection, user_id: str) -> Factor | None:
    """Somebody's authenticator, tried or not."""
    row = c.execute(select(FACTOR).where(FACTOR.c.user_id == user_id)).one_or_none()
    return None if row is None else Factor(*row)


def offer(c: Connection, user_id: str, secret: str, at: datetime) -> None:
    """A new one, to be tried; it takes the place of one that never was."""
    c.execute(FACTOR.delete().where(FACTOR.c.user_id == user_id, FACTOR.c.confirmed_at.is_(None)))
    c.execute(FACTOR.insert().values(user_id=user_id, secret=secret, made_at=at, last_step=0))


def confirm(c: Connection, user_id: str, at: datetime, codes: Iterable[str]) -> None:
    """It was tried and works: from now on it is asked for. `codes`: digests of the recovery codes."""
    c.execute(FACTOR.update().where(FACTOR.c.user_id == user_id).values(confirmed_at=at))
    renew_codes(c, user_id, codes)


def renew_codes(c: Connection, user_id: str, codes: Iterable[str]) -> None:
    """These recovery codes (digests) in place of those before."""
    c.execute(CODE.delete().where(CODE.c.user_id == user_id))
    c.execute(CODE.insert(), [{"secret": code, "user_id": user_id} for code in codes])


def take_step(c: Connection, user_id: str, step: int) -> bool:
    """Notes that the code of a time step was used; False where it, or a later one, was already. Of two at once only one sees True."""
    fresh = (FACTOR.c.user_id == user_id) & (FACTOR.c.last_step < step)
    return c.execute(FACTOR.update().where(fresh).values(last_step=step)).rowcount > 0


def take_code(c: Connection, user_id: str, code: str) -> bool:
    """Uses a recovery code (its digest) up. Whether it was one."""
    return c.execute(CODE.delete().where(CODE.c.user_id == user_id, CODE.c.secret == code)).rowcount > 0


def codes_left(c: Connection, user_id: str) -> int:
    """How many recovery codes are left."""
    return int(c.execute(select(func.count()).where(CODE.c.user_id == user_id)).scalar_one())


def remove(c: Connection, user_id: str) -> bool:
    """Takes the authenticator and its recovery codes away. Whether there was one."""
    c.execute(CODE.delete().where(CODE.c.user_id == user_id))
    return c.execute(FACTOR.delete().where(FACTOR.c.user_id == user_id)).rowcount > 0
