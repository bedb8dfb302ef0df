"""`tropa serve` as a process: first start, sign-in, logs, a graceful stop, what is in its way (R-60, R-63)."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, Queue

import httpx2 as httpx
import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

API = "/api/v1"
OWNER = {"email": "sergey@example.org", "name": "Сергей", "password": "трава у дома зелёная", "language": "ru"}


class Server:
    """A running `tropa serve` (or `demo`), its address and what it printed."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process, self.printed = process, list[str]()
        self._lines: Queue[str] = Queue()
        assert process.stdout is not None
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line)

    def expect(self, pattern: str, seconds: float = 60) -> str:
        """Waits for a line that holds the pattern; gives what its group holds."""
        while True:
            try:
                line = self._lines.get(timeout=seconds)
            except Empty:
                raise AssertionError((pattern, self.printed, self.process.poll())) from None
            self.printed.append(line)
            found = re.search(pattern, line)
            if found:
                return found[1]

    def stop(self, sign: signal.Signals = signal.SIGTERM) -> tuple[int, str]:
        """Asks it to stop; its exit status and the log."""
        self.process.send_signal(sign)
        self.process.wait(30)
        self._reader.join(10)
        assert self.process.stderr is not None
        return self.process.returncode, self.process.stderr.read()


@pytest.fixture
def client() -> Iterator[httpx.Client]:
    """A browser, more or less."""
    with httpx.Client() as made:
        yield made


@contextmanager
def started(*arguments: str, lang: str = "en") -> Iterator[Server]:
    """The command as a process of its own, ended whatever happens."""
    command = [sys.executable, "-X", "utf8", "-m", "tropa", *arguments, "--lang", lang]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8", env=environment
    )
    try:
        yield Server(process)
    finally:
        if process.poll() is None:
            process.kill()
        process.wait(10)
        for stream in (process.stdout, process.stderr):
            assert stream is not None
            stream.close()


def read_all(socket: ClientConnection) -> None:
    """Reads until the other side ends it."""
    while True:
        socket.recv(timeout=20)


def test_first_start_to_graceful_stop(tmp_path: Path, client: httpx.Client) -> None:
    """R-60, R-63: an empty folder becomes a workspace; the printed link makes the owner; SIGTERM ends sockets with a reason."""
    folder = tmp_path / "Новая папка"
    with started("serve", str(folder), "--no-open", "--port", "0") as server:
        address = server.expect(r"(http://127\.0\.0\.1:\d+)$")
        token = server.expect(r"/setup/(\w+)$")
        client.base_url = httpx.URL(address)
        me = client.post(f"{API}/setup", json={"token": token, **OWNER})
        assert me.status_code == 201, me.text
        client.headers["X-CSRF-Token"] = me.json()["csrf"]
        made = client.post(f"{API}/maps", json={"template": "classic", "language": "ru", "title": "Наша карта"})
        assert made.status_code == 201, made.text
        link = client.post(f"{API}/maps/{made.json()['id']}/shares", json={"role": "viewer"}).json()["url"]
        share = link.rsplit("/", 1)[1]
        assert client.get(f"{API}/shared/{share}").status_code == 200
        cookies = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
        room = f"{address.replace('http', 'ws')}{API}/maps/{made.json()['id']}/room"
        with connect(room, additional_headers={"Cookie": cookies}, origin=address) as socket:
            assert socket.recv(timeout=20)
            server.process.send_signal(signal.SIGTERM)
            with pytest.raises(ConnectionClosed) as end:
                read_all(socket)
            assert end.value.rcvd is not None
            assert end.value.rcvd.code in (1001, 1012, 4503)
        status, log = server.stop()
    assert status == 0
    entries = [json.loads(line) for line in log.splitlines()]
    assert {"stopping", "stopped"} <= {entry["event"] for entry in entries}
    visits = [entry for entry in entries if entry["event"] == "visit"]
    assert {"method", "path", "status", "ms", "who"} <= set(visits[0])
    for secret in (token, share, OWNER["password"], client.cookies["tropa_login"], me.json()["csrf"]):
        assert secret not in log
    assert (folder / "tropa.db").stat().st_mode & 0o077 == 0


def test_what_was_done_is_there_after_the_next_start(tmp_path: Path) -> None:
    """R-63: no second set-up link; the same account signs in; SIGINT is no failure."""
    with started("serve", str(tmp_path), "--no-open", "--port", "0") as server:
        address = server.expect(r"(http://127\.0\.0\.1:\d+)$")
        token = server.expect(r"/setup/(\w+)$")
        assert httpx.post(f"{address}{API}/setup", json={"token": token, **OWNER}).status_code == 201
        status, _ = server.stop(signal.SIGINT)
        assert status == 0
    with started("serve", str(tmp_path), "--no-open", "--port", "0") as server:
        address = server.expect(r"(http://127\.0\.0\.1:\d+)$")
        server.expect("(Ctrl)")
        assert not [line for line in server.printed if "/setup/" in line]
        body = {"email": OWNER["email"], "password": OWNER["password"]}
        assert httpx.post(f"{address}{API}/login", json=body).json()["role"] == "owner"
        server.stop()
    with started("serve", str(tmp_path), "--no-open", "--port", "0", "--link-for", OWNER["email"]) as server:
        url = server.expect(r"(http://127\.0\.0\.1:\d+/enter/\w+)$")
        entered = httpx.post(url, headers={"Origin": url.split("/enter/")[0]})
        assert (entered.status_code, entered.headers["location"]) == (303, "/settings")


def test_a_taken_port_and_a_second_server_are_told(tmp_path: Path) -> None:
    """R-63: coded errors, with what to do."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        with started("serve", str(tmp_path / "a"), "--no-open", "--port", port, lang="ru") as server:
            status, told = server.process.wait(60), server.process.stderr.read()  # type: ignore[union-attr]
    assert status == 2
    assert f"TR-W101 Порт {port} на 127.0.0.1 уже занят" in told
    assert "--port" in told
    with started("serve", str(tmp_path / "b"), "--no-open", "--port", "0") as first:
        first.expect(r"(http://127\.0\.0\.1:\d+)$")
        with started("serve", str(tmp_path / "b"), "--no-open", "--port", "0") as second:
            status, told = second.process.wait(60), second.process.stderr.read()  # type: ignore[union-attr]
    assert status == 2
    assert "TR-W120" in told


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--database", "postgresql+psycopg://tropa:geheim@127.0.0.1:1/none"], "TR-W119"),
        (["--database", "oracle-of-delphi"], "TR-W119"),
        (["--database", "nosuchbase://x"], "TR-W119"),
        (["--public-url", "cjm.example.org"], "TR-W118"),
        (["--public-url", "https://cjm.example.org/inner/path"], "TR-W118"),
    ],
)
def test_settings_that_will_not_do_are_told(tmp_path: Path, arguments: list[str], code: str) -> None:
    """R-63: and the database's password is not."""
    with started("serve", str(tmp_path), "--no-open", "--port", "0", *arguments) as server:
        status, told = server.process.wait(60), server.process.stderr.read()  # type: ignore[union-attr]
    assert status == 2
    assert code in told
    assert "geheim" not in told


def test_serving_on_postgresql(tmp_path: Path, postgres_url: str, client: httpx.Client) -> None:
    """R-63: the same app on PostgreSQL by URL; nothing is left in the folder but the workspace."""
    with started("serve", str(tmp_path), "--no-open", "--port", "0", "--database", postgres_url) as server:
        address = server.expect(r"(http://127\.0\.0\.1:\d+)$")
        token = server.expect(r"/setup/(\w+)$")
        client.base_url = httpx.URL(address)
        me = client.post(f"{API}/setup", json={"token": token, **OWNER}).json()
        client.headers["X-CSRF-Token"] = me["csrf"]
        assert client.post(f"{API}/maps", json={"template": "loyalty-loop", "language": "ru"}).status_code == 201
        assert client.get("/readyz").status_code == 200
        assert [one["act"] for one in client.get(f"{API}/audit").json()["items"]][-2:] == ["login-made", "owner-made"]
        status, _ = server.stop()
    assert status == 0
    assert not (tmp_path / "tropa.db").exists()


def test_the_demo_ends_in_the_app(tmp_path: Path, client: httpx.Client) -> None:
    """R-63, issue 3: files, story, then the living map, its owner signed in by a link that works once."""
    arguments = ("demo", "--out", str(tmp_path / "demo"), "--customers", "300", "--no-open", "--port", "0")
    with started(*arguments, lang="ru") as server:
        url = server.expect(r"(http://127\.0\.0\.1:\d+/enter/\w+)$", 180)
        entered = client.get(url)
        assert (entered.status_code, entered.headers["location"]) == (303, "/m/sergey")
        address = url.split("/enter/")[0]
        assert client.get(f"{address}{API}/me").json()["name"] == "Сергей"
        assert [one["id"] for one in client.get(f"{address}{API}/maps").json()["items"]] == ["sergey"]
        assert "<form" in httpx.get(url).text
        status, _ = server.stop()
    assert status == 0
