"""The live maps of a workspace: while the server runs the live document is the truth, and the map's file is written from it.

A map is opened from its file when it is first met, and from its log ever after. Any thread may ask; the work is done in one event loop.
"""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from tropa.collab import Find, decode, encode, merge
from tropa.model import Map, TropaError
from tropa.service import map_files, thinning
from tropa.service.live_map import LiveMap
from tropa.store import documents
from tropa.store.documents import Author, DocumentRow

if TYPE_CHECKING:
    from tropa.service.desk import Desk

log = logging.getLogger(__name__)
TICK_S = 1.0
GRACE_S = 120.0
"""A map is closed when nobody has been in it, and nobody asked for it, for so long."""
THIN_LOOK_S = 3600.0
"""How often it is asked whether a log's old updates can be put together."""
Answer = TypeVar("Answer")


class Living:
    """All live maps of one desk. Made with the desk; works in the loop it was started in, else in a thread of its own."""

    def __init__(self) -> None:
        self._maps: dict[str, LiveMap] = {}
        self._opening: dict[str, asyncio.Task[LiveMap]] = {}
        self._seen: dict[Path, map_files.Stamp | None] = {}
        self.unreadable: dict[str, TropaError] = {}
        """Files in the workspace that look like maps and cannot be read, with the reason."""
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._ticking: asyncio.Task[None] | None = None
        self._thinning: asyncio.Future[int] | None = None
        self._farewell: asyncio.Future[None] | None = None
        self._starting, self._finding = threading.Lock(), threading.Lock()
        self.making = threading.Lock()
        """Held while a new map's name is chosen and taken."""

    # in any thread

    def rows(self, desk: Desk, *, archived: bool = False) -> list[DocumentRow]:
        """The workspace's maps by id, new files among them."""
        self._find_files(desk)
        with desk.store.read() as c:
            return documents.all_of(c, archived=archived)

    def row(self, desk: Desk, map_id: str) -> DocumentRow:
        """What is known of a map. Raises TR-A003 where there is none."""
        for known in (True, False):
            with desk.store.read() as c:
                found = documents.find(c, map_id)
            if found is not None:
                return found
            if known:
                self._find_files(desk)
        raise TropaError("TR-A003", name=map_id)

    def current(self, desk: Desk, map_id: str) -> tuple[int, Map]:
        """The map as it stands, and the number of its last update. Raises TR-A003."""
        return self.call(self._current(desk, map_id))

    def change(self, desk: Desk, map_id: str, author: Author, edit: Callable[[Map], Map]) -> int:
        """Changes a map as one more editor would; all who have it open see it. Returns the number of the update."""
        return self.call(self._change(desk, map_id, author, edit))

    def rewrite(self, desk: Desk, map_id: str, find: Find, mark: str) -> int:
        """Puts `mark` in place of what `find` finds in a map's texts; all who have it open see it. Returns the number of the update."""
        return self.call(self._rewrite(desk, map_id, find, mark))

    def rewrite_file(self, desk: Desk, map_id: str, replaced: Callable[[str], str]) -> None:
        """Puts other words into a map's file where they are no part of the map."""
        self.call(self._rewrite_file(desk, map_id, replaced))

    def at(self, desk: Desk, map_id: str, seq: int) -> Map:
        """The map as it was after an update. Raises TR-W210 for a number that is not in the log."""
        row = self.row(desk, map_id)
        if not 1 <= seq <= row.seq:
            raise TropaError("TR-W210", seq=seq, last=row.seq)
        with desk.store.read() as c:
            parts = documents.bodies(c, map_id, seq)
        return decode(merge(parts)).map

    def tell(self, map_id: str, told: bytes) -> None:
        """Tells those who have a map open what changed in its comments; it is durable already. Nothing where nobody has."""
        loop = self._loop
        if loop is not None and map_id in self._maps:
            loop.call_soon_threadsafe(self._tell, map_id, told)

    def _tell(self, map_id: str, told: bytes) -> None:
        if map_id in self._maps:
            self._maps[map_id].room.tell(told)

    @property
    def open_maps(self) -> int:
        """How many maps are held in memory."""
        return len(self._maps)

    def write_files(self, desk: Desk) -> None:
        """Writes every file that is behind its map, now."""
        self.call(self._write_all(desk))

    def look(self, desk: Desk) -> None:
        """Takes in what changed in the files, now."""
        self.call(self._look(desk))

    def end(self, desk: Desk) -> None:
        """Ends a life in a thread of its own: every file is written. (One in the server's loop ends with `stop`.)"""
        if self._thread is not None:
            loop = self._running()
            self.call(self.stop(desk))
            loop.call_soon_threadsafe(loop.stop)
            self._thread.join()
            self._thread = None
            loop.close()

    def problem(self, map_id: str) -> TropaError | None:
        """Why a map's file could not be read or written, if so."""
        found = self._maps.get(map_id)
        return None if found is None else found.problem

    def call(self, work: Coroutine[Any, Any, Answer]) -> Answer:
        """Does something in the loop and waits for it. Never from the loop itself."""
        loop = self._running()
        try:
            here: asyncio.AbstractEventLoop | None = asyncio.get_running_loop()
        except RuntimeError:
            here = None
        if here is loop:
            work.close()
            raise RuntimeError("this would wait for itself: await the room instead")
        waited: Future[Answer] = asyncio.run_coroutine_threadsafe(work, loop)
        return waited.result()

    # in the loop

    async def start(self, desk: Desk) -> None:
        """Lives in the running loop from now on; heals what a crash left between the log and the files."""
        self._loop = asyncio.get_running_loop()
        await self._look(desk)
        self._ticking = self._loop.create_task(self._tick(desk))

    def send_all_away(self) -> None:
        """The server is about to stop: what was taken is made durable and acknowledged, then all sockets are closed."""
        self._farewell = self._farewell or asyncio.ensure_future(self._close_rooms())

    async def _close_rooms(self) -> None:
        await asyncio.gather(*(one.room.close() for one in self._maps.values()))

    async def stop(self, desk: Desk) -> None:
        """Ends: every file is written."""
        if self._ticking is not None:
            self._ticking.cancel()
            await asyncio.gather(self._ticking, return_exceptions=True)
            self._ticking = None
        if self._thinning is not None:
            await asyncio.gather(self._thinning, return_exceptions=True)
            self._thinning = None
        await self._look(desk)
        self.send_all_away()
        assert self._farewell is not None
        await self._farewell
        await self._write_all(desk)
        self._maps.clear()
        self._loop = self._farewell = None

    async def open(self, desk: Desk, map_id: str) -> LiveMap:
        """The open map. Raises TR-A003."""
        found = self._maps.get(map_id)
        if found is not None and not found.room.broken:
            found.touch()
            return found
        if map_id not in self._opening:
            self._opening[map_id] = asyncio.get_running_loop().create_task(self._open(desk, map_id))
        try:
            return await asyncio.shield(self._opening[map_id])
        finally:
            if map_id in self._opening and self._opening[map_id].done():
                del self._opening[map_id]

    async def _open(self, desk: Desk, map_id: str) -> LiveMap:
        row, state = await asyncio.to_thread(self._state, desk, map_id)
        found = LiveMap(desk, map_id, desk.workspace.folder / row.file, row.seq, state, row.seq != row.written_seq)
        self._maps[map_id] = found
        return found

    def _state(self, desk: Desk, map_id: str) -> tuple[DocumentRow, bytes]:
        self.row(desk, map_id)
        with desk.store.read() as c:
            row = documents.find(c, map_id)
            assert row is not None
            return row, merge(documents.bodies(c, map_id))

    async def _current(self, desk: Desk, map_id: str) -> tuple[int, Map]:
        return await (await self.open(desk, map_id)).value()

    async def _change(self, desk: Desk, map_id: str, author: Author, edit: Callable[[Map], Map]) -> int:
        return await (await self.open(desk, map_id)).change(author, edit)

    async def _rewrite(self, desk: Desk, map_id: str, find: Find, mark: str) -> int:
        return await (await self.open(desk, map_id)).rewrite(documents.ERASER, find, mark)

    async def _rewrite_file(self, desk: Desk, map_id: str, replaced: Callable[[str], str]) -> None:
        await (await self.open(desk, map_id)).rewrite_file(replaced)

    async def _tick(self, desk: Desk) -> None:
        looked = float("-inf")
        while True:
            await asyncio.sleep(TICK_S)
            try:
                await self._look(desk)
                await self.close_idle(GRACE_S)
                if time.monotonic() - looked >= THIN_LOOK_S and (self._thinning is None or self._thinning.done()):
                    looked = time.monotonic()
                    self._thinning = asyncio.ensure_future(asyncio.to_thread(thinning.thin_due, desk, self._goes_on))
            except Exception:
                log.exception("The maps' folder could not be looked at; it is tried again.")

    def _goes_on(self) -> bool:
        return self._ticking is not None

    async def close_idle(self, grace_s: float) -> int:
        """Closes maps that nobody has wanted for so long, in the loop; returns how many. Whoever comes opens them again from the log."""
        over = [one for one in self._maps.values() if one.idle(grace_s)]
        for one in over:
            self._seen[one.path] = map_files.stamp(one.path)
            del self._maps[one.id]
        await asyncio.gather(*(one.end() for one in over))
        return len(over)

    async def _look(self, desk: Desk) -> None:
        for map_id in await asyncio.to_thread(self._behind, desk):
            try:
                found = self._maps.get(map_id) or await self.open(desk, map_id)
                await found.look()
            except Exception:  # what ails one map keeps no other's file from being written
                log.exception("The file of map %s could not be looked at; it is tried again.", map_id)

    def _behind(self, desk: Desk) -> list[str]:
        """Open maps, and those whose file and log may not agree."""
        self._find_files(desk)
        with desk.store.read() as c:
            known = documents.names(c)
        out = []
        for file, map_id in known.items():
            path = desk.workspace.folder / file
            now = map_files.stamp(path)
            if map_id in self._maps:
                out.append(map_id)
            elif now is None or self._seen.get(path) != now:
                row = self.row(desk, map_id)
                if now is None or row.seq != row.written_seq or map_files.strange(row, map_files.bytes_of(path)):
                    out.append(map_id)
                self._seen[path] = now
        return out

    async def _write_all(self, desk: Desk) -> None:
        await self._look(desk)
        for found in list(self._maps.values()):
            if found.behind:
                await found.write()

    # finding files

    def _find_files(self, desk: Desk) -> None:
        """Opens maps that lie in the workspace and are not known yet."""
        with self._finding:
            with desk.store.read() as c:
                known = documents.names(c, archived=True)
            for path in sorted(desk.workspace.folder.iterdir()):
                if path.suffix.lower() not in map_files.ENDINGS or path.name.startswith(".") or path.name in known:
                    continue
                now = map_files.stamp(path)
                if self._seen.get(path) != now:
                    self._seen[path] = now
                    self._adopt(desk, path, known)

    def _adopt(self, desk: Desk, path: Path, known: dict[str, str]) -> None:
        raw = map_files.bytes_of(path)
        if raw is None or b"tropa" not in raw:
            return
        try:
            value, text = map_files.value_of(raw, path.name)
        except TropaError as fault:
            self.unreadable[path.name] = fault
            return
        self.unreadable.pop(path.name, None)
        names = (name for name in (value.id, path.stem) if _fit(name) and name not in known.values())
        map_id = next(names, None) or desk.new_id()
        with desk.store.begin() as c:
            documents.add(c, map_id, path.name, text, encode(value), documents.FILE, desk.clock())
        known[path.name] = map_id

    def add(self, desk: Desk, value: Map, text: str, file: str, author: Author) -> str:
        """A new map from the text of its file (which says `value`). Returns its id."""
        with self._finding:
            with desk.store.read() as c:
                taken = set(documents.names(c, archived=True).values())
            map_id = value.id if _fit(value.id) and value.id not in taken else desk.new_id()
            raw = text.encode()
            with desk.store.begin() as c:
                born = documents.FileText(text, map_files.digest(raw))
                documents.add(c, map_id, file, born, encode(value), author, desk.clock())
            from tropa.codec import write_whole

            write_whole(desk.workspace.folder / file, raw)
        return map_id

    def _running(self) -> asyncio.AbstractEventLoop:
        """The loop; where nobody started one, a thread of its own."""
        with self._starting:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                self._thread = threading.Thread(target=self._loop.run_forever, name="tropa-living", daemon=True)
                self._thread.start()
            return self._loop


def _fit(name: str) -> bool:
    """Whether an id may stand in an address as it is."""
    return name.isascii() and len(name) <= 64
