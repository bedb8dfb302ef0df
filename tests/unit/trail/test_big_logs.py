"""Logs that are large in one way: every question is answered, in bounded memory (issue 4, What it must show 3; R-26, R-63)."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from big_logs import LOGS, MILLION
from every_question import MEASURES, questions

CHILD = Path(__file__).with_name("big_logs.py")
MOST_MB = {
    "one customer with a million events": 600,
    "a million customers with one event": 600,
    "5,000 names and 300 channels": 600,
}
"""Anonymous memory beside what the process has after a small log."""


class Watched:
    """A process and the most anonymous memory that it had, in megabytes, seen from outside: what holds Python's lock hides nothing."""

    def __init__(self, command: list[str]) -> None:
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8")
        self._status = Path(f"/proc/{self.process.pid}/status")
        self._most, self._over = 0, threading.Event()
        self._watching = threading.Thread(target=self._watch, daemon=True)
        self._watching.start()

    def _watch(self) -> None:
        while not self._over.wait(0.005):
            for line in self._status.read_text().splitlines():
                if line.startswith("RssAnon"):
                    self._most = max(self._most, int(line.split()[1]) // 1024)

    def most(self) -> int:
        """Since the last time."""
        found, self._most = self._most, 0
        return found

    def end(self) -> int:
        """Waits for its end; its status."""
        self._over.set()
        self._watching.join()
        assert self.process.stdout is not None
        self.process.stdout.close()
        return self.process.wait()


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")
def test_every_question_is_answered_within_bounds() -> None:
    """A million events of one customer, a million customers of one event, 5,000 names with 300 channels: rows or a reason."""
    watched = Watched([sys.executable, str(CHILD)])
    try:
        assert watched.process.stdout is not None
        told: list[dict[str, Any]] = [json.loads(line) | {"mb": watched.most()} for line in watched.process.stdout]
    finally:
        status = watched.end()
    assert status == 0
    base = max(line["mb"] for line in told if line["log"] == "small")
    steps = 3 + sum(len(questions(name)) for name in MEASURES)
    for log in LOGS:
        lines = [line for line in told if line["log"] == log]
        assert len(lines) == steps
        assert [line["step"] for line in lines if line.get("told") is False] == []
        if log in MOST_MB:
            dearest = max(lines, key=lambda line: line["mb"])
            assert dearest["mb"] - base < MOST_MB[log], (dearest, base)
    entrants = {line["log"]: sum(line["entrants"]) for line in told if line["step"] == "readings"}
    assert entrants["a million customers with one event"] == MILLION
