"""A process that imports in forks of itself, which may be killed: one line of input a worker, FOLDER ⇥ ROUND ⇥ STEP ⇥ TIMES.

A worker kills itself the TIMES-th time it comes to STEP (empty: never); a STEP of "erase-…" erases instead. For each line the process
prints the worker's number, then "done", "killed" or "failed".
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pyarrow as pa

from tropa.events.contract import EventBatch
from tropa.trail.archive import Archive

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def batches(number: int) -> Iterator[EventBatch]:
    """The same events for the same round, in four batches; a third of each round repeats the one before."""
    random = np.random.default_rng(number)
    for part in range(4):
        seed = np.random.default_rng(number - 1) if part == 0 and number else random
        count = 3_000
        who = seed.integers(0, 500, count)
        table = pa.table(
            {
                "time": pa.array(seed.integers(0, 10**12, count)),
                "customer": pa.array([f"user{customer}" for customer in who]),
                "event": pa.array([f"event{code}" for code in seed.integers(0, 9, count)]),
                "order": pa.array([f"o{code}" for code in seed.integers(0, 900, count)]),
                "phone": pa.array(
                    [f"+7{customer % 490}" if customer % 3 == 0 else None for customer in who], pa.string()
                ),
                "p:city": pa.array([f"c{code}" for code in seed.integers(0, 4, count)]),
            }
        )
        yield EventBatch(table, table, bytes_read=count)


def work(folder: Path, number: int, step: str, times: int) -> None:
    """Imports or erases, and dies where told."""
    left = [times]

    def at(name: str) -> None:
        if name == step.removeprefix("erase-"):
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    archive = Archive(folder, at=at)
    if step.startswith("erase"):
        tape = archive.tape()
        assert tape is not None
        archive.erase(str(tape.customers[3]))
    else:
        archive.add(batches(number), source="log", now=NOW)


def main() -> None:
    """Forks a worker for each line; it has no threads yet, so forking is safe."""
    print("ready", flush=True)
    for line in sys.stdin:
        folder, number, step, times = line.rstrip("\n").split("\t")
        worker = os.fork()
        if worker == 0:
            work(Path(folder), int(number), step, int(times))
            os._exit(0)
        print(worker, flush=True)
        _, status = os.waitpid(worker, 0)
        print("done" if status == 0 else "killed" if os.WIFSIGNALED(status) else "failed", flush=True)


if __name__ == "__main__":
    main()
