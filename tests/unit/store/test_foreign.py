"""Databases of others as sources (R-20): SQLite and PostgreSQL, read only, in bounded memory, the same rows once."""

from __future__ import annotations

import os
import resource
import sqlite3
import subprocess
import sys
import textwrap
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tropa.api import trail
from tropa.cli.main import run as run_with
from tropa.model import TropaError
from tropa.service.fetching import Asked
from tropa.service.workspace import open_workspace
from tropa.store import foreign
from tropa.words import words

QUERY = "select buyer, at, what, paid from orders order by id"
ROWS = [(1, "a", "2024-03-01 10:00:00+03", "visit", None), (2, "a", "2024-03-01 11:00:00+03", "order_paid", "12.50"),
        (3, "b", "2024-03-02 10:00:00+03", "visit", None), (4, "b", "2024-03-02 10:00:00+03", "visit", None)]  # fmt: skip


def run(arguments: list[str]) -> int:
    """What `tropa …` ends with."""
    return run_with(arguments, words("en"))


@pytest.fixture(params=["sqlite", "postgresql"])
def shop(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, Callable[[str], Any]]:
    """A database of orders: its URL, and what runs a statement in it."""
    if request.param == "postgresql":
        url = str(request.getfixturevalue("postgres_url"))
        native = url.replace("+psycopg", "")

        def execute(statement: str) -> Any:
            with psycopg.connect(native, autocommit=True) as connection:
                return connection.execute(statement)
    else:
        file = tmp_path / "shop.db"
        url = f"sqlite:///{file}"

        def execute(statement: str) -> Any:
            with closing(sqlite3.connect(file)) as connection, connection:
                return connection.execute(statement)

    kinds = ("timestamptz", "numeric(12,2)") if request.param == "postgresql" else ("text", "text")
    execute(f"create table orders (id integer, buyer text, at {kinds[0]}, what text, paid {kinds[1]})")
    for number, buyer, at, what, paid in ROWS:
        worth = "null" if paid is None else f"'{paid}'"
        execute(f"insert into orders values ({number}, '{buyer}', '{at}:00', '{what}', {worth})")
    return url, execute


def test_a_query_is_imported_as_a_file_is(
    shop: tuple[str, Callable[[str], Any]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """R-20: roles are recognised; asked again, nothing comes twice; a new row comes alone."""
    url, execute = shop
    command = ["import", str(tmp_path / "work"), "--query", QUERY, "--database", url, "--json", "--lang", "en"]
    roles = ["--as", "customer=buyer", "--as", "event=what", "--as", "value=paid", "--as", "time=at"]
    assert run([*command, *roles]) == 0
    first = open_workspace(tmp_path / "work").tape()
    assert first is not None
    assert (len(first.customers), int(first.offsets[-1])) == (2, 4)
    assert sorted(first.event.names) == ["", "order_paid", "visit"]
    assert first.sources[0].name.endswith(".orders")
    assert int(first.time.min()) == 1_709_276_400_000_000  # 10:00 at +03:00
    assert run([*command, *roles]) == 0
    assert (again := open_workspace(tmp_path / "work").tape()) is not None
    assert again.version == first.version
    execute("insert into orders select 5, buyer, at, 'order_returned', paid from orders where id = 2")
    assert run([*command, *roles]) == 0
    assert (more := open_workspace(tmp_path / "work").tape()) is not None
    assert int(more.offsets[-1]) == 5
    assert url not in capsys.readouterr().out


def test_nothing_can_be_written(shop: tuple[str, Callable[[str], Any]]) -> None:
    """R-20: a statement that changes something is refused, and nothing has changed."""
    url, _ = shop
    for statement in ("delete from orders", "delete from orders returning id, buyer"):
        with pytest.raises(TropaError, match="TR-S042"):
            list(foreign.asked(url, statement))
    assert sum(len(batch) for batch in foreign.asked(url, "select id from orders")) == 4


def test_percent_signs_and_colons_are_the_querys_own(shop: tuple[str, Callable[[str], Any]]) -> None:
    """R-20: nothing in a query is taken for a parameter."""
    (batch,) = foreign.asked(shop[0], "select buyer || ':x' as mark from orders where what like '%paid'")
    assert batch.to_pydict() == {"mark": ["a:x"]}


def test_python_asks_too(shop: tuple[str, Callable[[str], Any]]) -> None:
    """R-61: the URL stands first, or is `database`."""
    for told in ({"source": shop[0]}, {"database": shop[0]}):
        found = trail(query=QUERY, customer="buyer", event="what", time="at", value="paid", currency="RUB", **told)
        assert int(found.tape.offsets[-1]) == 4


def test_a_question_that_cannot_be_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """R-20: no such database, no driver, no address, half a question: each says what to do, and none shows a password."""
    cases = {
        "sqlite:///" + str(tmp_path / "absent.db"): "TR-S042",
        "postgresql://me:s3cret@127.0.0.1:1/shop": "TR-S042",
        "mysql+nosuchdriver://me:s3cret@127.0.0.1/shop": "TR-S041",
        "s3cret": "TR-S040",
    }
    for url, code in cases.items():
        with pytest.raises(TropaError) as caught:
            list(foreign.asked(url, "select 1"))
        assert caught.value.code == code
        assert "s3cret" not in f"{caught.value!r} {caught.value} {caught.value.facts} {caught.value.__cause__}"
    assert not (tmp_path / "absent.db").exists()
    assert "s3cret" not in repr(Asked("postgresql://me:s3cret@host/shop", "select 1"))
    with pytest.raises(TropaError, match="TR-S045"):
        trail(database="sqlite://")
    monkeypatch.delenv("TROPA_IMPORT_DATABASE", raising=False)
    for half in ([], ["--query", "select 1"]):
        assert run(["import", str(tmp_path / "none"), *half]) != 0
    assert not (tmp_path / "none").exists()


def test_names_of_sources() -> None:
    """R-20: rows are told apart by the database and the table that was asked, not by the text of the query."""
    url = "postgresql://me:s3cret@host/shop"
    assert foreign.name_of(url, 'select * from public."Orders" where a = 1') == "shop.Orders"
    assert foreign.name_of(url, "select 1") == "shop"
    assert (
        foreign.name_of("sqlite:////data/old shop.db", "with x as (select * from `visits`) select 1")
        == "old_shop.visits"
    )


@given(st.integers(-12, 12), st.datetimes(datetime(1971, 1, 1), datetime(2100, 1, 1)))
def test_an_instant_has_one_spelling(hours: int, moment: datetime) -> None:
    """R-20: whatever zone the connection is in, the row is the same."""
    there = moment.replace(tzinfo=UTC).astimezone(timezone(timedelta(hours=hours)))
    assert foreign.spelled(there) == moment.replace(tzinfo=UTC).isoformat()


def test_cells_of_every_kind() -> None:
    """R-20: numbers in full, structures sorted, bytes as text where they are some."""
    cells = [True, Decimal("1E+3"), 0.1, 7, b"\xd0\xb0", b"\xff\x00", {"b": 1, "a": [2]}, UUID(int=5), "a\0b", None]
    assert [foreign.spelled(cell) for cell in cells] == [
        "true", "1000", "0.1", "7", "а", "ff00", '{"a":[2],"b":1}', "00000000-0000-0000-0000-000000000005", "ab", None,
    ]  # fmt: skip


MANY = """
    import resource, sys
    from tropa.store import foreign
    text = "with recursive n(i) as (select {a} union all select i + 1 from n where i < {b}) select i, i * 2 as twice, 'word' as word from n"
    def rows(count):
        return sum(len(batch) for batch in foreign.asked(sys.argv[1], text.format(a=1, b=count)))
    rows(30_000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(rows(400_000), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def test_memory_does_not_grow_with_the_answer(shop: tuple[str, Callable[[str], Any]]) -> None:
    """R-20: 400,000 rows need no more memory than 30,000 (a child process's peak; held at once they would be 100 MB)."""
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(MANY), shop[0]],
        capture_output=True, text=True, check=True, env=dict(os.environ),
    )  # fmt: skip
    count, grown = map(int, done.stdout.split())
    assert count == 400_000
    assert grown * resource.getpagesize() // 4096 < 12_000  # KB
