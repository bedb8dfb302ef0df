"""The examples of the guide, run as they stand, in both languages (R-61)."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from tropa.codec import dumps

DOCS = Path(__file__).resolve().parents[3] / "docs"
EXAMPLE = re.compile(r"```python\n(.*?)```\n\n```text\n(.*?)```", re.DOTALL)


@pytest.mark.parametrize("folder", ["guide", "ru"])
def test_examples_print_what_the_page_says(
    folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """R-61: one after the other, as in a notebook. The page's workspace is that of its own log."""
    page = (DOCS / folder / "python.md").read_text("utf-8")
    examples = EXAMPLE.findall(page)
    assert len(examples) == page.count("```python") == 5
    monkeypatch.chdir(tmp_path)
    space: dict[str, Any] = {}
    for code, expected in examples:
        if "tropa.open" in code:
            shutil.copytree(space["trail"].framed.workspace.folder, "shop")
            Path("shop/map.yaml").write_text(dumps(space["trail"].map), "utf-8")
        capsys.readouterr()
        exec(code, space)
        assert capsys.readouterr().out == expected
    assert Path("map.svg").read_text("utf-8").startswith("<svg")
