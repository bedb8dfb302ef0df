"""Share links, and coming in by one."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import Path, Request, Response
from pydantic import AwareDatetime, BaseModel, StringConstraints

from tropa.model.access import Right, Role
from tropa.service import sharing
from tropa.service.sharing import GuestRole
from tropa.store.shares import Share as Kept
from tropa.web import cookies
from tropa.web.doors import AtDesk, Doors, Who
from tropa.web.fields import After, Body, Id, Limit, OptionalLine, Page, Password, address_of
from tropa.web.paths import API

DOORS = Doors(API, "sharing")
Token = Annotated[str, Path(max_length=100)]


class Share(BaseModel):
    """A share link. `url`: only when it is made; with `/embed/` in place of `/s/` it is a picture for other sites' pages."""

    id: str
    map_id: str
    title: str
    role: Role
    has_password: bool
    created_at: datetime
    expires_at: datetime | None
    url: str | None = None


class NewShare(Body):
    """`title`: for whom it is, for the owner's eyes."""

    role: GuestRole
    title: OptionalLine = ""
    password: Password | None = None
    expires_at: AwareDatetime | None = None


class ShareChange(Body):
    """What to change. An empty `password` takes it away; `forever` takes the end away."""

    role: GuestRole | None = None
    title: OptionalLine | None = None
    password: Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00]*$")] | None = None
    expires_at: AwareDatetime | None = None
    forever: bool = False


class Shared(BaseModel):
    """What a link lets one do."""

    role: Role
    needs_password: bool
    expires_at: datetime | None


class Open(Body):
    """`name`: under which the guest comments."""

    password: Password | None = None
    name: OptionalLine = ""


class Opened(BaseModel):
    """The map that lies behind the link."""

    map_id: str
    role: Role


def _share(kept: Kept, url: str | None = None) -> Share:
    return Share(
        id=kept.id, map_id=kept.map_id, title=kept.title, role=kept.role, has_password=kept.password is not None,
        created_at=kept.created_at, expires_at=kept.expires_at, url=url,
    )  # fmt: skip


@DOORS.get("/maps/{map_id}/shares", Right.MANAGE)
def shares(desk: AtDesk, who: Who, map_id: Id, limit: Limit = 100, after: After = None) -> Page[Share]:
    """Share links of a map."""
    found, further = sharing.of_map(desk, who, map_id, after=after, limit=limit)
    return Page(items=[_share(one) for one in found], next=further)


@DOORS.post("/maps/{map_id}/shares", Right.MANAGE, status_code=201)
def share(desk: AtDesk, who: Who, map_id: Id, body: NewShare, request: Request) -> Share:
    """A new link; it is told only now."""
    made, token = sharing.share(
        desk, who, map_id, role=body.role, title=body.title, password=body.password, expires_at=body.expires_at
    )  # fmt: skip
    return _share(made, address_of(request, f"/s/{token}"))


@DOORS.patch("/maps/{map_id}/shares/{share_id}", Right.MANAGE)
def change_share(desk: AtDesk, who: Who, map_id: Id, share_id: Id, body: ShareChange) -> Share:
    """Changes a link."""
    wanted = sharing.ShareChange(body.role, body.title, body.password, body.expires_at, body.forever)
    return _share(sharing.change(desk, who, map_id, share_id, wanted))


@DOORS.delete("/maps/{map_id}/shares/{share_id}", Right.MANAGE, status_code=204)
def revoke_share(desk: AtDesk, who: Who, map_id: Id, share_id: Id) -> None:
    """The link lets nobody in any more; whoever came by it is out at once."""
    sharing.revoke(desk, who, map_id, share_id)


@DOORS.get("/shared/{token}", Right.PUBLIC)
def look_at_share(desk: AtDesk, who: Who, token: Token) -> Shared:
    """What the link lets one do, and whether it needs a password."""
    found = sharing.look(desk, who, token)
    return Shared(role=found.role, needs_password=found.password is not None, expires_at=found.expires_at)


@DOORS.post("/shared/{token}", Right.PUBLIC)
def open_share(desk: AtDesk, who: Who, token: Token, body: Open, request: Request, response: Response) -> Opened:
    """Comes in by the link, as a guest."""
    found, secret = sharing.open_share(
        desk, who, token, password=body.password, name=body.name, before=cookies.secret_of(request, cookies.GUEST)
    )  # fmt: skip
    cookies.give_guest(response, request, secret)
    return Opened(map_id=found.map_id, role=found.role)
