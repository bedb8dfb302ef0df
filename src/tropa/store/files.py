"""Files that people attach to a map. They lie in the database, so that a backup has them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Connection, ForeignKey, Integer, LargeBinary, String, Table, Text, func, select

from tropa.store.tables import METADATA, Instant

FILE = Table(
    "file",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("document_id", String(64), ForeignKey("document.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("media", String(128), nullable=False),
    Column("size", Integer, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("at", Instant, nullable=False),
    Column("who", String(96), nullable=False),
    Column("body", LargeBinary, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Attached:
    """An attached file without its content. `digest`: SHA-256."""

    id: str
    document_id: str
    name: str
    media: str
    size: int
    digest: str
    at: datetime
    who: str


_KNOWN = (FILE.c.id, FILE.c.document_id, FILE.c.name, FILE.c.media, FILE.c.size, FILE.c.digest, FILE.c.at, FILE.c.who)


def add(c: Connection, file: Attached, body: bytes) -> None:
    """Keeps a file."""
    c.execute(
        FILE.insert().values(
            id=file.id,
            document_id=file.document_id,
            name=file.name,
            media=file.media,
            size=file.size,
            digest=file.digest,
            at=file.at,
            who=file.who,
            body=body,
        )
    )


def same(c: Connection, document_id: str, digest: str, name: str) -> Attached | None:
    """A file of this map with the same name and content, if there is one."""
    here = (FILE.c.document_id == document_id) & (FILE.c.digest == digest) & (FILE.c.name == name)
    row = c.execute(select(*_KNOWN).where(here).limit(1)).one_or_none()
    return None if row is None else Attached(*row)


def find(c: Connection, file_id: str) -> Attached | None:
    """What is known of a file."""
    row = c.execute(select(*_KNOWN).where(FILE.c.id == file_id)).one_or_none()
    return None if row is None else Attached(*row)


def body(c: Connection, file_id: str) -> bytes:
    """A file's content."""
    return bytes(c.execute(select(FILE.c.body).where(FILE.c.id == file_id)).scalar_one())


def room_taken(c: Connection, document_id: str) -> int:
    """Bytes of all files of a map."""
    return int(
        c.execute(select(func.coalesce(func.sum(FILE.c.size), 0)).where(FILE.c.document_id == document_id)).scalar_one()
    )
