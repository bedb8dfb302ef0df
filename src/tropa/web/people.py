"""The team: people, invitations, roles in single maps."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from fastapi import Path, Request, Response
from pydantic import BaseModel

from tropa.model.access import Actor, Right, Role
from tropa.service import signing_in, team
from tropa.store.people import Invitation as Kept
from tropa.store.people import Person as Account
from tropa.web.accounts import Me, browser_of, let_in, me
from tropa.web.doors import AtDesk, Doors, Who
from tropa.web.fields import After, Body, Email, Id, Language, Limit, Line, Page, Password, address_of
from tropa.web.paths import API

DOORS = Doors(API, "people")
Token = Annotated[str, Path(max_length=100)]
MapRole = Literal[Role.VIEWER, Role.COMMENTER, Role.EDITOR]


class Person(BaseModel):
    """Somebody of the team. `email`, `created_at`, `has_password`: only for owners."""

    id: str
    name: str
    role: Role | None
    reveal: bool
    disabled: bool
    me: bool
    email: str | None = None
    created_at: datetime | None = None
    has_password: bool | None = None


class PersonChange(Body):
    """What to change. Role `none`: only in the maps they have a role in."""

    role: Role | Literal["none"] | None = None
    reveal: bool | None = None
    disabled: bool | None = None


class Link(BaseModel):
    """A one-time link, told only now."""

    url: str


class Invitation(BaseModel):
    """An invitation nobody has used yet. `url`: only when it is made."""

    id: str
    email: str | None
    role: Role | None
    map_id: str | None
    map_role: Role | None
    created_at: datetime
    expires_at: datetime
    url: str | None = None


class Invite(Body):
    """Whom to invite: to the workspace (`role`), to one map (`map_id`, `map_role`), or both. `email`: only who has that address."""

    email: Email | None = None
    role: Role | None = None
    map_id: Line | None = None
    map_role: MapRole | None = None


class Invited(BaseModel):
    """What a link invites to."""

    by: str
    email: str | None
    role: Role | None
    map_role: Role | None
    expires_at: datetime


class Accept(Body):
    """The new account. `email` may be left out where the invitation names it."""

    email: Email | None = None
    name: Line
    password: Password
    language: Language


class Member(BaseModel):
    """Somebody who may read the map. `own`: the role was given for this map."""

    id: str
    name: str
    role: Role
    own: bool
    me: bool


class Members(BaseModel):
    """All who may read the map, by name."""

    items: list[Member]


class MemberRole(Body):
    """A role in one map."""

    role: MapRole


def _person(account: Account, who: Actor) -> Person:
    shown = Person(
        id=account.id, name=account.name, role=account.role, reveal=account.reveal,
        disabled=account.disabled_at is not None, me=account.id == who.id,
    )  # fmt: skip
    if team.knows_addresses(who):
        shown.email, shown.created_at = account.email, account.created_at
        shown.has_password = account.password is not None
    return shown


def _invitation(kept: Kept, url: str | None = None) -> Invitation:
    return Invitation(
        id=kept.id, email=kept.email, role=kept.role, map_id=kept.map_id, map_role=kept.map_role,
        created_at=kept.created_at, expires_at=kept.expires_at, url=url,
    )  # fmt: skip


@DOORS.get("/people", Right.READ)
def people(desk: AtDesk, who: Who, limit: Limit = 100, after: After = None) -> Page[Person]:
    """The team."""
    found, further = team.everybody(desk, who, after=after, limit=limit)
    return Page(items=[_person(one, who) for one in found], next=further)


@DOORS.patch("/people/{user_id}", Right.MANAGE, fresh=True)
def change_person(desk: AtDesk, who: Who, user_id: Id, body: PersonChange) -> Person:
    """Another role, the right to see named customers, shut out or let in again."""
    role = None if body.role in (None, "none") else Role(body.role or "")
    wanted = team.Change(role, body.role == "none", body.reveal, body.disabled)
    return _person(team.change(desk, who, user_id, wanted), who)


@DOORS.delete("/people/{user_id}", Right.MANAGE, status_code=204, fresh=True)
def remove_person(desk: AtDesk, who: Who, user_id: Id) -> None:
    """Removes the account for good."""
    team.remove(desk, who, user_id)


@DOORS.post("/people/{user_id}/link", Right.MANAGE, status_code=201, fresh=True)
def renew_person(desk: AtDesk, who: Who, user_id: Id, request: Request) -> Link:
    """A one-time link for somebody who forgot their password. When it is used, the old password and sign-ins end."""
    token = signing_in.offer_link(desk, who, user_id, purpose="renew", target="/settings")
    return Link(url=address_of(request, f"/enter/{token}"))


@DOORS.get("/invitations", Right.MANAGE)
def invitations(desk: AtDesk, who: Who, limit: Limit = 100, after: After = None) -> Page[Invitation]:
    """Invitations nobody has used yet."""
    found, further = team.open_invitations(desk, who, after=after, limit=limit)
    return Page(items=[_invitation(one) for one in found], next=further)


@DOORS.post("/invitations", Right.MANAGE, status_code=201)
def invite(desk: AtDesk, who: Who, body: Invite, request: Request) -> Invitation:
    """Invites somebody; the link is told only now."""
    made, token = team.invite(
        desk, who, email=body.email, role=body.role, map_id=body.map_id, map_role=body.map_role
    )  # fmt: skip
    return _invitation(made, address_of(request, f"/invite/{token}"))


@DOORS.delete("/invitations/{invitation_id}", Right.MANAGE, status_code=204)
def withdraw_invitation(desk: AtDesk, who: Who, invitation_id: Id) -> None:
    """Takes it back."""
    team.withdraw(desk, who, invitation_id)


@DOORS.get("/invitations/{token}", Right.PUBLIC)
def look_at_invitation(desk: AtDesk, who: Who, token: Token) -> Invited:
    """What the link invites to."""
    found, by = team.look_at_invitation(desk, who, token)
    return Invited(
        by=by, email=found.email, role=found.role, map_role=found.map_role, expires_at=found.expires_at
    )  # fmt: skip


@DOORS.post("/invitations/{token}", Right.PUBLIC, status_code=201)
def accept_invitation(desk: AtDesk, who: Who, token: Token, body: Accept, request: Request, response: Response) -> Me:
    """Makes the account and signs in."""
    signed = team.accept(
        desk, who, token, email=body.email, name=body.name, password=body.password, language=body.language,
        browser=browser_of(request),
    )  # fmt: skip
    return let_in(desk, request, response, signed)


@DOORS.post("/invitations/{token}/join", Right.SELF)
def join_by_invitation(desk: AtDesk, who: Who, token: Token, request: Request) -> Me:
    """Somebody who has an account takes the invitation."""
    from tropa.web.accounts import known_again

    team.join(desk, who, token)
    return me(desk, known_again(desk, request), request)


@DOORS.get("/maps/{map_id}/members", Right.READ)
def members(desk: AtDesk, who: Who, map_id: Id) -> Members:
    """Everybody who may read the map. A guest sees nobody."""
    return Members(
        items=[
            Member(id=one.person.id, name=one.person.name, role=one.role, own=one.own, me=one.person.id == who.id)
            for one in team.members(desk, who, map_id)
        ]
    )


@DOORS.put("/maps/{map_id}/members/{user_id}", Right.MANAGE, status_code=204)
def set_member(desk: AtDesk, who: Who, map_id: Id, user_id: Id, body: MemberRole) -> None:
    """Gives somebody a role in this map, whatever theirs in the workspace is."""
    team.set_member(desk, who, map_id, user_id, body.role)


@DOORS.delete("/maps/{map_id}/members/{user_id}", Right.MANAGE, status_code=204)
def unset_member(desk: AtDesk, who: Who, map_id: Id, user_id: Id) -> None:
    """The role in the workspace counts again."""
    team.set_member(desk, who, map_id, user_id, None)
