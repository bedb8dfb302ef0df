"""A backup while everything goes on: database, maps, trail and quarantine as they were at one moment, in one file (R-64).

The file: `database/<table>.jsonl` (lines any database of ours can be filled from), `workspace/…` (the folder's files), and last
`tropa-backup.json` with the SHA-256 of everything.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import time
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from tropa import __version__
from tropa.model import TropaError, Where
from tropa.service import map_files
from tropa.service.workspace import Workspace, open_workspace

if TYPE_CHECKING:
    from tropa.store import Connection, Store

FORMAT = 1
MANIFEST = "tropa-backup.json"
PATIENCE_S = 120.0
"""How long to wait for an import that is being written."""
PINNED = ("trail", "quarantine")
_PACKED = (".parquet", ".zip", ".png", ".jpg", ".jpeg", ".webp", ".xlsx", ".pptx", ".pdf", ".gz", ".zst")
_PASSING = (".part", ".new", ".lock", ".tmp")
Advance = Callable[[str, float, float], None]


@dataclass(frozen=True)
class BackedUp:
    """What is in a backup."""

    path: Path
    size: int
    files: int
    rows: int
    maps: int


def back_up(
    workspace: Workspace, store: Store, out: Path, now: datetime, advance: Advance, *, patience_s: float = PATIENCE_S
) -> BackedUp:
    """Writes the backup; `out` appears when it is whole. Raises TR-T101 where an import does not end in time."""
    from tropa.store import dumping

    aside = out.with_name(f".{out.name}.{os.getpid()}.part")
    aside.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(aside, os.O_RDWR | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
    try:
        with os.fdopen(handle, "w+b") as raw:
            with ExitStack() as stack:
                # the two moments are one: no import ends between the pinning and the view of the database
                before = _map_bytes(workspace)
                with _still(workspace, patience_s):
                    pinned = stack.enter_context(_pinned(workspace, out.parent))
                    view = stack.enter_context(dumping.snapshot(store))
                    version = dumping.revision(view)
                pack = _Pack(stack.enter_context(zipfile.ZipFile(raw, "w", allowZip64=True)))
                own = _database(pack, view, workspace, before, advance)
                files = _files(pack, workspace, pinned, _skipped(workspace, own, out, store), advance)
                pack.close(now, version, maps=len(own))
            raw.flush()
            os.fsync(raw.fileno())
        os.replace(aside, out)
    finally:
        aside.unlink(missing_ok=True)
    return BackedUp(out, out.stat().st_size, files + len(own), pack.rows, len(own))


def back_up_folder(
    folder: Path, database: str | None, out: Path, now: datetime, advance: Advance, *, force: bool = False
) -> BackedUp:
    """The backup of the workspace in a folder. Raises TR-S001 (no workspace), TR-S008 (`out` is there and not `force`)."""
    from tropa.service.serving import DATABASE
    from tropa.store import open_store

    own = folder / DATABASE
    workspace = Workspace(folder) if own.is_file() else open_workspace(folder)
    if out.exists() and not force:
        raise TropaError("TR-S008", Where(file=str(out)), path=str(out))
    with TemporaryDirectory() as nowhere:  # a workspace that was never served has no database, and gets none by this
        store = open_store(database or (own if own.is_file() else Path(nowhere) / DATABASE))
        try:
            return back_up(workspace, store, out, now, advance)
        finally:
            store.close()


class _Pack:
    """The archive being written, with a digest of each entry."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.entries: dict[str, dict[str, Any]] = {}
        self.rows = 0

    def add(self, name: str, parts: Iterable[bytes]) -> None:
        """One entry from its parts."""
        packed = zipfile.ZIP_STORED if name.lower().endswith(_PACKED) else zipfile.ZIP_DEFLATED
        about = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
        about.compress_type, about.external_attr = packed, 0o600 << 16
        digest, size = hashlib.sha256(), 0
        with self.archive.open(about, "w", force_zip64=True) as entry:
            for part in parts:
                entry.write(part)
                digest.update(part)
                size += len(part)
        self.entries[name] = {"size": size, "sha256": digest.hexdigest()}

    def close(self, now: datetime, version: str, maps: int) -> None:
        """The list of all there is, last."""
        told = {
            "format": FORMAT,
            "tropa": __version__,
            "made_at": now.isoformat(),
            "schema": version,
            "maps": maps,
            "rows": self.rows,
            "entries": self.entries,
        }
        self.archive.writestr(MANIFEST, json.dumps(told, ensure_ascii=False, indent=1))


def _map_bytes(workspace: Workspace) -> dict[str, bytes]:
    """The map files as they are."""
    found = {path.name: map_files.bytes_of(path) for path in workspace.folder.iterdir()}
    return {name: raw for name, raw in found.items() if raw is not None and Path(name).suffix in map_files.ENDINGS}


@contextmanager
def _still(workspace: Workspace, patience_s: float) -> Iterator[None]:
    """While this lasts nobody writes the trail."""
    if not (workspace.folder / "trail").is_dir():
        yield
        return
    until = time.monotonic() + patience_s
    while True:
        with workspace.archive.alone() as alone:
            if alone:
                yield
                return
        if time.monotonic() > until:
            raise TropaError("TR-T101", Where(file=str(workspace.folder / "trail")), who="tropa import", since="")
        time.sleep(0.2)


@contextmanager
def _pinned(workspace: Workspace, beside: Path) -> Iterator[Path]:
    """Trail and quarantine as they are now, under other names of the same files (copied where the disk has no links)."""
    held = workspace.folder / f".backup-{os.getpid()}"
    try:
        for name in PINNED:
            source = workspace.folder / name
            if source.is_dir():
                shutil.copytree(source, held / name, copy_function=_link, ignore=_passing)
        yield held
    finally:
        if held.exists():
            shutil.rmtree(held)


def _passing(folder: str, names: list[str]) -> set[str]:
    return {name for name in names if name.endswith(_PASSING) or name == "work" or name.startswith("trash-")}


def _link(source: str, target: str) -> str:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
    return target


def _database(
    pack: _Pack, view: Connection, workspace: Workspace, before: dict[str, bytes], advance: Advance
) -> dict[str, bytes]:
    """The tables, and the file of each map as the view has it. Returns those files."""
    from tropa.store import documents, dumping

    names = dumping.tables()
    for done, name in enumerate(names):
        advance("step-backing-up", done, len(names))
        pack.add(f"database/{name}.jsonl", _counted(pack, dumping.lines(view, name)))
    own = {}
    for row in documents.all_of(view, archived=True):
        own[row.file] = _file_of(row, before.get(row.file), map_files.bytes_of(workspace.folder / row.file))
        pack.add(f"workspace/{row.file}", [own[row.file]])
    return own


def _counted(pack: _Pack, lines: Iterable[str]) -> Iterator[bytes]:
    for line in lines:
        pack.rows += 1
        yield f"{line}\n".encode()


def _file_of(row: Any, before: bytes | None, after: bytes | None) -> bytes:
    """What belongs into the map's file at the moment of the view.

    A file that stood still meanwhile and is not one the view knows was edited by hand: so it goes in, and is merged when it comes back.
    Else the text that the view says was written.
    """
    if before is not None and before == after:
        return before
    written: str = row.written_text
    return written.encode()


def _skipped(workspace: Workspace, own: Iterable[str], out: Path, store: Store) -> Callable[[Path], bool]:
    """The maps' files, which are in already; databases, which are in as lines; backups that lie where this one is going to."""
    from tropa.service.serving import DATABASE

    maps = {workspace.folder / name for name in own}
    bases = {workspace.folder / DATABASE, store.file or workspace.folder / DATABASE}
    databases = {base.with_name(base.name + ending) for base in bases for ending in ("", "-wal", "-shm", "-journal")}
    beside = out.resolve().parent

    def skipped(path: Path) -> bool:
        return path in maps or path in databases or (path.suffix == out.suffix and path.resolve().parent == beside)

    return skipped


def _files(pack: _Pack, workspace: Workspace, pinned: Path, skipped: Callable[[Path], bool], advance: Advance) -> int:
    """Everything else in the folder."""
    found: list[tuple[str, Path]] = []
    for root, names in ((workspace.folder, None), (pinned, PINNED)):
        for path in sorted(root.rglob("*")) if root.is_dir() else ():
            inside = path.relative_to(root)
            top = inside.parts[0]
            mine = top in PINNED if names else top not in PINNED and not top.startswith(".")
            plain = path.is_file() and not path.is_symlink() and not path.name.endswith(_PASSING)
            if mine and plain and not skipped(path):
                found.append((inside.as_posix(), path))
    kept = 0
    for done, (name, path) in enumerate(found):
        advance("step-backing-up", done, len(found))
        try:
            source = path.open("rb")
        except FileNotFoundError:
            continue  # an upload that was imported or dropped meanwhile: what became of it is in the trail
        with source:
            pack.add(f"workspace/{name}", iter(partial(source.read, 1 << 20), b""))
        kept += 1
    return kept
