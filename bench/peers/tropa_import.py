"""Tropa: `tropa import` as a user runs it, into an empty workspace: on disk, synced, rows told apart, quarantine, vault of identities."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import asked
import importing
import numpy as np

from tropa.cli.main import run
from tropa.service.workspace import Workspace, create_workspace
from tropa.trail.tape import NO_VALUE
from tropa.words import words


def load(log: Path, folder: Path, form: str) -> tuple[Path, Workspace]:
    """The log, and an empty workspace."""
    home = folder / "imported"
    shutil.rmtree(home, ignore_errors=True)
    return log, create_workspace(home)


def whole(state: tuple[Path, Workspace]) -> dict[str, Any]:
    """See importing.py."""
    log, workspace = state
    say = words("en")
    code, cost = importing.spent(lambda: run(["import", str(workspace.folder), str(log), "--yes", "--json"], say))
    tape = workspace.archive.tape()
    assert code == 0
    assert tape is not None
    counts = np.bincount(tape.event.codes, minlength=len(tape.event.names)).tolist()
    by_name = {name: n for name, n in zip(tape.event.names, counts, strict=True) if n}
    value = np.asarray(tape.value)
    found = importing.told(len(tape.time), len(tape.customers), by_name, int(value[value != NO_VALUE].sum()), cost)
    shutil.rmtree(workspace.folder)
    return found


if __name__ == "__main__":
    asked.main(load, {"import": whole})
