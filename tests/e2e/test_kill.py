"""`kill -9` of an import at any moment: the workspace is as before or as after, trail and quarantine together (R-20, R-63)."""

from __future__ import annotations

import contextlib
import csv
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tropa.cli.main import run
from tropa.service.workspace import Workspace
from tropa.words import words

CHILD = Path(__file__).with_name("forking_child.py")
ROWS = 6_000
KILLS = 7
"""A scenario, in forks; as many as the moments of `MOMENTS` are gone through again and again."""
MOMENTS = ("begun", "begun", "staged", "begun", "published")
"""From what a moment is counted: the first file of the import, the stage of its quarantine, its manifest."""


def write_log(path: Path, seed: int) -> Path:
    """A log in which every fiftieth row or so cannot be read."""
    dice = random.Random(seed)
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, delimiter=";")
        table.writerow(("customer", "time", "event", "amount"))
        for number in range(ROWS):
            day = f"{dice.randint(1, 28):02d}.{dice.randint(1, 9):02d}.2026 {dice.randint(0, 23):02d}:{number % 60:02d}"
            bad = dice.random()
            table.writerow((
                "" if bad < 0.005 else f"user{dice.randint(0, 400)}",
                f"когда-нибудь {number}" if bad > 0.985 else day,
                dice.choice(("view", "cart", "pay", "help")),
                f"{dice.randint(1, 900)},50",
            ))  # fmt: skip
    return path


State = tuple[Any, ...]


def state_of(folder: Path) -> State:
    """All that an import changes: events, customers, the version of the data, and every waiting row with its reason."""
    workspace = Workspace(folder)
    held = workspace.quarantine
    waiting: Counter[str] = Counter()
    for one in held.list():
        rows = held.rows(one.import_id).table.to_pylist()
        waiting.update(
            json.dumps([one.source, {name: row[name] for name in row if name != "line"}], default=str, sort_keys=True)
            for row in rows
        )
    tape = workspace.archive.tape()
    if tape is None:
        return (0, 0, "", waiting)
    return (tape.events, len(tape.customers), tape.version, waiting)


def in_short(state: State) -> str:
    """A state as a failure shows it."""
    return (
        f"{state[0]} events, {state[1]} customers, version {state[2] or 'none'}, {state[3].total()} rows in quarantine"
    )


@dataclass(frozen=True)
class Scenario:
    """A command, the workspace it finds and the states around it."""

    start: Path
    arguments: tuple[str, ...]
    """What stands after `import FOLDER`."""
    before: State
    after: State
    span: float
    """Seconds it takes in a warm process when nobody disturbs it."""


class Forks:
    """Runs commands in forks of one warm process."""

    def __init__(self, warm_up: list[str]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(CHILD)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )
        self._tell(warm_up)
        assert self.answer() == "ready"

    def answer(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def start(self, arguments: list[str]) -> int:
        self._tell(arguments)
        return int(self.answer())

    def _tell(self, arguments: list[str]) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(arguments) + "\n")
        self.process.stdin.flush()


@pytest.fixture(scope="session")
def forks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Forks]:
    """One warm process; it ends with its input."""
    if not hasattr(os, "fork"):
        pytest.skip("forks are wanted")
    base = tmp_path_factory.mktemp("warm")
    made = Forks(["import", str(base / "shop"), str(write_log(base / "one.csv", 3)), "--yes", "--json"])
    yield made
    made.process.communicate(timeout=60)


def marks(folder: Path) -> dict[str, bool | int]:
    """What can be seen from outside of an import at work."""
    manifest, pending = folder / "trail" / "manifest.json", folder / "quarantine" / "pending"
    return {
        "begun": (folder / "trail" / "work").exists(),
        "staged": pending.is_dir() and any(pending.iterdir()),
        "published": manifest.stat().st_mtime_ns if manifest.exists() else 0,
    }


def wait_for(mark: str, folder: Path, old: bool | int, seconds: float) -> None:
    """Returns as soon as the mark is another one, or after so many seconds."""
    deadline = time.monotonic() + seconds
    while marks(folder)[mark] == old and time.monotonic() < deadline:
        time.sleep(0.0002)


def prepare(start: Path, arguments: tuple[str, ...], base: Path, forks: Forks) -> Scenario:
    """Runs the command undisturbed on a copy."""
    whole = base / "whole"
    shutil.copytree(start, whole)
    began = time.monotonic()
    forks.start(["import", str(whole), *arguments, "--yes", "--json"])
    assert forks.answer() == "0"
    span = time.monotonic() - began
    before, after = state_of(start), state_of(whole)
    assert before[:3] != after[:3]
    assert before[3] != after[3]
    return Scenario(start, arguments, before, after, span)


@pytest.fixture(scope="module", params=["first", "second", "mended"])
def scenario(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, forks: Forks) -> Scenario:
    """A first import, one onto a trail that is there, and mended rows coming back: each brings events and changes the quarantine."""
    base = tmp_path_factory.mktemp(f"kill-{request.param}")
    start = base / "Лавка у дома"
    start.mkdir()
    one, two = write_log(base / "one.csv", 1), write_log(base / "two.csv", 2)
    if request.param == "first":
        return prepare(start, (str(one),), base, forks)
    assert run(["import", str(start), str(one), "--yes", "--json"], words("en")) == 0
    if request.param == "second":
        return prepare(start, (str(two),), base, forks)
    waiting = Workspace(start).quarantine.list()[0].import_id
    table = base / "mended.csv"
    assert run(["events", str(start), "--export", str(table), "--import", waiting, "--json"], words("en")) == 0
    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    for row in rows[1::2]:
        row[:] = ["05.10.2026" if cell.startswith("когда-нибудь") else cell for cell in row]
    with table.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)
    return prepare(start, (str(table), "--replay", waiting), base, forks)


def check(scenario: Scenario, folder: Path, when: str) -> bool:
    """Whether the state is the one after; it may be no other than that and the one before. Then the import is run once more."""
    found = state_of(folder)
    assert found in (scenario.before, scenario.after), (
        f"killed {when}: {in_short(found)}; before: {in_short(scenario.before)}; after: {in_short(scenario.after)}"
    )
    assert run(["import", str(folder), *scenario.arguments, "--yes", "--json"], words("en")) == 0
    again = state_of(folder)
    assert again == scenario.after, f"killed {when}, then repeated: {in_short(again)}"
    assert marks(folder)["begun"] is False
    assert marks(folder)["staged"] is False
    return found == scenario.after


def test_killed_at_random_moments(scenario: Scenario, forks: Forks, tmp_path: Path) -> None:
    """R-20: seeded moments while it reads, while it stages what it could not read, and right after it published."""
    dice = random.Random(20)
    ended: Counter[str] = Counter()
    for number in range(KILLS):
        folder = tmp_path / f"лавка {number}"
        shutil.copytree(scenario.start, folder)
        mark = MOMENTS[number % len(MOMENTS)]
        old = marks(folder)[mark]
        later = dice.uniform(0, scenario.span if mark == "begun" else scenario.span / 50)
        child = forks.start(["import", str(folder), *scenario.arguments, "--yes", "--json"])
        wait_for(mark, folder, old, 20)
        time.sleep(later)
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        status = int(forks.answer())
        assert status in (0, -signal.SIGKILL)
        whole = check(scenario, folder, f"{later * 1000:.0f} ms after it had {mark} (status {status})")
        ended["done" if status == 0 else "killed, as after" if whole else "killed, as before"] += 1
    # how many of each there are is the machine's luck; every step has its own sure kill in unit/archive/test_crash.py
    assert ended.total() == KILLS


@pytest.mark.parametrize("share", [0.15, 0.6])
def test_the_command_itself_is_killed(scenario: Scenario, tmp_path: Path, share: float) -> None:
    """R-63: `python -m tropa import` as a person starts it, from its first file on."""
    folder = tmp_path / "лавка"
    shutil.copytree(scenario.start, folder)
    command = [sys.executable, "-m", "tropa", "import", str(folder), *scenario.arguments, "--yes", "--json"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as child:
        wait_for("begun", folder, False, 60)
        time.sleep(share * scenario.span)
        child.kill()
    check(scenario, folder, f"at {share:.0%} of its work")
