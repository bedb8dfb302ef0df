"""The writer of commented YAML quotes what any reader could take for something else (R-12)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from tropa.codec.templates.localise import localise
from tropa.codec.templates.write import annotated, flow, scalar


def read(text: str, version: str) -> Any:
    """The text as YAML of the given version."""
    reader = YAML(typ="safe", pure=True)
    reader.version = version  # type: ignore[assignment]  # ruamel types the setter as a tuple but takes text
    return reader.load(text)


SAYINGS = st.text(
    st.characters(
        codec="utf-8", exclude_categories=("Cs", "Cc", "Co", "Cn", "Zl", "Zp"), exclude_characters="\ufeff\x85"
    ),
    max_size=30,
)


@given(SAYINGS)
def test_any_string_reads_back_as_itself(text: str) -> None:
    """A naive reader of YAML 1.2 is the oracle, alone and inside a flow list."""
    assert read(f"key: {scalar(text)}\n", "1.2") == {"key": text}
    assert read(f"key: {flow([text, {'a': text}])}\n", "1.2") == {"key": [text, {"a": text}]}


AWKWARD = [
    "no", "Yes", "ON", "~", "null", "1", "1.5", "2026-01-02",
    "0x1f", "1e3", "12:30", "a: b", "a #b", "- a", "", " a", "a ", "a:", "@a", "'", "{", "[a",
]  # fmt: skip


@pytest.mark.parametrize("text", AWKWARD)
def test_awkward_strings_stay_strings_for_old_readers_too(text: str) -> None:
    """YAML 1.1 readers (and editors) must not see booleans, numbers or dates."""
    for version in ("1.1", "1.2"):
        assert read(f"key: {scalar(text)}\n", version) == {"key": text}


def test_plain_values() -> None:
    """Numbers, dates and truth values are written as such; ordinary words without quotes."""
    assert [scalar(value) for value in (True, None, 3, 0.5, date(2026, 12, 1))] == [
        "true",
        "null",
        "3",
        "0.5",
        "2026-12-01",
    ]
    assert scalar("Дома, после «работы»") == "Дома, после «работы»"
    assert scalar("Дома, после", inside_flow=True) == '"Дома, после"'


def test_notes_stand_where_a_key_is_first_met() -> None:
    """Notes before the first of a list's items, never inside a flow, never twice."""
    data = {
        "tropa": 1,
        "stages": [
            {"id": "a", "title": "А", "goal": "Раз", "pains": [{"id": "p", "text": "Ой", "severity": 3}]},
            {"id": "b", "title": "Б", "goal": "Два"},
        ],
    }
    text = annotated(data, "ru", "Голова")
    assert text.startswith("# Голова\n\n# Номер формата")
    assert text.count("# Чего клиент хочет") == 1
    assert text.index("# Чего клиент хочет") < text.index("goal: Раз")
    assert read(text, "1.2") == data


def test_an_empty_list_and_a_missing_language_survive() -> None:
    """What has no translation stays as it is; empty lists are written."""
    data = {"tropa": 1, "title": {"ru": "Да"}, "tags": [], "stages": [{"id": "a", "title": {"ru": "А", "en": "A"}}]}
    en = localise(data, "en")
    assert en["title"] == {"ru": "Да"}
    assert en["stages"] == [{"id": "a", "title": "A"}]
    assert en["language"] == "en"
    assert read(annotated(en, "en"), "1.2") == en
