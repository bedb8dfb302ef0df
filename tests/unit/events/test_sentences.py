"""Every code, role and reason of this room has its words in both languages, and its line in the guide."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tropa import events
from tropa.events import BadRow, ColumnRole
from tropa.events.limits import Limits
from tropa.words import words

ROOM = Path(events.__file__).parent
SOURCE = "\n".join(path.read_text(encoding="utf-8") for path in sorted(ROOM.rglob("*.py")))
CODES = sorted(set(re.findall(r"TR-E\d{3}", SOURCE)))
GUIDES = [ROOM.parents[2] / "docs" / folder / "import.md" for folder in ("guide", "ru")]
FACTS = {"value": "x", "expected": 4, "actual": 5}


@pytest.mark.parametrize("code", CODES)
def test_codes_are_said_and_documented(code: str) -> None:
    """R-20: message, what to do, a short form for rows, a line in both guides."""
    for lang in ("ru", "en"):
        say = words(lang)
        assert say.has(code)
        assert say.has(f"{code}.fix")
        if code >= "TR-E100":
            assert say.has(f"{code}.short")
            assert events.reason(BadRow("f", 1, "c", code, FACTS, {}), lang)
    for guide in GUIDES:
        assert code in guide.read_text(encoding="utf-8"), guide


def test_roles_reasons_and_warnings_are_said() -> None:
    """R-20: no bare message id can reach a person."""
    said = {f"column-role-{role.value}" for role in ColumnRole}
    said |= set(re.findall(r'"(role-because-[a-z-]+[a-z])"', SOURCE)) | set(
        re.findall(r'"(events-warn-[a-z-]+[a-z])"', SOURCE)
    )
    said |= {f"events-warn-{why}" for why in ("session", "names", "repeats")}
    for lang in ("ru", "en"):
        assert [message for message in sorted(said) if not words(lang).has(message)] == []


def test_limits_are_documented(monkeypatch: pytest.MonkeyPatch) -> None:
    """R-20: every knob is in the guides, and turning it works."""
    for name in Limits.__slots__:
        for guide in GUIDES:
            assert f"TROPA_LIMIT_{name.upper()}" in guide.read_text(encoding="utf-8")
    monkeypatch.setenv("TROPA_LIMIT_COLUMNS", "7")
    monkeypatch.setenv("TROPA_LIMIT_DEPTH", "many")
    assert (Limits.of_environment().columns, Limits.of_environment().depth) == (7, Limits().depth)
