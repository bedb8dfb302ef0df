"""Comments, notices, letters, webhooks and files in the database, on SQLite and on PostgreSQL (R-60, R-62, R-63)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from tropa.store import Store, comments, documents, files, notices, webhooks
from tropa.store.comments import Comment
from tropa.store.documents import Author, FileText
from tropa.store.files import Attached
from tropa.store.letters import Letter
from tropa.store.notices import Notice
from tropa.store.webhooks import Call, Webhook

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
ANNA, BORIS = Author("user:anna", "Анна"), Author("user:boris", "Борис")


@pytest.fixture
def born(store: Store) -> Store:
    with store.begin() as c:
        documents.add(c, "m", "map.yaml", FileText("", "0" * 64), b"", ANNA, NOW)
    return store


def said(number: int, thread: int | None = None, author: Author = ANNA, address: str = "buy/does") -> Comment:
    own = f"c{number}"
    at = NOW + timedelta(minutes=number)
    return Comment(
        own, "m", own if thread is None else f"c{thread}", address, f"слово {number}", ("boris",), author, at
    )


def test_threads_with_answers(born: Store) -> None:
    """R-60: comments on a cell, answered, resolved, opened again."""
    with born.begin() as c:
        for one in (said(1), said(2, address="need/goal"), said(3, thread=1, author=BORIS)):
            comments.add(c, one)
        found = comments.threads(c, "m", address=None, resolved=None, after=None, limit=9)
        assert [one.id for one in found] == ["c1", "c2"]
        assert found[0].mentions == ("boris",)
        assert [one.id for one in comments.replies(c, ["c1", "c2"])] == ["c3"]
        assert comments.taking_part(c, "c1") == {"user:anna", "user:boris"}
        assert comments.open_by_address(c, "m") == {"buy/does": 1, "need/goal": 1}
        comments.resolve(c, "c1", NOW, "Анна")
        assert [one.id for one in comments.threads(c, "m", address=None, resolved=False, after=None, limit=9)] == ["c2"]
        comments.resolve(c, "c1", None, None)
        assert [
            one.id for one in comments.threads(c, "m", address="buy/does", resolved=False, after=None, limit=9)
        ] == ["c1"]
        assert [one.id for one in comments.threads(c, "m", address=None, resolved=None, after="c1", limit=9)] == ["c2"]


def test_a_removed_comment_leaves_its_answers(born: Store) -> None:
    with born.begin() as c:
        for one in (said(1), said(2, thread=1, author=BORIS), said(3)):
            comments.add(c, one)
        comments.remove(c, "c1", NOW)
        comments.remove(c, "c3", NOW)
        first = comments.threads(c, "m", address=None, resolved=None, after=None, limit=9)
    assert [(one.id, one.text) for one in first] == [("c1", "")]  # c3 had no answers


def told(number: int) -> Notice:
    return Notice(f"n{number}", "boris", "mention", "m", f"c{number}", "Анна", NOW + timedelta(minutes=number))


def test_nobody_is_told_twice_of_one_comment(born: Store) -> None:
    """R-60: a mention is one notice."""
    with born.begin() as c:
        comments.add(c, said(1))
        assert notices.add(c, told(1))
        assert not notices.add(c, Notice("n9", "boris", "answer", "m", "c1", "Анна", NOW))
        assert notices.unseen(c, "boris") == 1
        notices.see(c, "boris", ["n1"], NOW)
        assert notices.unseen(c, "boris") == 0
        assert [one.seen_at for one in notices.of_user(c, "boris", after=None, limit=9)] == [NOW]


def test_a_letter_is_claimed_once_by_many(born: Store) -> None:
    """R-60: a letter is handed over at most once, however many deliver."""
    with born.begin() as c:
        for number in range(1, 9):
            comments.add(c, said(number))
            notices.add(c, told(number))
            notices.LETTERS.put(c, Letter(f"n{number}", "b@example.org", "s", "b", "waiting", 0, NOW))

    def claim(_: int) -> str | None:
        with born.begin() as c:
            letter = notices.LETTERS.claim(c, NOW)
        return None if letter is None else letter.id

    with ThreadPoolExecutor(6) as pool:
        claimed = [name for name in pool.map(claim, range(20)) if name is not None]
    assert sorted(claimed) == [f"n{number}" for number in range(1, 9)]
    with born.begin() as c:
        assert notices.LETTERS.give_up_unknown(c) == 8
        assert {letter.state for letter in notices.LETTERS.letters(c)} == {"unknown"}


def test_calls_of_webhooks_are_put_off_while_under_way(born: Store) -> None:
    """R-62: a call whose process died is tried again after its lease."""
    hook = Webhook("h", "https://example.org/x", ("map.changed",), "secret", True, NOW, "Анна")
    with born.begin() as c:
        webhooks.add(c, hook)
        webhooks.put_call(c, Call("k", "h", "map.changed", "{}", NOW, "waiting", 0, NOW))
        found = webhooks.claim_call(c, NOW, NOW + timedelta(minutes=1))
        assert found is not None
        assert (found[0], found[1].tries) == (hook, 1)
        assert webhooks.claim_call(c, NOW, NOW + timedelta(minutes=1)) is None
        again = webhooks.claim_call(c, NOW + timedelta(minutes=1), NOW + timedelta(minutes=2))
        assert again is not None
        webhooks.settle_call(c, "k", "done", NOW, 204, None)
        assert [(one.state, one.status, one.tries) for one in webhooks.calls(c, "h", 5)] == [("done", 204, 2)]
        webhooks.remove(c, "h")
        assert webhooks.all_of(c) == []


def test_files_keep_their_bytes(born: Store) -> None:
    """R-02: files beside a map, whole again on both databases."""
    body = bytes(range(256)) * 10
    one = Attached("f", "m", "чек.png", "image/png", len(body), "d" * 64, NOW, "user:anna")
    with born.begin() as c:
        files.add(c, one, body)
    with born.read() as c:
        assert files.body(c, "f") == body
        assert files.find(c, "f") == one
        assert files.same(c, "m", "d" * 64, "чек.png") == one
        assert files.room_taken(c, "m") == len(body)
