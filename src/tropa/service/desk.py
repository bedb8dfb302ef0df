"""What a running server holds in its hands: the workspace, the database, the clock. Use cases take it as their first argument."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from tropa.service.workspace import Workspace

if TYPE_CHECKING:
    from tropa.store import Store


@dataclass(frozen=True)
class Desk:
    """Collaborators of every use case of the server; nothing in it changes while it runs."""

    workspace: Workspace
    store: Store
    clock: Callable[[], datetime]
    """Now, aware, UTC."""
    new_id: Callable[[], str]
    """A fresh random id: 22 letters and digits that nobody can guess."""
