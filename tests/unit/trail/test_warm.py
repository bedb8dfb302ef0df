"""Compiling ahead, and the kernels with their bounds checked (R-63)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tropa.trail import warm as warm_module
from tropa.trail.warm import STEPS


@pytest.mark.slow
def test_kernels_keep_within_their_arrays(tmp_path: Path) -> None:
    """Every kernel on a tiny log with bounds checked, in a process of its own: nothing reads or writes outside."""
    env = {**os.environ, "NUMBA_BOUNDSCHECK": "1", "TROPA_CACHE_DIR": str(tmp_path)}
    code = "from tropa.trail.warm import PARTS, work; [work(part) for part in PARTS]"
    done = subprocess.run(
        [sys.executable, "-c", code], env=env, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["done"] * STEPS


def test_warming_is_done_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A finished cache is left alone; where nothing can be kept nothing is compiled ahead."""
    module = sys.modules["tropa.trail.warm"]
    told: list[tuple[int, int]] = []
    (tmp_path / "compiled").write_bytes(b"")
    monkeypatch.setattr(module, "cache_folder", lambda: tmp_path)
    warm_module(lambda done, total: told.append((done, total)))
    monkeypatch.setattr(module, "cache_folder", lambda: None)
    warm_module(lambda done, total: told.append((done, total)))
    assert told == []
