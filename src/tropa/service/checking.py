"""Linting a map, with the log beside it where there is one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tropa.model import Readings
from tropa.service.workspace import MAP_FILE, open_workspace
from tropa.words import Words

if TYPE_CHECKING:
    from tropa.lint import Finding


@dataclass(frozen=True)
class Checked:
    """What lint found."""

    file: Path
    findings: tuple[Finding, ...]

    def status(self, *, strict: bool) -> int:
        """Exit status: 1 where there are errors (or, when `strict`, warnings)."""
        from tropa.lint import exit_status

        return exit_status(self.findings, strict=strict)


def check(what: Path, name: str = MAP_FILE, *, today: date) -> Checked:
    """Checks the map of a workspace against its log, or a map file alone."""
    from tropa import lint
    from tropa.codec import load

    if what.is_dir():
        workspace = open_workspace(what)
        document = workspace.document(name)
        tape = workspace.archive.tape()
        readings: Readings | None = None
        events: tuple[str, ...] | None = None
        if tape is not None:
            from tropa import trail

            readings = trail.measure(tape, document.map, breaks=False)
            events = tuple(one.event for one in trail.event_counts(tape))
        return Checked(workspace.map_path(name), lint.check(document, readings, today=today, events=events))
    return Checked(what, lint.check(load(what), None, today=today, events=None))


def as_data(checked: Checked, say: Words) -> dict[str, Any]:
    """The findings as data."""
    from tropa.lint import finding_data

    return {"file": str(checked.file), "findings": [finding_data(one, say) for one in checked.findings]}
