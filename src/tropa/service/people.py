"""Customers as persons: who is behind a pseudonym, and erasing one. Both are explicit and one at a time."""

from __future__ import annotations

from tropa.model import TropaError
from tropa.service.workspace import Workspace


def reveal(workspace: Workspace, pseudonym: str) -> dict[str, tuple[str, ...]]:
    """The real identifiers behind a pseudonym, by kind (id, phone, email). Raises TR-S016 for an unknown one."""
    known = workspace.archive.reveal(pseudonym)
    if known is None:
        raise TropaError("TR-S016", name=pseudonym)
    return dict(known)


def erase(workspace: Workspace, pseudonym: str) -> None:
    """Erases the customer from the trail; later imports do not bring them back. Raises TR-S016 for an unknown one."""
    if workspace.archive.reveal(pseudonym) is None:
        raise TropaError("TR-S016", name=pseudonym)
    workspace.archive.erase(pseudonym)
