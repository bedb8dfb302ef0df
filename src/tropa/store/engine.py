"""The database: opened by URL, brought up to date by itself, one transaction at a time for who writes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url

MIGRATIONS = Path(__file__).parent / "migrations"


class Store:
    """One open database. Safe to use from several threads; every unit of work is a transaction of its own."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @property
    def kind(self) -> str:
        """`sqlite` or `postgresql`."""
        return self.engine.dialect.name

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """A transaction: committed (on the disk) when the block ends well, else undone."""
        with self.engine.begin() as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One consistent view to look at; waits for no writer. Write nothing in it."""
        with self.engine.connect().execution_options(tropa_reads=True) as connection, connection.begin():
            yield connection

    def migrate(self) -> None:
        """Brings the schema up to this version's; does nothing where it is. Several processes may call it at once."""
        from alembic import command
        from alembic.config import Config

        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
        with self.begin() as connection:
            if self.kind == "postgresql":
                connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7072697)")
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    def ping(self) -> None:
        """Asks the database for a sign of life; raises what its driver raises where there is none."""
        with self.begin() as connection:
            connection.exec_driver_sql("SELECT 1")

    def close(self) -> None:
        """Lets go of all connections."""
        self.engine.dispose()


def open_store(url: str) -> Store:
    """Opens `sqlite:///path` or `postgresql+psycopg://…`; the schema is brought up to date.

    SQLite runs in WAL mode with full synchronisation: what was committed survives a power cut.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        store = Store(create_engine(parsed, pool_pre_ping=True, pool_size=10, max_overflow=20))
    else:
        engine = create_engine(parsed, connect_args={"timeout": 30, "check_same_thread": False})
        event.listen(engine, "connect", _sqlite_settings)
        event.listen(engine, "begin", _sqlite_begin)
        store = Store(engine)
    store.migrate()
    return store


def _sqlite_settings(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # transactions begin where we say so (see `_sqlite_begin`)
    cursor = connection.cursor()
    for setting in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=30000"):
        cursor.execute(f"PRAGMA {setting}")
    cursor.close()


def _sqlite_begin(connection: Connection) -> None:
    # A transaction that reads first and writes later would fail where another one wrote in between: take the lock at once.
    reads = connection.get_execution_options().get("tropa_reads")
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")
