"""Old history put together, whatever is killed on the way; maps nobody looks at are closed (R-60, R-63)."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tropa.collab import decode, merge
from tropa.files import write_text
from tropa.model import Map
from tropa.model.access import LOCAL
from tropa.service import history, thinning
from tropa.service.desk import Desk
from tropa.service.thinning import APART, BY_SITTING, PAUSE, groups
from tropa.store import Store, documents
from tropa.store import thinning as rows
from tropa.store.documents import Author, Entry
from web_desk import Clock
from web_shop import ANNA, TEXT, desk_on, does, title

BORIS = Author("user:boris", "Борис")
LATER = datetime(2027, 6, 1, tzinfo=UTC)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def shop(store: Store, tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    """A workspace with one map file, on each database in turn."""
    folder = tmp_path / "Лавка"
    folder.mkdir()
    write_text(folder / "map.yaml", TEXT)
    desk = desk_on(store, folder, clock)
    yield desk
    desk.living.end(desk)


def worked(desk: Desk, clock: Clock) -> int:
    """A year of work: sittings of two people, one typing letter by letter, one after another and in turns. The last update."""
    last = desk.living.current(desk, "shop")[0]
    for month in range(12):
        for who in (ANNA, BORIS):
            for letter in range(1, 7):
                last = desk.living.change(desk, "shop", who, title("Очень длинное имя"[: letter * 2] + str(month)))
                clock.move(seconds=20)
            clock.move(hours=1)
        for turn in range(4):  # in turns
            last = desk.living.change(desk, "shop", (ANNA, BORIS)[turn % 2], does("buy", f"платит {month}-{turn}"))
            clock.move(minutes=1)
        clock.move(days=30)
    return last


def all_states(desk: Desk) -> dict[int, Map]:
    """The map after each entry of the log that there is now."""
    with desk.store.read() as c:
        numbers = [one.seq for one in rows.entries(c, "shop")]
    return {seq: desk.living.at(desk, "shop", seq) for seq in numbers}


def size(desk: Desk) -> tuple[int, int]:
    """Entries and bytes of the log."""
    with desk.store.read() as c:
        found = rows.entries(c, "shop")
        return len(found), sum(len(rows.body_of(c, "shop", one.seq)) for one in found)


def test_every_kept_point_says_what_it_said(shop: Desk, clock: Clock) -> None:
    """R-60: sittings stay apart for a year, days after it; named versions stay; nothing of the map changes."""
    last = worked(shop, clock)
    named = history.name_version(shop, LOCAL, "shop", "Перед акцией", 5).seq
    before, entries = all_states(shop), size(shop)
    clock.now = LATER
    gone = thinning.thin(shop, "shop")
    after = all_states(shop)
    assert gone == len(before) - len(after) > 80
    assert named in after
    assert {seq: before[seq] for seq in after} == after
    assert size(shop)[1] < entries[1]
    assert shop.living.current(shop, "shop") == (last, before[last])
    with shop.store.read() as c:
        kept = rows.entries(c, "shop")
        assert sum(one.merged for one in kept) == last, "no update is lost to the count"
        assert [one.first for one in kept[1:]] == [one.seq + 1 for one in kept[:-1]]
        assert decode(merge(documents.bodies(c, "shop"))).map == before[last]
    assert any(one.author.name == "Анна, Борис" for one in kept)
    assert shop.living.at(shop, "shop", named + 1) == before[max(seq for seq in after if seq <= named + 1)]
    assert thinning.thin(shop, "shop") == 0, "what was put together once is left alone"
    sittings, _ = history.history(shop, LOCAL, "shop", before=None, limit=500)
    assert sum(one.updates for one in sittings) == last
    made = history.restore(shop, LOCAL, "shop", named)
    assert shop.living.current(shop, "shop") == (made, before[named])


def test_what_is_young_is_left_alone(shop: Desk, clock: Clock) -> None:
    """R-60: thirty days of changes are each kept by themselves."""
    worked(shop, clock)
    young = clock.now - APART
    with shop.store.read() as c:
        apart = [one for one in rows.entries(c, "shop") if one.at >= young]
    thinning.thin(shop, "shop")
    with shop.store.read() as c:
        assert [one for one in rows.entries(c, "shop") if one.at >= young] == apart


def test_those_who_work_meanwhile_lose_nothing(shop: Desk, clock: Clock) -> None:
    """R-60: changes made while the log is put together are all there after it."""
    worked(shop, clock)
    clock.now = LATER
    made: list[int] = []
    count = iter(range(100))

    def at(step: str) -> None:
        if step in ("reading", "putting together", "waiting"):
            made.append(shop.living.change(shop, "shop", ANNA, title(f"{step} {next(count)}")))

    assert thinning.thin(shop, "shop", at=at) > 0
    assert len(made) >= 3
    with shop.store.read() as c:
        assert [one.seq for one in rows.entries(c, "shop")][-len(made) :] == made
    assert decode_of(shop) == shop.living.current(shop, "shop")[1]


def decode_of(desk: Desk) -> Map:
    with desk.store.read() as c:
        return decode(merge(documents.bodies(c, "shop"))).map


STEPS = ("reading", "putting together", "waiting", "placing", "placed", "placed for good", "noting")


@pytest.mark.parametrize("step", STEPS)
def test_killed_at_any_step_it_is_as_before_or_as_after(shop: Desk, clock: Clock, step: str, tmp_path: Path) -> None:
    """R-60, R-63: `kill -9` at each step, on both databases: every kept point says what it said, and the next start goes on."""
    last = worked(shop, clock)
    before = all_states(shop)
    shop.living.end(shop)
    url = shop.store.engine.url.render_as_string(hide_password=False)
    child = [sys.executable, str(Path(__file__).with_name("thinning_child.py")), str(shop.workspace.folder), url, step]
    paths = os.pathsep.join([str(Path(__file__).parents[2]), *sys.path])
    ended = subprocess.run(child, env={**os.environ, "PYTHONPATH": paths}, check=False, timeout=120)
    assert ended.returncode == -9
    after = all_states(shop)
    assert {seq: before[seq] for seq in after} == after
    done = step in ("placed for good", "noting")
    assert (len(after) < len(before)) is done
    clock.now = LATER
    assert (thinning.thin(shop, "shop") > 0) is not done
    assert decode_of(shop) == before[last]


@st.composite
def logs(draw: st.DrawFn) -> list[Entry]:
    out, at, seq = [], datetime(2024, 1, 1, tzinfo=UTC), 0
    for _ in range(draw(st.integers(1, 40))):
        at += draw(st.sampled_from([timedelta(seconds=3), PAUSE, timedelta(hours=7), timedelta(days=40)]))
        merged = draw(st.integers(1, 3))
        seq += merged
        out.append(Entry(seq, at, draw(st.sampled_from([ANNA, BORIS])), merged, at - timedelta(seconds=1)))
    return out


@given(logs(), st.frozensets(st.integers(1, 100)), st.integers(0, 2000))
def test_what_may_be_put_together(entries: list[Entry], named: frozenset[int], age: int) -> None:
    """R-60: in order, nothing lost; never over a named version, never young ones, never two people within a year; twice is as once."""
    now = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(days=age)
    found = groups(entries, named, now)
    assert [one for group in found for one in group] == entries
    for group in found:
        assert not any(one.seq in named for one in group[:-1])
        if len(group) > 1:
            assert all(now - one.at > APART for one in group)
            assert group[0].first > 1
            if now - group[-1].at <= BY_SITTING:
                assert len({one.author.who for one in group}) == 1
    merged = [thinning._put(group, b"") for group in found]
    again = groups([Entry(one.seq, one.at, one.author, one.merged, one.since) for one in merged], named, now)
    assert all(len(group) == 1 for group in again)


def test_maps_that_nobody_looks_at_are_closed_and_open_again(shop: Desk) -> None:
    """R-63: memory goes with the last who leaves; whoever comes again finds all of it."""
    for number in range(20):
        write_text(shop.workspace.folder / f"m{number}.yaml", TEXT.replace("id: shop", f"id: m{number}"))
    shop.living.rows(shop)
    for number in range(20):
        shop.living.change(shop, f"m{number}", ANNA, title(f"Имя {number}"))
    assert shop.living.open_maps >= 20
    assert shop.living.call(shop.living.close_idle(3600)) == 0, "not before its time"
    shop.living.write_files(shop)
    closed = shop.living.call(shop.living.close_idle(0))
    assert closed >= 20
    assert shop.living.open_maps == 0
    assert "Имя 7" in str(shop.living.current(shop, "m7")[1].title)
    assert shop.living.change(shop, "m7", BORIS, title("Снова")) == 3
    assert shop.living.open_maps == 1


def test_a_map_whose_file_is_behind_is_not_closed(shop: Desk) -> None:
    """R-12, R-63: first the file says what the map does."""
    shop.living.change(shop, "shop", ANNA, title("Новое"))
    assert shop.living.call(shop.living.close_idle(0)) == 0
    shop.living.write_files(shop)
    assert shop.living.call(shop.living.close_idle(0)) == 1
    assert "Новое" in (shop.workspace.folder / "map.yaml").read_text(encoding="utf-8")
