"""What is told about installing is what is in the files (R-63)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize("page", ["docs/guide/serve.md", "docs/ru/serve.md"])
def test_the_unit_in_the_guide_is_the_file(page: str) -> None:
    """R-63: the guide's systemd unit, word for word."""
    told = re.search(r"```ini\n(\[Unit\].*?)```", (ROOT / page).read_text(encoding="utf-8"), re.DOTALL)
    assert told is not None
    assert told[1] == (ROOT / "packaging" / "tropa.service").read_text(encoding="utf-8")


def test_the_container_serves_as_nobody_special() -> None:
    """R-63: a user of its own, the workspace in the volume, ended by the signal that the server ends well by, the pinned packages."""
    lines = (ROOT / "Containerfile").read_text(encoding="utf-8")
    assert re.search(r"^USER tropa$", lines, re.MULTILINE)
    assert re.search(r"^VOLUME /data$", lines, re.MULTILINE)
    assert "STOPSIGNAL SIGTERM" in lines
    assert "--requirement requirements/run.txt" in lines
    ignored = (ROOT / ".containerignore").read_text(encoding="utf-8").split()
    assert {".git", ".venv", "**/node_modules", "src/tropa/web/static"} <= set(ignored)
