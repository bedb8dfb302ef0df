"""Thirty people in one map on the real server: how soon a change is durable, and how soon the others have it (goal: p95 ≤ 150 ms).

    python bench/room.py [--people 30] [--per-second 3] [--seconds 20] [--database postgresql+psycopg://…] [--template ecommerce]

Each person types at random moments into a text of the map, `--per-second` changes a second on average; every change holds a mark, by which
all the others know when it came. People and server share this machine.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from pycrdt import Doc, Text
from websockets.asyncio.client import ClientConnection, connect

from tropa.collab import wire

ROOT = Path(__file__).resolve().parents[1]
MARK = re.compile(rb"~(\d+)~")
OWNER = {"email": "bench@example.org", "name": "Bench", "password": "thirty people in one room", "language": "en"}


class Person:
    """One editor: sends marked changes, notes when they are acknowledged and when the others' come."""

    def __init__(self, index: int, sent: dict[int, float]) -> None:
        self.index = index
        self.sent = sent
        self.acks: list[float] = []
        self.heard: list[float] = []
        self.refused = 0
        self._unacknowledged: list[float] = []
        self._doc: Doc[Any] = Doc()
        self._text = self._doc.get(f"map/about/{'abcdefghijklmnopqrstuvwxyz'[index % 26]}z", type=Text)
        self._made: list[bytes] = []
        self._watch = self._doc.observe(lambda event: self._made.append(event.update))

    async def type(self, socket: ClientConnection, per_second: float, seconds: float) -> None:
        """Types for so long."""
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            await asyncio.sleep(random.expovariate(per_second))
            mark = len(self.sent)
            self._text.insert(0, f"~{mark}~")
            self.sent[mark] = time.perf_counter()
            self._unacknowledged.append(self.sent[mark])
            await socket.send(wire.sync(wire.UPDATE, self._made.pop()))

    async def listen(self, socket: ClientConnection) -> None:
        """Notes what comes, until the connection ends."""
        async for frame in socket:
            now = time.perf_counter()
            assert isinstance(frame, bytes)
            if frame[0] == wire.ACK:
                self.acks.append(now - self._unacknowledged.pop(0))
            elif frame[0] == wire.REFUSED:
                self.refused += 1
            elif frame[:2] == bytes((wire.SYNC, wire.UPDATE)) and (found := MARK.search(frame)):
                self.heard.append(now - self.sent[int(found[1])])


async def edit(url: str, cookie: str, options: argparse.Namespace) -> list[Person]:
    """Everybody in one room."""
    sent: dict[int, float] = {}
    people = [Person(index, sent) for index in range(options.people)]
    origin = re.sub(r"^ws(.*//[^/]+).*", r"http\1", url)
    sockets = [await connect(url, additional_headers={"Cookie": cookie}, origin=origin, max_size=None) for _ in people]
    listening = [asyncio.create_task(person.listen(socket)) for person, socket in zip(people, sockets, strict=True)]
    await asyncio.sleep(1)
    typing = (
        person.type(socket, options.per_second, options.seconds) for person, socket in zip(people, sockets, strict=True)
    )
    await asyncio.gather(*typing)
    await asyncio.sleep(1)
    for socket in sockets:
        await socket.close()
    await asyncio.gather(*listening, return_exceptions=True)
    return people


def call(url: str, body: Any, cookie: str = "") -> tuple[Any, str]:
    """A POST to the API: the answer and the cookies it set."""
    headers = {"Content-Type": "application/json", "Cookie": cookie}
    if csrf := re.search(r"tropa_csrf=([^;]+)", cookie):
        headers["X-CSRF-Token"] = csrf[1]
    with urlopen(Request(url, data=json.dumps(body).encode(), headers=headers)) as answer:
        cookies = [value.partition(";")[0] for value in answer.headers.get_all("Set-Cookie") or ()]
        return json.load(answer), "; ".join(cookies)


def told(name: str, seconds: list[float]) -> str:
    """One line of figures, in milliseconds."""
    cuts = statistics.quantiles(seconds, n=100)
    figures = f"p50 {cuts[49] * 1e3:6.1f}   p95 {cuts[94] * 1e3:6.1f}   p99 {cuts[98] * 1e3:6.1f}   most {max(seconds) * 1e3:6.1f} ms"
    return f"{name:<14} n {len(seconds):>7}   {figures}"


def main() -> None:
    """Serve, edit, tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=30)
    parser.add_argument("--per-second", type=float, default=3.0)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--database")
    parser.add_argument("--template", default="ecommerce")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "tropa", "serve", folder, "--port", "0", "--no-open", "--lang", "en"]
        command += ["--database", options.database] if options.database else []
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONUNBUFFERED": "1"}
        with (Path(folder) / "server.log").open("w") as log:
            server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True, env=environment)
        try:
            text = ""
            assert server.stdout is not None
            while "Ctrl" not in text:
                line = server.stdout.readline()
                assert line, "the server did not start"
                text += line
            token = re.search(r"/setup/(\w+)", text)
            address = re.search(r"http://[\d.:]+", text)
            assert token
            assert address
            _, cookie = call(f"{address[0]}/api/v1/setup", {"token": token[1], **OWNER})
            made, _ = call(
                f"{address[0]}/api/v1/maps", {"template": options.template, "language": "en", "title": "Bench"}, cookie
            )
            url = f"{address[0].replace('http', 'ws')}/api/v1/maps/{made['id']}/room"
            people = asyncio.run(edit(url, cookie, options))
        finally:
            server.terminate()
            server.wait(30)
    acks = [one for person in people for one in person.acks]
    heard = [one for person in people for one in person.heard]
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(
        f"{options.people} people, {len(acks) / options.seconds:.0f} changes a second for {options.seconds:.0f} s, {os.cpu_count()} cores"
    )
    print(told("durable after", acks))
    print(told("heard after", heard))
    print(
        f"server: {usage.ru_utime + usage.ru_stime:.1f} s of processor; refused {sum(person.refused for person in people)}"
    )
    print(
        "p95 within the goal of 150 ms" if statistics.quantiles(heard, n=100)[94] <= 0.15 else "MISSED: p95 over 150 ms"
    )


if __name__ == "__main__":
    main()
