"""One map while it is open: its room, the log its updates are committed to, and the file that is written from it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from tropa.collab import EMPTY, Change, Connection, Find, Member, Room, Unfit, Unrolled, decode, difference
from tropa.model import Map, TropaError
from tropa.service import map_files, talking
from tropa.store import documents
from tropa.store.documents import FILE, Author

if TYPE_CHECKING:
    from tropa.service.desk import Desk

log = logging.getLogger(__name__)
QUIET_S, LONGEST_S = 1.5, 10.0
"""The file is written when nobody has changed the map for so long, or when the oldest unwritten change is so old."""
CHECKPOINT_EVERY = 200
WORTH_KEEPING = 20
"""Updates after the last checkpoint from which on a map that is closed gets one."""
COMMITTERS = ThreadPoolExecutor(4, thread_name_prefix="tropa-commit")


class LiveMap:
    """A map's live document, in the event loop it was opened in; blocking work goes to threads.

    `seq`: the number of the last update that is held durably. `problem`: why the file could not be read or written, if so.
    """

    def __init__(self, desk: Desk, document_id: str, path: Path, seq: int, state: bytes, dirty: bool) -> None:
        self.desk, self.id, self.path, self.seq = desk, document_id, path, seq
        self.problem: TropaError | None = None
        self.room = Room(document_id, state, self.commit, sequence=seq, talk=self._talk)
        self._loop = asyncio.get_running_loop()
        self._changing, self._filing = asyncio.Lock(), asyncio.Lock()
        self._stamp: map_files.Stamp | None = None
        self._dirty_since: float | None = self._loop.time() if dirty else None
        self._changed_at = self._used_at = self._loop.time()
        self._value: tuple[int, Map] | None = None
        self._unkept = 0
        self._unreadable = ""

    @property
    def behind(self) -> bool:
        """Whether the file does not yet say what the map does."""
        return self._dirty_since is not None

    async def commit(self, changes: Sequence[Change]) -> Sequence[int]:
        """Holds changes durably, all or none; returns their numbers. (The room gathers those that come while others are written.)"""
        # threads of their own: whoever writes a file or reads a map elsewhere holds up no keystroke
        last = await self._loop.run_in_executor(COMMITTERS, self._append, changes)
        self.seq = last
        self._unkept += len(changes)
        self._changed_at = self._loop.time()
        if self._dirty_since is None:
            self._dirty_since = self._changed_at
        return range(last - len(changes) + 1, last + 1)

    def _append(self, changes: Sequence[Change]) -> int:
        told = [(one.update, Author(one.who.id, one.who.name)) for one in changes]
        with self.desk.store.begin() as c:
            return documents.append(c, self.id, told, self.desk.clock())

    async def _talk(self, after: int) -> bytes:
        return await asyncio.to_thread(talking.changes, self.desk, self.id, after)

    async def enter(
        self, connection: Connection, can_write: Callable[[], bool], author: Author, can_read: Callable[[], bool]
    ) -> None:
        """Serves a connection until it ends. `can_write` is asked at each change, `can_read` before each comment is told."""
        self.touch()
        try:
            await self.room.join(connection, can_write, Member(author.who, author.name), can_read)
        finally:
            self.touch()

    def touch(self) -> None:
        """Somebody wants the map: it is not idle."""
        self._used_at = self._loop.time()

    def idle(self, grace_s: float) -> bool:
        """Whether nobody is here, nothing is under way, and nobody wanted the map for so long."""
        still = self.room.quiet and not self._changing.locked() and not self._filing.locked() and not self.behind
        return still and self._loop.time() - self._used_at >= grace_s

    async def end(self) -> None:
        """Closes an idle map. What is held durably is enough to open it again, and is made quick to read."""
        await self.room.close()
        if self._unkept >= WORTH_KEEPING:
            await self._keep()

    async def value(self) -> tuple[int, Map]:
        """The map as it stands, with the number of the last update in it."""
        seq = self.room.sequence
        if self._value is None or self._value[0] != seq:
            value = (await asyncio.to_thread(decode, self.room.state())).map
            self._value = (seq, value)
            return seq, value
        return self._value

    async def change(self, author: Author, edit: Callable[[Map], Map]) -> int:
        """Changes the map as one more editor would; returns the number of the update (the last one's where nothing changed).

        Raises what `edit` raises, TR-W404 (the map is too large), TR-W407 (the server stops).
        """
        async with self._changing:
            return await self._put(author, await asyncio.to_thread(_changed, self.room.state(), edit))

    async def rewrite(self, author: Author, find: Find, mark: str) -> int:
        """Puts `mark` in place of what `find` finds in the map's texts; returns the number of the update, as `change` does."""
        async with self._changing:
            update = await asyncio.to_thread(lambda: Unrolled([self.room.state()]).rewrite(find, mark))
            return await self._put(author, update or EMPTY)

    async def rewrite_file(self, replaced: Callable[[str], str]) -> None:
        """Writes the file, then puts other words into what is no part of the map (comments), and into what is remembered of it."""
        await self.write()
        async with self._filing:
            row, raw = await asyncio.to_thread(self._look_at_file)
            if raw is None or map_files.strange(row, raw):
                return
            text = replaced(raw.decode("utf-8", "replace"))
            if text != row.written_text or row.pending_text is not None:
                await asyncio.to_thread(map_files.put_text, self.desk, row, self.path, text)
                self._stamp = map_files.stamp(self.path)

    async def _put(self, author: Author, update: bytes) -> int:
        if update == EMPTY:
            return self.seq
        try:
            return await self.room.put(update, Member(author.who, author.name))
        except Unfit as fault:
            raise TropaError(fault.code) from fault

    async def look(self) -> None:
        """Takes in what was edited in the file outside, writes what is due, keeps a checkpoint now and then."""
        now = map_files.stamp(self.path)
        if now is None and self._dirty_since is None:
            self._dirty_since = self._loop.time()  # somebody removed it: it is written again
        if now is not None and now != self._stamp:
            async with self._filing:
                await self._absorb()
                self._stamp = now
        if self._dirty_since is not None:
            time = self._loop.time()
            if time - self._changed_at >= QUIET_S or time - self._dirty_since >= LONGEST_S:
                await self.write()
        if self._unkept >= CHECKPOINT_EVERY:
            await self._keep()

    async def write(self) -> None:
        """Writes the file now, unless it says already what the map does. An unreadable file somebody is working on is left alone."""
        async with self._filing:
            if not await self._absorb():
                return
            dirty, self._dirty_since = self._dirty_since, None
            seq, value = await self.value()
            try:
                row, raw = await asyncio.to_thread(self._look_at_file)
                if not map_files.strange(row, raw):
                    await asyncio.to_thread(map_files.write, self.desk, row, self.path, raw, value, seq)
                    self._stamp = map_files.stamp(self.path)
                    self.problem = None
                else:
                    self._dirty_since = dirty
            except (TropaError, OSError) as fault:
                self._dirty_since = dirty
                self._changed_at = self._loop.time()
                self._trouble(fault)

    def _trouble(self, fault: Exception) -> None:
        self.problem = fault if isinstance(fault, TropaError) else TropaError("TR-C062", reason=str(fault))
        log.warning("The file of map %s: %s", self.id, fault)

    def _look_at_file(self) -> tuple[documents.DocumentRow, bytes | None]:
        with self.desk.store.read() as c:
            row = documents.find(c, self.id)
        assert row is not None  # documents are archived, never removed
        return row, map_files.bytes_of(self.path)

    async def _absorb(self) -> bool:
        """Merges an outside edit of the file, if there is one. False: the file cannot be read as a map."""
        row, raw = await asyncio.to_thread(self._look_at_file)
        if not map_files.strange(row, raw):
            return True
        assert raw is not None
        if map_files.digest(raw) == self._unreadable:
            return False
        try:
            theirs, text = await asyncio.to_thread(map_files.value_of, raw, row.file)
            base, _ = await asyncio.to_thread(map_files.value_of, row.written_text.encode(), row.file)
        except TropaError as fault:
            self._unreadable = map_files.digest(raw)
            self._trouble(fault)
            return False
        try:
            async with self._changing:
                update = await asyncio.to_thread(difference, self.room.state(), base, theirs)
                seq = await self._put(FILE, update)
        except TropaError as fault:
            # the room closes, or the document is full: the file keeps what it says until the next start
            self._trouble(fault)
            return False
        await asyncio.to_thread(map_files.agree, self.desk, row, seq, text)
        self.problem = None
        if (await self.value())[1] != theirs and self._dirty_since is None:
            self._dirty_since = self._loop.time()
        return True

    async def _keep(self) -> None:
        """A checkpoint of what is held durably, so that opening stays fast."""
        self._unkept = 0
        seq = self.seq
        await asyncio.to_thread(self._checkpoint, seq)

    def _checkpoint(self, seq: int) -> None:
        with self.desk.store.begin() as c:
            # through a document, not merged: what was deleted is not kept in it
            documents.checkpoint(c, self.id, seq, Unrolled(documents.bodies(c, self.id, seq)).state())


def _changed(state: bytes, edit: Callable[[Map], Map]) -> bytes:
    now = decode(state).map
    return difference(state, now, edit(now))
