"""The team: who is in the workspace, with which role, who is invited, who has another role in a map (R-60)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from tropa.model import TropaError
from tropa.model.access import Actor, Right, Role
from tropa.service import limits
from tropa.service.accounts import new_person, require_email
from tropa.service.auditing import note
from tropa.service.desk import AccessChange, Desk
from tropa.service.passwords import digest, hashed, require_good
from tropa.service.signing_in import Browser, SignedIn, as_person, begin

if TYPE_CHECKING:
    from tropa.store import Connection
    from tropa.store.people import Invitation, Person

INVITED_FOR = timedelta(days=14)
_ORDER = tuple(Role)


@dataclass(frozen=True, slots=True)
class Change:
    """What is to change about somebody; None leaves it. `role`: `none` takes the role in the workspace away."""

    role: Role | None = None
    no_role: bool = False
    reveal: bool | None = None
    disabled: bool | None = None


def everybody(desk: Desk, who: Actor, *, after: str | None, limit: int) -> tuple[list[Person], str | None]:
    """People of the workspace, and where the next page begins. Addresses and settings are for owners: see `shown_to`."""
    from tropa.store import people

    who.require(Right.READ)
    with desk.store.read() as connection:
        found = people.page(connection, after, limit + 1)
    return found[:limit], found[limit - 1].id if len(found) > limit else None


def knows_addresses(who: Actor) -> bool:
    """Whether e-mail addresses of others are for these eyes."""
    return who.may(Right.MANAGE)


def change(desk: Desk, who: Actor, user_id: str, wanted: Change) -> Person:
    """Changes somebody's role, the right to see named customers, or shuts them out. Raises TR-W108 where no owner would be left."""
    from tropa.store import logins, people

    who.require(Right.MANAGE)
    with desk.store.begin() as connection:
        people.hold_owners(connection)
        person = _person(connection, user_id)
        role = None if wanted.no_role else wanted.role or person.role
        reveal = person.reveal if wanted.reveal is None else wanted.reveal
        disabled_at = person.disabled_at
        if wanted.disabled is not None:
            disabled_at = (person.disabled_at or desk.clock()) if wanted.disabled else None
        people.change(connection, user_id, role=role, reveal=reveal, disabled_at=disabled_at)
        _require_an_owner(connection)
        if disabled_at is not None:
            logins.end_all(connection, user_id)
        note(
            desk, connection, who, "person-changed", user_id, person=person.name, role=role.value if role else "none",
            reveal=str(reveal).lower(), disabled=str(disabled_at is not None).lower(),
        )  # fmt: skip
    desk.access_changed.ring(AccessChange(user_id=user_id))
    return replace(person, role=role, reveal=reveal, disabled_at=disabled_at)


def remove(desk: Desk, who: Actor, user_id: str) -> None:
    """Removes an account for good; what the person wrote stays. Raises TR-W108 where no owner would be left."""
    from tropa.store import people

    who.require(Right.MANAGE)
    with desk.store.begin() as connection:
        people.hold_owners(connection)
        person = _person(connection, user_id)
        people.remove(connection, user_id)
        _require_an_owner(connection)
        note(desk, connection, who, "person-removed", user_id, person=person.name)
    desk.access_changed.ring(AccessChange(user_id=user_id))


def _person(connection: Connection, user_id: str) -> Person:
    from tropa.store import people

    person = people.get(connection, user_id)
    if person is None:
        raise TropaError("TR-A003", name=user_id)
    return person


def _require_an_owner(connection: Connection) -> None:
    from tropa.store import people

    if not people.owners(connection):
        raise TropaError("TR-W108")


def invite(
    desk: Desk, who: Actor, *, email: str | None, role: Role | None, map_id: str | None, map_role: Role | None
) -> tuple[Invitation, str]:
    """An invitation and the token of its link, which is told only now. Raises TR-W116 where it would give no role at all."""
    from tropa.store import people

    who.require(Right.MANAGE)
    if role is None and (map_id is None or map_role is None):
        raise TropaError("TR-W116")
    if map_id is not None:
        require_map(desk, map_id)
    address = None if email is None else require_email(email)
    token, now = desk.new_id(), desk.clock()
    invitation = people.Invitation(
        desk.new_id(), digest(token), address, role, map_id, map_role, who.id, now, now + INVITED_FOR
    )
    with desk.store.begin() as connection:
        people.invite(connection, invitation)
        note(
            desk, connection, who, "invitation-made", invitation.id, email=address or "none",
            role=role.value if role else "none",
        )  # fmt: skip
    return invitation, token


def open_invitations(desk: Desk, who: Actor, *, after: str | None, limit: int) -> tuple[list[Invitation], str | None]:
    """Invitations nobody has used yet, and where the next page begins."""
    from tropa.store import people

    who.require(Right.MANAGE)
    with desk.store.read() as connection:
        found = people.invitations(connection, after, limit + 1)
    return found[:limit], found[limit - 1].id if len(found) > limit else None


def withdraw(desk: Desk, who: Actor, invitation_id: str) -> None:
    """Takes an invitation back. Raises TR-A003 where there is no such one."""
    from tropa.store import people

    who.require(Right.MANAGE)
    with desk.store.begin() as connection:
        if not people.take_back(connection, invitation_id):
            raise TropaError("TR-A003", name=invitation_id)
        note(desk, connection, who, "invitation-withdrawn", invitation_id)


def look_at_invitation(desk: Desk, who: Actor, token: str) -> tuple[Invitation, str]:
    """What a link invites to, and the name of who made it. Raises TR-W103 where the link is no good."""
    from tropa.store import people

    desk.limits.take(limits.LINK_BY_ADDRESS, who.address, desk.clock())
    with desk.store.read() as connection:
        found = people.invitation_by_secret(connection, digest(token), desk.clock())
        if found is None:
            raise TropaError("TR-W103")
        by = people.get(connection, found.created_by)
    return found, "" if by is None else by.name


def accept(
    desk: Desk, who: Actor, token: str, *, email: str | None, name: str, password: str, language: str, browser: Browser
) -> SignedIn:
    """Makes the account somebody was invited to, and signs them in.

    Raises TR-W103 (the link is no good), TR-W106 (the address has an account: sign in, then open the link),
    TR-W104, TR-W105, TR-W107, TR-W112 (the invitation is for another address).
    """
    from tropa.store import people

    invitation, _ = look_at_invitation(desk, who, token)
    address = require_email(email or invitation.email or "")
    if invitation.email is not None and people.fold(address) != people.fold(invitation.email):
        raise TropaError("TR-W112")
    require_good(password, address, name)
    kept = hashed(password)
    with desk.store.begin() as connection:
        if not people.take_back(connection, invitation.id):
            raise TropaError("TR-W103")
        if people.by_email(connection, address) is not None:
            raise TropaError("TR-W106", email=address)
        person = new_person(desk, email=address, name=name, password=kept, language=language, role=invitation.role)
        people.add(connection, person)
        if invitation.map_id is not None and invitation.map_role is not None:
            people.set_map_role(connection, invitation.map_id, person.id, invitation.map_role)
        note(desk, connection, as_person(person, who), "invitation-accepted", invitation.id)
        return begin(desk, connection, who, person, browser)


def join(desk: Desk, who: Actor, token: str) -> None:
    """Somebody with an account takes an invitation: never less than they had. Raises TR-W103, TR-W112."""
    from tropa.store import people

    who.require(Right.SELF)
    invitation, _ = look_at_invitation(desk, who, token)
    with desk.store.begin() as connection:
        person = _person(connection, who.id)
        if invitation.email is not None and people.fold(person.email) != people.fold(invitation.email):
            raise TropaError("TR-W112")
        if not people.take_back(connection, invitation.id):
            raise TropaError("TR-W103")
        people.change(connection, person.id, role=_more(person.role, invitation.role))
        if invitation.map_id is not None and invitation.map_role is not None:
            had = people.map_roles(connection, person.id).get(invitation.map_id)
            people.set_map_role(connection, invitation.map_id, person.id, _more(had, invitation.map_role))
        note(desk, connection, who, "invitation-accepted", invitation.id)
    desk.access_changed.ring(AccessChange(user_id=who.id))


def _more(one: Role | None, other: Role | None) -> Role | None:
    given = [role for role in (one, other) if role is not None]
    return max(given, key=_ORDER.index) if given else None


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who may read a map: `role` as it counts there, `own`: whether it was given for this map."""

    person: Person
    role: Role
    own: bool


def members(desk: Desk, who: Actor, map_id: str) -> list[Member]:
    """Everybody who may read a map. Guests see nobody: the team's names are not theirs."""
    from tropa.store import people

    who.require(Right.READ, map_id)
    require_map(desk, map_id)
    if who.kind == "guest":
        return []
    with desk.store.read() as connection:
        found = people.team_of(connection, map_id)
    return [Member(person, own or person.role or Role.VIEWER, own is not None) for person, own in found]


def set_member(desk: Desk, who: Actor, map_id: str, user_id: str, role: Role | None) -> None:
    """Gives somebody a role in one map, or (None) takes it away. Raises TR-A003 for unknown people and maps."""
    from tropa.store import people

    who.require(Right.MANAGE)
    require_map(desk, map_id)
    with desk.store.begin() as connection:
        person = _person(connection, user_id)
        had = people.set_map_role(connection, map_id, user_id, role)
        if role is None and not had:
            raise TropaError("TR-A003", name=user_id)
        note(
            desk, connection, who, "map-role-set", user_id, person=person.name, map=map_id,
            role=role.value if role else "none",
        )  # fmt: skip
    desk.access_changed.ring(AccessChange(user_id=user_id, map_id=map_id))


def require_map(desk: Desk, map_id: str) -> None:
    """Raises TR-A003 where there is no such map."""
    desk.living.row(desk, map_id)
