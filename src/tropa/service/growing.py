"""Logs that grow: how far each was read, so that reading it again takes the new rows only (R-20).

Beside the trail, `reading/<file>.json` remembers of a file (by a digest of its path) how many bytes were read, what its beginning and the
end of that part look like, and the plan it was read by. The note is staged before an import is published and counts once the trail knows
the import: a kill between the two neither loses nor doubles a row. A file that is shorter, or another one, is read anew: then rows are
told apart by what is in them, as always.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tropa.files import write_text
from tropa.model import TropaError, Where
from tropa.service.workspace import Workspace

if TYPE_CHECKING:
    from tropa.events.contract import EventBatch, Overrides, ReadPlan
    from tropa.service.importing import Advance, ImportOutcome

FOLDER = "reading"
HEAD, TAIL = 1 << 16, 1 << 12
WAIT = 2.0
"""Seconds between two looks at a growing file, at least; after a long import as long as that took."""


@dataclass(frozen=True, slots=True)
class Mark:
    """How far a file was read. `head`, `tail`: digests of its first bytes and of the last before `offset`; `lines`: breaks before it."""

    offset: int
    lines: int
    head: str
    tail: str
    told: str
    plan: str
    seen: str = ""
    """The last import of the trail that this was read into: another trail in the same folder knows nothing of it."""


@dataclass(frozen=True, slots=True)
class Going:
    """One file about to be read: by which plan, whether from where it was left, and what will be remembered of it."""

    plan: ReadPlan
    continued: bool
    note: str | None
    """`import-note-appended`, `import-note-unchanged` or `import-note-anew`; None: read for the first time."""
    begin: int
    place: Path
    before: Mark | None
    mark: Mark

    @property
    def has_rows(self) -> bool:
        """Whether at least one row stands there whole: only then can be told how the file is to be read."""
        head = self.plan.dialect.header_line if self.plan.format == "csv" else 0
        return self.before is not None or self.mark.lines > head

    def checked(self, workspace: Workspace, batches: Iterator[EventBatch]) -> Iterator[EventBatch]:
        """The batches, asked for while the trail is locked. Raises TR-S048 where somebody has read the file in the meantime."""
        if _known(workspace, self.place) != self.before:
            raise TropaError("TR-S048", Where(file=self.plan.file.name))
        yield from batches

    def stage(self, import_id: str) -> None:
        """Remembers what will have been read once the trail knows this import."""
        now = None if self.before is None else asdict(self.before)
        write_text(self.place, json.dumps({"mark": now, "coming": {"import": import_id, "mark": asdict(self.mark)}}))

    def settle(self, workspace: Workspace, import_id: str) -> None:
        """Remembers what was read, unless somebody reads on already."""
        if (_loaded(self.place).get("coming") or {}).get("import") not in (None, import_id):
            return
        told = _told_apart(workspace)
        write_text(self.place, json.dumps({"mark": asdict(replace(self.mark, seen=told[-1] if told else ""))}))


def going(workspace: Workspace, plan: ReadPlan, told: Overrides, *, whole_rows: bool = False) -> Going | None:
    """How a file is to be read now; None: it is of a kind that is always read whole. `whole_rows`: leave a last row without its break."""
    from tropa.events.keeping import plan_from_json, plan_to_json
    from tropa.events.stretch import can_grow, last_break

    if not can_grow(plan):
        return None
    key = hashlib.blake2b(f"{plan.file.resolve()}\0{plan.source}".encode(), digest_size=12).hexdigest()
    place = workspace.folder / FOLDER / f"{key}.json"
    place.parent.mkdir(exist_ok=True)
    said = hashlib.blake2b(repr(told).encode(), digest_size=8).hexdigest()
    size = plan.file.stat().st_size
    before = _known(workspace, place)
    continued = before is not None and before.told == said and _same(plan.file, before, size)
    begin, lines = (before.offset, before.lines) if before is not None and continued else (0, 0)
    if before is not None and continued:
        plan = replace(plan_from_json(before.plan), file=plan.file, warnings=(), rows_estimate=0)
    end, more = last_break(plan.file, begin, size, plan.format == "csv")
    end = end if whole_rows else size
    # cells of the sample are nobody's business once the plan was agreed to
    roles = tuple(replace(one, samples=()) for one in plan.roles)
    kept = plan_to_json(replace(plan, roles=roles, until=None, begin=0, lines=0))
    mark = Mark(end, lines + more, *_digests(plan.file, end), said, kept)
    if before is None:
        note = None
    elif not continued:
        note = "import-note-anew"
    else:
        note = "import-note-appended" if end > begin else "import-note-unchanged"
    return Going(replace(plan, begin=begin, until=end, lines=lines), continued, note, begin, place, before, mark)


def _loaded(place: Path) -> dict[str, Any]:
    try:
        found = json.loads(place.read_text(encoding="utf-8"))
    except (OSError, ValueError):  # never written, or not to its end: the file is read anew
        return {}
    return found if isinstance(found, dict) else {}


def _known(workspace: Workspace, place: Path) -> Mark | None:
    """What is remembered. Of an import that was staged it counts if the trail knows it."""
    from tropa.events.keeping import plan_from_json

    found = _loaded(place)
    coming = found.get("coming")
    try:
        published = coming and any(one.id == coming["import"] for one in workspace.archive.imports())
        told = found["coming"]["mark"] if published else found.get("mark")
        if not told:
            return None
        mark = Mark(**told)
        if mark.seen and mark.seen not in _told_apart(workspace):
            return None
        plan_from_json(mark.plan)
        return mark
    except (KeyError, TypeError, ValueError):  # of another version of the program
        return None


def _told_apart(workspace: Workspace) -> list[str]:
    """The imports of a trail: their ids begin anew in another one, their times do not."""
    return [f"{one.id} {one.at}" for one in workspace.archive.imports()]


def _digests(file: Path, offset: int) -> tuple[str, str]:
    with file.open("rb") as source:
        head = source.read(min(HEAD, offset))
        source.seek(max(0, offset - TAIL))
        tail = source.read(min(TAIL, offset))
    return hashlib.blake2b(head, digest_size=16).hexdigest(), hashlib.blake2b(tail, digest_size=16).hexdigest()


def _same(file: Path, mark: Mark, size: int) -> bool:
    """Whether the file still begins with what was read, and goes on behind a whole row."""
    if size < mark.offset or _digests(file, mark.offset) != (mark.head, mark.tail):
        return False
    with file.open("rb") as source:
        source.seek(max(mark.offset - 1, 0))
        around = source.read(2)
    return mark.offset == 0 or size == mark.offset or b"\n" in around or around[1:] == b"\r"


def planned(file: Path, told: Overrides) -> ReadPlan | None:
    """How a file will be read; None where it has no rows to tell that by, yet. Raises as `importing.plan`."""
    from tropa.service.importing import plan

    try:
        return plan([file], told)[0]
    except TropaError as fault:
        if fault.code == "TR-E002" or (fault.code == "TR-E016" and not _broken(file)):
            return None
        raise


def _broken(file: Path) -> bool:
    """Whether a line break stands in the beginning of a file."""
    with file.open("rb") as source:
        return b"\n" in source.read(HEAD)


def follow(
    workspace: Workspace,
    files: Sequence[Path],
    told: Overrides,
    now: Callable[[], datetime],
    advance: Advance,
    pause: Callable[[float], bool],
    seconds: Callable[[], float],
    *,
    agreed: Callable[[ReadPlan], object] = lambda plan: None,
    waits: Callable[[Path], object] = lambda file: None,
) -> Iterator[ImportOutcome]:
    """Reads what is appended to files, again and again: one outcome each time there was something new.

    Only rows whose line break is written are taken. A file without a single whole row yet (empty, or a heading alone) is waited for.
    `pause(seconds)`: waits, and says whether to go on; `seconds()`: a clock for how long things take; `agreed(plan)`: is shown once how
    each file will be read, before anything of it is, and may stop it by raising; `waits(file)`: is told once of a file without rows.
    An interruption between or within imports leaves the trail whole. Raises TR-S014 for a file that is not there at the beginning.
    """
    from tropa.service.importing import add, there

    there(files)
    sizes: dict[Path, tuple[int, int]] = {}
    shown: set[Path] = set()
    empty: set[Path] = set()
    wait = WAIT
    while True:
        began = seconds()
        for file in files:
            try:
                state = file.stat()
            except FileNotFoundError:  # being put in another one's place: the new one will be there at the next look
                continue
            if sizes.get(file) == (state.st_size, state.st_mtime_ns):
                continue
            sizes[file] = (state.st_size, state.st_mtime_ns)
            one = planned(file, told)
            start = None if one is None else going(workspace, one, told, whole_rows=True)
            if one is None or (start is not None and not start.has_rows):
                if file not in empty | shown:
                    empty.add(file)
                    waits(file)
                continue
            if start is not None and start.plan.begin == start.plan.until:
                continue
            if file not in shown:
                shown.add(file)
                agreed(one)
            try:
                yield from add(workspace, [one], now(), advance, told=told, whole_rows=True)
            except TropaError as fault:
                if fault.code not in ("TR-T101", "TR-S048"):
                    raise
                del sizes[file]  # another one is writing: at the next look
        wait = max(WAIT, 2 * (seconds() - began))
        if not pause(wait):
            return
