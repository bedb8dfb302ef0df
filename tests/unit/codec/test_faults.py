"""R-12: every fault of a map file is a coded error with its line, and says what to do in both languages."""

from __future__ import annotations

import pytest

from tropa import codec
from tropa.model import TropaError
from tropa.words import words

HEAD = "tropa: 1\ntitle: x\nstages:\n"
STAGE = HEAD + "  - id: a\n    title: A\n"

BROKEN = [
    ("TR-C004", None, "tropa: 1\n: : :\n  - ]"),
    ("TR-C004", None, "a: !!int x"),
    ("TR-C005", 5, HEAD + "  - id: a\n\t  title: A\n"),
    ("TR-C006", None, HEAD + '  - {id: a, title: "A}\n'),
    ("TR-C007", 5, HEAD + "  - id: a\n    title: A: B\n"),
    ("TR-C008", None, HEAD + "  - {id: a, title: [A}\n"),
    ("TR-C009", 6, STAGE + "    id: b\n"),
    ("TR-C010", 6, STAGE + "    does: *nothing\n"),
    ("TR-C011", 6, STAGE + "---\na: 1\n"),
    ("TR-C012", None, "a: " + "[" * 3000),
    ("TR-C013", 6, STAGE + "    owner: \x07\n"),
    ("TR-C014", 6, STAGE + "    owner: !!python/object:os.system x\n"),
    ("TR-C015", 6, STAGE + "    1: x\n"),
    ("TR-C016", 6, STAGE + "    feels: {score: .inf}\n"),
    ("TR-C017", 1, "# nothing\n"),
    ("TR-C018", 1, "- a\n"),
    ("TR-C019", 6, STAGE + "    owner: @anna\n"),
    ("TR-C020", 1, "title: x\n"),
    ("TR-C021", 1, "tropa: 2\ntitle: x\n"),
    ("TR-C022", 1, "tropa: one\n"),
    ("TR-C030", 6, STAGE + "    tuchpoints: []\n"),
    ("TR-C031", 4, HEAD + "  - id: a\n"),
    ("TR-C032", 6, STAGE + "    does: искал\n"),
    ("TR-C032", 6, STAGE + "    title2: x\n".replace("title2: x", "goal: [a]")),
    ("TR-C033", 6, STAGE + "    feels: {score: 3}\n"),
    ("TR-C034", 4, HEAD + "  - id: а б\n    title: A\n"),
    ("TR-C035", 6, STAGE + "kind: asis\n"),
    ("TR-C036", 6, STAGE + "version: 2\n"),
    ("TR-C037", 6, STAGE + "    window: 3 дня\n"),
    ("TR-C038", 6, STAGE + "date: 01.02.2026\n"),
    ("TR-C038", 6, STAGE + "date: 2026\n"),
    ("TR-C039", 6, STAGE + "    does: [{text: a, evidence: [{n: 3}]}]\n"),
    ("TR-C040", 6, STAGE + "    when: {}\n"),
    ("TR-C041", 6, STAGE + "segments: [{id: s, title: s, rule: {}}]\n"),
    ("TR-C042", 4, STAGE + "    after: [a]\n"),
    ("TR-C043", 3, "tropa: 1\ntitle: x\nstages: []\n"),
    ("TR-M001", 6, STAGE + "  - {id: a, title: B}\n"),
    ("TR-M001", 8, STAGE + "    pains:\n      - {id: p, text: x}\n      - {id: p, text: x}\n"),
    ("TR-M002", 6, STAGE + "loops: [{from: a, to: aa}]\n"),
    ("TR-M003", 7, STAGE + "    deal: {event: x}\n  - {id: b, title: B, deal: {event: x}}\n"),
    ("TR-M004", 6, HEAD + "  - id: a\n    title: A\n    after: [b]\n  - {id: b, title: B}\n"),
]


def fault_of(text: str | bytes, name: str = "shop.yaml") -> TropaError:
    with pytest.raises(TropaError) as caught:
        codec.loads(text, name)
    return caught.value


@pytest.mark.parametrize(("code", "line", "text"), BROKEN)
def test_a_broken_file_is_told_by_code_and_line(code: str, line: int | None, text: str) -> None:
    """R-12"""
    fault = fault_of(text)
    assert fault.code == code, str(fault)
    assert fault.where.file == "shop.yaml"
    if line is not None:
        assert fault.where.line == line, str(fault)
    for lang in ("ru", "en"):
        say = words(lang)
        for one in (fault, *fault.also):
            assert say(one.code, **one.facts)
            assert say(f"{one.code}.fix", **one.facts)


def test_other_codes_of_the_room() -> None:
    """R-12: encodings, sizes, missing files, JSON."""
    assert fault_of("title: Имя".encode("cp1251")).code == "TR-C003"
    assert fault_of(b"a" * 2_000_001).code == "TR-C002"
    assert fault_of('{"tropa": 1,\n "title": }', "x.json").code == "TR-C050"
    assert fault_of('{"tropa": 1, "tropa": 1}', "x.json").code == "TR-C009"
    with pytest.raises(TropaError) as caught:
        codec.load("no/such/file.yaml")
    assert caught.value.code == "TR-C001"


def test_near_misses_are_suggested() -> None:
    """R-12: unknown keys and names come with the nearest known one."""
    assert fault_of(STAGE + "    tuchpoints: []\n").facts["near"] == "touchpoints"
    assert fault_of(STAGE + "kind: asis\n").facts["near"] == "as-is"
    assert fault_of(STAGE + "loops: [{from: a, to: aa}]\n").facts["near"] == "a"


def test_a_misspelled_key_is_told_once() -> None:
    """R-12: `titel` is not also a missing `title`."""
    fault = fault_of(HEAD + "  - id: a\n    titel: A\n")
    assert (fault.code, fault.also) == ("TR-C030", ())


def test_all_faults_come_at_once_in_the_order_of_the_file() -> None:
    """R-12"""
    fault = fault_of(STAGE + "    pans: []\n    feels: {score: 5}\n    does: x\n")
    assert [one.code for one in (fault, *fault.also)] == ["TR-C030", "TR-C033", "TR-C032"]
    assert [one.where.line for one in (fault, *fault.also)] == [6, 7, 8]


def test_json_faults_have_their_line() -> None:
    """R-13"""
    fault = fault_of('{\n\t"tropa": 1, "title": "x",\n\t"stages": [{"id": "a", "titel": "A"}]}', "x.json")
    assert (fault.code, fault.where.line) == ("TR-C030", 3)


def test_a_bomb_of_aliases_is_refused() -> None:
    """R-12: a billion laughs."""
    text = "a0: &a0 [lol,lol,lol,lol,lol,lol,lol,lol,lol]\n"
    for level in range(1, 12):
        text += f"a{level}: &a{level} [{','.join([f'*a{level - 1}'] * 9)}]\n"
    assert fault_of(text).code == "TR-C012"
