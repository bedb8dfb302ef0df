"""The desk: a reader waits for no writer, and news of rights reach whoever listens (R-60, R-63)."""

from __future__ import annotations

from sqlalchemy import text

from tropa.service.desk import AccessChange, Bell, Desk
from tropa.store import Store
from web_desk import ClientOf


def test_a_reader_waits_for_no_writer(store: Store) -> None:
    """R-63: on both databases a look is not held up by a transaction that writes."""
    with store.begin() as writing:
        writing.execute(text("CREATE TABLE note (word TEXT)"))
    with store.begin() as writing:
        writing.execute(text("INSERT INTO note VALUES ('new')"))
        with store.read() as reading:
            assert reading.execute(text("SELECT count(*) FROM note")).scalar_one() == 0
    with store.read() as reading:
        assert reading.execute(text("SELECT count(*) FROM note")).scalar_one() == 1


def test_who_listens_hears_changes_of_rights_until_they_end_it(desk: Desk) -> None:
    """R-60: rooms close sockets on this."""
    heard: list[AccessChange] = []
    end = desk.on_access_changed(heard.append)
    desk.access_changed.ring(AccessChange(user_id="a"))
    end()
    desk.access_changed.ring(AccessChange(user_id="b"))
    assert heard == [AccessChange(user_id="a")]


def test_listening_twice_is_heard_in_order() -> None:
    bell: Bell[int] = Bell()
    heard: list[tuple[str, int]] = []
    bell.listen(lambda news: heard.append(("first", news)))
    bell.listen(lambda news: heard.append(("second", news)))
    bell.ring(1)
    assert heard == [("first", 1), ("second", 1)]


def test_health(client_of: ClientOf) -> None:
    """R-63: alive and ready, for anybody."""
    for path in ("/healthz", "/readyz"):
        answer = client_of("nobody").get(path)
        assert answer.status_code == 200
        assert answer.json() == {"status": "ok"}
