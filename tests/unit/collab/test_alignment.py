"""Texts edited apart are put together letter by letter; what was moved is found (R-60)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tropa.collab.alignment import edits, moved, paired
from tropa.collab.order import between, is_fraction, spread

LETTERS = st.text("абв ё👍", max_size=12)


def done(before: str, after: str, now: str) -> str:
    for place, count, words in edits(before, after, now):
        now = now[:place] + words + now[place + count :]
    return now


@given(LETTERS, LETTERS)
def test_an_edit_of_what_nobody_touched_is_that_edit(before: str, after: str) -> None:
    assert done(before, after, before) == after
    assert done(before, before, after) == after


@given(LETTERS, LETTERS, LETTERS)
def test_nothing_put_in_meanwhile_is_lost(before: str, after: str, added: str) -> None:
    assert added in done(before, after, before + "|" + added)


@pytest.mark.parametrize(
    ("before", "after", "now", "told"),
    [
        ("Ждёт", "Долго ждёт", "Ждёт курьера", "Долго ждёт курьера"),
        ("один два", "один", "один два три", "один три"),
        ("один два", "раз два", "один два", "раз два"),
        ("", "слова", "другие", "словадругие"),
        ("слова", "", "слова и ещё", " и ещё"),
    ],
)
def test_two_edits_of_one_line(before: str, after: str, now: str, told: str) -> None:
    assert done(before, after, now) == told


def test_what_became_of_what() -> None:
    assert paired(["a", "b"], ["b", "a"]) == [1, 0]
    assert paired(["один", "два"], ["один", "и три", "два"]) == [0, None, 1]
    assert paired(["Ждёт курьера", "b"], ["b", "Ждёт курьера долго", "c"]) == [1, 0, None]
    assert paired([{"id": "a", "t": 1}, {"id": "b", "t": 2}], [{"id": "c", "t": 1}, {"id": "b", "t": 3}]) == [0, 1]


@given(st.permutations(range(7)))
def test_the_fewest_are_moved(places: list[int]) -> None:
    shifted = moved(places)
    stay = [place for index, place in enumerate(places) if index not in shifted]
    assert stay == sorted(stay)
    assert not any(
        sorted(kept) == kept
        for gone in shifted
        for kept in [[p for i, p in enumerate(places) if i not in shifted - {gone}]]
    )
    assert moved([None, None]) == set()


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 60)), max_size=40))
def test_there_is_always_room_between(steps: list[tuple[int, int]]) -> None:
    line: list[str] = []
    for place, digit in steps:
        at = place % (len(line) + 1)
        low = line[at - 1] if at else ""
        high = line[at] if at < len(line) else ""
        line.insert(at, between(low, high, lambda n, digit=digit: digit % n))
    assert line == sorted(set(line))
    assert all(is_fraction(item) and item[-1] != "0" for item in line)


@given(st.integers(0, 5000))
def test_a_spread_ascends_and_leaves_room(count: int) -> None:
    line = spread(count)
    assert line == sorted(set(line))
    assert len(line) == count


def test_a_list_that_only_grows_keeps_short_fractions() -> None:
    last = ""
    for _ in range(1000):
        last = between(last, "", lambda n: 0)
    assert len(last) < 24
