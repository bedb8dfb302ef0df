"""Setting up, signing in and out, and one's own account."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import Path, Request, Response
from pydantic import BaseModel, Field

from tropa import __version__
from tropa.model.access import Right, Role
from tropa.service import accounts, signing_in
from tropa.service.signing_in import Browser, SignedIn
from tropa.web import cookies
from tropa.web.doors import AtDesk, Doors, Who, known_of
from tropa.web.fields import Body, Email, Id, Language, Line, Password
from tropa.web.language import words_of
from tropa.web.paths import API

DOORS = Doors(API, "account")
Token = Annotated[str, Path(max_length=100)]


class SetUp(Body):
    """The first owner."""

    token: Line
    email: Email
    name: Line
    password: Password
    language: Language


class Credentials(Body):
    """Who signs in."""

    email: Email
    password: Password
    code: Annotated[str, Field(min_length=6, max_length=40)] | None = None
    """Of the second factor, where there is one."""


class Me(BaseModel):
    """Who asks. `rights`: in the workspace; `csrf`: goes with each change as `X-CSRF-Token`; `needs_owner`: nobody can sign in yet."""

    kind: str
    id: str
    name: str
    email: str | None
    has_password: bool
    language: str
    role: Role | None
    rights: list[Right]
    map_roles: dict[str, Role]
    reveal: bool
    csrf: str | None
    needs_owner: bool
    needs_second_factor: bool = False
    """Whether nothing else can be done before a second factor is set up."""
    version: str


class MyChange(Body):
    """What to change about oneself. Another `email` needs the `password`."""

    name: Line | None = None
    language: Language | None = None
    email: Email | None = None
    password: Password | None = None


class NewPassword(Body):
    """`current` may be left out only where there is none yet."""

    current: Password | None = None
    password: Password


class Login(BaseModel):
    """A browser one is signed in with; `current`: this one."""

    id: str
    agent: str
    address: str
    created_at: datetime
    seen_at: datetime
    current: bool


class Logins(BaseModel):
    """All of them, the latest seen first."""

    items: list[Login]


class Ended(BaseModel):
    """How many sign-ins were ended."""

    count: int


def browser_of(request: Request) -> Browser:
    """The browser that asks."""
    return Browser(request.headers.get("user-agent", ""), cookies.secret_of(request, cookies.LOGIN))


def let_in(desk: AtDesk, request: Request, response: Response, signed: SignedIn) -> Me:
    """Gives the cookies of a fresh sign-in, and says who one is now."""
    from tropa.service.knowing import Credential, know

    cookies.give_login(response, request, signed.secret)
    known = know(desk, (Credential("login", signed.secret),), known_of(request).actor.address)
    told = _me(desk, known.actor, request, cookies.csrf_of(signed.secret))
    cookies.give_language(response, request, told.language)
    return told


def _me(desk: AtDesk, who: Who, request: Request, csrf: str | None) -> Me:
    person = accounts.me(desk, who)
    return Me(
        kind=who.kind, id=who.id, name=who.name, email=person.email if person else None,
        has_password=person is not None and person.password is not None,
        language=person.language if person else words_of(request).lang, role=who.role,
        rights=[right for right in Right if who.may(right)], map_roles=dict(who.map_roles), reveal=who.reveal,
        csrf=csrf, needs_owner=who.kind == "nobody" and accounts.needs_owner(desk), version=__version__,
        needs_second_factor=who.kind == "user" and who.scopes == frozenset({Right.SELF}),
    )  # fmt: skip


@DOORS.get("/setup/{token}", Right.PUBLIC, status_code=204)
def look_at_setup(desk: AtDesk, who: Who, token: Token) -> None:
    """Whether the one-time link is still good."""
    accounts.setup_is_open(desk, who, token)


@DOORS.post("/setup", Right.PUBLIC, status_code=201)
def set_up(desk: AtDesk, who: Who, body: SetUp, request: Request, response: Response) -> Me:
    """Makes the first owner, by the one-time link that the server printed at its start."""
    signed = accounts.set_up(
        desk, who, body.token, email=body.email, name=body.name, password=body.password, language=body.language,
        browser=browser_of(request),
    )  # fmt: skip
    return let_in(desk, request, response, signed)


@DOORS.post("/login", Right.PUBLIC)
def log_in(desk: AtDesk, who: Who, body: Credentials, request: Request, response: Response) -> Me:
    """Signs in."""
    signed = signing_in.sign_in(desk, who, body.email, body.password, browser_of(request), body.code)
    return let_in(desk, request, response, signed)


@DOORS.post("/logout", Right.PUBLIC, status_code=204)
def log_out(desk: AtDesk, who: Who, request: Request, response: Response) -> None:
    """Signs this browser out."""
    login_id = known_of(request).login_id
    if login_id is not None:
        signing_in.end_login(desk, who, login_id)
    cookies.take_all(response, request)


@DOORS.get("/me", Right.PUBLIC)
def me(desk: AtDesk, who: Who, request: Request) -> Me:
    """Who I am here; `kind` says `nobody` before signing in."""
    shown = known_of(request).shown
    csrf = cookies.csrf_of(shown[0].secret) if shown and shown[0].kind != "token" else None
    return _me(desk, who, request, csrf)


@DOORS.patch("/me", Right.SELF)
def change_me(desk: AtDesk, who: Who, body: MyChange, request: Request, response: Response) -> Me:
    """Changes my name, language or address."""
    accounts.change_me(desk, who, **body.model_dump())
    if body.language is not None:
        cookies.give_language(response, request, body.language)
    return _me(desk, known_again(desk, request), request, None if who.kind == "token" else _csrf(request))


def known_again(desk: AtDesk, request: Request) -> Who:
    """The one who asks, as they are after the change."""
    from tropa.service.knowing import still

    return still(desk, known_of(request))


def _csrf(request: Request) -> str:
    return cookies.csrf_of(known_of(request).shown[0].secret)


@DOORS.post("/me/password", Right.SELF)
def change_my_password(desk: AtDesk, who: Who, body: NewPassword, request: Request, response: Response) -> Me:
    """Sets a new password; all other browsers are signed out."""
    signed = accounts.change_password(
        desk, who, current=body.current, new=body.password, browser=browser_of(request)
    )  # fmt: skip
    return let_in(desk, request, response, signed)


@DOORS.get("/me/logins", Right.SELF)
def my_logins(desk: AtDesk, who: Who, request: Request) -> Logins:
    """Where I am signed in."""
    current = known_of(request).login_id
    found = signing_in.own_logins(desk, who)
    return Logins(
        items=[
            Login(
                id=one.id, agent=one.agent, address=one.address, created_at=one.created_at, seen_at=one.seen_at,
                current=one.id == current,
            )
            for one in found
        ]
    )  # fmt: skip


@DOORS.delete("/me/logins", Right.SELF)
def end_my_other_logins(desk: AtDesk, who: Who, request: Request) -> Ended:
    """Signs me out everywhere but here."""
    return Ended(count=signing_in.end_other_logins(desk, who, known_of(request).login_id))


@DOORS.delete("/me/logins/{login_id}", Right.SELF, status_code=204)
def end_my_login(desk: AtDesk, who: Who, login_id: Id) -> None:
    """Signs me out there."""
    signing_in.end_login(desk, who, login_id)
