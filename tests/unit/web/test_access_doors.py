"""What stands before every door: CSRF, Origin, headers, sizes, faults (R-60, R-62; ASVS 4, 13, 14)."""

from __future__ import annotations

import logging

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from tropa.service.desk import Desk
from tropa.store.people import Person
from tropa.web import cookies, make_app, security
from tropa.web.doors import actor_of
from web_desk import ClientOf

API = "/api/v1"


def test_a_change_by_cookie_needs_the_pages_value(client_of: ClientOf) -> None:
    """ASVS 4.2.2: without it, with a wrong one, with another visitor's: refused; nothing is changed."""
    client = client_of("editor")
    right = client.headers.pop("X-CSRF-Token")
    for headers in ({}, {"X-CSRF-Token": "x"}, {"X-CSRF-Token": client_of("owner").headers["X-CSRF-Token"]}):
        answer = client.patch(f"{API}/me", json={"name": "Другое"}, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (403, "TR-W109")
    assert client.get(f"{API}/me").json()["name"] == "Editor"
    assert client.patch(f"{API}/me", json={"name": "Другое"}, headers={"X-CSRF-Token": right}).status_code == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "http://testserver"}, 200),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://testserver.evil.example"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
    ],
)
def test_no_change_from_the_page_of_another_site(client_of: ClientOf, headers: dict[str, str], status: int) -> None:
    """ASVS 4.2.2, 13.2.3: whatever else it sends along."""
    assert client_of("editor").patch(f"{API}/me", json={"name": "x"}, headers=headers).status_code == status


def test_no_sign_in_from_the_page_of_another_site(client_of: ClientOf) -> None:
    """Log-in CSRF: nobody is signed in to an account of the attacker's."""
    body = {"email": "owner@example.org", "password": "x"}
    answer = client_of("nobody").post(f"{API}/login", json=body, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403


def test_behind_a_proxy_the_public_address_counts(desk: Desk, people: dict[str, Person]) -> None:
    """R-63: the proxy may have written another Host."""
    client = TestClient(make_app(desk, "https://cjm.example.org"), base_url="http://127.0.0.1:8710")
    body = {"email": "nobody@example.org", "password": "x"}
    for origin, status in (("https://cjm.example.org", 401), ("http://cjm.example.org", 403)):
        assert client.post(f"{API}/login", json=body, headers={"Origin": origin}).status_code == status


def test_a_program_with_a_token_needs_no_value_and_its_cookies_do_not_count(client_of: ClientOf) -> None:
    """R-62: a token goes alone."""
    robot = client_of("token")
    assert robot.get(f"{API}/people").status_code == 200
    robot.cookies.set(cookies.LOGIN, client_of("owner").cookies[cookies.LOGIN])
    assert robot.get(f"{API}/audit").status_code == 403
    robot.headers["Authorization"] = "Bearer tropa_wrong"
    assert robot.get(f"{API}/people").status_code == 401


def test_every_answer_tells_the_browser_what_to_forbid(client_of: ClientOf) -> None:
    """ASVS 14.4: on answers, refusals and faults of the API alike."""
    client = client_of("nobody")
    for path in (f"{API}/me", f"{API}/audit", f"{API}/no/such/door", "/healthz", f"{API}/me%00"):
        headers = client.get(path).headers
        for name, value in security.ALWAYS.items():
            assert headers[name] == value, path
    api = client.get(f"{API}/me").headers
    assert api["cache-control"] == "no-store"
    assert "default-src 'none'" in api["content-security-policy"]
    assert "server" not in api


def test_what_is_too_long_is_refused_before_it_is_read(client_of: ClientOf, monkeypatch: pytest.MonkeyPatch) -> None:
    """ASVS 12.1.1: with its length told, and without."""
    client = client_of("nobody")
    monkeypatch.setattr(security, "BODY_LIMIT", 1000)
    body = b'{"email": "' + b"x" * 2000 + b'"}'
    kind = {"Content-Type": "application/json"}
    told = client.post(f"{API}/login", content=body, headers=kind)
    untold = client.post(f"{API}/login", content=iter([body[:900], body[900:]]), headers=kind)
    for answer in (told, untold):
        assert (answer.status_code, answer.json()["code"]) == (413, "TR-A006")
        assert "MiB" in answer.json()["fix"]


def test_a_fault_of_ours_tells_a_number_and_nothing_else(
    desk: Desk, app: FastAPI, client_of: ClientOf, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """ASVS 7.4.1: the log has the same number."""

    def broken() -> None:
        raise RuntimeError("a secret detail")

    monkeypatch.setattr(type(desk.store), "ping", lambda _: broken())
    monkeypatch.setattr(logging.getLogger("tropa"), "propagate", True)
    answer = client_of("nobody").get("/readyz")
    assert answer.status_code == 500
    assert answer.json()["code"] == "TR-W121"
    assert "secret" not in answer.text
    incident = next(record.__dict__["incident"] for record in caplog.records if hasattr(record, "incident"))
    assert incident in answer.json()["fix"]


@pytest.fixture
def sockets(app: FastAPI) -> FastAPI:
    """The app with a socket that says who came."""

    async def room(socket: WebSocket) -> None:
        await socket.accept()
        await socket.send_text(actor_of(socket).kind)
        await socket.close()

    app.router.add_websocket_route("/test-room", room)
    app.router.routes.insert(0, app.router.routes.pop())
    return app


@pytest.mark.parametrize(
    ("role", "headers", "kind"),
    [
        ("editor", {"Origin": "http://testserver"}, "user"),
        ("guest", {"Origin": "http://testserver"}, "guest"),
        ("token", {}, "token"),
        ("nobody", {"Origin": "http://testserver"}, "nobody"),
        ("editor", {"Origin": "https://evil.example"}, None),
        ("editor", {}, None),
        ("nobody", {"Origin": "https://evil.example"}, None),
    ],
)
def test_sockets_know_who_comes_and_from_which_page(
    sockets: FastAPI, client_of: ClientOf, role: str, headers: dict[str, str], kind: str | None
) -> None:
    """R-60, ASVS 13.5: the same cookies and tokens; another site's page gets no socket."""
    client = client_of(role)
    if kind is None:
        with pytest.raises(WebSocketDisconnect), client.websocket_connect("/test-room", headers=headers):
            pass
        return
    with client.websocket_connect("/test-room", headers=headers) as socket:
        assert socket.receive_text() == kind
