"""A database of the first version, full of rows, brought up to this one on both kinds (R-60, R-63)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import MetaData, select

from tropa.store import comments, documents, everything, logins, open_store

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str | Path:
    """An empty database of each kind."""
    if request.param == "postgresql":
        return str(request.getfixturevalue("postgres_url"))
    return tmp_path / "Старая.db"


def test_rows_of_the_first_version_are_all_there_after_the_upgrade(where: str | Path) -> None:
    """R-60, R-63: comments get the numbers of their order, the log counts as it did, sign-ins hold; nothing else changes."""
    old = open_store(where, schema="0001")
    found = MetaData()
    with old.begin() as c:
        found.reflect(c)
        t = found.tables
        at = NOW.replace(tzinfo=None) if old.kind == "sqlite" else NOW
        c.execute(t["person"].insert().values(id="p", email="a@b.c", email_folded="a@b.c", name="Анна", language="ru",
                                              password=None, role="owner", reveal=True, created_at=at))  # fmt: skip
        c.execute(
            t["login"].insert().values(id="l", user_id="p", secret="s", created_at=at, seen_at=at, agent="", address="")
        )
        for doc in ("m", "n"):
            c.execute(t["document"].insert().values(id=doc, file=f"{doc}.yaml", seq=2, written_seq=2, written_text="x",
                                                    written_digest="0", created_at=at, created_by="file", updated_at=at))  # fmt: skip
            for seq in (1, 2):
                c.execute(
                    t["document_update"].insert().values(document_id=doc, seq=seq, body=b"b", at=at, who="w", name="n")
                )
        for number in range(500):
            moment = at + timedelta(seconds=number // 3)  # several at one moment
            c.execute(t["comment"].insert().values(id=f"c{number:03}", document_id="m", thread_id=f"c{number:03}", address="",
                                                   text=f"слово {number}", mentions="[]", who="w", name="n", at=moment))  # fmt: skip
    old.close()

    new = open_store(where)
    try:
        with new.begin() as c:
            everybody = comments.changes(c, "m", 0, 1000)
            assert [one.id for one in everybody[0]] == [f"c{number:03}" for number in range(500)]
            assert [one.change for one in everybody[0]] == list(range(1, 501))
            assert everybody[1] == 500
            assert comments.changes(c, "n", 0, 10) == ([], 0)
            entries = documents.entries(c, "m", None, 9)
            assert [(one.seq, one.first, one.start) for one in entries] == [(2, 2, NOW), (1, 1, NOW)]
            login = logins.by_secret(c, "s")
            assert login is not None
            assert login.proved_at is None
            comments.edit(c, "c007", "иначе", (), NOW)
            assert [one.id for one in comments.changes(c, "m", 500, 10)[0]] == ["c007"]
            for name, table in everything.METADATA.tables.items():
                c.execute(select(table).limit(1)).all()
                assert name in everything.METADATA.tables
    finally:
        new.close()


def test_an_upgrade_that_is_cut_off_leaves_the_old_version(where: str | Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """R-63: the whole step happens or none of it, on SQLite too: the next start tries it again."""
    from alembic import op

    open_store(where, schema="0001").close()
    made: list[str] = []
    create = op.create_table

    def cut(name: str, *columns: object, **rest: object) -> object:
        made.append(name)
        if name == "account_letter":
            raise RuntimeError("the power went")
        return create(name, *columns, **rest)  # type: ignore[arg-type]

    monkeypatch.setattr(op, "create_table", cut)
    with pytest.raises(RuntimeError, match="the power went"):
        open_store(where)
    monkeypatch.undo()
    assert "second_factor" in made
    again = open_store(where, schema="0001")
    with again.read() as c:
        left = MetaData()
        left.reflect(c)
        assert "second_factor" not in left.tables
        assert "talk" not in left.tables["document"].columns
    again.close()
    open_store(where).close()
