"""One's own account: the first owner's set-up, name, address, language, password (R-60)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tropa.model import TropaError
from tropa.model.access import Actor, Right, Role
from tropa.service import limits, own_letters
from tropa.service.auditing import note
from tropa.service.desk import AccessChange, Desk
from tropa.service.passwords import digest, hashed, matches, require_good
from tropa.service.signing_in import LINK_GOOD_FOR, Browser, SignedIn, as_person, begin

if TYPE_CHECKING:
    from tropa.store.people import Person

_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)*")


def require_email(email: str) -> str:
    """The address without spaces around it. Raises TR-W107 where it is none."""
    email = email.strip()
    if len(email) > 254 or not _EMAIL.fullmatch(email):
        raise TropaError("TR-W107", email=email[:80])
    return email


def needs_owner(desk: Desk) -> bool:
    """Whether nobody can sign in as owner yet."""
    from tropa.store import people

    with desk.store.read() as connection:
        return people.owners(connection) == 0


def offer_setup(desk: Desk) -> str:
    """The token of a one-time link with which the first owner makes their account; links made before are no good any more."""
    from tropa.store import logins

    token = desk.new_id()
    with desk.store.begin() as connection:
        expires = desk.clock() + LINK_GOOD_FOR
        logins.offer_link(connection, logins.OneTimeLink(digest(token), "setup", None, "/", expires))
    return token


def setup_is_open(desk: Desk, who: Actor, token: str) -> None:
    """Raises TR-W103 where the link is no good (any more)."""
    from tropa.store import logins, people

    desk.limits.take(limits.LINK_BY_ADDRESS, who.address, desk.clock())
    with desk.store.read() as connection:
        link = logins.look_at_link(connection, digest(token), "setup", desk.clock())
        if link is None or people.owners(connection):
            raise TropaError("TR-W103")


def set_up(
    desk: Desk, who: Actor, token: str, *, email: str, name: str, password: str, language: str, browser: Browser
) -> SignedIn:
    """Makes the first owner and signs them in. Raises TR-W103 where the link is no good, TR-W104, TR-W105, TR-W107."""
    from tropa.store import logins, people

    setup_is_open(desk, who, token)
    email = require_email(email)
    require_good(password, email, name)
    kept = hashed(password)
    with desk.store.begin() as connection:
        if logins.use_link(connection, digest(token), "setup", desk.clock()) is None or people.owners(connection):
            raise TropaError("TR-W103")
        owner = new_person(desk, email=email, name=name, password=kept, language=language, role=Role.OWNER)
        if people.by_email(connection, email) is not None:
            raise TropaError("TR-W106", email=email)
        people.add(connection, owner)
        note(desk, connection, as_person(owner, who), "owner-made", owner.id)
        return begin(desk, connection, who, owner, browser)


def new_person(desk: Desk, *, email: str, name: str, password: str | None, language: str, role: Role | None) -> Person:
    """An account that is not kept yet; `password` is its hash."""
    from tropa.store.people import Person

    return Person(desk.new_id(), email, name.strip(), language, password, role, False, desk.clock(), None)


def me(desk: Desk, who: Actor) -> Person | None:
    """One's own account (None: not signed in as a person)."""
    from tropa.store import people

    if who.kind != "user":
        return None
    with desk.store.read() as connection:
        return people.get(connection, who.id)


def own_person(desk: Desk, who: Actor) -> Person:
    """One's own account. Raises TR-A001, TR-A002 for who has none."""
    who.require(Right.SELF)
    person = me(desk, who)
    if person is None:
        raise TropaError("TR-A002", right=Right.SELF.value)
    return person


def require_own_password(desk: Desk, person: Person, password: str | None) -> None:
    """Asks again who it is before something grave. Raises TR-W110 (wrong), TR-A005 (too often). Who has no password yet passes."""
    if person.password is None:
        return
    desk.limits.take(limits.OWN_PASSWORD, person.id, desk.clock())
    if not matches(person.password, password or ""):
        raise TropaError("TR-W110")
    desk.limits.forgive(limits.OWN_PASSWORD, person.id)


def change_me(
    desk: Desk, who: Actor, *, name: str | None, language: str | None, email: str | None, password: str | None
) -> Person:
    """Changes one's name, language, address; the address only with the password. Raises TR-W106, TR-W107, TR-W110."""
    from tropa.store import people

    person = own_person(desk, who)
    values: dict[str, str] = {}
    if name is not None:
        values["name"] = name.strip()
    if language is not None:
        values["language"] = language
    if email is not None and people.fold(email) != people.fold(person.email):
        require_own_password(desk, person, password)
        values["email"] = require_email(email)
    with desk.store.begin() as connection:
        if "email" in values:
            if people.by_email(connection, values["email"]) is not None:
                raise TropaError("TR-W106", email=values["email"])
            note(desk, connection, who, "email-changed", person.id)
            own_letters.tell(desk, connection, person, "email-changed", who.address)  # to the address before
        if values:
            people.change(connection, person.id, **values)
        changed = people.get(connection, person.id)
    assert changed is not None
    return changed


def change_password(desk: Desk, who: Actor, *, current: str | None, new: str, browser: Browser) -> SignedIn:
    """Sets a new password. All sign-ins of the person end; the browser that asked gets a fresh one. Raises TR-W104, TR-W105, TR-W110."""
    from tropa.store import logins, people

    person = own_person(desk, who)
    require_own_password(desk, person, current)
    require_good(new, person.email, person.name)
    kept = hashed(new)
    with desk.store.begin() as connection:
        people.change(connection, person.id, password=kept)
        logins.end_all(connection, person.id)
        note(desk, connection, who, "password-changed", person.id)
        own_letters.tell(desk, connection, person, "password-changed", who.address)
        signed = begin(desk, connection, who, person, browser)
    desk.access_changed.ring(AccessChange(user_id=person.id))
    desk.wake.ring("outbox")
    return signed
