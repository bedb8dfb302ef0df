"""The database brings itself up to date (R-63)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from tropa.store import Store, open_store
from tropa.store.engine import MIGRATIONS
from tropa.store.everything import METADATA

CHILD = """
import sys
from pathlib import Path
from tropa.store import open_store
sys.stdin.readline()
where = sys.argv[1]
store = open_store(where if "://" in where else Path(where))
with store.read() as connection:
    print(connection.exec_driver_sql("SELECT version_num FROM alembic_version").all())
store.close()
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of each kind."""
    at_postgres = request.param == "postgresql"
    return str(request.getfixturevalue("postgres_url") if at_postgres else tmp_path / "Тест.db")


def test_migrations_make_the_tables_that_the_code_expects(store: Store) -> None:
    """R-63: on both databases the metadata and what the migrations made are the same."""
    with store.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, METADATA) == []
    assert len(METADATA.tables) > 10


def test_processes_that_start_at_once_all_find_the_database_ready(where: str) -> None:
    """R-63: one of them brings it up to date, the others wait."""
    children = [
        subprocess.Popen(
            [sys.executable, "-c", CHILD, where], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            text=True, encoding="utf-8",
        )
        for _ in range(3)
    ]  # fmt: skip
    for child in children:
        assert child.stdin is not None
        child.stdin.write("go\n")
        child.stdin.flush()
    ended = [(child.communicate(timeout=60), child.returncode) for child in children]
    assert [status for _, status in ended] == [0, 0, 0], ended
    assert len({out for (out, _), _ in ended}) == 1


def test_a_second_start_changes_nothing(where: str) -> None:
    """R-63: what is up to date is left alone, data and all."""
    place = where if "://" in where else Path(where)
    first = open_store(place)
    with first.begin() as connection:
        connection.execute(text("INSERT INTO audit (at, who, name, act, subject, facts, address) "
                                "VALUES ('2026-01-01 00:00:00', 'local:', '', 'x', '', '{}', '')"))  # fmt: skip
    first.close()
    again = open_store(place)
    with again.read() as connection:
        assert connection.execute(text("SELECT count(*) FROM audit")).scalar_one() == 1
    again.close()


def test_a_database_from_a_later_version_is_not_touched(where: str) -> None:
    """R-63: going back to an old program is told, not tried."""
    from tropa.model import TropaError

    place = where if "://" in where else Path(where)
    store = open_store(place)
    with store.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    store.close()
    with pytest.raises(TropaError) as fault:
        open_store(place)
    assert fault.value.code == "TR-W123"


def test_revisions_stand_alone() -> None:
    """R-63: what was released once never changes because the code’s tables do."""
    revisions = sorted((MIGRATIONS / "versions").glob("*.py"))
    assert revisions
    for file in revisions:
        assert "tropa" not in file.read_text(encoding="utf-8"), file.name
