"""Several people edit one map over the real server, their connections cut, the server killed: all end with one map, nothing that was
acknowledged is lost (R-60)."""

from __future__ import annotations

import json
import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser

from e2e.app import OWNER, Served, serve, set_up
from page_checks import FRONTEND, build_script

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


def tools() -> str:
    """Node, with the front end's packages in their place."""
    build = build_script()
    node, npm = build.tools()
    if not build.packages_are_there():
        build.install(npm)
    return str(node)


@contextmanager
def people(url: str, cookie: str, count: int) -> Iterator[Room]:
    """So many people in one room."""
    command = [
        tools(),
        "--experimental-websocket",
        "--no-warnings",
        str(CLIENTS),
        str(FRONTEND),
        url,
        cookie,
        str(count),
    ]
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
@pytest.mark.parametrize(("database", "count"), [("sqlite", 2), ("sqlite", 30), ("postgresql", 30)])
def test_all_converge_and_nothing_acknowledged_is_lost(
    database: str, count: int, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """R-60: two and thirty people, cut connections, `kill -9` of the server while they edit, and again right after an acknowledgement."""
    options = ["--database", request.getfixturevalue("postgres_url")] if database == "postgresql" else []
    with serve(tmp_path, *options) as served:
        map_id, cookie = begun(served)
        address = served.url.replace("http", "ws")
        options += ["--port", served.url.rpartition(":")[2]]
        with people(f"{address}/api/v1/maps/{map_id}/room", cookie, count) as room:
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
                assert {"offline", "saved"} <= set(found["seen"])  # “saving” may be too short to be seen
                assert found["others"] == [count - 1] * count
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


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_comments_are_heard_by_all_and_caught_up_with_after_a_kill(
    database: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """R-60: what was said reaches two real clients as it is said; after `kill -9` they come back and lack nothing, and it is all kept."""
    options = ["--database", request.getfixturevalue("postgres_url")] if database == "postgresql" else []
    with serve(tmp_path, *options) as served:
        map_id, cookie = begun(served)
        options += ["--port", served.url.rpartition(":")[2]]
        with people(f"{served.url.replace('http', 'ws')}/api/v1/maps/{map_id}/room", cookie, 2) as room:
            words = [f"слово {number}" for number in range(8)]
            assert room.ask("heard 0") == [[], []]
            for word in words[:3]:
                served.call("POST", f"/maps/{map_id}/comments", {"text": word, "address": ""}, cookie)
            assert room.ask("heard 3") == [words[:3]] * 2
            kill(served)
            with serve(tmp_path, *options) as again:
                for word in words[3:]:
                    again.call("POST", f"/maps/{map_id}/comments", {"text": word, "address": ""}, cookie)
                assert room.ask("heard 8") == [words] * 2
                kept = again.call("GET", f"/maps/{map_id}/comments?limit=50", cookie=cookie)
                assert sorted(one["first"]["text"] for one in kept["items"]) == words


BUNDLE = """
const { createRequire } = require("node:module");
const { build } = createRequire(process.argv[1] + "/package.json")("vite");
build({
  configFile: false, root: process.argv[1], logLevel: "error",
  build: { outDir: process.argv[2], target: "es2022", lib: { entry: "src/doc/index.ts", formats: ["es"], fileName: () => "doc.mjs" } },
});
"""
PAGE = """<!doctype html><title>room</title><script type="module">
import { openMap, joinRoom } from "./doc.mjs";
const map = openMap();
const url = location.origin.replace("http", "ws") + "/api/v1/maps/" + location.search.slice(1) + "/room";
Object.assign(window, { map, room: joinRoom({ map, url, keepAs: "kept" }) });
</script>"""


KEPT = """async () => {
  const [{ name }] = await indexedDB.databases(), asked = indexedDB.open(name);
  const store = await new Promise((done, failed) => { asked.onsuccess = () => done(asked.result); asked.onerror = failed });
  const all = store.transaction("updates").objectStore("updates").getAll();
  const found = await new Promise(done => { all.onsuccess = () => done(all.result) });
  store.close();
  const typed = new TextEncoder().encode("Без сети");
  return found.some(update => update.join().includes(typed.join()));
}"""
"""Whether what was typed lies on this device: y-indexeddb writes when it gets to it."""


def test_what_was_typed_offline_outlives_the_tab(tmp_path: Path, browser: Browser) -> None:
    """The server is gone, somebody types, closes the tab and opens it again: the words are there, and reach the server when it is back."""
    subprocess.run([tools(), "-e", BUNDLE, str(FRONTEND), str(tmp_path / "doc")], check=True, cwd=FRONTEND)
    script = (tmp_path / "doc" / "doc.mjs").read_text(encoding="utf-8")
    with serve(tmp_path / "shop") as served:
        state = set_up(browser, served)
        cookie = "; ".join(f"{one['name']}={one['value']}" for one in state["cookies"])
        made = served.call("POST", "/maps", {"template": "classic", "language": "ru", "title": "Карта"}, cookie)
        port = served.url.rpartition(":")[2]
        # the page is handed out by the test, not by this machine: Chromium would ask whether it may reach a local address
        context = browser.new_context(storage_state=state, permissions=["local-network-access"])
        try:
            context.route("**/kept/doc.mjs", lambda route: route.fulfill(body=script, content_type="text/javascript"))
            context.route(re.compile("/kept/[?]"), lambda route: route.fulfill(body=PAGE, content_type="text/html"))
            page = context.new_page()
            page.goto(f"{served.url}/kept/?{made['id']}")
            page.wait_for_function("window.room?.status.state === 'saved'")
            kill(served)
            page.wait_for_function("room.status.state === 'offline'")
            page.evaluate("map.set('map/about', 'Без сети')")
            page.wait_for_function(KEPT)
            page.close()
            page = context.new_page()
            page.goto(f"{served.url}/kept/?{made['id']}")
            page.wait_for_function("window.room?.status.ready")
            assert page.evaluate("[map.value.about, room.status.state === 'saved']") == ["Без сети", False]
            with serve(tmp_path / "shop", "--port", port) as again:
                page.evaluate("room.reconnect()")
                page.wait_for_function("room.status.state === 'saved'", timeout=60_000)
                file = again.call("GET", f"/maps/{made['id']}/file?format=json", cookie=cookie)
                assert file["about"] == "Без сети"
        finally:
            context.close()
