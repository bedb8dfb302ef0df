"""What the tests of the whole product share: one small demo workspace."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from filelock import FileLock

from tropa.cli.main import run
from tropa.words import words


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small demo workspace, made once, even where several workers run the tests. Tests read it; what they write goes elsewhere."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder, done = shared / "demo" / "Магазин Сергея", shared / "demo" / "done"
    done.parent.mkdir(exist_ok=True)
    with FileLock(shared / "demo.lock"):
        if not done.exists():
            arguments = ["demo", "--out", str(folder), "--no-serve", "--no-open", "--customers", "3000", "--json"]
            assert run(arguments, words("ru")) == 0
            done.touch()
    return folder
