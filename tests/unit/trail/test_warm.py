"""Compiling ahead, and the kernels with their bounds checked (R-63)."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from compiled_kernels import warmed
from tropa.trail import warm as warm_module
from tropa.trail.warm import steps


@pytest.mark.slow
def test_kernels_keep_within_their_arrays(tmp_path: Path) -> None:
    """Every kernel on a tiny log with bounds checked, in a process of its own: nothing reads or writes outside."""
    env = {**os.environ, "NUMBA_BOUNDSCHECK": "1", "TROPA_CACHE_DIR": str(tmp_path)}
    code = f"from tropa.trail.warm import PARTS, work; [work(part, {str(tmp_path)!r}) for part in PARTS]"
    done = subprocess.run(
        [sys.executable, "-c", code], env=env, capture_output=True, text=True, timeout=1200, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["done"] * steps()


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


def test_kernels_load_without_linear_algebra() -> None:
    """R-63: the largest part of numba's start, which no kernel needs, is left out; numba's own users still get it when they ask."""
    code = (
        "import sys; from tropa.trail.kernels import entries, jit; import numpy as np;"
        "assert entries.bucket_of(7) == entries.naive_bucket_of(7);"
        "assert 'scipy.linalg' not in sys.modules;"
        "import scipy.linalg; assert scipy.linalg.det(np.eye(2)) == 1.0"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr


def test_a_tape_opens_without_arrow() -> None:
    """R-63: what is not needed to open a tape and to ask it is not loaded."""
    code = (
        "import sys; from tropa import trail; from tropa.trail.archive.opened import open_published;"
        "print([name for name in ('pyarrow', 'duckdb', 'pandas', 'scipy.special', 'scipy.linalg') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=False)
    assert done.stdout.strip() == "[]", done.stdout + done.stderr


USED = """
from datetime import UTC, datetime
from pathlib import Path
import sys
import pyarrow as pa
from tropa import trail
from tropa.events.contract import EventBatch
from tropa.model import Map
from tropa.trail.archive import Archive
from tropa.words import words

n = 600
columns = {
    "row": pa.array(range(1, n + 1), pa.int64()),
    "customer": [f"c{k % 90}" for k in range(n)],
    "time": pa.array([(k * 7_919 % 400) * 43_200_000_000 for k in range(n)], pa.int64()),
    "event": ["back" if k % 97 == 0 else ("see", "ask", "buy", "use", "rate")[k * 3 // 2 % 5] for k in range(n)],
    "channel": [f"ch{k % 3}" for k in range(n)],
    "value": pa.array([1_000 + k for k in range(n)], pa.int64()),
    "order_id": [f"o{k % 200}" for k in range(n)],
}
events = pa.table({**columns, "order": columns.pop("order_id")})
archive = Archive(Path(sys.argv[1]))
archive.add([EventBatch(events, events)], source="log", now=datetime(2026, 1, 1, tzinfo=UTC))
stages = [
    {"id": "a", "title": "a", "touchpoints": [{"id": "p", "title": "p", "when": {"event": "see", "channel": "ch1"}}],
     "when": {"event": "see"}},
    {"id": "b", "title": "b", "when": {"event": ["ask", "buy"]}, "deal": {"event": "buy", "void": {"event": "back"}}},
    {"id": "c", "title": "c", "when": {"event": "use"}},
]
value = Map.model_validate({"title": "t", "stages": stages, "segments": [{"id": "s", "title": "s", "rule": {"first_channel": "ch1"}}]})
tape = archive.tape()
assert trail.measure(tape, value, sensitivity=True).breaks
trail.measure_all(tape, value)
from tropa.trail.answers import find_answers
from tropa.trail.filters import Filter, choose
from tropa.trail.measures import DECLARATIONS, Asked, ask
ready = trail.prepare(tape, value)
for wish in (Filter(), Filter(start=86_400_000_000, segment="s")):
    asked = Asked.of(choose(ready, find_answers(ready), wish))
    for one in DECLARATIONS:
        ask(one.id, asked)
    ask("reasons", asked, {"break": "b/loop"})
    ask("steps", asked, {"around": "p"})
    for order in ("strict", "any-order"):
        ask("funnel", asked, {"order": order, "path": "event:see,event:ask", "without": "event:use", "split": "segments"})
    ask("sankey", asked, {"around": "p", "level": "touchpoints"})
trail.draft(tape, words("en"))
"""


@pytest.mark.slow
def test_nothing_is_compiled_after_warming(tmp_path: Path) -> None:
    """R-63: after `warm` in an empty cache neither an import nor any question compiles anything."""
    cache = tmp_path / "cache"
    shutil.copytree(warmed(), cache)

    def kept() -> set[tuple[str, int]]:
        return {(file.name, file.stat().st_size) for file in cache.rglob("*.nb?")}

    compiled = kept()
    assert compiled
    env, command = {**os.environ, "TROPA_CACHE_DIR": str(cache)}, [sys.executable, "-c", USED, str(tmp_path / "trail")]
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=1200, check=False)
    assert done.returncode == 0, done.stderr
    assert kept() == compiled
