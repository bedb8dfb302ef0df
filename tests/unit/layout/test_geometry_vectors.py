"""The vectors that the browser's geometry is held against are those of the layout as it stands (R-07, R-60)."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from geometry_vectors import FOLDER, texts


@pytest.mark.parametrize("name", ["ribbon", "emotion", "loops", "curves", "buyer"])
def test_vectors_are_those_of_the_layout(name: str) -> None:
    """Whoever changes the drawing makes them anew (`python tests/geometry_vectors.py`), and the browser's twin follows."""
    assert (FOLDER / f"{name}.json").read_text(encoding="utf-8") == texts()[name]


def test_there_is_no_vector_file_that_nobody_makes() -> None:
    """A file left over would be compared with nothing."""
    assert sorted(path.stem for path in FOLDER.glob("*.json")) == sorted(texts())
