"""The notebook of the guide, executed as it stands, shows what it shows on the page (R-61; its data is real)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import nbformat
import pytest

from by_path import module_at

ROOT = Path(__file__).resolve().parents[2]
PSEUDONYM = re.compile(r"\b[0-9a-z]{12}\b")


def maker() -> Any:
    """`docs/notebook.py` as a module."""
    return module_at(ROOT / "docs" / "notebook.py", "tropa_notebook")


def shown(book: Any) -> list[str]:
    """What each code cell shows, as text; customers' names are drawn anew each time."""
    return [
        PSEUDONYM.sub("…", output["data"]["text/plain"])
        for cell in book.cells
        for output in cell.get("outputs", [])
        if "data" in output
    ]


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning", "ignore::RuntimeWarning")
@pytest.mark.parametrize("lang", ["en", "ru"])
def test_the_notebook_shows_what_the_page_says(lang: str, tmp_path: Path) -> None:
    """R-61: every cell runs, in a kernel of its own, and says the same again."""
    made = maker()
    kept = nbformat.read(made.FILES[lang], as_version=4)
    assert [cell.source for cell in kept.cells] == [cell.source for cell in made.made(lang).cells]
    again = made.executed(made.made(lang), tmp_path)
    assert len(shown(kept)) >= 9
    assert shown(again) == shown(kept)
