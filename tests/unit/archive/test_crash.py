"""A kill at any instant leaves an archive as before or as after, never between (R-20, R-64)."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from by_path import module_at
from tropa.trail.archive import Archive
from tropa.trail.tape import Tape

CHILD = Path(__file__).with_name("crash_child.py")
STEPS = ["batch", "sift", "part", "arrays", "written", "sync", "publish", "published"]
ERASING = ["erase", "sync", "publish", "published"]


@pytest.fixture(scope="module")
def child() -> ModuleType:
    """The child's module: the same batches."""
    return module_at(CHILD, "crash_child")


@pytest.fixture(scope="module")
def versions(child: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The data version after each round when nothing goes wrong."""
    archive = Archive(tmp_path_factory.mktemp("whole"))
    return ["", *(archive.add(child.batches(n), source="log", now=child.NOW).data_version for n in range(3))]


class Workers:
    """Workers that die when told."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(CHILD)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )
        assert self.say() == "ready"

    def say(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def start(self, folder: Path, number: int, step: str = "", times: int = 1) -> int:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{folder}\t{number}\t{step}\t{times}\n")
        self.process.stdin.flush()
        return int(self.say())


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    """One process that forks them; it ends with its input."""
    if not hasattr(os, "fork"):
        pytest.skip("workers are forks")
    made = Workers()
    yield made
    made.process.communicate(timeout=60)


def opened(archive: Archive) -> Tape:
    tape = archive.tape()
    assert tape is not None
    return tape


def prepared(folder: Path, child: ModuleType, rounds: int) -> Archive:
    archive = Archive(folder)
    for number in range(rounds):
        archive.add(child.batches(number), source="log", now=child.NOW)
    return archive


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("rounds", [0, 1])
def test_killed_at_a_step(
    step: str, rounds: int, tmp_path: Path, child: ModuleType, versions: list[str], workers: Workers
) -> None:
    """R-20: at every step of the first and of a later import."""
    archive = prepared(tmp_path, child, rounds)
    workers.start(tmp_path, rounds, step, 3 if step == "batch" else 1)
    assert workers.say() == "killed"
    tape = archive.tape()
    assert (tape.version if tape else "") == versions[rounds + (step == "published")]
    report = archive.add(child.batches(rounds), source="log", now=child.NOW)
    assert report.data_version == opened(archive).version == versions[rounds + 1]
    assert report.changed == (step != "published")
    assert not list(tmp_path.glob("work*"))
    assert {path.name for path in (tmp_path / "parts").iterdir()} == {f"{n + 1:06d}" for n in range(rounds + 1)}


@pytest.mark.parametrize("step", ERASING)
def test_killed_while_erasing(
    step: str, tmp_path: Path, child: ModuleType, versions: list[str], workers: Workers
) -> None:
    """R-64: an erasure is whole or did not happen, and can be done again."""
    archive = prepared(tmp_path, child, 2)
    who = str(opened(archive).customers[3])
    workers.start(tmp_path, 0, f"erase-{step}")
    assert workers.say() == "killed"
    left = opened(archive)
    if step == "published":
        assert who not in left.customers
    else:
        assert left.version == versions[2]
        archive.erase(who)
    tape = opened(archive)
    assert who not in tape.customers
    again = archive.add(child.batches(0), source="log", now=child.NOW)
    assert again.accepted == 0
    assert again.erased > 0
    assert opened(archive).version == tape.version


def test_killed_at_random_moments(tmp_path: Path, child: ModuleType, versions: list[str], workers: Workers) -> None:
    """R-20: wherever the blow falls. The seed of the moments is fixed, the machine's pace is not: that is the point."""
    dice, archive = random.Random(11), prepared(tmp_path, child, 1)
    killed = 0
    for _ in range(12):
        worker = workers.start(tmp_path, 1)
        time.sleep(dice.uniform(0, 0.6))
        with contextlib.suppress(ProcessLookupError):
            os.kill(worker, signal.SIGKILL)
        ended = workers.say()
        assert ended in ("killed", "done")
        killed += ended == "killed"
        tape = opened(archive)
        assert tape.version in (versions[1], versions[2])
        if tape.version == versions[2]:
            break
    assert archive.add(child.batches(1), source="log", now=child.NOW).data_version == versions[2]
    assert killed > 0


def test_same_events_in_one_import_or_in_three(child: ModuleType, versions: list[str], tmp_path: Path) -> None:
    """The version is that of the content; out-of-order arrival does not matter but for ties."""
    archive = Archive(tmp_path)
    events = [batch for number in range(3) for batch in list(child.batches(number))[(1 if number else 0) :]]
    report = archive.add(iter(events), source="log", now=child.NOW)
    assert report.data_version == versions[3]
    time_of = opened(archive)
    for begin, end in zip(time_of.offsets[:-1], time_of.offsets[1:], strict=True):
        assert np.all(np.diff(time_of.time[begin:end]) >= 0)
