"""Files that are followed: what is appended comes in, look by look, whatever becomes of the file in between (R-20).

A log is rotated while nobody looks: renamed and begun anew, copied and emptied, or a link is put to lead elsewhere. What came into the old
one after the last look is read first, under its new name; then the new one from its beginning.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tropa.model import TropaError
from tropa.service.growing import HEAD, Going, going, left_behind
from tropa.service.workspace import Workspace

if TYPE_CHECKING:
    from tropa.events.contract import Overrides, ReadPlan
    from tropa.service.importing import Advance, ImportOutcome

WAIT = 2.0
"""Seconds between two looks at a growing file, at least; after a long import twice as long as that took."""
AT_THE_NEXT_LOOK = ("TR-T101", "TR-S048", "TR-S014")
"""Another one is writing or has read the file; it is not there, as another one is being put in its place."""


@dataclass(slots=True)
class _Followed:
    """One file, and what is remembered of it from look to look."""

    file: Path
    state: tuple[int, int, int] | None = None
    """Size, time of its last change (ns), number in its file system; None: to be looked at in any case."""
    number: int | None = None
    target: Path | None = None
    """Where it really lies."""
    plan: ReadPlan | None = None
    """How it was read last."""
    waited: bool = False
    agreed: bool = False
    """Whether was told that it is waited for; whether was shown how it is read."""

    def left(self, workspace: Workspace, plan: ReadPlan | None, told: Overrides) -> Going | None:
        """What came into the file that was here before this one took its place; None: nothing, or it is the same file."""
        known = plan or self.plan
        if known is None:
            return None
        if self.plan is None or self.target is None or self.target == self.file.resolve():
            return left_behind(workspace, self.file, known.source, self.number)
        if not self.target.is_file():
            return None
        start = going(workspace, replace(self.plan, file=self.target), told, whole_rows=True)
        return start if start is not None and start.continued and start.begin != start.plan.until else None


def planned(workspace: Workspace, file: Path, told: Overrides) -> ReadPlan | None:
    """How a file will be read; None where it has no rows to tell that by, yet. Raises as `importing.plan`."""
    from tropa.service.importing import plan

    try:
        return plan([file], told, workspace)[0]
    except TropaError as fault:
        if fault.code == "TR-E002" or (fault.code == "TR-E016" and not _broken(file)):
            return None
        raise


def _broken(file: Path) -> bool:
    """Whether a line break stands in the beginning of a file."""
    with file.open("rb") as source:
        return b"\n" in source.read(HEAD)


@dataclass(frozen=True)
class Follower:
    """Who follows: where to, and how.

    `told`: what the user said of the files. `now()`: the time of an import. `agreed(plan)`: is shown once how each file will be read,
    before anything of it is, and may stop it by raising. `waits(file)`: is told once of a file without rows.
    """

    workspace: Workspace
    told: Overrides
    now: Callable[[], datetime]
    advance: Advance
    agreed: Callable[[ReadPlan], object] = lambda plan: None
    waits: Callable[[Path], object] = lambda file: None

    def follow(
        self, files: Sequence[Path], pause: Callable[[float], bool], seconds: Callable[[], float]
    ) -> Iterator[ImportOutcome]:
        """Reads what is appended to files, again and again: one outcome each time there was something new.

        Only rows whose line break is written are taken. A file without a single whole row yet (empty, or a heading alone) is waited for.
        `pause(seconds)`: waits, and says whether to go on; `seconds()`: a clock for how long things take. An interruption between or
        within imports leaves the trail whole. Raises TR-S014 for a file that is not there at the beginning.
        """
        from tropa.service.importing import there

        there(files)
        followed = [_Followed(file) for file in files]
        while True:
            began = seconds()
            for one in followed:
                try:
                    yield from self._look(one)
                except FileNotFoundError as fault:
                    if fault.filename is None or Path(fault.filename).parent != one.file.parent:
                        raise
                    one.state = None  # being put in another one's place: the new one will be there at the next look
                except TropaError as fault:
                    gone = fault.code == "TR-E001" and isinstance(fault.__cause__, FileNotFoundError)
                    if fault.code not in AT_THE_NEXT_LOOK and not gone:
                        raise
                    one.state = None
            if not pause(max(WAIT, 2 * (seconds() - began))):
                return

    def _look(self, one: _Followed) -> Iterator[ImportOutcome]:
        from tropa.service.importing import add, bring

        found = one.file.stat()
        state = (found.st_size, found.st_mtime_ns, found.st_ino)
        if one.state == state and one.target == one.file.resolve():
            return
        one.state = state
        plan = planned(self.workspace, one.file, self.told)
        left = one.left(self.workspace, plan, self.told)
        if left is not None:
            yield bring(self.workspace, left.plan, left, self.now(), self.advance)
        one.number, one.target = found.st_ino, one.file.resolve()
        start = None if plan is None else going(self.workspace, plan, self.told, whole_rows=True)
        if plan is None or (start is not None and not start.has_rows):
            if not one.waited and not one.agreed:
                one.waited = True
                self.waits(one.file)
            return
        one.plan = plan
        if start is not None and start.plan.begin == start.plan.until:
            return
        if not one.agreed:
            one.agreed = True
            self.agreed(plan)
        yield from add(self.workspace, [plan], self.now(), self.advance, told=self.told, whole_rows=True)
