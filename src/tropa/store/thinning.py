"""Old updates put together, stretches of the log written anew: the only place where a log changes behind its end (R-60, R-64)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, or_, select

from tropa.store.documents import CHECKPOINT, DOCUMENT, UPDATE, VERSION, Author, Entry, entry_of, told


@dataclass(frozen=True, slots=True)
class Put:
    """An entry as it is to stand in the log in place of several: it ends with the update `seq`, `merged` of them are in it, made from
    `since` to `at`. `state`: the whole document after it, where a checkpoint is wanted there."""

    seq: int
    merged: int
    since: datetime | None
    at: datetime
    author: Author
    body: bytes
    state: bytes | None = None


def hold(c: Connection, document_id: str) -> int:
    """Until this transaction ends nobody else writes the document's log. Returns the number of its last update."""
    query = select(DOCUMENT.c.seq).where(DOCUMENT.c.id == document_id).with_for_update()
    return int(c.execute(query).scalar_one())


def due(c: Connection, looked_before: datetime) -> list[str]:
    """Documents whose log was not looked through since a moment; archived ones too."""
    old = or_(DOCUMENT.c.thinned_at.is_(None), DOCUMENT.c.thinned_at < looked_before)
    return list(c.execute(select(DOCUMENT.c.id).where(old).order_by(DOCUMENT.c.id)).scalars())


def looked_through(c: Connection, document_id: str, at: datetime) -> None:
    """Notes that the log was looked through."""
    c.execute(DOCUMENT.update().where(DOCUMENT.c.id == document_id).values(thinned_at=at))


def entries(c: Connection, document_id: str, before: datetime | None = None) -> list[Entry]:
    """The log's entries in order, those made before a moment if told (and none after the first that was not)."""
    query = select(*told()).where(UPDATE.c.document_id == document_id).order_by(UPDATE.c.seq)
    if before is not None:
        young = select(func.min(UPDATE.c.seq)).where(UPDATE.c.document_id == document_id, UPDATE.c.at >= before)
        query = query.where(UPDATE.c.seq < func.coalesce(young.scalar_subquery(), 2**31 - 1))
    return [entry_of(row) for row in c.execute(query)]


def named(c: Connection, document_id: str) -> frozenset[int]:
    """Numbers of the updates after which the document has a named version."""
    return frozenset(c.execute(select(VERSION.c.seq).where(VERSION.c.document_id == document_id)).scalars())


def body_of(c: Connection, document_id: str, seq: int) -> bytes:
    """What one entry brought."""
    here = (UPDATE.c.document_id == document_id) & (UPDATE.c.seq == seq)
    return bytes(c.execute(select(UPDATE.c.body).where(here)).scalar_one())


def count_between(c: Connection, document_id: str, first: int, last: int) -> int:
    """How many entries end within a stretch of numbers."""
    here = (UPDATE.c.document_id == document_id) & UPDATE.c.seq.between(first, last)
    return int(c.execute(select(func.count()).where(here)).scalar_one())


def replace(c: Connection, document_id: str, first: int, last: int, puts: Sequence[Put]) -> None:
    """Entries and checkpoints that end within a stretch go, and these stand in their place."""
    for table in (UPDATE, CHECKPOINT):
        c.execute(table.delete().where(table.c.document_id == document_id, table.c.seq.between(first, last)))
    c.execute(
        UPDATE.insert(),
        [
            {
                "document_id": document_id, "seq": one.seq, "body": one.body, "at": one.at, "who": one.author.who,
                "name": one.author.name, "merged": one.merged, "since": one.since,
            }
            for one in puts
        ],
    )  # fmt: skip
    _checkpoints(c, document_id, puts)


def _checkpoints(c: Connection, document_id: str, puts: Iterable[Put]) -> None:
    states = [(one.seq, one.state) for one in puts if one.state is not None]
    if states:
        rows = [{"document_id": document_id, "seq": seq, "state": state} for seq, state in states]
        c.execute(CHECKPOINT.insert(), rows)


def drop_checkpoints(c: Connection, document_id: str, after: int) -> None:
    """Removes the checkpoints after a number: they are made anew from what is there."""
    c.execute(CHECKPOINT.delete().where(CHECKPOINT.c.document_id == document_id, CHECKPOINT.c.seq > after))
