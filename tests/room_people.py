"""People in a room without a network: their connections, their documents, a store that may be slow or fail, stories to play."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from pycrdt import Doc, Text

from tropa.collab import Change, Member, Room, RoomLimits, wire

ANNA, BORIS = Member("user:anna", "Аня"), Member("user:boris", "Борис")


class Tab:
    """A connection that keeps what it was told, and the document of the one behind it."""

    def __init__(self, *, slow: bool = False) -> None:
        self.incoming: asyncio.Queue[bytes | None] = asyncio.Queue()
        self.told: list[bytes] = []
        self.ended: tuple[int, str] | None = None
        self.free = asyncio.Event()
        if not slow:
            self.free.set()
        self.doc: Doc[Any] = Doc()
        self.made: list[bytes] = []
        self._watch = self.doc.observe(lambda event: self.made.append(event.update))

    async def send(self, data: bytes) -> None:
        await self.free.wait()
        self.told.append(data)

    async def receive(self) -> bytes | None:
        return await self.incoming.get()

    async def close(self, code: int, reason: str) -> None:
        self.ended = (code, reason)

    def say(self, frame: bytes) -> None:
        self.incoming.put_nowait(frame)

    def type(self, words: str, name: str = "a/title/") -> bytes:
        """A change made here; gives it without sending it."""
        text = self.doc.get(name, type=Text)
        text.insert(len(str(text).encode()), words)
        return self.made[-1]

    def change(self, words: str) -> None:
        """A change made here and sent."""
        self.say(wire.sync(wire.UPDATE, self.type(words)))

    def frames(self, kind: int) -> list[bytes]:
        return [frame for frame in self.told if frame[0] == kind]

    def acks(self) -> list[tuple[int, int]]:
        return [
            (scanner.number(), scanner.number())
            for scanner in (wire.Scanner(frame[1:]) for frame in self.frames(wire.ACK))
        ]

    def refusals(self) -> list[tuple[int, str]]:
        scanners = [wire.Scanner(frame[1:]) for frame in self.frames(wire.REFUSED)]
        return [(scanner.number(), json.loads(scanner.text())["code"]) for scanner in scanners]

    def heard(self) -> str:
        """What the others' changes say, put together."""
        doc: Doc[Any] = Doc()
        for frame in self.frames(wire.SYNC):
            if frame[1] in (wire.STEP_2, wire.UPDATE):
                doc.apply_update(wire.Scanner(frame[2:]).bytes())
        return str(doc.get("a/title/", type=Text))


class Store:
    """Keeps what is committed; may be slow, and may fail."""

    def __init__(self) -> None:
        self.log: list[Change] = []
        self.batches: list[int] = []
        self.wait_s = 0.0
        self.fails = 0
        self.before: Callable[[], None] = lambda: None

    async def commit(self, changes: Sequence[Change]) -> Sequence[int]:
        await asyncio.sleep(self.wait_s)
        self.before()
        if self.fails:
            self.fails -= 1
            raise OSError("disk full")
        first = len(self.log) + 1
        self.log += changes
        self.batches.append(len(changes))
        return range(first, first + len(changes))


class House:
    """A room with its store, and people who come and go."""

    def __init__(self, state: bytes = b"", limits: RoomLimits | None = None) -> None:
        self.store = Store()
        self.room = Room("m", state, self.store.commit, limits=limits)
        self.tasks: list[asyncio.Task[None]] = []

    async def enter(self, who: Member = ANNA, can_write: Callable[[], bool] = lambda: True, **how: Any) -> Tab:
        tab = Tab(**how)
        self.tasks.append(asyncio.create_task(self.room.join(tab, can_write, who)))
        await settled()
        return tab


async def settled() -> None:
    """Lets everything that can happen happen."""
    for _ in range(40):
        await asyncio.sleep(0)


def play(story: Callable[[House], Awaitable[None]], state: bytes = b"", limits: RoomLimits | None = None) -> House:
    """Plays a story and closes the room; whatever a task raised is raised here."""

    async def whole() -> House:
        house = House(state, limits)
        await story(house)
        await asyncio.wait_for(house.room.close(), 5)
        await asyncio.wait_for(asyncio.gather(*house.tasks), 5)
        return house

    return asyncio.run(whole())
