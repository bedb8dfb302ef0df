"""A backup brought back: into an empty folder, and into SQLite or PostgreSQL whichever it came from (R-63, R-64)."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from tropa.model import TropaError, Where
from tropa.service.backing_up import FORMAT, MANIFEST
from tropa.service.ledger import Ledger

if TYPE_CHECKING:
    from tropa.store import Store

Advance = Callable[[str, float, float], None]


@dataclass(frozen=True)
class Restored:
    """What came back."""

    folder: Path
    files: int
    rows: int
    maps: int
    made_at: str
    erased: int = 0
    """Erased customers who were still in the backup, and were erased again."""


def restore(
    source: Path, folder: Path, database: str | None, advance: Advance, *, erased: Path | None = None
) -> Restored:
    """Checks the backup, then puts everything in place; the folder appears when all is whole.

    `erased`: the folder `erasures` of the workspace as it was last; whoever was erased after the backup was made is erased again.

    Raises TR-W157 (`erased` is of another workspace), TR-W270 (no backup, or damaged), TR-W271 (of a newer version), TR-W272 (the folder is
    not empty), TR-W273 (the database is not).
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise TropaError("TR-W272", Where(file=str(folder)), folder=str(folder))
    aside = folder.with_name(f".{folder.name}.restoring")
    if aside.exists():
        shutil.rmtree(aside)
    aside.mkdir(parents=True)
    try:
        with _opened(source) as archive:
            about = _about(archive, source)
            files = _unpack(archive, about, aside, source, advance)
            if erased is not None:
                Ledger.of(aside).take_in(Ledger(erased))
            rows, gone = _fill(archive, about, aside, database, source)
        if folder.exists():
            folder.rmdir()
        os.replace(aside, folder)
    finally:
        if aside.exists():
            shutil.rmtree(aside)
    return Restored(folder, files, rows, int(about["maps"]), str(about["made_at"]), gone)


def _opened(source: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(source)
    except (OSError, zipfile.BadZipFile) as reason:
        raise _damaged(source, str(reason)) from reason


def _damaged(source: Path, reason: str) -> TropaError:
    return TropaError("TR-W270", Where(file=str(source)), file=source.name, reason=reason)


def _about(archive: zipfile.ZipFile, source: Path) -> dict[str, Any]:
    try:
        about: dict[str, Any] = json.loads(archive.read(MANIFEST))
        if about["format"] > FORMAT:
            raise TropaError("TR-W271", Where(file=str(source)), format=about["format"], known=FORMAT)
        missing = set(about["entries"]) - set(archive.namelist())
    except (KeyError, ValueError, TypeError, zipfile.BadZipFile) as reason:
        raise _damaged(source, MANIFEST) from reason
    if missing:
        raise _damaged(source, min(missing))
    return about


def _unpack(archive: zipfile.ZipFile, about: dict[str, Any], aside: Path, source: Path, advance: Advance) -> int:
    """Checks every entry against its digest and writes the folder's files."""
    done = 0
    for number, (name, told) in enumerate(about["entries"].items()):
        advance("step-restoring", number, len(about["entries"]))
        path = PurePosixPath(name)
        if (
            len(path.parts) < 2
            or ".." in path.parts
            or path.is_absolute()
            or "\\" in name
            or ":" in name
            or path.parts[0] not in _PARTS
        ):
            raise _damaged(source, name)
        target = aside.joinpath(*path.parts[1:]) if path.parts[0] == "workspace" else None
        if target is not None:
            target.parent.mkdir(parents=True, exist_ok=True)
            done += 1
        if _copied(archive, name, target, source) != told["sha256"]:
            raise _damaged(source, name)
    return done


_PARTS = ("workspace", "database")


def _copied(archive: zipfile.ZipFile, name: str, target: Path | None, source: Path) -> str:
    """The digest of an entry, which is written to `target` where there is one."""
    digest = hashlib.sha256()
    try:
        with archive.open(name) as entry:
            out = None if target is None else target.open("xb")
            try:
                while part := entry.read(1 << 20):
                    digest.update(part)
                    if out is not None:
                        out.write(part)
            finally:
                if out is not None:
                    out.close()
    except (zipfile.BadZipFile, EOFError, FileExistsError, NotImplementedError, RuntimeError) as reason:
        raise _damaged(source, name) from reason
    if target is not None and target.name == "key":
        target.chmod(0o600)  # the secret of the pseudonyms
    return digest.hexdigest()


def _fill(
    archive: zipfile.ZipFile, about: dict[str, Any], aside: Path, database: str | None, source: Path
) -> tuple[int, int]:
    """Fills the database: at the schema version of the backup, then brought up to today's. Returns the rows, and who was erased again."""
    from tropa.service.serving import DATABASE
    from tropa.store import dumping, open_store

    store = open_store(database or aside / DATABASE, schema=about["schema"])
    try:
        with store.begin() as c:
            filler = dumping.Filler(c)
            if not filler.empty():
                raise TropaError("TR-W273")
            names = [name for name in about["entries"] if name.startswith("database/")]
            rows = 0
            for name in names:
                rows += filler.fill(PurePosixPath(name).stem, _lines(archive, name))
            filler.settle_outboxes()
        store.migrate()
        gone = _erase_again(aside, store, str(about["made_at"]))
    except KeyError as reason:
        raise _damaged(source, str(reason)) from reason
    finally:
        store.close()
    return rows, gone


def _erase_again(aside: Path, store: Store, made_at: str) -> int:
    """Applies the tombstones, before anybody can look at what was brought back: at the moment of the backup, as far as it is noted."""
    from tropa.service import erasing
    from tropa.service.desk import Desk
    from tropa.service.workspace import Workspace

    then, numbers = datetime.fromisoformat(made_at), count(1)
    desk = Desk(
        Workspace(aside),
        store,
        lambda: then,
        lambda: hashlib.sha256(f"{made_at} {next(numbers)}".encode()).hexdigest()[:22],
    )
    try:
        return erasing.again(desk)
    finally:
        desk.living.end(desk)


def _lines(archive: zipfile.ZipFile, name: str) -> Iterator[str]:
    with archive.open(name) as entry:
        for line in entry:
            yield line.decode()
