"""A process that runs command lines of `tropa` in forks of itself, which may be killed: one line of input a command, a JSON list.

The first line is run in the process itself, so that all is imported and compiled and a fork begins its work at once. For each later
line the process prints the fork's number, then its exit status (minus the signal that killed it).
"""

from __future__ import annotations

import json
import os
import sys

from tropa.cli.main import run
from tropa.words import words


def quietly(line: str) -> int:
    """Runs a command line; what it prints is lost."""
    said, sys.stdout = sys.stdout, open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    try:
        return run(json.loads(line), words("en"))
    finally:
        sys.stdout = said


if __name__ == "__main__":
    print("ready" if quietly(sys.stdin.readline()) == 0 else "failed", flush=True)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            os._exit(quietly(line))
        print(child, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
