"""What is generated is committed as generated: `python3 run.py docs` makes it anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from by_path import module_at

ROOT = Path(__file__).resolve().parents[3]


def _make() -> object:
    return module_at(ROOT / "docs" / "make.py", "docs_make")


@pytest.mark.parametrize("name", sorted(_make().texts()))
def test_generated_text_is_up_to_date(name: str) -> None:
    assert (ROOT / name).read_bytes() == _make().texts()[name]()
