"""Logs that grow: how far each was read, so that reading it again takes the new rows only (R-20).

Beside the trail, `reading/<file>.json` remembers of a file (by a digest of its path) how many bytes were read, what its beginning and the
end of that part look like, and the plan it was read by. The note is staged before an import is published and counts once the trail knows
the import: a kill between the two neither loses nor doubles a row. A file that is shorter, or another one, is read anew: then rows are
told apart by what is in them, as always.
"""

from __future__ import annotations

import glob
import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tropa.files import write_text
from tropa.model import TropaError, Where
from tropa.service.workspace import Workspace

if TYPE_CHECKING:
    from tropa.events.contract import EventBatch, Overrides, ReadPlan

FOLDER = "reading"
HEAD, TAIL = 1 << 16, 1 << 12


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
    """`import-note-appended`, `-unchanged`, `-anew` or `-left-behind`; None: read for the first time."""
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
        told = told_apart(workspace)
        write_text(self.place, json.dumps({"mark": asdict(replace(self.mark, seen=told[-1] if told else ""))}))


def going(workspace: Workspace, plan: ReadPlan, told: Overrides, *, whole_rows: bool = False) -> Going | None:
    """How a file is to be read now; None: it is of a kind that is always read whole. `whole_rows`: leave a last row without its break."""
    from tropa.events.keeping import plan_from_json, plan_to_json
    from tropa.events.stretch import can_grow, last_break

    if not can_grow(plan):
        return None
    place = _place(workspace, plan.file, plan.source)
    said = hashlib.blake2b(repr(told).encode(), digest_size=8).hexdigest()
    size = plan.file.stat().st_size
    before = _known(workspace, place)
    continued = before is not None and before.told == said and _same(plan.file, before, size)
    begin, lines = (before.offset, before.lines) if before is not None and continued else (0, 0)
    if before is not None and continued:
        plan = replace(plan_from_json(before.plan), file=plan.file, warnings=(), rows_estimate=0)
    end, more = last_break(plan.file, begin, size, _cut_by(plan))
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


def left_behind(workspace: Workspace, file: Path, source: str, was: int | None) -> Going | None:
    """The rows that came into a file after it was read last and before another one took its place; None: there are none, or it is gone.

    A log that is rotated lies beside the new one under another name (`log.csv.1`, `log-20261128.csv`): it begins with what was read, to the
    last byte, and its name begins with the same word. `was`: the file's number in its file system at the last look; a file that still has
    it is the one, else the one that was changed last (a log that is copied and then emptied).
    """
    from tropa.events.keeping import plan_from_json
    from tropa.events.stretch import last_break

    place = _place(workspace, file, source)
    before = _known(workspace, place)
    if before is None or (file.exists() and _same(file, before, file.stat().st_size)):
        return None
    others = [one for one in file.parent.glob(f"{glob.escape(file.stem)}*") if one != file and one.is_file()]
    rest = [(one, one.stat()) for one in others if one.stat().st_size > before.offset]
    for one, state in sorted(rest, key=lambda found: (found[1].st_ino != was, -found[1].st_mtime_ns)):
        if not _same(one, before, state.st_size):
            continue
        plan = plan_from_json(before.plan)
        end, more = last_break(one, before.offset, state.st_size, _cut_by(plan))
        if end == before.offset:
            return None
        plan = replace(plan, file=one, warnings=(), rows_estimate=0, begin=before.offset, until=end, lines=before.lines)
        mark = replace(before, offset=end, lines=before.lines + more)
        head, tail = _digests(one, end)
        mark = replace(mark, head=head, tail=tail)
        return Going(plan, True, "import-note-left-behind", before.offset, place, before, mark)
    return None


def _place(workspace: Workspace, file: Path, source: str) -> Path:
    """Where is remembered how far a file was read."""
    key = hashlib.blake2b(f"{file.resolve()}\0{source}".encode(), digest_size=12).hexdigest()
    place = workspace.folder / FOLDER / f"{key}.json"
    place.parent.mkdir(exist_ok=True)
    return place


def _cut_by(plan: ReadPlan) -> str | None:
    return plan.dialect.delimiter if plan.format == "csv" else None


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
        if mark.seen and mark.seen not in told_apart(workspace):
            return None
        plan_from_json(mark.plan)
        return mark
    except (KeyError, TypeError, ValueError):  # of another version of the program
        return None


def told_apart(workspace: Workspace) -> list[str]:
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
