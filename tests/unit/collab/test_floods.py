"""Floods and those who do not read: they hold up nobody else, and what waits for them is bounded (R-60)."""

from __future__ import annotations

import asyncio
import json
import random
import tracemalloc
from typing import Any

import pytest

from room_people import ANNA, BORIS, House, Tab, play, settled
from tropa.collab import Change, Member, Room, RoomLimits, wire


def told(number: int, size: int = 200) -> bytes:
    """A talk frame's words about one comment."""
    comment = {"id": f"c{number}", "text": "я" * size, "change": number}
    return json.dumps({"after": number - 1, "upto": number, "last": number, "comments": [comment]}).encode()


def test_a_flood_of_comments_holds_up_no_change_and_no_memory() -> None:
    """R-60: who does not read is sent away with a reason; the others go on; nothing of it stays in memory."""
    limits = RoomLimits(outbox_frames=64, outbox_bytes=64_000, farewell_s=0.02)

    async def story(house: House) -> None:
        deaf, reader = await house.enter(BORIS, slow=True), await house.enter()
        tracemalloc.start()
        for number in range(1, 3_001):
            house.room.tell(told(number))
            if number % 16 == 0:
                await settled()
        held = tracemalloc.get_traced_memory()[0]
        tracemalloc.stop()
        reader.told.clear()
        reader.change("слово")
        await settled()
        assert reader.acks() == [(1, 1)]
        await asyncio.sleep(0.1)
        assert deaf.ended == (4408, "TR-W406")
        assert house.room.members == (ANNA,)
        # the reader of this test keeps all it was told; beyond that nothing is held
        assert held < 3_001 * len(told(1)) * 1.5 + 2_000_000

    play(story, limits=limits)


def test_those_who_read_hear_all_of_it_in_order() -> None:
    """R-60: nothing is dropped from who keeps up."""

    async def story(house: House) -> None:
        tabs = [await house.enter(Member(f"user:{n}", "x")) for n in range(5)]
        for number in range(1, 301):
            house.room.tell(told(number, 10))
            await settled()
        for tab in tabs:
            heard = [json.loads(wire.Scanner(frame[1:]).text())["upto"] for frame in tab.frames(wire.TALK)]
            assert heard == list(range(1, 301))

    play(story)


def test_who_may_not_read_is_told_nothing() -> None:
    """R-60: asked before each comment."""
    may = {"read": True}

    async def story() -> None:
        async def commit(changes: Any) -> list[int]:
            return list(range(1, len(changes) + 1))

        room = Room("m", b"", commit)
        tab = Tab()
        task = asyncio.create_task(room.join(tab, lambda: False, ANNA, lambda: may["read"]))
        await settled()
        room.tell(told(1))
        await settled()
        may["read"] = False
        room.tell(told(2))
        tab.say(wire.ask_talk(0))
        await settled()
        assert len(tab.frames(wire.TALK)) == 1
        tab.say(None)  # type: ignore[arg-type]
        await task
        await room.close()

    asyncio.run(story())


def test_questions_for_comments_are_answered_one_at_a_time() -> None:
    """R-60: a thousand questions of one tab are a few looks into the store, and nobody else waits for them."""
    asked: list[int] = []

    async def story() -> None:
        async def commit(changes: list[Change]) -> list[int]:
            return list(range(1, len(changes) + 1))

        async def talk(after: int) -> bytes:
            asked.append(after)
            return told(after + 1)

        room = Room("m", b"", commit, talk=talk, limits=RoomLimits(talk_rest_s=0.05, farewell_s=0.05))
        greedy, other = Tab(), Tab()
        tasks = [
            asyncio.create_task(room.join(one, lambda: True, who)) for one, who in ((greedy, ANNA), (other, BORIS))
        ]
        await settled()
        for number in range(1_000):
            greedy.say(wire.ask_talk(number))
        other.change("слово")
        await asyncio.sleep(0.02)
        assert other.acks() == [(1, 1)]
        assert len(asked) <= 2
        await room.close()
        await asyncio.gather(*tasks)

    asyncio.run(story())


@pytest.mark.parametrize("seed", range(4))
def test_no_bytes_break_a_room_that_talks(seed: int) -> None:
    """R-60: random frames, frames of every kind cut and changed: those who send them go, the room and the others stay."""
    dice = random.Random(seed)

    async def story(house: House) -> None:
        good = await house.enter()
        good.change("до ")
        await settled()
        whole = [
            wire.sync(wire.STEP_1, b"\x00"), wire.sync(wire.UPDATE, b"\x00\x00"), wire.ask_talk(7), wire.talk(told(1)),
            wire.awareness([wire.AwarenessState(5, 1, {"a": 1})]), wire.ack(1, 2), wire.refused(1, "x"), wire.right(True),
            wire.document("d"),
        ]  # fmt: skip
        for _ in range(120):
            bad = await house.enter(BORIS)
            frame = bytearray(dice.choice(whole))
            for _ in range(dice.randint(0, 4)):
                act, at = dice.randint(0, 2), dice.randint(0, max(0, len(frame) - 1))
                if act == 0:
                    frame[at : at + 1] = bytes([dice.randint(0, 255)])
                elif act == 1:
                    del frame[at:]
                else:
                    frame += dice.randbytes(3)
            bad.say(bytes(frame))
            await settled()
            bad.say(None)  # type: ignore[arg-type]
            await settled()
        good.change("после")
        await settled()
        assert len(good.acks()) == 2
        assert not house.room.closed
        assert house.room.members == (ANNA,)

    play(story, limits=RoomLimits(talk_rest_s=0))
