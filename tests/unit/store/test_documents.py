"""The log of a live document, on SQLite and on PostgreSQL (R-60, R-63)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from tropa.store import Store, documents
from tropa.store.documents import Author, FileText

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
ANNA, BORIS = Author("user:anna", "Анна"), Author("user:boris", "Борис")
BORN = FileText("title: Карта\n", "0" * 64)


@pytest.fixture
def born(store: Store) -> Store:
    with store.begin() as c:
        documents.add(c, "m", "map.yaml", BORN, b"state-1", ANNA, NOW)
    return store


def test_updates_are_numbered_without_gaps(born: Store) -> None:
    """R-60: each update is held under a number of its own, in order, by whom and when."""
    with born.begin() as c:
        assert documents.append(c, "m", [(b"a", ANNA), (b"b", BORIS)], NOW + timedelta(minutes=1)) == 3
        assert documents.append(c, "m", [(b"c", BORIS)], NOW + timedelta(minutes=2)) == 4
    with born.read() as c:
        assert documents.bodies(c, "m") == [b"state-1", b"a", b"b", b"c"]
        assert [(one.seq, one.author.name) for one in documents.entries(c, "m", None, 9)] == [
            (4, "Борис"),
            (3, "Борис"),
            (2, "Анна"),
            (1, "Анна"),
        ]
        assert [one.seq for one in documents.entries(c, "m", 3, 1)] == [2]
        assert documents.entry(c, "m", 4).at == NOW + timedelta(minutes=2)  # type: ignore[union-attr]
        assert documents.entry(c, "m", 5) is None


def test_updates_from_many_threads_all_get_in(born: Store) -> None:
    """R-60: no update is lost when several writers commit at once."""

    def write(number: int) -> int:
        with born.begin() as c:
            return documents.append(c, "m", [(str(number).encode(), ANNA)], NOW)

    with ThreadPoolExecutor(8) as pool:
        numbers = sorted(pool.map(write, range(40)))
    assert numbers == list(range(2, 42))
    with born.read() as c:
        bodies = documents.bodies(c, "m")
    assert sorted(bodies[1:], key=int) == [str(n).encode() for n in range(40)]


def test_any_point_is_made_from_the_nearest_checkpoint(born: Store) -> None:
    """R-10: the map at any date; opening reads no more than a checkpoint and what came after it."""
    with born.begin() as c:
        documents.append(c, "m", [(bytes([n]), ANNA) for n in range(5)], NOW)
        documents.checkpoint(c, "m", 4, b"state-4")
        documents.checkpoint(c, "m", 4, b"again")
    with born.read() as c:
        assert documents.bodies(c, "m", 3) == [b"state-1", bytes([0]), bytes([1])]
        assert documents.bodies(c, "m", 4) == [b"state-4"]
        assert documents.bodies(c, "m") == [b"state-4", bytes([3]), bytes([4])]
        assert documents.since_checkpoint(c, "m") == 2


def test_what_the_file_says_is_noted_before_and_after(born: Store) -> None:
    """R-12: after a crash either text may be in the file, and both are known."""
    with born.begin() as c:
        documents.append(c, "m", [(b"a", ANNA)], NOW)
        documents.about_to_write(c, "m", 2, FileText("new", "1" * 64))
    with born.read() as c:
        row = documents.find(c, "m")
    assert row is not None
    assert (row.written_seq, row.written_text, row.pending_seq, row.pending_digest) == (1, BORN.text, 2, "1" * 64)
    with born.begin() as c:
        documents.written(c, "m", 2, FileText("new", "1" * 64))
        row = documents.find(c, "m")
    assert row is not None
    assert (row.written_seq, row.written_text, row.pending_text) == (2, "new", None)


def test_archived_maps_are_listed_only_when_asked_for(born: Store) -> None:
    with born.begin() as c:
        documents.archive(c, "m", NOW)
        assert documents.all_of(c) == []
        assert [row.id for row in documents.all_of(c, archived=True)] == ["m"]
        documents.archive(c, "m", None)
        assert [row.file for row in documents.all_of(c)] == ["map.yaml"]


def test_points_get_names(born: Store) -> None:
    """R-60: named versions."""
    with born.begin() as c:
        documents.name_version(c, "m", "v1", 1, "До ремонта", ANNA, NOW)
        found = documents.versions(c, "m")
    assert [(one.title, one.seq, one.author) for one in found] == [("До ремонта", 1, ANNA)]


def test_an_update_of_no_document_is_refused(store: Store) -> None:
    with pytest.raises(KeyError), store.begin() as c:
        documents.append(c, "nowhere", [(b"a", ANNA)], NOW)
