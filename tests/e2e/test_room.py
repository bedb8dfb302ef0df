"""Several people edit one map over the real server, their connections cut, the server killed: all end with one map, nothing that was
acknowledged is lost (R-60)."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest

from e2e.app import OWNER, ROOT, Served, build_script, serve

FRONTEND = ROOT / "frontend"
CLIENTS = Path(__file__).with_name("room_clients.mjs")


class Room:
    """The people of a room, in node."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def ask(self, command: str) -> Any:
        """One command and its answer."""
        self.tell(command)
        return self.answer()

    def tell(self, command: str) -> None:
        """A command; its answer is taken later."""
        assert self.process.stdin is not None
        self.process.stdin.write(command + "\n")
        self.process.stdin.flush()

    def answer(self) -> Any:
        """The answer to the oldest command without one."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, "node ended"
        return json.loads(line)


@contextmanager
def people(url: str, cookie: str, count: int) -> Iterator[Room]:
    """So many people in one room."""
    build = build_script()
    node, npm = build.tools()
    if not build.packages_are_there():
        build.install(npm)
    command = [node, "--experimental-websocket", "--no-warnings", str(CLIENTS), str(FRONTEND), url, cookie, str(count)]
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8", cwd=FRONTEND
    )
    try:
        yield Room(process)
    finally:
        assert process.stdin is not None
        process.stdin.close()
        process.kill()
        process.wait(10)
        assert process.stdout is not None
        process.stdout.close()


def begun(served: Served) -> tuple[str, str]:
    """Makes the owner and a map; the map's id and the owner's cookie."""
    assert served.setup is not None
    token = served.setup.rpartition("/")[2]
    body = json.dumps({"token": token, **OWNER}).encode()
    wish = Request(f"{served.url}/api/v1/setup", data=body, headers={"Content-Type": "application/json"})
    with urlopen(wish) as answer:
        cookie = "; ".join(value.partition(";")[0] for value in answer.headers.get_all("Set-Cookie"))
    made = served.call("POST", "/maps", {"template": "classic", "language": "ru", "title": "Карта"}, cookie)
    return made["id"], cookie


def kill(served: Served) -> None:
    """As if the power had gone."""
    served.process.kill()
    served.process.wait(10)


@pytest.mark.slow
@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_all_converge_and_nothing_acknowledged_is_lost(
    database: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Five people, cut connections, `kill -9` of the server while they edit, and once more right after an acknowledgement."""
    options = ["--database", request.getfixturevalue("postgres_url")] if database == "postgresql" else []
    with serve(tmp_path, *options) as served:
        map_id, cookie = begun(served)
        address = served.url.replace("http", "ws")
        options += ["--port", served.url.rpartition(":")[2]]
        stack = ExitStack()
        room = stack.enter_context(people(f"{address}/api/v1/maps/{map_id}/room", cookie, 5))
        with stack:
            made = room.ask("run 1500")["edits"]
            room.tell("run 3000")
            time.sleep(1)
            kill(served)
            with serve(tmp_path, *options) as again:
                room.answer()
                room.tell("run 1500")
                time.sleep(0.7)
                kill(again)
            with serve(tmp_path, *options) as last:
                room.answer()
                found = room.ask("settle 60000")
                assert set(found["states"]) == {"saved"}
                assert found["same"]
                assert {"offline", "saving", "saved"} <= set(found["seen"])
                assert found["others"] == [4] * 5
                assert len(found["made"]) > made > 10
                tags = set(found["map"]["tags"])
                assert set(found["made"]) <= tags
                assert set(found["acknowledged"]) == set(found["made"])
                left = room.ask("leave")
                kill(last)  # who was told "saved" is gone, and so is the server
                assert left["acknowledged"]
            with serve(tmp_path, *options) as after:
                kept = set(after.call("GET", f"/maps/{map_id}/file?format=json", cookie=cookie)["tags"])
                assert set(left["acknowledged"]) <= kept
                assert set(found["made"]) <= kept
