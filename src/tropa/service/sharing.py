"""Share links: one map for whoever has the link, to look at or to comment on (R-60)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from tropa.model import TropaError
from tropa.model.access import Actor, Right, Role
from tropa.service import limits
from tropa.service.auditing import note
from tropa.service.desk import AccessChange, Desk
from tropa.service.knowing import GUEST_LIFETIME
from tropa.service.passwords import digest, hashed, matches
from tropa.service.team import require_map

if TYPE_CHECKING:
    from tropa.store.shares import Share

GuestRole = Literal[Role.VIEWER, Role.COMMENTER]


def of_map(desk: Desk, who: Actor, map_id: str, *, after: str | None, limit: int) -> tuple[list[Share], str | None]:
    """Share links of a map that were not revoked, and where the next page begins."""
    from tropa.store import shares

    who.require(Right.MANAGE)
    require_map(desk, map_id)
    with desk.store.read() as connection:
        found = shares.of_map(connection, map_id, after, limit + 1)
    return found[:limit], found[limit - 1].id if len(found) > limit else None


def share(
    desk: Desk,
    who: Actor,
    map_id: str,
    *,
    role: GuestRole,
    title: str,
    password: str | None,
    expires_at: datetime | None,
) -> tuple[Share, str]:
    """A new link and its token, which is told only now. Raises TR-W115 where it would be over already."""
    from tropa.store import shares

    who.require(Right.MANAGE)
    require_map(desk, map_id)
    _require_future(desk, expires_at)
    token = desk.new_id()
    made = shares.Share(
        desk.new_id(), map_id, digest(token), title.strip(), role, hashed(password) if password else None, who.id,
        desk.clock(), expires_at, None,
    )  # fmt: skip
    with desk.store.begin() as connection:
        shares.add(connection, made)
        note(desk, connection, who, "share-made", made.id, map=map_id, role=role.value)
    return made, token


def _require_future(desk: Desk, expires_at: datetime | None) -> None:
    if expires_at is not None and expires_at <= desk.clock():
        raise TropaError("TR-W115")


@dataclass(frozen=True, slots=True)
class ShareChange:
    """What is to change about a link; None leaves it. An empty `password` takes the password away, `forever` the end."""

    role: GuestRole | None = None
    title: str | None = None
    password: str | None = None
    expires_at: datetime | None = None
    forever: bool = False


def change(desk: Desk, who: Actor, map_id: str, share_id: str, wanted: ShareChange) -> Share:
    """Changes a link. With a new password all who came by it have to tell it. Raises TR-A003, TR-W115."""
    from tropa.store import shares

    who.require(Right.MANAGE)
    _require_future(desk, wanted.expires_at)
    values: dict[str, object] = {}
    if wanted.role is not None:
        values["role"] = wanted.role
    if wanted.title is not None:
        values["title"] = wanted.title.strip()
    if wanted.password is not None:
        values["password"] = hashed(wanted.password) if wanted.password else None
    if wanted.forever or wanted.expires_at is not None:
        values["expires_at"] = wanted.expires_at
    with desk.store.begin() as connection:
        known = shares.get(connection, map_id, share_id)
        if known is None or known.revoked_at is not None:
            raise TropaError("TR-A003", name=share_id)
        if values:
            shares.change(connection, share_id, **values)
        if wanted.password:
            shares.end_passes(connection, share_id)
        note(desk, connection, who, "share-changed", share_id, map=map_id)
        changed = shares.get(connection, map_id, share_id)
    desk.access_changed.ring(AccessChange(share_id=share_id, map_id=map_id))
    assert changed is not None
    return changed


def revoke(desk: Desk, who: Actor, map_id: str, share_id: str) -> None:
    """The link lets nobody in any more, and those who came by it are out. Raises TR-A003 where there is no such link."""
    from tropa.store import shares

    who.require(Right.MANAGE)
    with desk.store.begin() as connection:
        known = shares.get(connection, map_id, share_id)
        if known is None or known.revoked_at is not None:
            raise TropaError("TR-A003", name=share_id)
        shares.change(connection, share_id, revoked_at=desk.clock())
        note(desk, connection, who, "share-revoked", share_id, map=map_id)
    desk.access_changed.ring(AccessChange(share_id=share_id, map_id=map_id))


def look(desk: Desk, who: Actor, token: str) -> Share:
    """What a link leads to, before it is opened. Raises TR-W103 where it is no good (any more); only such tries are counted: many
    people of one office may look at the same link."""
    from tropa.store import shares

    desk.limits.check(limits.LINK_BY_ADDRESS, who.address, desk.clock())
    with desk.store.read() as connection:
        found = shares.by_secret(connection, digest(token), desk.clock())
    if found is None:
        desk.limits.take(limits.LINK_BY_ADDRESS, who.address, desk.clock())
        raise TropaError("TR-W103")
    return found


@dataclass(frozen=True, slots=True)
class Looker:
    """Somebody who looks at a shared map from inside another site's page."""

    actor: Actor
    map_id: str


def looker(desk: Desk, who: Actor, token: str) -> Looker:
    """The link's reader: may read that one map, whoever asks. Raises TR-W103, and TR-W111 for a link with a password."""
    found = look(desk, who, token)
    if found.password is not None:
        raise TropaError("TR-W111")
    read = frozenset({Right.READ})
    return Looker(Actor("guest", found.id, "", None, {found.map_id: Role.VIEWER}, read), found.map_id)


def open_share(
    desk: Desk, who: Actor, token: str, *, password: str | None, name: str, before: str | None
) -> tuple[Share, str]:
    """Lets a guest in: the share and the secret for the cookie; a guest known by the secret `before` keeps it and the maps they had.

    Raises TR-W103, TR-W111 (another password is needed), TR-A005.
    """
    from tropa.store import shares

    found = look(desk, who, token)
    if found.password is not None:
        desk.limits.take(limits.SHARE_PASSWORD, f"{found.id} {who.address}", desk.clock())
        if not matches(found.password, password or ""):
            raise TropaError("TR-W111")
    with desk.store.begin() as connection:
        now = desk.clock()
        shares.sweep(connection, now - GUEST_LIFETIME)
        guest = None if before is None else shares.guest_by_secret(connection, digest(before), now - GUEST_LIFETIME)
        secret = before or ""
        if guest is None:
            secret = desk.new_id() + desk.new_id()
            guest = shares.Guest(desk.new_id(), digest(secret), name.strip(), now)
            shares.welcome(connection, guest)
        shares.give_pass(connection, guest.id, found.id)
        as_guest = Actor("guest", guest.id, guest.name, address=who.address)
        note(desk, connection, as_guest, "share-opened", found.id, map=found.map_id)
    return found, secret
