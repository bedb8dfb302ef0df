"""The room's door: who enters, who changes, what happens when rights end or frames are no frames (R-60)."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient
from starlette.testclient import WebSocketTestSession
from starlette.websockets import WebSocketDisconnect

from tropa.collab import decode, difference, wire
from tropa.model import Map
from tropa.service.desk import Desk
from tropa.service.maps import revised
from tropa.store import documents
from tropa.store.people import Person
from web_desk import MAP, ClientOf

ROOM = f"/api/v1/maps/{MAP}/room"


class Tab:
    """A browser's tab: keeps the document, sends changes, reads what comes."""

    def __init__(self, socket: WebSocketTestSession) -> None:
        self.socket, self.state, self.sent = socket, b"", 0
        self.may: bool | None = None

    def read(self) -> tuple[Any, ...]:
        """The next frame: ("right", may), ("step1", vector), ("change", update), ("ack", n, seq), ("refused", n, json)…"""
        scanner = wire.Scanner(self.socket.receive_bytes())
        kind = scanner.number()
        if kind == wire.SYNC:
            step, body = scanner.number(), scanner.bytes()
            if step != wire.STEP_1:
                self.state = merged(self.state, body)
            return ("step1" if step == wire.STEP_1 else "change", body)
        if kind == wire.RIGHT:
            self.may = bool(scanner.number())
            return ("right", self.may)
        if kind == wire.ACK:
            return ("ack", scanner.number(), scanner.number())
        if kind == wire.REFUSED:
            return ("refused", scanner.number(), scanner.text())
        return ("awareness", scanner.bytes())

    def until(self, kind: str) -> tuple[Any, ...]:
        while (frame := self.read())[0] != kind:
            pass
        return frame

    def end(self) -> tuple[int, str]:
        """Reads on until the other side closes: with which code and reason."""
        try:
            while True:
                self.read()
        except WebSocketDisconnect as ended:
            return ended.code, ended.reason

    def enter(self) -> None:
        """Learns the right and the whole document."""
        self.until("right")
        self.until("step1")
        self.socket.send_bytes(wire.sync(wire.STEP_1, b"\x00"))
        self.until("change")

    def map(self) -> Map:
        return decode(self.state).map

    def change(self, after: Map) -> None:
        update = difference(self.state, self.map(), after)
        self.state = merged(self.state, update)
        self.sent += 1
        self.socket.send_bytes(wire.sync(wire.UPDATE, update))


def merged(state: bytes, update: bytes) -> bytes:
    from tropa.collab import merge

    return merge([state, update]) if state else update


def tab(client: TestClient) -> WebSocketTestSession:
    session = client.websocket_connect(ROOM, headers={"origin": "http://testserver"})
    assert isinstance(session, WebSocketTestSession)
    return session


def test_two_editors_see_each_other(desk: Desk, client_of: ClientOf) -> None:
    """R-60: a change is durable when it is acknowledged, and reaches the other."""
    with tab(client_of("owner")) as one, tab(client_of("editor")) as two:
        first, second = Tab(one), Tab(two)
        first.enter()
        second.enter()
        assert first.may
        assert second.may
        first.change(revised(first.map(), title="Вместе"))
        assert first.until("ack") == ("ack", 1, 2)
        with desk.store.read() as c:
            entry = documents.entry(c, MAP, 2)
        assert entry is not None
        assert entry.author.name == "Owner"
        second.until("change")
        assert second.map() == first.map()
        assert desk.living.current(desk, MAP) == (2, first.map())


def test_changes_over_http_reach_the_room(desk: Desk, client_of: ClientOf) -> None:
    """R-60, R-62: one document, whichever way it is changed."""
    with tab(client_of("viewer")) as socket:
        looking = Tab(socket)
        looking.enter()
        answer = client_of("editor").patch(f"/api/v1/maps/{MAP}", json={"title": "Через API", "language": "ru"})
        assert answer.status_code == 200
        looking.until("change")
        assert "Через API" in str(looking.map().title)


@pytest.mark.parametrize("role", ["commenter", "viewer", "guest", "guest_commenter", "token"])
def test_who_may_only_read_changes_nothing(desk: Desk, client_of: ClientOf, role: str) -> None:
    """R-60: a reader's updates are dropped."""
    with tab(client_of(role)) as socket:
        reader = Tab(socket)
        reader.enter()
        assert reader.may is False
        reader.change(revised(reader.map(), title="Чужое"))
        kind, number, why = reader.until("refused")
        assert (kind, number) == ("refused", 1)
        assert "TR-W402" in why
    assert desk.living.current(desk, MAP)[0] == 1


@pytest.mark.parametrize(
    ("role", "map_id", "code"), [("nobody", MAP, 4404), ("guest", "other", 4404), ("owner", "no", 4404)]
)
def test_who_may_not_read_does_not_enter(client_of: ClientOf, role: str, map_id: str, code: int) -> None:
    """R-60: a map one may not read is as if it were not there."""
    session = client_of(role).websocket_connect(f"/api/v1/maps/{map_id}/room", headers={"origin": "http://testserver"})
    with session as socket, pytest.raises(WebSocketDisconnect) as ended:
        socket.receive_bytes()
    assert ended.value.code == code


def test_a_role_taken_away_holds_from_that_moment(desk: Desk, client_of: ClientOf, people: dict[str, Person]) -> None:
    """R-60: rights are checked again at each message."""
    with tab(client_of("editor")) as socket:
        editor = Tab(socket)
        editor.enter()
        answer = client_of("owner").patch(f"/api/v1/people/{people['editor'].id}", json={"role": "viewer"})
        assert answer.status_code == 200
        editor.change(revised(editor.map(), title="После"))
        frames = [editor.until("right"), editor.until("refused")]
        assert frames[0] == ("right", False)
        assert "TR-W402" in frames[1][2]
    assert desk.living.current(desk, MAP)[0] == 1


def test_revoking_closes_the_socket(desk: Desk, client_of: ClientOf, people: dict[str, Person]) -> None:
    """R-60: who may no longer read is sent away with a reason."""
    with tab(client_of("viewer")) as socket:
        viewer = Tab(socket)
        viewer.enter()
        answer = client_of("owner").patch(f"/api/v1/people/{people['viewer'].id}", json={"disabled": True})
        assert answer.status_code == 200, answer.text
        assert viewer.end() == (4403, "TR-W408")


@pytest.mark.parametrize(
    "bad", [b"", b"\x00", b"\x63", b"\x00\x02\x05abc", b"\x00\x02\x03abc", b"\x01\x03\xff\xff\xff"]
)
def test_what_is_no_frame_closes_with_a_reason(desk: Desk, client_of: ClientOf, bad: bytes) -> None:
    """R-60: malformed frames close that connection and no other."""
    with tab(client_of("owner")) as other:
        well = Tab(other)
        well.enter()
        with tab(client_of("editor")) as socket:
            broken = Tab(socket)
            broken.enter()
            socket.send_bytes(bad)
            assert broken.end() == (4400, "TR-W401")
        well.change(revised(well.map(), title="Живы"))
        assert well.until("ack")[2] == 2


def test_text_and_too_much_close_with_a_reason(client_of: ClientOf) -> None:
    for send, code in (
        (lambda socket: socket.send_text("{}"), 1003),
        (lambda socket: socket.send_bytes(b"\x00\x02" + bytes(1 << 21)), 1009),
    ):
        with tab(client_of("editor")) as socket:
            one = Tab(socket)
            one.enter()
            send(socket)
            assert one.end()[0] == code


def test_presence_carries_the_signed_in_user(client_of: ClientOf, people: dict[str, Person]) -> None:
    """R-60: nobody can be somebody else in the room."""
    with tab(client_of("viewer")) as one, tab(client_of("editor")) as two:
        first, second = Tab(one), Tab(two)
        first.enter()
        second.enter()
        lie = wire.AwarenessState(7, 1, {"user": {"id": "user:x", "name": "Директор"}, "at": "buy/does"})
        one.send_bytes(wire.awareness([lie]))
        states = wire.read_awareness(second.until("awareness")[1])
        assert states[0].state is not None
        assert states[0].state["user"] == {"id": f"user:{people['viewer'].id}", "name": "Viewer"}


def test_many_tabs_of_one_visitor_are_bounded(client_of: ClientOf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tropa.web.room.MOST_OF_ONE", 1)
    client = client_of("viewer")
    with tab(client) as socket:
        Tab(socket).enter()
        with tab(client) as more, pytest.raises(WebSocketDisconnect) as ended:
            more.receive_bytes()
        assert (ended.value.code, ended.value.reason) == (4429, "TR-W250")
