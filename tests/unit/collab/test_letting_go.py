"""A document that nobody needs any more leaves the memory (R-63)."""

from __future__ import annotations

import asyncio
import gc
import weakref

from room_people import House, settled
from tropa.collab.replica import Replica


def test_a_replica_is_let_go() -> None:
    """R-63: the engine calls back while it lives, and holds nothing after."""
    replica = Replica(b"", 1000)
    held = weakref.ref(replica), weakref.ref(replica._doc)
    del replica
    gc.collect()
    assert [one() for one in held] == [None, None]


def test_a_closed_room_is_let_go() -> None:
    """R-63: with both its documents."""

    async def story() -> list[weakref.ref[object]]:
        house = House()
        one = await house.enter()
        one.change("слово")
        await settled()
        held: list[weakref.ref[object]] = [
            weakref.ref(house.room), weakref.ref(house.room._replica._doc), weakref.ref(house.room._trial._doc)
        ]  # fmt: skip
        await house.room.close()
        await asyncio.gather(*house.tasks)
        return held

    held = asyncio.run(story())
    gc.collect()
    assert [one() for one in held] == [None, None, None]
