"""The room: durable before anyone hears of it, rights at each change, bounds, and nothing that comes in breaks it (R-60)."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Coroutine, Sequence
from typing import Any

import pytest
from pycrdt import Doc, Text

from room_people import ANNA, BORIS, House, Tab, play, settled
from tropa.collab import Change, Member, Room, RoomLimits, Unfit, encode, wire
from tropa.model import Map, Stage


def test_it_is_durable_before_anyone_hears_of_it() -> None:
    async def story(house: House) -> None:
        one, other = await house.enter(), await house.enter(BORIS)
        seen: list[int] = []
        house.store.before = lambda: seen.append(len(other.told) + len(one.acks()))
        house.store.wait_s = 0.01
        before = len(other.told)
        one.change("слово")
        await asyncio.sleep(0.05)
        assert seen == [before]
        assert other.heard() == "слово"
        assert one.acks() == [(1, 1)]
        assert one.heard() == ""

    house = play(story)
    assert [(change.who, len(house.store.log)) for change in house.store.log] == [(ANNA, 1)]
    doc: Doc[Any] = Doc()
    doc.apply_update(house.room.state())
    assert str(doc.get("a/title/", type=Text)) == "слово"


def test_what_waits_while_one_commit_runs_is_committed_together() -> None:
    async def story(house: House) -> None:
        one, other = await house.enter(), await house.enter(BORIS)
        house.store.wait_s = 0.02
        for word in ("раз ", "два ", "три "):
            one.change(word)
            other.change(word)
        await asyncio.sleep(0.15)
        assert one.acks() == [(1, one.acks()[0][1]), (2, one.acks()[1][1]), (3, one.acks()[2][1])]
        assert len(other.acks()) == 3

    house = play(story)
    assert sum(house.store.batches) == 6
    assert len(house.store.batches) <= 3
    assert house.room.sequence == 6


def test_who_comes_later_gets_what_is_there_and_gives_what_it_has() -> None:
    async def story(house: House) -> None:
        late = await house.enter()
        late.say(wire.sync(wire.STEP_1, b"\x00"))
        late.type("моё")
        late.say(wire.sync(wire.STEP_2, late.doc.get_update()))
        await settled()
        assert wire.STEP_1 in [frame[1] for frame in late.frames(wire.SYNC)]
        assert late.acks() == [(1, 1)]
        late.say(wire.sync(wire.STEP_2, late.doc.get_update()))
        await settled()
        assert late.acks() == [(1, 1), (2, 1)], "nothing new is acknowledged and not committed"

    assert len(play(story, encode(Map(title="x", stages=(Stage(id="a", title="y"),)))).store.log) == 1


def test_a_reader_is_answered_with_a_reason_and_changes_nothing() -> None:
    rights = {"may": False}

    async def story(house: House) -> None:
        reader = await house.enter(BORIS, lambda: rights["may"])
        other = await house.enter()
        assert reader.frames(wire.RIGHT) == [wire.right(False)]
        reader.change("нельзя")
        await settled()
        assert reader.refusals() == [(1, "TR-W402")]
        assert other.heard() == ""
        reader.change("и это")
        await settled()
        assert reader.refusals() == [(1, "TR-W402")]
        rights["may"] = True
        house.room.check_rights()
        await settled()
        assert reader.frames(wire.RIGHT) == [wire.right(False), wire.right(True)]

    assert play(story).store.log == []


def test_a_right_taken_away_is_taken_at_once() -> None:
    rights = {"may": True}

    async def story(house: House) -> None:
        one = await house.enter(ANNA, lambda: rights["may"])
        one.change("можно")
        await settled()
        rights["may"] = False
        one.change("нельзя")
        await settled()
        assert one.refusals() == [(2, "TR-W402")]
        house.room.expel(lambda who: who == ANNA)
        await settled()
        assert one.ended == (4403, "TR-W408")

    assert len(play(story).store.log) == 1


def test_where_the_store_fails_the_sender_keeps_its_change_and_comes_back() -> None:
    async def story(house: House) -> None:
        one, other = await house.enter(), await house.enter(BORIS)
        house.store.fails = 1
        one.change("слово")
        await settled()
        assert one.ended == (4500, "TR-W409")
        assert one.acks() == []
        assert other.heard() == ""
        again = await house.enter()
        again.say(wire.sync(wire.STEP_2, one.doc.get_update()))
        await settled()
        assert again.acks() == [(1, 1)]
        assert other.heard() == "слово"
        house.store.fails = 1
        with pytest.raises(OSError, match="disk full"):
            await house.room.put(other.type("сервер"), BORIS)

    play(story)


def test_a_change_that_rests_on_what_nobody_has_is_asked_for_anew() -> None:
    async def story(house: House) -> None:
        one = await house.enter()
        one.type("раз")
        one.change("два")
        await settled()
        assert one.ended == (4500, "TR-W405")
        gone = await house.enter()
        gone.type("слово")
        lost: Doc[Any] = Doc()
        lost.apply_update(gone.doc.get_update())
        only_deleted: list[bytes] = []
        watch = lost.observe(lambda event: only_deleted.append(event.update))
        lost.get("a/title/", type=Text).clear()
        del watch
        gone.say(wire.sync(wire.UPDATE, only_deleted[-1]))
        await settled()
        assert gone.ended == (4500, "TR-W405"), "deleting what is not there yet is not acknowledged"

    assert play(story).store.log == []


def test_bounds() -> None:
    limits = RoomLimits(update_bytes=2000, document_bytes=5000)

    async def story(house: House) -> None:
        big, many = await house.enter(), await house.enter(BORIS)
        big.change("x" * 3000)
        for index in range(8):
            many.change(f"{index}" * 900)
        await settled()
        assert big.refusals() == [(1, "TR-W403")]
        assert [code for _, code in many.refusals()] == ["TR-W404"]
        assert 1 <= len(many.acks()) < 8
        fresh = await house.enter()
        fresh.change("ещё")
        await settled()
        assert len(fresh.acks()) == 1, "the room goes on"

    play(story, limits=limits)


def test_who_does_not_keep_up_is_sent_away() -> None:
    limits = RoomLimits(outbox_frames=20, farewell_s=0.01)

    async def story(house: House) -> None:
        one, slow = await house.enter(), await house.enter(BORIS, slow=True)
        for index in range(40):
            one.change(str(index))
            await settled()
        await asyncio.sleep(0.1)
        assert slow.ended == (4408, "TR-W406")
        assert len(one.acks()) == 40
        assert house.room.members == (ANNA,)

    play(story, limits=limits)


def test_presence_is_the_servers_word() -> None:
    def states(tab: Tab) -> list[tuple[int, Any]]:
        bodies = [wire.Scanner(frame[1:]).bytes() for frame in tab.frames(wire.AWARENESS)]
        return [(item.client, item.state) for body in bodies for item in wire.read_awareness(body)]

    async def story(house: House) -> None:
        one, other = await house.enter(), await house.enter(BORIS)
        forged = {"user": {"id": "user:boss", "name": "Босс"}, "address": "map/title"}
        one.say(wire.awareness([wire.AwarenessState(7, 1, forged)]))
        await settled()
        assert states(other) == [(7, {"user": {"id": "user:anna", "name": "Аня"}, "address": "map/title"})]
        other.say(wire.awareness([wire.AwarenessState(7, 9, None), wire.AwarenessState(8, 1, {})]))
        one.say(wire.awareness([wire.AwarenessState(9, 1, {"second": True})]))
        await settled()
        assert states(one) == [(8, {"user": {"id": "user:boris", "name": "Борис"}})], "nobody speaks for another"
        late = await house.enter(Member("user:late", "Вера"))
        assert sorted(client for client, _ in states(late)) == [7, 8]
        # the tab comes back before its old connection is known to be dead, and stays when that ends
        again = await house.enter()
        again.say(wire.awareness([wire.AwarenessState(7, 2, {"address": "k"})]))
        await settled()
        one.say(None)  # type: ignore[arg-type]
        await settled()
        assert states(late)[-1] == (7, {"address": "k", "user": {"id": "user:anna", "name": "Аня"}})
        again.say(None)  # type: ignore[arg-type]
        await settled()
        assert states(late)[-1] == (7, None)
        bodies = [wire.Scanner(frame[1:]).bytes() for frame in late.frames(wire.AWARENESS)]
        clocks = [item.clock for body in bodies for item in wire.read_awareness(body) if item.client == 7]
        assert clocks == sorted(set(clocks))

    play(story)


@pytest.mark.parametrize(
    "words", ["NaN", '{"a":NaN}', '{"a":1e999}', '{"a":-Infinity}', "[1]", '"x"', "{", '{"a":' * 900]
)
def test_what_no_browser_could_read_is_not_passed_on(words: str) -> None:
    async def story(house: House) -> None:
        bad, good = await house.enter(), await house.enter(BORIS)
        body = wire.number(1) + wire.number(7) + wire.number(1) + wire.sized(words.encode())
        bad.say(bytes((wire.AWARENESS,)) + wire.sized(body))
        await settled()
        assert bad.ended == (4400, "TR-W401")
        assert good.frames(wire.AWARENESS) == []

    play(story)


def test_half_a_character_in_a_state_harms_nobody() -> None:
    async def story(house: House) -> None:
        bad = await house.enter()
        body = wire.number(1) + wire.number(7) + wire.number(1) + wire.sized(rb'{"a":"\ud800"}')
        bad.say(bytes((wire.AWARENESS,)) + wire.sized(body))
        await settled()
        late = await house.enter(BORIS)
        assert rb"\ud800" in late.frames(wire.AWARENESS)[0]

    play(story)


def test_a_room_says_first_which_document_it_has() -> None:
    state = encode(Map(title="x", stages=(Stage(id="a", title="y"),)), new_key=iter("abcdefgh").__next__)

    async def story(house: House) -> None:
        one = await house.enter()
        assert one.told[0] == wire.document("b")

    play(story, state)


def test_the_servers_own_changes() -> None:
    async def story(house: House) -> None:
        one = await house.enter()
        assert await house.room.put(Tab().type("файл"), Member("file", "file")) == 1
        await settled()
        assert one.heard() == "файл"
        with pytest.raises(Unfit, match="TR-W401"):
            await house.room.put(b"\x07no", Member("file", "file"))

    house = play(story)
    with pytest.raises(Unfit, match="TR-W407"):
        asyncio.run(house.room.put(Tab().type("поздно"), ANNA))


def test_closing_makes_durable_and_acknowledges_what_was_taken() -> None:
    tabs: list[Tab] = []

    async def story(house: House) -> None:
        house.store.wait_s = 0.02
        tabs.append(await house.enter())
        tabs[0].change("последнее")
        await settled()
        assert tabs[0].acks() == []

    house = play(story)
    assert tabs[0].acks() == [(1, 1)]
    assert tabs[0].ended == (1001, "TR-W407")
    assert house.room.closed
    late = Tab()
    asyncio.run(house.room.join(late, lambda: True, ANNA))
    assert late.ended == (1001, "TR-W407")


def frames_of_all_kinds(draw: random.Random) -> list[bytes]:
    """Frames whole, cut short, with bytes changed, and of nothing but noise."""
    tab = Tab()
    whole = [
        wire.sync(wire.STEP_1, b"\x00"),
        wire.sync(wire.UPDATE, tab.type("слово")),
        wire.sync(wire.STEP_2, tab.doc.get_update()),
        wire.awareness([wire.AwarenessState(3, 1, {"a": 1})]),
        wire.ack(1, 1),
        encode(Map(title="x", stages=(Stage(id="a", title="y"),)), new_key=lambda: f"k{draw.randrange(10**9)}"),
    ]
    frame = bytearray(draw.choice(whole))
    kind = draw.randrange(4)
    if kind == 0:
        return [bytes(frame[: draw.randrange(len(frame))])]
    if kind == 1:
        for _ in range(draw.randint(1, 4)):
            frame[draw.randrange(len(frame))] = draw.randrange(256)
        return [bytes(frame)]
    if kind == 2:
        return [draw.randbytes(draw.randint(0, 40))]
    body = bytearray(tab.type("ещё"))
    body[draw.randrange(len(body))] ^= 1 << draw.randrange(8)
    return [wire.sync(wire.UPDATE, bytes(body))]


@pytest.mark.parametrize("seed", range(8))
def test_no_bytes_break_the_room(seed: int) -> None:
    draw = random.Random(seed)

    async def story(house: House) -> None:
        witness, good = await house.enter(), await house.enter(BORIS)
        for _ in range(40):
            bad = await house.enter(Member("user:bad", "?"))
            for frame in frames_of_all_kinds(draw):
                bad.say(frame)
            bad.say(None)  # type: ignore[arg-type]
        await settled()
        assert witness.ended is None
        good.change("жива")
        await settled()
        assert len(good.acks()) == 1
        assert "жива" in witness.heard()

    house = play(story)
    assert vector_of(*(change.update for change in house.store.log)) == vector_of(house.room.state())


def vector_of(*updates: bytes) -> dict[int, int]:
    """How much of whose changes these updates hold."""
    doc: Doc[Any] = Doc()
    for update in updates:
        doc.apply_update(update)
    return wire.vector(doc.get_state())


def test_malformed_frames_close_that_connection_with_a_reason() -> None:
    async def story(house: House) -> None:
        for frame in (
            b"",
            b"\x05",
            b"\x00\x07\x00",
            b"\x00\x02\x02\x07\x07",
            b"\x01\x03\x01\x01\x01",
            b"\x00\x00\x01\x05",
            b"\x80" * 12,
        ):
            bad = await house.enter()
            bad.say(frame)
            await settled()
            assert bad.ended == (4400, "TR-W401"), frame
        assert house.room.members == ()

    play(story)


def test_a_fault_of_ours_ends_the_room_loudly(caplog: pytest.LogCaptureFixture) -> None:
    async def story() -> None:
        async def commit(changes: Sequence[Change]) -> Sequence[int]:
            return ()  # a store that breaks its promise

        room = Room("m", b"", commit)
        tab = Tab()
        joined: Coroutine[Any, Any, None] = room.join(tab, lambda: True, ANNA)
        task = asyncio.create_task(joined)
        await settled()
        tab.change("слово")
        await settled()
        assert tab.ended == (4500, "TR-W409")
        assert room.closed
        await task
        assert room.broken
        await room.close()

    asyncio.run(story())
    assert "a number for each change" in caplog.text
