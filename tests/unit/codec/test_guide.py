"""R-12: the examples of the guide are maps, and nothing in them bothers the linter."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from tropa import codec, lint

DOCS = Path(__file__).resolve().parents[3] / "docs"


@pytest.mark.parametrize("page", ["guide/map-file.md", "ru/map-file.md"])
def test_the_examples_are_read(page: str) -> None:
    """R-12"""
    examples = re.findall(r"```yaml\n(.*?)```", (DOCS / page).read_text(encoding="utf-8"), re.DOTALL)
    assert len(examples) == 2
    for text in examples:
        document = codec.loads(text, page)
        assert document.text() == text
        found = lint.check(document, None, today=date(2026, 11, 22))
        assert not [finding for finding in found if finding.severity == "error"]
