"""Coming in and going out: passwords, one-time links, the sign-ins of each person (R-60; OWASP ASVS 2 and 3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from tropa.model import TropaError
from tropa.model.access import Actor, Right
from tropa.service import limits
from tropa.service.auditing import note
from tropa.service.desk import AccessChange, Desk
from tropa.service.knowing import IDLE, LIFETIME, Known
from tropa.service.passwords import digest, hashed, matches, outdated

if TYPE_CHECKING:
    from tropa.store import Connection
    from tropa.store.logins import Login
    from tropa.store.people import Person

FRESH = timedelta(minutes=15)
"""So long after showing who one is nobody is asked again."""
LINK_GOOD_FOR = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Browser:
    """The one somebody signs in with: how it calls itself, and the secret of the sign-in it had before (that one ends)."""

    agent: str = ""
    before: str | None = None


@dataclass(frozen=True, slots=True)
class SignedIn:
    """`secret` goes into the cookie and is kept nowhere else."""

    secret: str
    user_id: str
    target: str = "/"


def sign_in(desk: Desk, who: Actor, email: str, password: str, browser: Browser, code: str | None = None) -> SignedIn:
    """Signs in by password, and by the code of the second factor where there is one.

    Raises TR-W102 where address and password do not belong together, whatever the reason; TR-A005 after too many tries; and only for the
    right password TR-W150 (a code is needed), TR-W151 (it is wrong).
    """
    from tropa.service import second_factor
    from tropa.store import people

    now = desk.clock()
    desk.limits.take(limits.LOGIN_BY_ADDRESS, who.address, now)
    desk.limits.take(limits.LOGIN_BY_EMAIL, people.fold(email), now)
    with desk.store.read() as connection:
        person = people.by_email(connection, email)
    right = matches(None if person is None else person.password, password)
    if person is None or person.disabled_at is not None or not right:
        with desk.store.begin() as connection:
            note(desk, connection, who, "login-refused", "" if person is None else person.id)
        raise TropaError("TR-W102")
    assert person.password is not None
    second_factor.require(desk, who, person, code)
    desk.limits.forgive(limits.LOGIN_BY_EMAIL, people.fold(email))
    desk.limits.give_back(limits.LOGIN_BY_ADDRESS, who.address)
    with desk.store.begin() as connection:
        if outdated(person.password):
            people.change(connection, person.id, password=hashed(password))
        return begin(desk, connection, who, person, browser)


def begin(
    desk: Desk, connection: Connection, who: Actor, person: Person, browser: Browser, target: str = "/"
) -> SignedIn:
    """A fresh sign-in of somebody who has shown who they are; the browser's earlier one ends."""
    from tropa.store import logins

    now = desk.clock()
    if browser.before is not None:
        earlier = logins.by_secret(connection, digest(browser.before))
        if earlier is not None:
            logins.end(connection, earlier.user_id, earlier.id)
    logins.sweep(connection, now - IDLE, now - LIFETIME, now)
    secret = desk.new_id() + desk.new_id()
    login = logins.Login(desk.new_id(), person.id, digest(secret), now, now, browser.agent[:200], who.address, now)
    logins.add(connection, login)
    note(desk, connection, as_person(person, who), "login-made", login.id)
    return SignedIn(secret, person.id, target)


def as_person(person: Person, who: Actor) -> Actor:
    """The actor that somebody becomes by signing in."""
    return Actor("user", person.id, person.name, person.role, address=who.address)


def prove(desk: Desk, who: Actor, login_id: str | None, password: str | None, code: str | None) -> None:
    """Shows again who sits there, before something grave: by the password, and the code where there is a second factor.

    Raises TR-W110 (wrong password), TR-W150, TR-W151, TR-A005.
    """
    from tropa.service import second_factor
    from tropa.service.accounts import own_person, require_own_password
    from tropa.store import logins

    person = own_person(desk, who)
    try:
        require_own_password(desk, person, password)
        second_factor.require(desk, who, person, code)
    except TropaError as fault:
        if fault.code != "TR-W150":
            with desk.store.begin() as connection:
                note(desk, connection, who, "proof-refused", person.id)
        raise
    with desk.store.begin() as connection:
        if login_id is not None:
            logins.proved(connection, login_id, desk.clock())
        note(desk, connection, who, "proved", person.id)


def must_prove(desk: Desk, known: Known) -> bool:
    """Whether whoever sits there has to show again who they are: it is a while since they did, and there is something to show."""
    from tropa.service import second_factor
    from tropa.store import people

    if known.actor.kind != "user" or known.login_id is None:
        return False
    if known.proved_at is not None and desk.clock() - known.proved_at <= FRESH:
        return False
    with desk.store.read() as connection:
        person = people.get(connection, known.actor.id)
        return person is not None and (person.password is not None or second_factor.is_on(connection, person.id))


def own_logins(desk: Desk, who: Actor) -> list[Login]:
    """The browsers one is signed in with."""
    from tropa.store import logins

    who.require(Right.SELF)
    with desk.store.read() as connection:
        return logins.of_user(connection, who.id)


def end_login(desk: Desk, who: Actor, login_id: str) -> None:
    """Ends one of one's own sign-ins. Raises TR-A003 where there is no such one."""
    from tropa.store import logins

    who.require(Right.SELF)
    with desk.store.begin() as connection:
        if not logins.end(connection, who.id, login_id):
            raise TropaError("TR-A003", name=login_id)
        note(desk, connection, who, "login-ended", login_id)
    desk.access_changed.ring(AccessChange(login_id=login_id))


def end_other_logins(desk: Desk, who: Actor, but: str | None) -> int:
    """Ends all of one's own sign-ins but this one. How many."""
    from tropa.store import logins

    who.require(Right.SELF)
    with desk.store.begin() as connection:
        count = logins.end_all(connection, who.id, but)
        note(desk, connection, who, "logins-ended", who.id, count=count)
    desk.access_changed.ring(AccessChange(user_id=who.id))
    return count


def enter(desk: Desk, who: Actor, token: str, browser: Browser, *, purpose: str, code: str | None = None) -> SignedIn:
    """Signs in by a one-time link (`enter`: from the terminal; `renew`: from an owner, and the old password is gone).

    A link in place of a forgotten password does not replace the second factor. Raises TR-W103 where the link was used, is too old or
    never was; TR-W150, TR-W151 (the link stays good).
    """
    from tropa.service import second_factor
    from tropa.store import logins, people

    desk.limits.take(limits.LINK_BY_ADDRESS, who.address, desk.clock())
    if purpose == "renew":
        with desk.store.read() as connection:
            seen = logins.look_at_link(connection, digest(token), purpose, desk.clock())
            whose = None if seen is None or seen.user_id is None else people.get(connection, seen.user_id)
        if whose is not None:
            second_factor.require(desk, who, whose, code)
    with desk.store.begin() as connection:
        link = logins.use_link(connection, digest(token), purpose, desk.clock())
        person = None if link is None or link.user_id is None else people.get(connection, link.user_id)
        if link is None or person is None or person.disabled_at is not None:
            raise TropaError("TR-W103")
        if purpose == "renew":
            people.change(connection, person.id, password=None)
            logins.end_all(connection, person.id)
        signed = begin(desk, connection, who, person, browser, link.target)
    if purpose == "renew":
        desk.access_changed.ring(AccessChange(user_id=person.id))
    return signed


def offer_link(desk: Desk, who: Actor, user_id: str, *, purpose: str, target: str) -> str:
    """A one-time link for somebody with an account; gives its token. Raises TR-A003 for an unknown person."""
    from tropa.store import logins, people

    who.require(Right.MANAGE)
    token = desk.new_id()
    with desk.store.begin() as connection:
        if people.get(connection, user_id) is None:
            raise TropaError("TR-A003", name=user_id)
        link = logins.OneTimeLink(digest(token), purpose, user_id, target, desk.clock() + LINK_GOOD_FOR)
        logins.offer_link(connection, link)
        note(desk, connection, who, "link-made", user_id, purpose=purpose)
    return token
