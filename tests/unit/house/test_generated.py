"""What is generated is committed as generated: `python3 run.py docs` makes it anew."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


def _make() -> object:
    spec = importlib.util.spec_from_file_location("docs_make", ROOT / "docs" / "make.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", sorted(_make().texts()))
def test_generated_text_is_up_to_date(name: str) -> None:
    assert (ROOT / name).read_bytes() == _make().texts()[name]()
