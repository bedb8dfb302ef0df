"""The file of a map beside its live document: read, written whole, and told from what it was (R-12)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tropa.model import Map
from tropa.store import documents
from tropa.store.documents import DocumentRow, FileText

if TYPE_CHECKING:
    from tropa.service.desk import Desk

ENDINGS = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Stamp:
    """What tells cheaply that a file may have changed."""

    changed_ns: int
    size: int


def stamp(path: Path) -> Stamp | None:
    """The stamp of a file; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return Stamp(found.st_mtime_ns, found.st_size)


def digest(raw: bytes) -> str:
    """SHA-256 of a file's bytes."""
    return hashlib.sha256(raw).hexdigest()


def bytes_of(path: Path) -> bytes | None:
    """A file's bytes; None where there is no such file (or it is being replaced right now)."""
    try:
        return path.read_bytes()
    except OSError:
        return None


def value_of(raw: bytes, name: str) -> tuple[Map, FileText]:
    """What a map file's bytes say. Raises the loader's errors TR-C…, TR-M…."""
    from tropa.codec import quick
    from tropa.codec.yaml_text import decode

    return quick.value_of(raw, name), FileText(decode(raw, name), digest(raw))


def strange(row: DocumentRow, raw: bytes | None) -> bool:
    """Whether somebody else wrote the file: it is neither as we left it nor as we were about to."""
    return raw is not None and digest(raw) not in (row.written_digest, row.pending_digest)


def agree(desk: Desk, row: DocumentRow, seq: int, text: FileText) -> None:
    """Notes that the file says what the map does, up to an update; who wants to know of changes is told, once for a burst of them."""
    from tropa.service import hooks

    with desk.store.begin() as c:
        documents.written(c, row.id, seq, text)
        if seq > row.written_seq:
            by = documents.names_since(c, row.id, row.written_seq)
            hooks.tell(desk, c, "map.changed", {"map": row.id, "seq": seq, "since": row.written_seq, "by": by})
    desk.wake.ring("outbox")


def write(desk: Desk, row: DocumentRow, path: Path, raw: bytes | None, value: Map, seq: int) -> None:
    """Makes the file say `value`, keeping its comments. `raw`: its bytes now, which are not strange.

    The intent is noted first and the deed last: after a kill in between, whichever text is in the file is known to be ours.
    """
    from tropa.codec import loads, write_whole

    ours = row.pending_text if raw is not None and digest(raw) == row.pending_digest else None
    document = loads(ours or row.written_text, row.file)
    document.update(value)
    text = FileText(document.text(), digest(document.text().encode()))
    if raw is None or digest(raw) != text.digest:
        with desk.store.begin() as c:
            documents.about_to_write(c, row.id, seq, text)
        write_whole(path, text.text.encode())
    agree(desk, row, seq, text)


def put_text(desk: Desk, row: DocumentRow, path: Path, text: str) -> None:
    """Makes the file say this text, which says the same map."""
    from tropa.codec import write_whole

    told = FileText(text, digest(text.encode()))
    with desk.store.begin() as c:
        documents.about_to_write(c, row.id, row.written_seq, told)
    write_whole(path, text.encode())
    with desk.store.begin() as c:
        documents.written(c, row.id, row.written_seq, told)
