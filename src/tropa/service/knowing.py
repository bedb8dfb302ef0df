"""Who is it that asks: a sign-in, a guest of share links, or a program with a token (R-60)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal

from tropa.model.access import NOBODY, Actor, Right, rights_of
from tropa.service.desk import Desk
from tropa.service.passwords import digest

if TYPE_CHECKING:
    from tropa.store import Connection
IDLE = timedelta(days=14)
"""A browser not seen for so long is signed out."""
LIFETIME = timedelta(days=90)
"""And any, after so long: the password is asked again."""
GUEST_LIFETIME = timedelta(days=90)
_NOTICE = timedelta(minutes=5)
"""How exactly the last visit is kept: not a write for every request."""


@dataclass(frozen=True, slots=True)
class Credential:
    """What a visitor shows: the secret of a cookie (`login`, `guest`) or of a token."""

    kind: Literal["login", "guest", "token"]
    secret: str


@dataclass(frozen=True, slots=True)
class Known:
    """Who it is, and the sign-in they came with. `shown`: ask again with it whether it still holds (see `still`)."""

    actor: Actor
    shown: tuple[Credential, ...] = ()
    login_id: str | None = None
    proved_at: datetime | None = None
    """When they last showed who they are."""
    held_back: bool = False
    """Whether they may do nothing before they set up the second factor that is asked of everybody."""


STRANGER = Known(NOBODY)


def know(desk: Desk, shown: tuple[Credential, ...], address: str = "") -> Known:
    """The first credential that holds; a person who also came by share links may read those maps too. `STRANGER` where none holds."""
    found, seen = STRANGER, None
    if shown:
        with desk.store.read() as connection:
            for credential in shown:
                one, visit = _look(connection, credential, desk.clock())
                found, seen = _also(found, one), seen or visit
    if seen is not None:
        _note_visit(desk, seen)
    return replace(found, actor=replace(found.actor, address=address))


def still(desk: Desk, known: Known) -> Actor:
    """The same visitor as things are now: with the rights of today, or NOBODY. For connections that stay open."""
    return know(desk, known.shown, known.actor.address).actor


def _also(found: Known, one: Known) -> Known:
    if found is STRANGER or one is STRANGER:
        return one if found is STRANGER else found
    more = {map_id: role for map_id, role in one.actor.map_roles.items() if not found.actor.may(Right.READ, map_id)}
    actor = replace(found.actor, map_roles={**found.actor.map_roles, **more})
    return replace(found, actor=actor, shown=(*found.shown, *one.shown))


def _look(connection: Connection, credential: Credential, now: datetime) -> tuple[Known, tuple[str, str] | None]:
    if credential.kind == "login":
        return _login(connection, credential, now)
    if credential.kind == "token":
        return _token(connection, credential, now)
    return _guest(connection, credential, now), None


def _login(connection: Connection, credential: Credential, now: datetime) -> tuple[Known, tuple[str, str] | None]:
    from tropa.store import logins, people

    login = logins.by_secret(connection, digest(credential.secret))
    if login is None or now - login.seen_at >= IDLE or now - login.created_at >= LIFETIME:
        return STRANGER, None
    person = people.get(connection, login.user_id)
    if person is None or person.disabled_at is not None:
        return STRANGER, None
    roles = people.map_roles(connection, person.id)
    actor = Actor("user", person.id, person.name, person.role, roles, None, person.reveal)
    seen = ("login", login.id) if now - login.seen_at >= _NOTICE else None
    held_back = _lacks_factor(connection, person.id)
    if held_back:
        actor = Actor("user", person.id, person.name, None, {}, frozenset({Right.SELF}))
    return Known(actor, (credential,), login.id, login.proved_at, held_back), seen


def _token(connection: Connection, credential: Credential, now: datetime) -> tuple[Known, tuple[str, str] | None]:
    from tropa.store import people, tokens

    token = tokens.by_secret(connection, digest(credential.secret), now)
    person = None if token is None else people.get(connection, token.user_id)
    if token is None or person is None or person.disabled_at is not None or _lacks_factor(connection, person.id):
        return STRANGER, None
    roles = people.map_roles(connection, person.id)
    name = f"{person.name} · {token.title}"
    actor = Actor("token", token.id, name, person.role, roles, token.scopes, person.reveal)
    seen = ("token", token.id) if token.used_at is None or now - token.used_at >= _NOTICE else None
    return Known(actor, (credential,)), seen


def _lacks_factor(connection: Connection, user_id: str) -> bool:
    from tropa.service import second_factor

    return second_factor.policy(connection) == "everybody" and not second_factor.is_on(connection, user_id)


def _guest(connection: Connection, credential: Credential, now: datetime) -> Known:
    from tropa.store import shares

    guest = shares.guest_by_secret(connection, digest(credential.secret), now - GUEST_LIFETIME)
    if guest is None:
        return STRANGER
    roles = shares.passes(connection, guest.id, now)
    if not roles:
        return STRANGER
    scopes: frozenset[Right] = frozenset().union(*(rights_of(role) for role in roles.values()))
    return Known(Actor("guest", guest.id, guest.name, None, roles, scopes), (credential,))


def _note_visit(desk: Desk, seen: tuple[str, str]) -> None:
    from tropa.store import logins, tokens

    kind, id_ = seen
    with desk.store.begin() as connection:
        (logins.seen if kind == "login" else tokens.used)(connection, id_, desk.clock())
