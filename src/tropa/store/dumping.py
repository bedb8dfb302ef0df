"""The whole database as lines of JSON that either kind of database can be filled from (R-63, R-64)."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, DateTime, Integer, MetaData, Table, func, select, text

from tropa.store.engine import Store
from tropa.store.everything import METADATA
from tropa.store.tables import Instant

LEFT_OUT = frozenset({"login", "one_time_link", "alembic_version"})
"""Not carried to another machine: who is signed in, links that sign in."""
ROWS_AT_ONCE = 500


@contextmanager
def snapshot(store: Store) -> Iterator[Connection]:
    """One view of the whole database that no later write changes; it waits for no writer."""
    options: dict[str, Any] = {"tropa_reads": True}
    if store.kind == "postgresql":
        options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with store.engine.connect().execution_options(**options) as connection, connection.begin():
        yield connection


def revision(c: Connection) -> str:
    """The schema's version."""
    return str(c.execute(text("SELECT version_num FROM alembic_version")).scalar_one())


def tables() -> list[str]:
    """The tables that are carried, those that others refer to first."""
    return [table.name for table in METADATA.sorted_tables if table.name not in LEFT_OUT]


def lines(c: Connection, name: str) -> Iterator[str]:
    """A table's rows, one JSON object a line, in the order of the key."""
    table = METADATA.tables[name]
    rows = c.execution_options(yield_per=ROWS_AT_ONCE).execute(select(table).order_by(*table.primary_key.columns))
    for row in rows.mappings():
        yield json.dumps({key: _told(value) for key, value in row.items()}, ensure_ascii=False)


def _told(value: Any) -> Any:
    if isinstance(value, bytes):
        return {"base64": base64.b64encode(value).decode()}
    if isinstance(value, datetime):
        return {"instant": value.astimezone(UTC).isoformat()}
    return value


def _read(value: Any) -> Any:
    if isinstance(value, dict):
        if "base64" in value:
            return base64.b64decode(value["base64"])
        return datetime.fromisoformat(value["instant"])
    return value


class Filler:
    """Fills an empty database of the dump's own schema version, found by looking at the database, not at today's program."""

    def __init__(self, c: Connection) -> None:
        self.c = c
        self.found = MetaData()
        self.found.reflect(c)
        for table in self.found.tables.values():
            for column in table.columns:
                if isinstance(column.type, DateTime):
                    column.type = Instant()

    def empty(self) -> bool:
        """Whether no table has a row yet."""
        ours = [table for name, table in self.found.tables.items() if name != "alembic_version"]
        return all(self.c.execute(select(table).limit(1)).first() is None for table in ours)

    def fill(self, name: str, told: Iterable[str]) -> int:
        """Puts a table's lines in. Returns how many. Raises KeyError for a table this version does not have."""
        table, done = self.found.tables[name], 0
        batch: list[dict[str, Any]] = []
        for line in told:
            batch.append({key: _read(value) for key, value in json.loads(line).items()})
            if len(batch) >= ROWS_AT_ONCE:
                self.c.execute(table.insert(), batch)
                done, batch = done + len(batch), []
        if batch:
            self.c.execute(table.insert(), batch)
        self._count_on(table)
        return done + len(batch)

    def _count_on(self, table: Table) -> None:
        """New rows are numbered after those that were put in."""
        key = list(table.primary_key.columns)
        if self.c.dialect.name != "postgresql" or len(key) != 1 or not isinstance(key[0].type, Integer):
            return
        last = self.c.execute(select(func.max(key[0]))).scalar_one()
        if last is not None:
            counter = func.pg_get_serial_sequence(table.name, key[0].name)
            self.c.execute(select(func.setval(counter, last)))

    def settle_outboxes(self) -> None:
        """What was waiting to go out when the backup was made may have gone since: it is not sent by who restores it."""
        for name in ("letter", "account_letter", "webhook_call"):
            if name in self.found.tables:
                table = self.found.tables[name]
                waiting = table.c.state.in_(("waiting", "sending"))
                state = "failed" if name == "webhook_call" else "unknown"
                self.c.execute(table.update().where(waiting).values(state=state, fault="restored"))
