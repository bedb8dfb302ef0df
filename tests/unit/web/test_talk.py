"""Comments live: told in the map's room once they are durable, caught up with by a number (R-60)."""

from __future__ import annotations

import json
from typing import Any

import pytest
from fastapi.testclient import TestClient
from starlette.testclient import WebSocketTestSession
from starlette.websockets import WebSocketDisconnect

from tropa.collab import wire
from tropa.service import talking
from tropa.service.desk import Desk
from tropa.store import comments
from tropa.store.people import Person
from tropa.web.comments import _comment
from web_desk import MAP, ClientOf

ROOM = f"/api/v1/maps/{MAP}/room"
ONE = f"/api/v1/maps/{MAP}/comments"


def tab(client: TestClient) -> WebSocketTestSession:
    session = client.websocket_connect(ROOM, headers={"origin": "http://testserver"})
    assert isinstance(session, WebSocketTestSession)
    return session


def heard(socket: WebSocketTestSession) -> dict[str, Any]:
    """The next talk frame."""
    while True:
        scanner = wire.Scanner(socket.receive_bytes())
        if scanner.number() == wire.TALK:
            found: dict[str, Any] = json.loads(scanner.text())
            scanner.end()
            return found


def ask(socket: WebSocketTestSession, after: int) -> dict[str, Any]:
    socket.send_bytes(wire.ask_talk(after))
    return heard(socket)


def say(client_of: ClientOf, role: str, text: str, **more: Any) -> dict[str, Any]:
    answer = client_of(role).post(ONE, json={"text": text, **more})
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_two_who_have_the_map_open_hear_each_other(desk: Desk, client_of: ClientOf) -> None:
    """R-60: said, answered, changed, resolved, removed: each is told to all in the room, and is in the store by then."""
    with tab(client_of("viewer")) as one, tab(client_of("guest_commenter")) as two:
        for socket in (one, two):
            assert ask(socket, 0) == {"after": 0, "upto": 0, "last": 0, "comments": []}
        first = say(client_of, "commenter", "А это точно?", address="need/does/0")
        for socket in (one, two):
            frame = heard(socket)
            assert (frame["after"], frame["upto"]) == (0, 1)
            assert [told["text"] for told in frame["comments"]] == ["А это точно?"]
        with desk.store.read() as c:
            assert [row.id for row in comments.changes(c, MAP, 0, 9)[0]] == [first["id"]]
        say(client_of, "guest_commenter", "Да", thread=first["id"])
        assert [heard(socket)["comments"][0]["thread"] for socket in (one, two)] == [first["id"]] * 2
        client_of("editor").patch(f"{ONE}/{first['id']}", json={"resolved": True})
        assert [heard(socket)["comments"][0]["resolved_by"] for socket in (one, two)] == ["Editor"] * 2
        client_of("commenter").patch(f"{ONE}/{first['id']}", json={"text": "Иначе"})
        assert [heard(socket)["comments"][0]["text"] for socket in (one, two)] == ["Иначе"] * 2
        client_of("commenter").delete(f"{ONE}/{first['id']}")
        frame = heard(one)
        assert frame["comments"][0]["removed"] is True
        assert frame["comments"][0]["text"] == ""


def test_who_comes_back_catches_up_from_the_number_they_had(client_of: ClientOf) -> None:
    """R-60: a cut loses nothing: what changed meanwhile comes, each comment once, as it is now."""
    first = say(client_of, "commenter", "раз")
    with tab(client_of("viewer")) as socket:
        had = ask(socket, 0)["upto"]
    say(client_of, "editor", "два")
    say(client_of, "editor", "три", thread=first["id"])
    client_of("commenter").patch(f"{ONE}/{first['id']}", json={"text": "раз и навсегда"})
    with tab(client_of("viewer")) as socket:
        frame = ask(socket, had)
        assert [told["text"] for told in frame["comments"]] == ["два", "три", "раз и навсегда"]
        assert (frame["after"], frame["upto"], frame["last"]) == (1, 4, 4)
        assert ask(socket, 4)["comments"] == []
        assert ask(socket, 99)["upto"] == 4, "a number of another database: it is asked again from 0"
        assert ask(socket, (1 << 53) - 1)["upto"] == 4


def test_much_comes_page_by_page(client_of: ClientOf, monkeypatch: pytest.MonkeyPatch) -> None:
    """R-60: no frame grows with the age of a map."""
    monkeypatch.setattr(talking, "PAGE", 3)
    for number in range(8):
        say(client_of, "editor", str(number))
    with tab(client_of("guest")) as socket:
        seen, after = [], 0
        while after < 8:
            frame = ask(socket, after)
            assert frame["after"] == after
            assert len(frame["comments"]) <= 3
            seen += [told["text"] for told in frame["comments"]]
            after = frame["upto"]
    assert seen == [str(number) for number in range(8)]


def test_a_map_that_is_not_open_is_told_nothing(desk: Desk, client_of: ClientOf) -> None:
    """R-60: who says something does not open a room."""
    say(client_of, "editor", "в пустоту")
    with tab(client_of("viewer")) as socket:
        assert ask(socket, 0)["last"] == 1


def test_who_may_not_read_any_more_hears_nothing(client_of: ClientOf, people: dict[str, Person]) -> None:
    """R-60: rights are asked at each message."""
    with tab(client_of("viewer")) as socket:
        assert ask(socket, 0)["last"] == 0
        gone = client_of("owner").patch(f"/api/v1/people/{people['viewer'].id}", json={"disabled": True})
        assert gone.status_code == 200
        say(client_of, "editor", "не для чужих ушей")
        with pytest.raises(WebSocketDisconnect):
            heard(socket)


@pytest.mark.parametrize("role", ["commenter", "guest_commenter"])
def test_it_is_told_as_the_api_tells_it(desk: Desk, client_of: ClientOf, role: str) -> None:
    """R-60, R-62: one shape on both ways."""
    first = say(client_of, role, "слово", address="need/does/0")
    client_of(role).patch(f"{ONE}/{first['id']}", json={"text": "иначе"})
    with desk.store.read() as c:
        kept = comments.look(c, MAP, first["id"])
    assert kept is not None
    api = _comment(kept).model_dump(mode="json")
    told = talking.told(kept)
    assert {name: told[name] for name in api} == api
    assert set(told) - set(api) == {"resolved_at", "resolved_by", "change"}


@pytest.mark.parametrize("frame", [b"\x0e", b"\x0e\x01\x01", b"\x0e" + b"\xff" * 9])
def test_what_is_no_question_ends_the_connection(client_of: ClientOf, frame: bytes) -> None:
    """R-60: a malformed frame closes that connection with a reason."""
    with tab(client_of("viewer")) as socket:
        socket.send_bytes(frame)
        with pytest.raises(WebSocketDisconnect) as ended:
            heard(socket)
        assert ended.value.code == 4400
