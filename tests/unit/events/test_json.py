"""R-20: a JSON document that is one list of objects is read like JSON lines, piece by piece."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tropa import events
from tropa.events import json_rows
from tropa.model import TropaError
from tropa.words import words

Write = Callable[..., Path]
Rows = Callable[..., tuple[list[dict[str, Any]], list[events.BadRow]]]

LOG = [
    {"user": {"id": f"u{n}"}, "event": "view", "time": "2024-01-01T10:00:00Z", "note": 'a, [b] {c}\n"d"'}
    for n in range(40)
]


def test_a_list_is_read_like_lines(write: Write, rows_of: Rows) -> None:
    """R-20: the same events whether one object a line, one list, a pretty list or a list inside an object."""
    lines, _ = rows_of(write("a.jsonl", "".join(json.dumps(item) + "\n" for item in LOG)))
    for text in (
        json.dumps(LOG),
        json.dumps(LOG, indent=2),
        json.dumps({"status": "ok", "total": {"n": 40}, "orders": LOG, "next": None}),
        json.dumps({"orders": LOG}, indent=1),
    ):
        for encoding in ("utf-8", "utf-8-sig", "utf-16"):
            file = write("a.json", text, encoding)
            assert events.plan(file).format == "json"
            good, bad = rows_of(file)
            assert not bad
            assert [{**row, "row": 0} for row in good] == [{**row, "row": 0} for row in lines]


def test_lines_of_a_pretty_list(write: Write, rows_of: Rows) -> None:
    """R-20: each row knows the line that its object begins on; what is no object steps aside."""
    text = '[\n {"user":"a",\n  "event":"v","time":"2024-01-01"},\n 7,\n {"user":"b","event":"v","time":"when"} ]'
    good, bad = rows_of(write("a.json", text))
    assert [(row["row"], row["customer"]) for row in good] == [(2, "a")]
    assert [(row.line, row.code) for row in bad] == [(4, "TR-E112"), (5, "TR-E101")]


def test_a_torn_list_keeps_what_came(write: Write, rows_of: Rows) -> None:
    """R-20"""
    text = json.dumps(LOG)
    good, bad = rows_of(write("a.json", text[: len(text) // 2]))
    assert 15 < len(good) < 21
    assert [row.code for row in bad] == ["TR-E112"]


def test_a_fault_in_the_middle_has_its_place(write: Write, rows_of: Rows) -> None:
    """R-20"""
    one = '{"user":"a","event":"v","time":"2024-01-01"}'
    with pytest.raises(TropaError) as caught:
        rows_of(write("a.json", f'[{one},\n{one},\n {{"user":"a" "event":"v"}},{one}]'))
    assert (caught.value.code, caught.value.where.line, caught.value.where.column) == ("TR-E023", 3, 14)
    assert caught.value.facts["reason"] == "comma"
    for lang in ("ru", "en"):
        assert words(lang)("TR-E023", **caught.value.facts).endswith("скобки." if lang == "ru" else "missing.")
    with pytest.raises(TropaError) as caught:
        rows_of(write("a.json", f"[{one},{{" + '"a":{' * 100_000))
    assert (caught.value.code, caught.value.facts["reason"]) == ("TR-E023", "depth")


@pytest.mark.parametrize("text", ["[]", "{}", "[[1,2],[3]]", '["a"]', '[{"a" 1}]', "[{", '{"a": [{'])
def test_what_is_no_list_of_objects(write: Write, text: str) -> None:
    """R-20: refused with a code."""
    with pytest.raises(TropaError) as caught:
        list(events.read(events.plan(write("a.json", text))))
    assert caught.value.code in ("TR-E016", "TR-E023", "TR-E007")


def test_one_element_cannot_eat_the_memory(write: Write, rows_of: Rows, monkeypatch: pytest.MonkeyPatch) -> None:
    """R-20: an element longer than rows may be ends the reading, coded."""
    monkeypatch.setenv("TROPA_LIMIT_RECORD", "1000")
    monkeypatch.setattr(json_rows, "_BLOCK", 4_000)
    text = json.dumps([LOG[0], {"user": "x" * 40_000}, LOG[1]])
    good, bad = rows_of(write("a.json", text))
    assert [row["customer"] for row in good] == ["u0"]
    assert [row.code for row in bad] == ["TR-E111"]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=12),
    lambda part: st.lists(part, max_size=3) | st.dictionaries(st.text(max_size=4), part, max_size=3),
    max_leaves=8,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(st.dictionaries(st.text(max_size=4), VALUES, max_size=4), min_size=1, max_size=12),
    st.integers(2, 200),
    st.sampled_from([None, 1]),
)
def test_blocks_of_any_size_give_the_same_elements(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, objects: list[dict[str, Any]], block: int, indent: int | None
) -> None:
    """R-20: an element, a number, a letter may be cut anywhere by a block's end; lines stay true."""
    text = json.dumps([{"a": 1}, *objects], indent=indent, ensure_ascii=False)
    file = tmp_path / "a.json"
    file.write_bytes(text.encode("utf-8", "replace"))
    limits = events.limits.Limits()

    def read() -> list[tuple[int, Any, str | None]]:
        with file.open("rb") as stream:
            return [found[:3] for found in json_rows.items(stream, "a.json", "utf-8", limits)]

    whole = read()
    with monkeypatch.context() as patch:
        patch.setattr(json_rows, "_BLOCK", max(block, 8))
        assert read() == whole
    assert [value for _, value, _ in whole] == json.loads(file.read_text(encoding="utf-8"))
    assert all(code is None for _, _, code in whole)
