"""Doors to the second factor, to showing again who one is, to the rules of signing in, and to erasing a customer (R-60, R-64)."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import Path, Request
from pydantic import BaseModel, Field

from tropa.model.access import Right
from tropa.service import erasing, second_factor, signing_in
from tropa.service.traces import Identifiers
from tropa.web.doors import AtDesk, Doors, Who, known_of
from tropa.web.fields import Body, Id, Line, Password
from tropa.web.paths import API

DOORS = Doors(API, "safety")
Code = Annotated[str, Field(min_length=6, max_length=40)]
Pseudonym = Annotated[str, Path(pattern=r"^[\w·-]{1,64}$")]
Several = Annotated[list[Line], Field(max_length=20)]


class Proof(Body):
    """What shows who one is: the password, and the code of the second factor where there is one."""

    password: Password | None = None
    code: Code | None = None


class FactorState(BaseModel):
    """One's own second factor. `required`: this workspace asks it of everybody."""

    on: bool
    codes_left: int
    required: bool


class FactorOffer(BaseModel):
    """A secret for an authenticator: as text, as the address in its QR code, and as that code's squares (rows of 0 and 1)."""

    secret: str
    address: str
    squares: list[str]


class FactorCode(Body):
    """The six digits that the authenticator shows."""

    code: Code


class RecoveryCodes(BaseModel):
    """Codes that replace the authenticator once each; told only now."""

    codes: list[str]


class SignInPolicy(Body):
    """Of whom a second factor is asked."""

    second_factor: Literal["optional", "everybody"]


class Named(Body):
    """By what else the customer is known, beside what the trail knows: names are looked for as they are given here."""

    names: Several = []
    phones: Several = []
    emails: Several = []


class PlaceReply(BaseModel):
    """Where words of the customer are, and how many: `kind` is `map`, `history`, `file`, `comments`, `letters`, `audit`, `uploads`…"""

    kind: str
    map_id: str | None
    count: int


class ErasureReply(BaseModel):
    """What an erasure touches. `events`: of the trail; `short`: how many ids and names are too short to be looked for in texts."""

    events: int
    places: list[PlaceReply]
    short: int


@DOORS.post("/me/proof", Right.SELF, status_code=204)
def prove(desk: AtDesk, who: Who, shown: Proof, request: Request) -> None:
    """Shows again who I am; for a quarter of an hour grave acts do not ask."""
    signing_in.prove(desk, who, known_of(request).login_id, shown.password, shown.code)


@DOORS.get("/me/second-factor", Right.SELF)
def my_second_factor(desk: AtDesk, who: Who) -> FactorState:
    """Whether I have one, and how many recovery codes are left."""
    return FactorState.model_validate(second_factor.state(desk, who), from_attributes=True)


@DOORS.post("/me/second-factor", Right.SELF, status_code=201, fresh=True)
def offer_second_factor(desk: AtDesk, who: Who) -> FactorOffer:
    """A secret to put into an authenticator; it counts once a code of it was shown."""
    return FactorOffer.model_validate(second_factor.offer(desk, who), from_attributes=True)


@DOORS.post("/me/second-factor/confirmation", Right.SELF, status_code=201, fresh=True)
def confirm_second_factor(desk: AtDesk, who: Who, shown: FactorCode) -> RecoveryCodes:
    """It works: from now on it is asked for at signing in."""
    return RecoveryCodes(codes=second_factor.confirm(desk, who, shown.code))


@DOORS.post("/me/second-factor/codes", Right.SELF, status_code=201, fresh=True)
def renew_recovery_codes(desk: AtDesk, who: Who) -> RecoveryCodes:
    """New recovery codes in place of those before."""
    return RecoveryCodes(codes=second_factor.renew_codes(desk, who))


@DOORS.delete("/me/second-factor", Right.SELF, status_code=204, fresh=True)
def remove_second_factor(desk: AtDesk, who: Who) -> None:
    """Takes it away."""
    second_factor.remove(desk, who)


@DOORS.delete("/people/{user_id}/second-factor", Right.MANAGE, status_code=204, fresh=True)
def drop_second_factor(desk: AtDesk, who: Who, user_id: Id) -> None:
    """Takes somebody's away, who lost phone and codes."""
    second_factor.drop(desk, who, user_id)


@DOORS.get("/policy", Right.MANAGE)
def sign_in_policy(desk: AtDesk, who: Who) -> SignInPolicy:
    """The rules of signing in."""
    return SignInPolicy(second_factor=second_factor.told_policy(desk, who))


@DOORS.put("/policy", Right.MANAGE, fresh=True)
def set_sign_in_policy(desk: AtDesk, who: Who, wanted: SignInPolicy) -> SignInPolicy:
    """Sets them. Who has no second factor where everybody must, can do nothing else before they set one up; their tokens rest."""
    second_factor.set_policy(desk, who, wanted.second_factor)
    return wanted


@DOORS.post("/customers/{pseudonym}/erasure-plan", Right.MANAGE)
def plan_erasure(desk: AtDesk, who: Who, pseudonym: Pseudonym, named: Named) -> ErasureReply:
    """What erasing a customer would touch; nothing is done."""
    return _told(erasing.plan(desk, who, pseudonym, _known(named)))


@DOORS.post("/customers/{pseudonym}/erasure", Right.MANAGE, fresh=True)
def erase_customer(desk: AtDesk, who: Who, pseudonym: Pseudonym, named: Named) -> ErasureReply:
    """Erases a customer for good: from the trail, and every word about them in maps, their history, comments, files, letters, logs."""
    return _told(erasing.erase(desk, who, pseudonym, _known(named)))


def _known(named: Named) -> Identifiers:
    return Identifiers(names=tuple(named.names), phones=tuple(named.phones), emails=tuple(named.emails))


def _told(found: erasing.Plan) -> ErasureReply:
    places = [PlaceReply(kind=one.kind, map_id=one.map_id, count=one.count) for one in found.places]
    return ErasureReply(events=found.events, places=places, short=found.short)
