"""Compiling ahead, and the kernels with their bounds checked (R-63)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import tropa
from tropa.trail import warm as warm_module


@pytest.mark.slow
def test_kernels_keep_within_their_arrays(tmp_path: Path) -> None:
    """Every kernel on a tiny log with bounds checked, in a process of its own: nothing reads or writes outside."""
    env = {
        **os.environ,
        "NUMBA_BOUNDSCHECK": "1",
        "TROPA_CACHE_DIR": str(tmp_path),
        "PYTHONPATH": str(Path(tropa.__file__).parents[1]),
    }
    done = subprocess.run(
        [sys.executable, "-m", "tropa.trail.warm"], env=env, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr
    last = done.stdout.split("\n")[-2].split()
    assert last[0] == last[1]


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
