"""One connection in a room: what goes out to it, bounded, and how it ends."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from tropa.collab import wire
from tropa.collab.presence import Member

# WebSocket close codes: 1001 is the protocol's own (going away), 4000… are for applications
BAD, SLOW, GOING, RIGHTS, AGAIN = 4400, 4408, 1001, 4403, 4500


class Connection(Protocol):
    """A way to one tab. None of its methods raises when the other side has gone: `receive` then gives None, `send` does nothing."""

    async def send(self, data: bytes) -> None:
        """Hand over one frame."""

    async def receive(self) -> bytes | None:
        """The next frame; None when the other side has gone."""

    async def close(self, code: int, reason: str) -> None:
        """End it. `code` is a WebSocket close code, `reason` a code of ours (`TR-W40…`)."""


@dataclass(frozen=True, slots=True)
class RoomLimits:
    """Bounds of a room and of each connection."""

    update_bytes: int = 1 << 20
    document_bytes: int = 16 << 20
    waiting_changes: int = 64
    """Changes of one connection that may wait for their commit before no more of its frames are read."""
    outbox_frames: int = 1024
    outbox_bytes: int = 32 << 20
    """What may wait for a slow connection before it is closed."""
    batch: int = 128
    """Changes that are made durable together."""
    talk_rest_s: float = 0.1
    """How long no more frames are read from who asked for comments: each answer costs a look into the store."""
    farewell_s: float = 2.0
    """How long a connection that ends may take to be handed its last frames."""


class Seat:
    """A connection, its person, and the frames that wait to be sent."""

    def __init__(
        self,
        connection: Connection,
        can_write: Callable[[], bool],
        who: Member,
        limits: RoomLimits,
        can_read: Callable[[], bool] = lambda: True,
    ) -> None:
        self.connection = connection
        self.can_write = can_write
        self.can_read = can_read
        self.who = who
        self.sent = 0
        """Changes that came over this connection."""
        self.shut = False
        """No further change is taken: one was refused."""
        self.free = asyncio.Semaphore(limits.waiting_changes)
        self.ended = asyncio.Event()
        """Nothing more is taken or posted."""
        self.gone = asyncio.Event()
        """All is over, the connection is closed."""
        self._limits = limits
        self._outbox: deque[bytes] = deque()
        self._waiting = 0
        self._news = asyncio.Event()
        self._ending = (1000, "")
        self._told_right: bool | None = None

    def post(self, frame: bytes) -> None:
        """Send a frame when its turn comes; a connection that does not keep up is closed."""
        if self.ended.is_set():
            return
        if len(self._outbox) >= self._limits.outbox_frames or self._waiting + len(frame) > self._limits.outbox_bytes:
            self._outbox.clear()
            self.end(SLOW, "TR-W406")
            return
        self._waiting += len(frame)
        self._outbox.append(frame)
        self._news.set()

    def end(self, code: int, reason: str) -> None:
        """Close after what waits has been sent. The first reason stands."""
        if not self.ended.is_set():
            self._ending = (code, reason)
            self._outbox.append(wire.refused(0, reason))
            self.hang_up()

    def hang_up(self) -> None:
        """Nothing more is taken or posted."""
        self.ended.set()
        self._news.set()

    def refuse(self, number: int, code: str) -> None:
        """Tell why a change was not taken; no later one is."""
        self.shut = True
        self.post(wire.refused(number, code))

    def tell_right(self) -> None:
        """Say whether changes are taken, if that is news."""
        may = self.can_write()
        if may is not self._told_right:
            self._told_right = may
            self.post(wire.right(may))

    async def send_all(self) -> None:
        """Sends what is posted until the end, then closes the connection. One that does not take its last frames in time loses them."""
        drain = asyncio.create_task(self._drain())
        try:
            ended = asyncio.create_task(self.ended.wait())
            await asyncio.wait((drain, ended), return_when=asyncio.FIRST_COMPLETED)
            await asyncio.wait((drain,), timeout=self._limits.farewell_s)
            ended.cancel()
            self.hang_up()
            closing = asyncio.create_task(self.connection.close(*self._ending))
            await asyncio.wait((closing,), timeout=self._limits.farewell_s)
            closing.cancel()
        finally:
            drain.cancel()
            self.hang_up()
            self.gone.set()

    async def _drain(self) -> None:
        while True:
            while self._outbox:
                frame = self._outbox.popleft()
                self._waiting -= len(frame)
                await self.connection.send(frame)
            if self.ended.is_set():
                return
            self._news.clear()
            await self._news.wait()
