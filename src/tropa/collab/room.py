"""The room of one map: every change is made durable before anyone else sees it (R-60).

A room knows nothing of HTTP or SQL. It is given the document as the store has it, a way to make changes durable, and connections. All of it
runs in one event loop. For each change, in the order in which they came: is there a right to it, does it fit (tried on a replica), `commit`
it, tell the others, acknowledge it to the sender. Changes that wait while one commit runs are committed together by the next.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from tropa.collab import wire
from tropa.collab.presence import MOST_BYTES, Member, Presence
from tropa.collab.replica import Replica, Unfit
from tropa.collab.seat import AGAIN, BAD, GOING, RIGHTS, Connection, RoomLimits, Seat

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be made durable, and by whom."""

    update: bytes
    who: Member


Commit = Callable[[Sequence[Change]], Awaitable[Sequence[int]]]
"""Makes changes durable, all or none of them, and gives the sequence number of each. Where it raises, nothing was kept: the connections of
the senders end with TR-W409, and they come back with what they have."""


Talk = Callable[[int], Awaitable[bytes]]
"""What changed in the comments after a number: the JSON of a talk frame."""


async def _silence(_: int) -> bytes:
    """A room without comments."""
    return b'{"after":0,"upto":0,"last":0,"comments":[]}'


@dataclass(frozen=True, slots=True)
class _Job:
    """A change that waits: from a connection (its n-th), or of the server's own."""

    seat: Seat | None
    number: int
    update: bytes
    who: Member
    done: asyncio.Future[int] | None
    """Where the server itself awaits the number."""


class Room:
    """One map's live document and the people in it. Make it, `join` connections, `close` it."""

    def __init__(
        self,
        name: str,
        state: bytes,
        commit: Commit,
        *,
        sequence: int = 0,
        limits: RoomLimits | None = None,
        talk: Talk = _silence,
    ) -> None:
        """`state`: the document as the store has it (one update; empty for none), up to `sequence`. `talk`: where comments are kept."""
        self.name = name
        self.limits = limits or RoomLimits()
        self.sequence = sequence
        self._commit, self._talk = commit, talk
        self._replica = Replica(state, self.limits.document_bytes)
        self._trial = Replica(state, self.limits.document_bytes)
        self._seats: set[Seat] = set()
        self._presence = Presence()
        self._jobs: asyncio.Queue[_Job | None] = asyncio.Queue()
        self._writer: asyncio.Task[None] | None = None
        self.broken = self._closing = self._writing = False
        """`broken`: the room is over by a fault of ours; what it had committed is in the store."""

    @property
    def closed(self) -> bool:
        """Whether nobody can join any more: it was closed, or broke."""
        return self._closing

    @property
    def members(self) -> tuple[Member, ...]:
        """Who is connected, one for each connection."""
        return tuple(seat.who for seat in self._seats)

    def state(self) -> bytes:
        """The document, all of it durable, as one update; it stands at `sequence`."""
        return self._replica.state()

    async def put(self, update: bytes, who: Member) -> int:
        """A change of the server's own (a restore, an edited file). Returns its number once it is durable. Raises Unfit."""
        if self._closing:
            raise Unfit("TR-W407")
        done: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._write(_Job(None, 0, update, who, done))
        return await done

    @property
    def quiet(self) -> bool:
        """Whether nobody is here and nothing waits to be made durable."""
        return not self._seats and self._jobs.empty() and not self._writing

    async def join(
        self,
        connection: Connection,
        can_write: Callable[[], bool],
        who: Member,
        can_read: Callable[[], bool] = lambda: True,
    ) -> None:
        """Serve a connection until it ends. `can_write` is asked at each change, `can_read` before each comment is told."""
        if self._closing:
            await connection.close(GOING, "TR-W407")
            return
        seat = Seat(connection, can_write, who, self.limits, can_read)
        self._seats.add(seat)
        sender = asyncio.create_task(seat.send_all(), name=f"room {self.name}: to {who.id}")
        listener = asyncio.create_task(self._listen(seat), name=f"room {self.name}: from {who.id}")
        try:
            if name := self._replica.identity():
                seat.post(wire.document(name))
            seat.tell_right()
            seat.post(wire.sync(wire.STEP_1, self._replica.vector()))
            if present := self._presence.all():
                seat.post(wire.awareness(present))
            await asyncio.wait((sender, listener), return_when=asyncio.FIRST_COMPLETED)
        finally:
            listener.cancel()
            seat.hang_up()
            self._tell_others(seat, self._presence.leave(seat))
            await asyncio.wait((sender, listener))
            self._seats.discard(seat)
        for task in (listener, sender):
            if not task.cancelled():
                task.result()  # a fault of ours is not kept quiet

    def tell(self, told: bytes) -> None:
        """Tell everybody who may read what changed in the comments (the JSON of a talk frame): it is durable already."""
        frame = wire.talk(told)
        for seat in self._seats:
            if seat.can_read():
                seat.post(frame)

    def check_rights(self) -> None:
        """Rights have changed: tell each connection what its right is now."""
        for seat in self._seats:
            seat.tell_right()

    def expel(self, whom: Callable[[Member], bool]) -> None:
        """Close the connections of people who may no longer be here."""
        for seat in self._seats:
            if whom(seat.who):
                seat.end(RIGHTS, "TR-W408")

    async def close(self) -> None:
        """End gracefully: what was taken is made durable and acknowledged, then everybody is sent away."""
        self._closing = True
        if self._writer is not None:
            self._jobs.put_nowait(None)
            await asyncio.wait((self._writer,))
        for seat in self._seats:
            seat.end(GOING, "TR-W407")
        await asyncio.gather(*(seat.gone.wait() for seat in self._seats))

    # What comes in

    async def _listen(self, seat: Seat) -> None:
        """Take frames until the connection ends."""
        while not seat.ended.is_set():
            data = await seat.connection.receive()
            if data is None:
                return
            try:
                await self._take(seat, data)
            except wire.BadFrame:
                seat.end(BAD, "TR-W401")

    async def _take(self, seat: Seat, data: bytes) -> None:
        """One frame. Raises BadFrame."""
        scanner = wire.Scanner(data)
        kind = scanner.number()
        if kind == wire.SYNC:
            step, body = scanner.number(), scanner.bytes()
            scanner.end()
            if step == wire.STEP_1:
                seat.post(wire.sync(wire.STEP_2, self._lacking(body)))
            elif step in (wire.STEP_2, wire.UPDATE):
                await self._change(seat, body)
            else:
                raise wire.BadFrame("step")
        elif kind == wire.AWARENESS:
            body = scanner.bytes()
            scanner.end()
            if len(body) > MOST_BYTES:
                raise wire.BadFrame("state too large")
            self._tell_others(seat, self._presence.say(seat, seat.who, wire.read_awareness(body)))
        elif kind == wire.TALK:
            after = scanner.number()
            scanner.end()
            await self._answer_talk(seat, after)
        else:
            raise wire.BadFrame("kind")

    async def _answer_talk(self, seat: Seat, after: int) -> None:
        told = await self._talk(after)
        if seat.can_read():
            seat.post(wire.talk(told))
        await asyncio.sleep(self.limits.talk_rest_s)

    def _lacking(self, vector: bytes) -> bytes:
        try:
            return self._replica.lacking(vector)
        except (ValueError, RuntimeError) as fault:
            raise wire.BadFrame("vector") from fault

    async def _change(self, seat: Seat, update: bytes) -> None:
        seat.sent += 1
        if seat.shut or self._closing:
            return
        refusal = self._refusal(seat, update)
        if refusal:
            seat.refuse(seat.sent, refusal)
            return
        await seat.free.acquire()
        self._write(_Job(seat, seat.sent, update, seat.who, None))

    def _refusal(self, seat: Seat, update: bytes) -> str:
        """Why a change is not even tried; empty if it is."""
        if not seat.can_write():
            seat.tell_right()
            return "TR-W402"
        return "TR-W403" if len(update) > self.limits.update_bytes else ""

    # What is made durable

    def _write(self, job: _Job) -> None:
        if self._writer is None:
            self._writer = asyncio.create_task(self._write_all(), name=f"room {self.name}: writer")
        self._jobs.put_nowait(job)

    async def _write_all(self) -> None:
        """Commits what waits, a batch at a time, until the room closes. Where that fails by a fault of ours, the room is over."""
        try:
            await self._write_until_closed()
        except Exception:
            log.exception("Room %s is over by a fault of ours; it is opened anew.", self.name)
            self._closing = self.broken = True
            for seat in self._seats:
                seat.end(AGAIN, "TR-W409")

    async def _write_until_closed(self) -> None:
        open_ = True
        while open_:
            batch: list[_Job] = []
            job = await self._jobs.get()
            while job is not None:
                batch.append(job)
                if len(batch) >= self.limits.batch or self._jobs.empty():
                    break
                job = self._jobs.get_nowait()
            open_ = job is not None
            if batch:
                self._writing = True
                await self._write_batch(batch)
                self._writing = False

    async def _write_batch(self, batch: list[_Job]) -> None:
        taken = self._tried(batch)
        changes = [Change(brought, job.who) for job, brought in taken if brought]
        try:
            numbers = await self._commit(changes) if changes else ()
        except Exception as fault:  # noqa: BLE001 - whatever the store says, the senders must know that nothing was kept
            self._trial = Replica(self._replica.state(), self.limits.document_bytes)
            for job, _ in taken:
                self._failed(job, fault)
            return
        if len(numbers) != len(changes):
            raise RuntimeError("the store gives a number for each change")
        left = iter(numbers)
        for job, brought in taken:
            if brought:
                self.sequence = next(left)
                self._replica.take(brought)
                self._broadcast(wire.sync(wire.UPDATE, brought), job.seat)
            if job.seat is not None:
                job.seat.post(wire.ack(job.number, self.sequence))
                job.seat.free.release()
            if job.done is not None and not job.done.done():
                job.done.set_result(self.sequence)

    def _tried(self, batch: list[_Job]) -> list[tuple[_Job, bytes]]:
        """The changes that fit, each with what it brings (empty bytes: nothing new). The others are refused."""
        out: list[tuple[_Job, bytes]] = []
        for job in batch:
            if job.seat is not None and job.seat.shut:
                job.seat.free.release()
                continue
            try:
                out.append((job, self._trial.take(job.update) or b""))
            except Unfit as fault:
                self._trial = Replica(self._replica.state(), self.limits.document_bytes)
                for _, brought in out:
                    self._trial.take(brought) if brought else None
                self._unfit(job, fault)
        return out

    def _unfit(self, job: _Job, fault: Unfit) -> None:
        if job.seat is None:
            _fail(job, fault)
            return
        job.seat.free.release()
        if fault.code == "TR-W405":  # the sync at the next connection brings all of it
            job.seat.end(AGAIN, fault.code)
        else:
            job.seat.refuse(job.number, fault.code)
        if fault.code == "TR-W401":
            job.seat.end(BAD, fault.code)

    def _failed(self, job: _Job, fault: Exception) -> None:
        """The store did not take a change: the sender keeps it and comes back with it."""
        if job.seat is None:
            _fail(job, fault)
        else:
            job.seat.end(AGAIN, "TR-W409")
            job.seat.free.release()

    # What goes out

    def _broadcast(self, frame: bytes, sender: Seat | None) -> None:
        for seat in self._seats:
            if seat is not sender:
                seat.post(frame)

    def _tell_others(self, sender: Seat, states: list[wire.AwarenessState]) -> None:
        if states:
            self._broadcast(wire.awareness(states), sender)


def _fail(job: _Job, fault: Exception) -> None:
    if job.done is not None and not job.done.done():
        job.done.set_exception(fault)
