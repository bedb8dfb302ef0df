"""The database: opened by URL, brought up to date by itself, one transaction at a time for who writes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic.util import CommandError
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DataError, DBAPIError

from tropa.model import TropaError

POOL: dict[str, int] = {"pool_size": 10, "max_overflow": 60}
"""More connections than the server has threads (40 and 8): nobody waits for one while holding another."""
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
        """A transaction: committed (on the disk) when the block ends well, else undone. Raises TR-W124 for a value that it cannot hold."""
        with _holding(), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One consistent view to look at; waits for no writer. Write nothing in it."""
        reading = self.engine.connect().execution_options(tropa_reads=True)
        with _holding(), reading as connection, connection.begin():
            yield connection

    @property
    def file(self) -> Path | None:
        """The database's file; None where it is none."""
        name = self.engine.url.database
        return Path(name) if self.kind == "sqlite" and name else None

    def migrate(self, to: str = "head") -> None:
        """Brings the schema up to this version's, or `to` an older one; does nothing where it is. Several processes may call at once."""
        from alembic import command
        from alembic.config import Config

        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
        with self.begin() as connection:
            if self.kind == "postgresql":
                connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7072697)")
            config.attributes["connection"] = connection
            command.upgrade(config, to)

    def ping(self) -> None:
        """Asks the database for a sign of life; raises what its driver raises where there is none."""
        with self.begin() as connection:
            connection.exec_driver_sql("SELECT 1")

    def close(self) -> None:
        """Lets go of all connections."""
        self.engine.dispose()


@contextmanager
def _holding() -> Iterator[None]:
    try:
        yield
    except DataError as error:  # a NUL in a text, a number out of all bounds: PostgreSQL is stricter than SQLite
        raise TropaError("TR-W124", reason=str(error.orig).strip().partition("\n")[0]) from error


def open_store(where: str | Path, *, schema: str = "head") -> Store:
    """Opens a SQLite file, or what a URL says: `sqlite:///path`, `postgresql+psycopg://…`; the schema is brought up to date.

    `schema`: only up to this version (to fill it with what was dumped from it).

    SQLite runs in WAL mode with full synchronisation: what was committed survives a power cut.
    Raises TR-W119 where it cannot be opened, TR-W122 where the driver is missing, TR-W123 where a later version of the program has
    changed it already.
    """
    try:
        if isinstance(where, Path):
            where.touch(0o600)  # e-mail addresses and hashes are in it: for the one who runs the server only
        parsed = URL.create("sqlite", database=str(where)) if isinstance(where, Path) else make_url(where)
        store = Store(_engine(parsed))
        try:
            store.migrate(schema)
        except BaseException:
            store.close()
            raise
    except ModuleNotFoundError as error:
        raise TropaError("TR-W122") from error
    except (ArgumentError, DBAPIError) as error:
        reason = getattr(error, "orig", None) or error
        raise TropaError("TR-W119", reason=str(reason).strip().partition("\n")[0]) from error
    except CommandError as error:
        raise TropaError("TR-W123") from error
    return store


def _engine(url: URL) -> Engine:
    if url.get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True, **POOL)
    engine = create_engine(url, connect_args={"timeout": 30, "check_same_thread": False}, **POOL)
    event.listen(engine, "connect", _sqlite_settings)
    event.listen(engine, "begin", _sqlite_begin)
    return engine


def _sqlite_settings(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # transactions begin where we say so (see `_sqlite_begin`)
    cursor = connection.cursor()
    for setting in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "busy_timeout=30000",
        "secure_delete=ON",
    ):
        cursor.execute(f"PRAGMA {setting}")
    cursor.close()


def _sqlite_begin(connection: Connection) -> None:
    # A transaction that reads first and writes later would fail where another one wrote in between: take the lock at once.
    reads = connection.get_execution_options().get("tropa_reads")
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")
