"""The door to a map's room: who reads may enter, who edits may change; rights hold for as long as they are held (R-60)."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from fastapi import APIRouter, FastAPI, WebSocket
from starlette.websockets import WebSocketDisconnect, WebSocketState

from tropa.model import TropaError
from tropa.model.access import Actor, Right
from tropa.service.desk import AccessChange, Desk
from tropa.service.knowing import Known, still
from tropa.service.maps import author_of
from tropa.web.doors import desk_of, known_of
from tropa.web.paths import API

router = APIRouter()
MOST_FRAME = (1 << 20) + 64
BURST, PER_SECOND = 400, 120.0
"""Frames that one connection may send at once, and in the long run; beyond that it is read no faster."""
MOST_OF_ONE, MOST_IN_ALL = 30, 1000
"""Open sockets of one visitor, and of all."""
LOOK_AGAIN_S = 20.0
"""Sign-ins and share links also end by time: rights are looked up again so often."""
NOT_HERE, NO_RIGHT, TOO_MANY, UNREADABLE, TOO_LARGE = 4404, 4403, 4429, 1003, 1009


@asynccontextmanager
async def living(app: FastAPI) -> AsyncIterator[None]:
    """The live maps live in the server's loop; at the end every file is written."""
    desk: Desk = app.state.desk
    app.state.sockets = Counter()
    await desk.living.start(desk)
    loop = asyncio.get_running_loop()

    def stopping(_: str) -> None:
        loop.call_soon_threadsafe(desk.living.send_all_away)

    end = desk.on_stopping(stopping)
    try:
        yield
    finally:
        end()
        await desk.living.stop(desk)


class Tab:
    """One socket as the room wants it. What the visitor may do is what they may do now."""

    def __init__(self, socket: WebSocket, desk: Desk, map_id: str, known: Known, clock: Callable[[], float]) -> None:
        self._socket, self._desk, self._map_id, self._known, self._clock = socket, desk, map_id, known, clock
        self._actor: Actor = known.actor
        self._loop = asyncio.get_running_loop()
        self._sent_away: tuple[int, str] | None = None
        self._away = asyncio.Event()
        self._left, self._at = float(BURST), clock()
        self.on_rights: Callable[[], None] = lambda: None

    def can_write(self) -> bool:
        """Whether a change from here is taken."""
        return self._actor.may(Right.EDIT, self._map_id)

    def can_read(self) -> bool:
        """Whether what is said of the map is for this visitor's eyes."""
        return self._actor.may(Right.READ, self._map_id)

    def heard(self, news: AccessChange) -> None:
        """Rights changed somewhere: in the thread that changed them, before it goes on, they are looked up for this visitor."""
        other_map = news.map_id not in (None, self._map_id)
        somebody_else = self._actor.kind == "user" and news.user_id not in (None, self._actor.id)
        if not other_map and not somebody_else:
            self.look_again()

    def look_again(self) -> None:
        """Looks the visitor's rights up; blocks."""
        self._actor = still(self._desk, self._known)
        self._loop.call_soon_threadsafe(self._rights_known)

    def _rights_known(self) -> None:
        if self._actor.may(Right.READ, self._map_id):
            self.on_rights()
        else:
            self.send_away(NO_RIGHT, "TR-W408")

    def send_away(self, code: int, reason: str) -> None:
        """Ends the connection; the first reason stands."""
        if self._sent_away is None:
            self._sent_away = (code, reason)
            self._away.set()

    async def receive(self) -> bytes | None:
        """The next frame; None when the other side has gone or was sent away."""
        await self._pace()
        getting = asyncio.ensure_future(self._frame())
        away = asyncio.ensure_future(self._away.wait())
        try:
            await asyncio.wait((getting, away), return_when=asyncio.FIRST_COMPLETED)
            return getting.result() if getting.done() and self._sent_away is None else None
        finally:
            getting.cancel()
            away.cancel()

    async def _frame(self) -> bytes | None:
        try:
            message = await self._socket.receive()
        except (WebSocketDisconnect, RuntimeError):
            return None
        if message["type"] == "websocket.disconnect":
            return None
        data = message.get("bytes")
        if data is None:
            self.send_away(UNREADABLE, "TR-W401")
            return None
        if len(data) > MOST_FRAME:
            self.send_away(TOO_LARGE, "TR-W403")
            return None
        return bytes(data)

    async def _pace(self) -> None:
        now = self._clock()
        self._left = min(float(BURST), self._left + (now - self._at) * PER_SECOND)
        self._at = now
        if self._left < 1:
            await asyncio.sleep((1 - self._left) / PER_SECOND)
            self._left = 1.0
            self._at = self._clock()
        self._left -= 1

    async def send(self, data: bytes) -> None:
        """Hands over one frame; nothing where the other side has gone."""
        if self._socket.client_state is not WebSocketState.CONNECTED:
            return
        try:
            await self._socket.send_bytes(data)
        except (WebSocketDisconnect, RuntimeError, OSError):
            self.send_away(1001, "")

    async def close(self, code: int, reason: str) -> None:
        """Ends the connection, for the reason it was sent away for if it was."""
        code, reason = self._sent_away or (code, reason)
        if self._socket.client_state is not WebSocketState.CONNECTED:
            return
        try:
            await self._socket.close(code, reason)
        except (WebSocketDisconnect, RuntimeError, OSError):
            self.send_away(1001, "")


@router.websocket(f"{API}/maps/{{map_id}}/room")
async def room(socket: WebSocket, map_id: str) -> None:
    """Enters the room of a map: Yjs sync and awareness, and who may change hears it (`collab.wire`)."""
    desk, known = desk_of(socket), known_of(socket)
    await socket.accept()
    sockets: Counter[str] = socket.app.state.sockets
    who = known.actor
    try:
        who.require(Right.READ, map_id)
        live = await desk.living.open(desk, map_id)
        if sockets[who.who] >= MOST_OF_ONE or sockets.total() >= MOST_IN_ALL:
            raise TropaError("TR-W250")
    except TropaError as fault:
        code = {"TR-W250": TOO_MANY, "TR-A002": NO_RIGHT}.get(fault.code, NOT_HERE)
        await socket.close(code, fault.code)
        return
    tab = Tab(socket, desk, map_id, known, time.monotonic)
    tab.on_rights = live.room.check_rights
    end = desk.on_access_changed(tab.heard)
    looking = asyncio.create_task(_look_now_and_then(tab))
    sockets[who.who] += 1
    try:
        await live.enter(tab, tab.can_write, author_of(who), tab.can_read)
    finally:
        sockets[who.who] -= 1
        end()
        looking.cancel()


async def _look_now_and_then(tab: Tab) -> None:
    await asyncio.to_thread(tab.look_again)  # rights may have changed between the door and the room
    while True:
        await asyncio.sleep(LOOK_AGAIN_S)
        await asyncio.to_thread(tab.look_again)
