"""Every place in the database where people's own words are kept outside of the maps' documents: looked through, and rewritten (R-64)."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Connection, Table, select

from tropa.store.account_letters import LETTERS as ACCOUNT_LETTERS
from tropa.store.audit import AUDIT
from tropa.store.comments import COMMENT
from tropa.store.documents import DOCUMENT, UPDATE, VERSION
from tropa.store.engine import Store
from tropa.store.files import FILE
from tropa.store.jobs import JOB
from tropa.store.notices import LETTERS, NOTICE
from tropa.store.shares import GUEST, SHARE
from tropa.store.tokens import TOKEN
from tropa.store.webhooks import CALL

PLACES: tuple[tuple[str, Table, tuple[str, ...]], ...] = (
    ("comments", COMMENT, ("text", "name", "resolved_by")),
    ("notices", NOTICE, ("by",)),
    ("letters", LETTERS.table, ("subject", "body")),
    ("letters", ACCOUNT_LETTERS.table, ("subject", "body")),
    ("webhooks", CALL, ("body", "fault")),
    ("versions", VERSION, ("title", "name")),
    ("history", UPDATE, ("name",)),
    ("formulas", DOCUMENT, ("formula",)),
    ("audit", AUDIT, ("name", "subject", "facts")),
    ("jobs", JOB, ("title", "outcome", "problem")),
    ("files", FILE, ("name",)),
    ("shares", SHARE, ("title",)),
    ("guests", GUEST, ("name",)),
    ("tokens", TOKEN, ("title",)),
)
"""What it is called, and where it is. People's accounts are not among them: they are the team, and removed by themselves."""


@dataclass(frozen=True, slots=True)
class Held:
    """A row with a word in it. `place`: what it is called; `key`: of the row; `document`: of which map, where it is of one."""

    place: str
    table: str
    key: tuple[Any, ...]
    document: str | None
    values: dict[str, str]


def holding(c: Connection, has: Callable[[str], object]) -> Iterator[Held]:
    """The rows that hold such a word."""
    for place, table, names in PLACES:
        keys: list[Column[Any]] = list(table.primary_key.columns)
        columns = [table.c[name] for name in names]
        of = table.c.get("document_id")
        query = select(*keys, *columns, *([] if of is None or of in keys else [of]))
        for row in c.execute(query).mappings():
            found = {name: row[name] for name in names if row[name] and has(row[name])}
            if found:
                document = None if of is None else row[of.name]
                yield Held(place, table.name, tuple(row[key.name] for key in keys), document, found)


def rewrite(c: Connection, held: Held, values: dict[str, str]) -> None:
    """Puts other words into a row."""
    table = next(table for _, table, _ in PLACES if table.name == held.table)
    query = table.update()
    for column, value in zip(table.primary_key.columns, held.key, strict=True):
        query = query.where(column == value)
    c.execute(query.values(**values))


def texts_of_files(c: Connection) -> Iterator[tuple[str, str, str, bytes]]:
    """Attached files that are text: id, map, name, content."""
    query = select(FILE.c.id, FILE.c.document_id, FILE.c.name, FILE.c.body).where(FILE.c.media.like("text/%"))
    for row in c.execute(query):
        yield row.id, row.document_id, row.name, bytes(row.body)


def set_body(c: Connection, file_id: str, body: bytes, digest: str) -> None:
    """Another content for an attached file."""
    c.execute(FILE.update().where(FILE.c.id == file_id).values(body=body, size=len(body), digest=digest))


def leave_no_trace(store: Store) -> bool:
    """What was deleted or overwritten is gone from the database's files too, not only from its tables. Waits for those who are at work.

    False: SQLite's file could not be written anew, since somebody reads it all the while; what was deleted in it is zeros already.
    """
    if store.kind == "sqlite":
        statements: tuple[str, ...] = ("PRAGMA wal_checkpoint(TRUNCATE)", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)")
    else:
        names = {table.name for _, table, _ in PLACES} | {"document_checkpoint"}
        statements = tuple(f'VACUUM (FULL) "{name}"' for name in sorted(names))
    raw = store.engine.raw_connection()
    try:
        driver: Any = raw.driver_connection
        before = getattr(driver, "autocommit", None)
        if store.kind == "postgresql":
            driver.rollback()
            driver.autocommit = True
        try:
            for statement in statements:
                driver.execute(statement)
        except sqlite3.OperationalError:
            return False
        finally:
            if store.kind == "postgresql":
                driver.autocommit = before
    finally:
        raw.close()
    return True
