"""A first draft of a map, proposed from the log itself and marked as a proposal."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tropa.files import write_text
from tropa.model import EventCount, Map, TropaError, Where
from tropa.service.workspace import MAP_FILE, Workspace
from tropa.words import Words


@dataclass(frozen=True)
class Proposal:
    """The proposed map, where it was written, and the events it left unbound."""

    path: Path
    map: Map
    unbound: tuple[EventCount, ...]


def draft(workspace: Workspace, say: Words, out: Path | None = None, *, force: bool = False) -> Proposal:
    """Proposes a map from the workspace's log and writes it.

    Without `out` it becomes the workspace's map if there is none yet, else `draft.yaml` beside it: a map that somebody made is
    never overwritten unasked. Raises TR-S003 without a log, TR-S008 where `out` exists and `force` is not given.
    """
    from tropa import trail
    from tropa.codec import dumps

    tape = workspace.tape()
    proposal = trail.draft(tape, say)
    path = out or workspace.map_path(MAP_FILE if not workspace.has_map() or force else "draft.yaml")
    if path.exists() and not force and (out is not None or path.name == MAP_FILE):
        raise TropaError("TR-S008", Where(file=str(path)), path=str(path))
    write_text(path, dumps(proposal))
    return Proposal(path, proposal, trail.bind(tape, proposal).unbound)
