"""Customers as persons: who is behind a pseudonym, and erasing one. Both are explicit and one at a time."""

from __future__ import annotations

from tropa.service.workspace import Workspace


def reveal(workspace: Workspace, pseudonym: str) -> dict[str, tuple[str, ...]]:
    """The real identifiers behind a pseudonym, by kind (id, phone, email). Raises TR-T106 for an unknown one."""
    known = workspace.archive.reveal(pseudonym)
    return {"id": known.ids, "phone": known.phones, "email": known.emails}


def erase(workspace: Workspace, pseudonym: str) -> int:
    """Erases the customer from the trail and the quarantine; later imports do not bring them back. Returns the events that went.

    Raises TR-T106 for an unknown pseudonym.
    """
    known = reveal(workspace, pseudonym)
    gone = workspace.archive.erase(pseudonym)
    workspace.quarantine.forget(name for names in known.values() for name in names)
    return gone
