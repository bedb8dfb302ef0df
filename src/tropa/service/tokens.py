"""Tokens with which programs act for a person, within scopes (R-62)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from tropa.model import TropaError
from tropa.model.access import Actor, Right
from tropa.service.auditing import note
from tropa.service.desk import AccessChange, Desk
from tropa.service.passwords import digest

if TYPE_CHECKING:
    from tropa.store.tokens import ApiToken

PREFIX = "tropa_"
"""So that a token that strayed into a repository is found by those who look for such."""
SCOPES = (Right.READ, Right.COMMENT, Right.EDIT, Right.DATA, Right.REVEAL, Right.MANAGE)


def own(desk: Desk, who: Actor, *, after: str | None, limit: int) -> tuple[list[ApiToken], str | None]:
    """One's own tokens, and where the next page begins."""
    from tropa.store import tokens

    who.require(Right.SELF)
    with desk.store.read() as connection:
        found = tokens.of_user(connection, who.id, after, limit + 1)
    return found[:limit], found[limit - 1].id if len(found) > limit else None


def make(
    desk: Desk, who: Actor, *, title: str, scopes: frozenset[Right], expires_at: datetime | None
) -> tuple[ApiToken, str]:
    """A new token, told only now. Raises TR-W114 for a scope one has not oneself in any map, TR-W115 where it would be over already."""
    from tropa.store import tokens

    who.require(Right.SELF)
    for scope in sorted(scopes):
        if scope not in SCOPES or not (who.may(scope) or any(who.may(scope, one) for one in who.map_roles)):
            raise TropaError("TR-W114", scope=scope.value)
    if expires_at is not None and expires_at <= desk.clock():
        raise TropaError("TR-W115")
    secret = PREFIX + desk.new_id() + desk.new_id()
    token = tokens.ApiToken(
        desk.new_id(), who.id, digest(secret), title.strip(), secret[-4:], scopes, desk.clock(), expires_at, None
    )
    with desk.store.begin() as connection:
        tokens.add(connection, token)
        note(desk, connection, who, "token-made", token.id, title=token.title, scopes=" ".join(sorted(scopes)))
    return token, secret


def end(desk: Desk, who: Actor, token_id: str) -> None:
    """Ends one of one's own tokens. Raises TR-A003 where there is no such one."""
    from tropa.store import tokens

    who.require(Right.SELF)
    with desk.store.begin() as connection:
        if not tokens.remove(connection, who.id, token_id):
            raise TropaError("TR-A003", name=token_id)
        note(desk, connection, who, "token-ended", token_id)
    desk.access_changed.ring(AccessChange(token_id=token_id))
