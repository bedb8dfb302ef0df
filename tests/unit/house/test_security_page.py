"""`docs/security.md` names a test for each of its lines; here is whether they exist (R-60, R-64)."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def test_every_test_that_the_page_names_exists() -> None:
    named = set(
        re.findall(r"`(test_\w+\.py)(?:::(\w+))?`", (ROOT / "docs" / "security.md").read_text(encoding="utf-8"))
    )
    assert len(named) > 50
    known: dict[str, str] = {}
    for file in (ROOT / "tests").rglob("test_*.py"):
        known[file.name] = known.get(file.name, "") + file.read_text(encoding="utf-8")
    missing = [
        f"{file}::{test}"
        for file, test in sorted(named)
        if file not in known or (test and not re.search(rf"def {test}\(", known[file]))
    ]
    assert not missing
