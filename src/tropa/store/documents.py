"""Live documents of maps: the log of updates, checkpoints that make opening fast, named versions, and what was last written to the file.

A restore is one more update. Sequence numbers of a document count from 1; where old updates were put together (`thinning.py`), the
entry has the number of the last of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    ForeignKey,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    func,
    select,
    text,
)

from tropa.store.tables import METADATA, Instant

DOCUMENT = Table(
    "document",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("file", Text, nullable=False, unique=True),
    Column("seq", Integer, nullable=False),
    Column("written_seq", Integer, nullable=False),
    Column("written_text", Text, nullable=False),
    Column("written_digest", String(64), nullable=False),
    Column("pending_seq", Integer),
    Column("pending_text", Text),
    Column("pending_digest", String(64)),
    Column("formula", Text),
    Column("created_at", Instant, nullable=False),
    Column("created_by", String(64), nullable=False),
    Column("updated_at", Instant, nullable=False),
    Column("archived_at", Instant),
    Column("talk", Integer, nullable=False, server_default=text("0")),
    Column("thinned_at", Instant),
)
UPDATE = Table(
    "document_update",
    METADATA,
    Column("document_id", String(64), ForeignKey("document.id", ondelete="CASCADE"), primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("body", LargeBinary, nullable=False),
    Column("at", Instant, nullable=False),
    Column("who", String(96), nullable=False),
    Column("name", Text, nullable=False),
    Column("merged", Integer, nullable=False, server_default=text("1")),
    Column("since", Instant),
)
CHECKPOINT = Table(
    "document_checkpoint",
    METADATA,
    Column("document_id", String(64), ForeignKey("document.id", ondelete="CASCADE"), primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("state", LargeBinary, nullable=False),
)
VERSION = Table(
    "document_version",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("document_id", String(64), ForeignKey("document.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("seq", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("who", String(96), nullable=False),
    Column("name", Text, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Author:
    """By whom: `user:ID`, `guest:ID`, `token:ID`, `local:local` or `file`, and the name as it was then."""

    who: str
    name: str


NOTHING = 2
"""Bytes of an update that changes nothing."""
FILE = Author("file", "file")
"""An edit that was made in the map's file, outside the app."""
ERASER = Author("erasure", "erasure")
"""The hand that takes a customer's words out."""


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A map's document. `written…`: the text of its file as last written or read, the SHA-256 of its bytes, and the update up to
    which that goes; `pending…`: what was about to be written (a crash may have left either in the file). `formula`: the team's own for
    priorities. `talk`: the number of the last change of a comment; `thinned_at`: when its log was last looked through
    for what may be put together."""

    id: str
    file: str
    seq: int
    written_seq: int
    written_text: str
    written_digest: str
    pending_seq: int | None
    pending_text: str | None
    pending_digest: str | None
    formula: str | None
    created_at: datetime
    created_by: str
    updated_at: datetime
    archived_at: datetime | None
    talk: int
    thinned_at: datetime | None


@dataclass(frozen=True, slots=True)
class Update:
    """One entry of the log."""

    seq: int
    body: bytes
    at: datetime
    author: Author


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the log without its body: who changed something, and when.

    `merged`: how many updates were put together in it (they end with `seq`), the first of them made at `since`. `snapshot`: it brings
    nothing by itself; the checkpoint with its number says how the document was then (words were erased from what came before).
    """

    seq: int
    at: datetime
    author: Author
    merged: int = 1
    since: datetime | None = None
    snapshot: bool = False

    @property
    def first(self) -> int:
        """The number of the first update in it."""
        return self.seq - self.merged + 1

    @property
    def start(self) -> datetime:
        """When the first update in it was made."""
        return self.since or self.at


@dataclass(frozen=True, slots=True)
class Version:
    """A point in the log that was given a name."""

    id: str
    seq: int
    title: str
    at: datetime
    author: Author


@dataclass(frozen=True, slots=True)
class FileText:
    """A map file's text, and the SHA-256 of the bytes it is written in."""

    text: str
    digest: str


def add(c: Connection, document_id: str, file: str, text: FileText, state: bytes, author: Author, at: datetime) -> None:
    """A new document, born with its first update (`state`), which is a checkpoint too."""
    c.execute(
        DOCUMENT.insert().values(
            id=document_id,
            file=file,
            seq=1,
            written_seq=1,
            written_text=text.text,
            written_digest=text.digest,
            created_at=at,
            created_by=author.who,
            updated_at=at,
        )
    )
    c.execute(
        UPDATE.insert().values(document_id=document_id, seq=1, body=state, at=at, who=author.who, name=author.name)
    )
    c.execute(CHECKPOINT.insert().values(document_id=document_id, seq=1, state=state))


def find(c: Connection, document_id: str) -> DocumentRow | None:
    """The document with this id, archived ones too."""
    row = c.execute(select(DOCUMENT).where(DOCUMENT.c.id == document_id)).one_or_none()
    return None if row is None else DocumentRow(*row)


def all_of(c: Connection, *, archived: bool = False) -> list[DocumentRow]:
    """All documents by id; archived ones only when asked for."""
    query = select(DOCUMENT).order_by(DOCUMENT.c.id)
    if not archived:
        query = query.where(DOCUMENT.c.archived_at.is_(None))
    return [DocumentRow(*row) for row in c.execute(query)]


def names(c: Connection, *, archived: bool = False) -> dict[str, str]:
    """Ids by file; those of archived documents only when asked for."""
    query = select(DOCUMENT.c.file, DOCUMENT.c.id).order_by(DOCUMENT.c.id)
    if not archived:
        query = query.where(DOCUMENT.c.archived_at.is_(None))
    return {row.file: row.id for row in c.execute(query)}


def append(c: Connection, document_id: str, updates: Sequence[tuple[bytes, Author]], at: datetime) -> int:
    """Adds updates to the log, all or none. Returns the number of the last one. Raises KeyError for a document that is not there."""
    last = c.execute(
        DOCUMENT.update()
        .where(DOCUMENT.c.id == document_id)
        .values(seq=DOCUMENT.c.seq + len(updates), updated_at=at)
        .returning(DOCUMENT.c.seq)
    ).scalar_one_or_none()
    if last is None:
        raise KeyError(document_id)
    first = last - len(updates) + 1
    c.execute(
        UPDATE.insert(),
        [
            {"document_id": document_id, "seq": first + n, "body": body, "at": at, "who": by.who, "name": by.name}
            for n, (body, by) in enumerate(updates)
        ],
    )
    return int(last)


def bodies(c: Connection, document_id: str, upto: int | None = None) -> list[bytes]:
    """What makes the document as of an update (None: the last): the nearest checkpoint, then the updates after it."""
    limit = upto if upto is not None else 2**31 - 1
    checkpoint = c.execute(
        select(CHECKPOINT.c.seq, CHECKPOINT.c.state)
        .where(CHECKPOINT.c.document_id == document_id, CHECKPOINT.c.seq <= limit)
        .order_by(CHECKPOINT.c.seq.desc())
        .limit(1)
    ).one_or_none()
    start, parts = (0, []) if checkpoint is None else (checkpoint.seq, [checkpoint.state])
    later = select(UPDATE.c.body).where(
        UPDATE.c.document_id == document_id, UPDATE.c.seq > start, UPDATE.c.seq <= limit
    )
    return parts + [row.body for row in c.execute(later.order_by(UPDATE.c.seq))]


def checkpoint(c: Connection, document_id: str, seq: int, state: bytes) -> None:
    """Keeps the whole state as of an update, so that opening need not read the log from its start."""
    here = (CHECKPOINT.c.document_id == document_id) & (CHECKPOINT.c.seq == seq)
    if c.execute(select(CHECKPOINT.c.seq).where(here)).one_or_none() is None:
        c.execute(CHECKPOINT.insert().values(document_id=document_id, seq=seq, state=state))


def since_checkpoint(c: Connection, document_id: str) -> int:
    """Updates after the last checkpoint."""
    last = select(func.max(CHECKPOINT.c.seq)).where(CHECKPOINT.c.document_id == document_id).scalar_subquery()
    count = select(func.count()).where(UPDATE.c.document_id == document_id, UPDATE.c.seq > func.coalesce(last, 0))
    return int(c.execute(count).scalar_one())


def entries(c: Connection, document_id: str, before: int | None, limit: int) -> list[Entry]:
    """The newest entries of the log before a number, the newest first."""
    query = select(*told()).where(UPDATE.c.document_id == document_id)
    if before is not None:
        query = query.where(UPDATE.c.seq < before)
    return [entry_of(row) for row in c.execute(query.order_by(UPDATE.c.seq.desc()).limit(limit))]


def entry(c: Connection, document_id: str, seq: int) -> Entry | None:
    """One entry of the log."""
    query = select(*told())
    row = c.execute(query.where(UPDATE.c.document_id == document_id, UPDATE.c.seq == seq)).one_or_none()
    return None if row is None else entry_of(row)


def names_since(c: Connection, document_id: str, seq: int) -> list[str]:
    """The names of those who changed something after an update."""
    query = select(UPDATE.c.name).distinct().where(UPDATE.c.document_id == document_id, UPDATE.c.seq > seq)
    return sorted(row.name for row in c.execute(query))


def told() -> tuple[ColumnElement[Any], ...]:
    """The columns of an entry without its body."""
    return (UPDATE.c.seq, UPDATE.c.at, UPDATE.c.who, UPDATE.c.name, UPDATE.c.merged, UPDATE.c.since,
            (func.length(UPDATE.c.body) <= NOTHING).label("snapshot"))  # fmt: skip


def entry_of(row: Any) -> Entry:
    """An entry from its columns (`told`)."""
    return Entry(row.seq, row.at, Author(row.who, row.name), row.merged, row.since, bool(row.snapshot))


def about_to_write(c: Connection, document_id: str, seq: int, text: FileText) -> None:
    """Notes the text that is going to be the file's."""
    c.execute(
        DOCUMENT.update()
        .where(DOCUMENT.c.id == document_id)
        .values(pending_seq=seq, pending_text=text.text, pending_digest=text.digest)
    )


def written(c: Connection, document_id: str, seq: int, text: FileText) -> None:
    """Notes what the file says now, and up to which update the document and the file agree."""
    c.execute(
        DOCUMENT.update()
        .where(DOCUMENT.c.id == document_id)
        .values(
            written_seq=seq,
            written_text=text.text,
            written_digest=text.digest,
            pending_seq=None,
            pending_text=None,
            pending_digest=None,
        )
    )


def set_formula(c: Connection, document_id: str, formula: str | None) -> None:
    """The team's own formula for priorities; None: the usual one."""
    c.execute(DOCUMENT.update().where(DOCUMENT.c.id == document_id).values(formula=formula))


def archive(c: Connection, document_id: str, at: datetime | None) -> None:
    """Puts a document away, or (None) brings it back."""
    c.execute(DOCUMENT.update().where(DOCUMENT.c.id == document_id).values(archived_at=at))


def name_version(
    c: Connection, document_id: str, version_id: str, seq: int, title: str, author: Author, at: datetime
) -> None:
    """Gives a point in the log a name."""
    c.execute(
        VERSION.insert().values(
            id=version_id, document_id=document_id, seq=seq, title=title, at=at, who=author.who, name=author.name
        )
    )


def versions(c: Connection, document_id: str) -> list[Version]:
    """The named points, the newest first."""
    query = (
        select(VERSION).where(VERSION.c.document_id == document_id).order_by(VERSION.c.seq.desc(), VERSION.c.at.desc())
    )
    return [Version(row.id, row.seq, row.title, row.at, Author(row.who, row.name)) for row in c.execute(query)]
