"""The quarantine changes together with the trail: staged before an import is published, promoted after it.

A kill between the two is mended by whoever comes next: the stage of an import that the trail knows is promoted, any other is dropped.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tropa.events.contract import BadRow, ReadPlan
    from tropa.events.quarantine import Quarantine
    from tropa.trail.archive import Archive

_SEALED = "sealed"
"""A stage with this file in it needs no import to be published."""


def settled_quarantine(folder: Path, archive: Archive) -> Quarantine:
    """The quarantine, after finishing or dropping what an interrupted import had staged (unless one is at work right now)."""
    from tropa.events.quarantine import Quarantine

    stages = _stages(folder)
    if stages:
        with archive.alone() as alone:
            if alone:
                known = {one.id for one in archive.imports()}
                for stage in _stages(folder):
                    if stage.name in known or (stage / _SEALED).exists():
                        Quarantine(folder, stage).promote()
                    else:
                        shutil.rmtree(stage)
    return Quarantine(folder)


def _stages(folder: Path) -> list[Path]:
    pending = folder / "pending"
    return sorted(pending.iterdir()) if pending.is_dir() else []


class Staging:
    """What one import changes in the quarantine: its bad rows come in, mended rows of an earlier import leave."""

    def __init__(self, folder: Path, plan: ReadPlan, *, mended: tuple[str, Path] | None = None) -> None:
        """`mended`: the id of the earlier import and the table in which its rows were mended."""
        self.folder, self.plan, self.mended = folder, plan, mended
        self.bad: list[Sequence[BadRow]] = []
        self.prepared = False

    def prepare(self, import_id: str) -> None:
        """Stages everything under the id of the import that is about to be published."""
        from tropa.events.quarantine import Quarantine

        stage = self.folder / "pending" / import_id
        if stage.exists():
            shutil.rmtree(stage)
        stage.mkdir(parents=True)
        staged = Quarantine(self.folder, stage)
        staged.write(import_id, self.plan, self.bad)
        if self.mended is not None:
            staged.settle(*self.mended)
        self.prepared = True

    def finish(self, import_id: str) -> None:
        """After the import. One that published nothing (all rows bad or known) has no id of its own: it gets one from its source."""
        if not self.prepared:
            digest = hashlib.blake2b(f"{self.plan.source}/{self.plan.file.name}".encode(), digest_size=4).hexdigest()
            own = f"{import_id}-{digest}"
            self.prepare(own)
            (self.folder / "pending" / own / _SEALED).write_bytes(b"")
