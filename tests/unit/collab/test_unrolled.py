"""Going through a document update by update: what is put together says the same, what was deleted is gone, words are found (R-60, R-64)."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from pycrdt import Doc, Map, Text

from tropa.collab import Unrolled, encode, wire
from tropa.model import Map as JourneyMap
from tropa.model import Stage

EDIT = st.tuples(
    st.integers(0, 2),
    st.sampled_from(["type", "cut", "set", "drop"]),
    st.integers(0, 30),
    st.text("аbя🙂", min_size=1, max_size=6),
)


def log_of(edits: list[tuple[int, str, int, str]]) -> list[bytes]:
    """Updates of three people who each see all that was before."""
    out: list[bytes] = []
    docs: list[Doc[Any]] = [Doc() for _ in range(3)]
    for who, act, place, words in edits:
        doc = docs[who]
        before = doc.get_state()
        with doc.transaction():
            text = doc.get("k/title/", type=Text)
            things = doc.get("things", type=Map)
            if act == "type":
                text.insert(len(str(text)[: place % (len(str(text)) + 1)].encode()), words)
            elif act == "cut" and str(text):
                start = place % len(str(text))
                del text[len(str(text)[:start].encode()) : len(str(text)[: start + 3].encode())]
            elif act == "set":
                things[f"t{place % 3}"] = Map({"note": words})
            elif f"t{place % 3}" in things:
                del things[f"t{place % 3}"]
        update = doc.get_update(before)
        out.append(update)
        for other in docs:
            other.apply_update(update)
    return out


def said(updates: list[bytes]) -> dict[str, str]:
    return Unrolled(updates).texts()


@settings(max_examples=60)
@given(st.lists(EDIT, min_size=1, max_size=25), st.lists(st.integers(0, 25), max_size=4))
def test_put_together_anywhere_it_says_the_same(edits: list[tuple[int, str, int, str]], cuts: list[int]) -> None:
    """R-60: at every cut, and to those who go on from there."""
    log = log_of(edits)
    ends = sorted({*(min(cut, len(log)) for cut in cuts), len(log)} - {0})
    going, together, start = Unrolled(), [], 0
    for end in ends:
        going.mark()
        for update in log[start:end]:
            going.take(update)
        together.append(going.since_mark())
        start = end
        assert said(together) == said(log[:end])
    whole = Unrolled(together)
    assert whole.texts() == Unrolled([going.state()]).texts() == said(log)
    later: Doc[Any] = Doc()
    for update in together:
        later.apply_update(update)
    assert wire.vector(later.get_state()) == wire.vector(_vector(log))


def _vector(log: list[bytes]) -> bytes:
    doc: Doc[Any] = Doc()
    for update in log:
        doc.apply_update(update)
    return doc.get_state()


def test_what_came_and_went_meanwhile_is_not_in_it() -> None:
    """R-64: nor is what was gone before told again and again."""
    log = log_of(
        [(0, "type", 0, "ааа"), (0, "type", 3, "яяяяяя"), (0, "cut", 3, ""), (0, "cut", 3, ""), (1, "type", 0, "b")]
    )
    going = Unrolled(log[:1])
    for update in log[1:]:
        going.take(update)
    assert "я".encode() in b"".join(log)
    assert "я".encode() not in going.since_mark()
    going.mark()
    assert going.since_mark() == b"\x00\x00"


RANGES = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 9)), max_size=8)


@given(st.dictionaries(st.integers(0, 3), RANGES), st.dictionaries(st.integers(0, 3), RANGES))
def test_delete_sets(one: dict[int, list[tuple[int, int]]], other: dict[int, list[tuple[int, int]]]) -> None:
    """Read, written, and one taken from the other, as sets of numbers say."""

    def bytes_of(told: dict[int, list[tuple[int, int]]]) -> bytes:
        out = wire.number(len(told))
        for client, found in told.items():
            out += wire.number(client) + wire.number(len(found))
            out += b"".join(wire.number(first) + wire.number(count) for first, count in found)
        return out

    def numbers(told: wire.Ranges) -> set[tuple[int, int]]:
        return {
            (who, at) for who, found in told.items() for first, count in found for at in range(first, first + count)
        }

    def naive(told: dict[int, list[tuple[int, int]]]) -> set[tuple[int, int]]:
        return {
            (who, at) for who, found in told.items() for first, count in found for at in range(first, first + count)
        }

    first, second = wire.ranges(bytes_of(one)), wire.ranges(bytes_of(other))
    assert numbers(first) == naive(one)
    left = wire.without(first, second)
    assert numbers(left) == naive(one) - naive(other)
    assert wire.ranges(wire.write_ranges(left)) == left


def test_words_are_rewritten_wherever_they_stand() -> None:
    """R-64: in shared texts, in fields, in lists; only what is found changes."""
    value = JourneyMap(
        title="Письмо от anna@x.ru и anna@x.ru 🙂", stages=(Stage(id="a", title="т", does=("звонит anna@x.ru",)),)
    )
    going = Unrolled([encode(value)])

    def find(text: str) -> list[tuple[int, int]]:
        return [(at, at + 9) for at in range(len(text)) if text.startswith("anna@x.ru", at)]

    update = going.rewrite(find, "…")
    assert update
    assert not any("anna" in text for text in going.texts().values())
    assert "Письмо от … и … 🙂" in going.texts().values()
    assert b"anna@x.ru" not in going.state()
    assert going.rewrite(find, "…") == b""
