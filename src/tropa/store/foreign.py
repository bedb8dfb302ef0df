"""Somebody else's database, asked one question: its rows as text columns, batch by batch, in a transaction that can write nothing (R-20).

Cells are written as text in one spelling whatever the driver gives (instants in UTC, numbers in full), so that the same row asked for
again is the same row, as it is with files.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pyarrow as pa
from sqlalchemy import URL, Connection, create_engine, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from tropa.model import TropaError

BATCH = 10_000
"""Rows that are held at once."""
_TABLE = re.compile(r"\bfrom\s+([\w.\"`\[\]]+)", re.IGNORECASE)
_QUOTES = str.maketrans("", "", '"`[]')


def name_of(database: str, query: str) -> str:
    """What rows of a query are identified under: the database's name and the first table it asks, such as `shop.orders`. Raises TR-S040."""
    found = _TABLE.search(query)
    table = found[1].translate(_QUOTES).rpartition(".")[2] if found else ""
    known = Path(_parsed(database).database or "").stem
    return re.sub(r"[^\w.-]+", "_", ".".join(part for part in (known, table) if part)) or "query"


def asked(database: str, query: str, batch: int = BATCH) -> Iterator[pa.RecordBatch]:
    """The rows of a query: record batches of text columns, at most `batch` rows each; at least one, which may have no rows.

    `database`: an SQLAlchemy URL. Passwords are in no message. Raises TR-S040 (no such URL), TR-S041 (the driver is not installed),
    TR-S042 (it cannot be reached, or does not answer this).
    """
    url = _parsed(database)
    with _told(url), _reading(url) as connection:
        options = {"stream_results": True, "max_row_buffer": batch, "yield_per": batch, "no_parameters": True}
        result = connection.execution_options(**options).exec_driver_sql(query)
        if not result.returns_rows:
            raise TropaError("TR-S042", reason="no rows")
        names = list(result.keys())
        schema = pa.schema([(name, pa.string()) for name in names])
        given = False
        for rows in result.partitions(batch):
            columns = [pa.array([spelled(cell) for cell in cells], pa.string()) for cells in zip(*rows, strict=True)]
            yield pa.record_batch(columns, schema=schema)
            given = True
        if not given:
            yield pa.record_batch([pa.array([], pa.string()) for _ in names], schema=schema)


def spelled(cell: Any) -> str | None:
    """A cell as text: instants in UTC (those without a zone as they are), numbers in full, bytes as text or hex, structures as JSON."""
    if cell is None or isinstance(cell, str):
        return cell.replace("\0", "") if cell else cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, datetime):
        return (cell.astimezone(UTC) if cell.tzinfo else cell).isoformat()
    if isinstance(cell, (date, time)):
        return cell.isoformat()
    if isinstance(cell, Decimal):
        return format(cell, "f")
    if isinstance(cell, (bytes, bytearray, memoryview)):
        data = bytes(cell)
        try:
            return data.decode()
        except UnicodeDecodeError:
            return data.hex()
    if isinstance(cell, (dict, list)):
        return json.dumps(cell, sort_keys=True, default=str, separators=(",", ":"))
    return repr(cell) if isinstance(cell, float) else str(cell)


def _parsed(database: str) -> URL:
    try:
        url = make_url(database)
    except ArgumentError:
        raise TropaError("TR-S040") from None  # the URL itself may hold a password
    return url.set(drivername="postgresql+psycopg") if url.drivername in ("postgresql", "postgres") else url


@contextmanager
def _told(url: URL) -> Iterator[None]:
    """Faults of the database and its driver as ours, without the password."""
    try:
        yield
    except (ModuleNotFoundError, NoSuchModuleError):
        raise TropaError("TR-S041", name=url.drivername) from None
    except (SQLAlchemyError, sqlite3.Error, OSError) as fault:
        reason = str(getattr(fault, "orig", None) or fault).strip().partition("\n")[0]
        if url.password:
            reason = reason.replace(str(url.password), "***")
        raise TropaError("TR-S042", reason=reason) from None


@contextmanager
def _reading(url: URL) -> Iterator[Connection]:
    """A connection that writes nothing: where the database can be told so it is, and whatever happened is rolled back."""
    kind = url.get_backend_name()
    if kind == "sqlite":
        file = f"file:{quote(str(Path(url.database or '').absolute()))}?mode=ro"
        engine = create_engine("sqlite://", creator=lambda: sqlite3.connect(file, uri=True), poolclass=NullPool)
    else:
        engine = create_engine(url, poolclass=NullPool)
    try:
        with engine.connect() as connection:
            if kind == "postgresql":
                connection = connection.execution_options(postgresql_readonly=True)
            elif kind in ("mysql", "mariadb"):
                connection.exec_driver_sql("SET SESSION TRANSACTION READ ONLY")
                connection.rollback()
            try:
                yield connection
            finally:
                connection.rollback()
    finally:
        engine.dispose()
