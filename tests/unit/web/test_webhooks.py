"""Webhooks: signed, tried again, never into a private network (R-62)."""

from __future__ import annotations

import hashlib
import hmac
import io
import ipaddress
import json
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from tropa.model import TropaError
from tropa.model.access import LOCAL
from tropa.service import hooks, maps, reaching, uploads
from tropa.service.desk import Desk
from tropa.store import Store, webhooks
from tropa.words import words
from web_desk import MAP, ClientOf, Clock, Ids


@pytest.mark.parametrize(
    "number",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
        "255.255.255.255", "192.0.2.1", "::1", "::", "fe80::1", "fc00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
        "64:ff9b::7f00:1", "2002:7f00:1::", "ff02::1", "240.0.0.1",
    ],
)  # fmt: skip
def test_numbers_that_are_not_the_open_internet(number: str) -> None:
    """R-62: this machine and private networks, whatever way they are written."""
    assert not reaching.is_public(ipaddress.ip_address(number))


@pytest.mark.parametrize("number", ["8.8.8.8", "93.184.216.34", "2606:4700::1111", "::ffff:8.8.8.8"])
def test_numbers_that_are(number: str) -> None:
    assert reaching.is_public(ipaddress.ip_address(number))


def names(monkeypatch: pytest.MonkeyPatch, *numbers: str) -> None:
    """Every name leads to these numbers."""

    def found(_: str, port: int, *__: Any, **___: Any) -> list[Any]:
        kinds = [(socket.AF_INET6 if ":" in one else socket.AF_INET, one) for one in numbers]
        return [(kind, socket.SOCK_STREAM, 6, "", (one, port)) for kind, one in kinds]

    monkeypatch.setattr(socket, "getaddrinfo", found)


@pytest.mark.parametrize("numbers", [("127.0.0.1",), ("8.8.8.8", "10.0.0.1"), ("::1",)])
def test_a_name_that_leads_into_a_private_network(monkeypatch: pytest.MonkeyPatch, numbers: tuple[str, ...]) -> None:
    """R-62: what counts is where the name leads, all of it."""
    names(monkeypatch, *numbers)
    with pytest.raises(TropaError, match="TR-W241"):
        reaching.target("https://hooks.example.org/x", private=False)


def test_the_number_that_was_looked_up_is_the_one_that_is_called(monkeypatch: pytest.MonkeyPatch) -> None:
    """R-62: a second look-up (DNS rebinding) is never made."""
    names(monkeypatch, "8.8.8.8")
    asked: list[Any] = []

    def refuse(address: Any, timeout: float) -> socket.socket:
        asked.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", refuse)
    with pytest.raises(ConnectionRefusedError):
        reaching.post("https://hooks.example.org:8443/x", b"{}", {}, private=False)
    assert asked == [("8.8.8.8", 8443)]


def test_a_certificate_must_be_the_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """R-62: towards a listener whose certificate nobody vouches for, nothing is said."""
    made = subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "key.pem", "-out", "cert.pem", "-days", "2",
         "-subj", "/CN=hooks.example.org", "-addext", "subjectAltName=DNS:hooks.example.org"],
        cwd=tmp_path, capture_output=True, check=False,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "cert.pem", tmp_path / "key.pem")
    listener = Listener()
    listener.server.socket = context.wrap_socket(listener.server.socket, server_side=True)
    trusting = ssl.create_default_context(cafile=str(tmp_path / "cert.pem"))
    names(monkeypatch, "127.0.0.1")
    try:
        for name, trusted, told in (("hooks", False, 0), ("other", True, 0), ("hooks", True, 1)):
            with monkeypatch.context() as patch:
                if trusted:
                    patch.setattr(ssl, "create_default_context", lambda: trusting)
                call = partial(
                    reaching.post,
                    f"https://{name}.example.org:{listener.port}/",
                    b"{}",
                    {"Content-Length": "2"},
                    private=True,
                )
                if told:
                    assert call() == 204
                else:
                    with pytest.raises(ssl.SSLCertVerificationError):
                        call()
            assert len(listener.got) == told
    finally:
        listener.close()


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/", "ftp://example.org", "https://", "https://a:b@example.org/", "file:///etc/passwd",
        "https://example.org/#x", "https://example.org:99999/", "https://exa mple.org/", "javascript:alert(1)",
        "https://example.org/\r\nX: y",
    ],
)  # fmt: skip
def test_addresses_that_will_not_do(url: str) -> None:
    with pytest.raises(TropaError, match="TR-W240"):
        reaching.target(url, private=False)


@pytest.mark.parametrize("url", ["https://localhost/", "https://127.1/", "https://[::1]/", "https://0x7f.1/"])
def test_this_machine_by_any_name(url: str) -> None:
    with pytest.raises(TropaError, match="TR-W241"):
        reaching.target(url, private=False)


class Listener:
    """A real program that is told. `answers`: the statuses it gives to the next calls, then 204."""

    def __init__(self) -> None:
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.answers: list[int] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.got.append((dict(self.headers), body))
                status = outer.answers.pop(0) if outer.answers else 204
                self.send_response(status)
                if status == 302:
                    self.send_header("Location", f"http://127.0.0.1:{outer.port}/elsewhere")
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                return

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_port
        self.thread = threading.Thread(target=self.server.serve_forever)
        self.thread.start()

    def close(self) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    made = Listener()
    yield made
    made.close()


@pytest.fixture
def open_desk(store: Store, desk: Desk) -> Iterator[Desk]:
    """On SQLite and on PostgreSQL; calls into this machine are allowed, for the test."""
    made = replace(desk, store=store, private_hooks=True, living=type(desk.living)(), new_id=Ids())
    yield made
    made.living.end(made)


def hook(desk: Desk, listener: Listener, *events: str) -> webhooks.Webhook:
    return hooks.make(desk, LOCAL, f"http://127.0.0.1:{listener.port}/told?by=tropa", events or ("map.made",))


def calls(desk: Desk) -> list[tuple[str, int, int | None]]:
    with desk.store.read() as c:
        return [
            (one.state, one.tries, one.status) for own in webhooks.all_of(c) for one in webhooks.calls(c, own.id, 9)
        ]


def test_told_signed_once(open_desk: Desk, listener: Listener) -> None:
    """R-62: what happened, signed with HMAC-SHA256 over the moment and the body."""
    made = hook(open_desk, listener)
    own = maps.make(open_desk, LOCAL, words("ru"), maps.Start(), "Новая")
    assert hooks.deliver(open_desk) == 1
    assert hooks.deliver(open_desk) == 0
    ((headers, body),) = listener.got
    told = json.loads(body)
    assert (told["event"], told["map"]) == ("map.made", own)
    moment, sign = (part.split("=")[1] for part in headers["Tropa-Signature"].split(","))
    assert hmac.new(made.secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest() == sign
    assert headers["Tropa-Delivery"] == told["id"]
    assert calls(open_desk) == [("done", 1, 204)]


def test_tried_again_until_they_have_it(open_desk: Desk, listener: Listener, clock: Clock) -> None:
    """R-62: with a growing pause and the same id, so that twice can be told from two."""
    hook(open_desk, listener)
    listener.answers = [500, 302]
    maps.make(open_desk, LOCAL, words("ru"), maps.Start(), "Новая")
    assert hooks.deliver(open_desk) == 0
    assert hooks.deliver(open_desk) == 0
    assert len(listener.got) == 1
    clock.move(seconds=10)
    hooks.deliver(open_desk)  # a redirect is an answer like any other: not followed
    assert calls(open_desk) == [("waiting", 2, 302)]
    clock.move(minutes=1)
    assert hooks.deliver(open_desk) == 1
    assert len({headers["Tropa-Delivery"] for headers, _ in listener.got}) == 1
    assert calls(open_desk) == [("done", 3, 204)]


def test_given_up_at_last_and_gone_is_paused(open_desk: Desk, listener: Listener, clock: Clock) -> None:
    made = hook(open_desk, listener)
    listener.answers = [500] * 7 + [410]
    maps.make(open_desk, LOCAL, words("ru"), maps.Start(), "Новая")
    for _ in range(9):
        hooks.deliver(open_desk)
        clock.move(days=2)
    assert calls(open_desk) == [("failed", 7, 500)]
    maps.make(open_desk, LOCAL, words("ru"), maps.Start(), "Ещё одна")
    hooks.deliver(open_desk)
    with open_desk.store.read() as c:
        found = webhooks.find(c, made.id)
    assert found is not None
    assert not found.active


def test_a_call_into_a_private_network_is_not_made(open_desk: Desk, listener: Listener) -> None:
    """R-62: looked up again at each call: a name may lead elsewhere by then."""
    hook(open_desk, listener)
    maps.make(open_desk, LOCAL, words("ru"), maps.Start(), "Новая")
    strict = replace(open_desk, private_hooks=False)
    assert hooks.deliver(strict) == 0
    assert listener.got == []


def test_a_change_of_a_map_is_told_when_its_file_is_written(open_desk: Desk, listener: Listener) -> None:
    """R-62: one telling for a burst of edits."""
    hook(open_desk, listener, "map.changed")
    for number in range(3):
        maps.settle(open_desk, LOCAL, words("ru"), MAP, maps.Settings(tags=(str(number),)))
    open_desk.living.write_files(open_desk)
    hooks.deliver(open_desk)
    assert [json.loads(body)["seq"] for _, body in listener.got] == [4]


def test_an_import_is_told(open_desk: Desk, listener: Listener) -> None:
    """R-62, R-20: other programs hear of new data."""
    hook(open_desk, listener, "data.imported")
    log = io.BytesIO(b"customer;event;time\na;order_paid;2026-01-02 10:00\n")
    upload = uploads.receive(open_desk, LOCAL, "заказы.csv", log)
    _, work = uploads.import_uploads(open_desk, LOCAL, [upload.id])
    work(Quiet())
    hooks.deliver(open_desk)
    ((_, body),) = listener.got
    told = json.loads(body)
    assert (told["file"], told["accepted"], told["by"]) == ("заказы.csv", 1, "local")


class Quiet:
    """Whom long work tells how far it is; nobody listens."""

    def __call__(self, step: str, done: float, total: float) -> None:
        """Hears nothing."""

    def keep(self, outcome: Any) -> None:
        """Keeps nothing."""


def test_only_owners_have_webhooks(client_of: ClientOf, monkeypatch: pytest.MonkeyPatch) -> None:
    """R-60, R-62: made, shown without the secret, paused, removed."""
    names(monkeypatch, "8.8.8.8")
    wanted = {"url": "https://hooks.example.org/x", "events": ["comment.made"]}
    for role in ("editor", "viewer", "token", "guest", "nobody"):
        assert client_of(role).post("/api/v1/webhooks", json=wanted).status_code in (401, 403)
        assert client_of(role).get("/api/v1/webhooks").status_code in (401, 403)
    owner = client_of("owner")
    made = owner.post("/api/v1/webhooks", json=wanted).json()
    assert made["secret"].startswith("whsec_")
    (listed,) = owner.get("/api/v1/webhooks").json()["items"]
    assert "secret" not in listed
    client_of("editor").post(f"/api/v1/maps/{MAP}/comments", json={"text": "x"})
    (listed,) = owner.get("/api/v1/webhooks").json()["items"]
    assert [call["event"] for call in listed["calls"]] == ["comment.made"]
    assert owner.patch(f"/api/v1/webhooks/{made['id']}", json={"active": False}).json()["active"] is False
    bad = owner.post("/api/v1/webhooks", json={**wanted, "events": ["comment.mad"]}, params={"lang": "en"})
    assert (bad.json()["code"], "comment.made" in bad.json()["fix"]) == ("TR-W242", True)
    assert owner.delete(f"/api/v1/webhooks/{made['id']}").status_code == 204
    assert owner.get("/api/v1/webhooks").json()["items"] == []


@pytest.mark.parametrize("page", ["docs/guide/team.md", "docs/ru/team.md"])
def test_the_guides_way_to_check_a_signature_works(page: str) -> None:
    """R-62: what the page tells receivers to do is what we do."""
    text = (Path(__file__).resolve().parents[3] / page).read_text(encoding="utf-8")
    known: dict[str, Any] = {}
    exec(text.split("```python\n")[1].split("```")[0], known)
    check = known["is_from_tropa"]
    header = hooks.signature("whsec_x", 1_770_000_000, b'{"a":1}')
    assert check("whsec_x", header, b'{"a":1}')
    assert not check("whsec_y", header, b'{"a":1}')
    assert not check("whsec_x", header, b'{"a":2}')
