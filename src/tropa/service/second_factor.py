"""The second factor: set up, asked for, replaced by a recovery code, taken away; of everybody where an owner says so (R-60)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from tropa.model import TropaError
from tropa.model.access import Actor, Right
from tropa.service import limits, own_letters
from tropa.service.auditing import note
from tropa.service.desk import AccessChange, Desk
from tropa.service.one_time import address_of, new_recovery_codes, new_secret, plain, squares_of, step_shown
from tropa.service.passwords import digest

if TYPE_CHECKING:
    from tropa.store import Connection
    from tropa.store.people import Person

POLICY = "second-factor"
Policy = Literal["optional", "everybody"]


@dataclass(frozen=True, slots=True)
class Offer:
    """A secret to be put into an authenticator: as text, as an address, and as the squares of its QR code."""

    secret: str
    address: str
    squares: list[str]


@dataclass(frozen=True, slots=True)
class State:
    """One's own: whether it is asked for, how many recovery codes are left, whether the workspace asks it of everybody."""

    on: bool
    codes_left: int
    required: bool


def policy(c: Connection) -> Policy:
    """Of whom it is asked."""
    from tropa.store import settings

    return "everybody" if settings.get(c, POLICY) == "everybody" else "optional"


def is_on(c: Connection, user_id: str) -> bool:
    """Whether somebody has one that was tried."""
    from tropa.store import factors

    found = factors.of(c, user_id)
    return found is not None and found.confirmed_at is not None


def require(desk: Desk, who: Actor, person: Person, code: str | None) -> None:
    """Lets through who has none, and who shows a code. Raises TR-W150 (no code), TR-W151 (wrong, or used), TR-A005 (too many tries)."""
    from tropa.store import factors

    with desk.store.read() as c:
        found = factors.of(c, person.id)
    if found is None or found.confirmed_at is None:
        return
    if not code:
        raise TropaError("TR-W150")
    desk.limits.take(limits.SECOND_FACTOR, person.id, desk.clock())
    step = step_shown(found.secret, plain(code), desk.clock())
    with desk.store.begin() as c:
        if step is not None and factors.take_step(c, person.id, step):
            right = True
        else:
            right = factors.take_code(c, person.id, digest(plain(code)))
            if right:
                note(desk, c, who, "recovery-code-used", person.id)
                own_letters.tell(desk, c, person, "recovery-code-used", who.address)
    if not right:
        raise TropaError("TR-W151")
    desk.limits.forgive(limits.SECOND_FACTOR, person.id)


def state(desk: Desk, who: Actor) -> State:
    """One's own second factor."""
    from tropa.store import factors

    who.require(Right.SELF)
    with desk.store.read() as c:
        return State(is_on(c, who.id), factors.codes_left(c, who.id), policy(c) == "everybody")


def offer(desk: Desk, who: Actor) -> Offer:
    """A new secret to be tried (`confirm`). Raises TR-W154 where there is one that works."""
    from tropa.store import factors

    person = _own(desk, who)
    secret = new_secret()
    with desk.store.begin() as c:
        if is_on(c, person.id):
            raise TropaError("TR-W154")
        factors.offer(c, person.id, secret, desk.clock())
    address = address_of(secret, person.email)
    return Offer(secret, address, squares_of(address))


def confirm(desk: Desk, who: Actor, code: str) -> list[str]:
    """It works: from now on it is asked for. Gives the recovery codes, which are told only now. Raises TR-W151, TR-W154, TR-A005."""
    from tropa.store import factors

    person = _own(desk, who)
    desk.limits.take(limits.SECOND_FACTOR, person.id, desk.clock())
    codes = new_recovery_codes()
    with desk.store.begin() as c:
        found = factors.of(c, person.id)
        if found is not None and found.confirmed_at is not None:
            raise TropaError("TR-W154")
        step = None if found is None else step_shown(found.secret, plain(code), desk.clock())
        if step is None or not factors.take_step(c, person.id, step):
            raise TropaError("TR-W151")
        factors.confirm(c, person.id, desk.clock(), [digest(plain(one)) for one in codes])
        note(desk, c, who, "factor-made", person.id)
        own_letters.tell(desk, c, person, "factor-made", who.address)
    desk.access_changed.ring(AccessChange(user_id=person.id))
    desk.wake.ring("outbox")
    return codes


def renew_codes(desk: Desk, who: Actor) -> list[str]:
    """New recovery codes; those before are no good any more. Raises TR-W150 where there is no second factor."""
    from tropa.store import factors

    person = _own(desk, who)
    codes = new_recovery_codes()
    with desk.store.begin() as c:
        if not is_on(c, person.id):
            raise TropaError("TR-W150")
        factors.renew_codes(c, person.id, [digest(plain(one)) for one in codes])
        note(desk, c, who, "recovery-codes-made", person.id)
    return codes


def remove(desk: Desk, who: Actor) -> None:
    """Takes one's own away. (The door asks to be shown again who it is.)"""
    person = _own(desk, who)
    _remove(desk, who, person, "factor-removed")


def drop(desk: Desk, who: Actor, user_id: str) -> None:
    """An owner takes somebody's away, who lost phone and codes. Raises TR-A003 for an unknown person."""
    from tropa.store import people

    who.require(Right.MANAGE)
    with desk.store.read() as c:
        person = people.get(c, user_id)
    if person is None:
        raise TropaError("TR-A003", name=user_id)
    _remove(desk, who, person, "factor-dropped")


def _remove(desk: Desk, who: Actor, person: Person, act: str) -> None:
    from tropa.store import factors

    with desk.store.begin() as c:
        if factors.remove(c, person.id):
            note(desk, c, who, act, person.id, person=person.name)
            own_letters.tell(desk, c, person, "factor-removed", who.address)
    desk.access_changed.ring(AccessChange(user_id=person.id))
    desk.wake.ring("outbox")


def set_policy(desk: Desk, who: Actor, wanted: Policy) -> None:
    """Says of whom a second factor is asked. Raises TR-W158 where the owner who says so has none."""
    from tropa.store import settings

    who.require(Right.MANAGE)
    with desk.store.begin() as c:
        if wanted == "everybody" and who.kind == "user" and not is_on(c, who.id):
            raise TropaError("TR-W158")
        settings.put(c, POLICY, wanted if wanted != "optional" else None)
        note(desk, c, who, "policy-changed", "", second_factor=wanted)
    desk.access_changed.ring(AccessChange())


def told_policy(desk: Desk, who: Actor) -> Policy:
    """Of whom it is asked, for owners."""
    who.require(Right.MANAGE)
    with desk.store.read() as c:
        return policy(c)


def _own(desk: Desk, who: Actor) -> Person:
    from tropa.store import people

    who.require(Right.SELF)
    with desk.store.read() as c:
        person = people.get(c, who.id) if who.kind == "user" else None
    if person is None:
        raise TropaError("TR-A002", right=Right.SELF.value)
    return person
