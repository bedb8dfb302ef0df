"""Who may do what: roles, rights, and the one who asks (R-60). Pure values; where they come from is the store's business."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from tropa.model.errors import TropaError


class Role(StrEnum):
    """What somebody is in a workspace, or for one map. Each may do what the one before may, and more."""

    VIEWER = "viewer"
    COMMENTER = "commenter"
    EDITOR = "editor"
    OWNER = "owner"


class Right(StrEnum):
    """What a door asks for."""

    PUBLIC = "public"
    """Nothing: anybody may knock (sign-in, health, a share link's door)."""
    SELF = "self"
    """To be signed in: one's own account."""
    READ = "read"
    COMMENT = "comment"
    EDIT = "edit"
    DATA = "data"
    """Bring data in, mend quarantined rows: a matter of the whole workspace."""
    REVEAL = "reveal"
    """See one named customer's own journey. Never through a share link or a token without that scope."""
    MANAGE = "manage"
    """People, share links, tokens, webhooks, backups."""


_OF_ROLE: Mapping[Role, frozenset[Right]] = {
    Role.VIEWER: frozenset({Right.READ}),
    Role.COMMENTER: frozenset({Right.READ, Right.COMMENT}),
    Role.EDITOR: frozenset({Right.READ, Right.COMMENT, Right.EDIT, Right.DATA}),
    Role.OWNER: frozenset({Right.READ, Right.COMMENT, Right.EDIT, Right.DATA, Right.REVEAL, Right.MANAGE}),
}
_WORKSPACE_ONLY = frozenset({Right.DATA, Right.REVEAL, Right.MANAGE})
"""Rights that a role in one map does not give: they reach beyond that map."""


def rights_of(role: Role) -> frozenset[Right]:
    """What a role allows."""
    return _OF_ROLE[role]


@dataclass(frozen=True, slots=True)
class Actor:
    """The one who asks, as known for one request or one message.

    `role`: in the whole workspace (None: none); `map_roles`: for single maps, which goes before `role`, up or down.
    `scopes`: what a token or share link is limited to (None: no limit). `reveal`: may see named customers without being an owner.
    `address`: from where they ask, for the audit log.
    """

    kind: Literal["user", "guest", "token", "nobody", "local"]
    id: str
    name: str
    role: Role | None = None
    map_roles: Mapping[str, Role] = field(default_factory=dict)
    scopes: frozenset[Right] | None = None
    reveal: bool = False
    address: str = field(default="", compare=False)

    @property
    def who(self) -> str:
        """How the one who did something is written down: `user:ID`, `token:ID`…"""
        return f"{self.kind}:{self.id}"

    def role_for(self, map_id: str | None) -> Role | None:
        """The role that counts for a map; without one, in the workspace."""
        return self.role if map_id is None else self.map_roles.get(map_id, self.role)

    def may(self, right: Right, map_id: str | None = None) -> bool:
        """Whether the right is given, for a map or (None) for the workspace."""
        if right is Right.PUBLIC:
            return True
        if self.kind == "nobody" or (self.scopes is not None and right not in self.scopes):
            return False
        if right is Right.SELF:
            return self.kind in ("user", "token", "local")
        if right is Right.REVEAL and self.reveal and self.role is not None:
            return True
        role = self.role if right in _WORKSPACE_ONLY else self.role_for(map_id)
        return role is not None and right in _OF_ROLE[role]

    def require(self, right: Right, map_id: str | None = None) -> None:
        """Raises TR-A001 (sign in first), TR-A003 (for a map one may not even read: it is as if not there), else TR-A002."""
        if self.may(right, map_id):
            return
        if self.kind == "nobody":
            raise TropaError("TR-A001")
        if map_id is not None and not self.may(Right.READ, map_id):
            raise TropaError("TR-A003", name=map_id)
        raise TropaError("TR-A002", right=right.value)


NOBODY = Actor("nobody", "", "")
"""Somebody who has not signed in."""
LOCAL = Actor("local", "local", "local", Role.OWNER)
"""The person at the machine itself: the command line."""

__all__ = ["LOCAL", "NOBODY", "Actor", "Right", "Role", "rights_of"]
