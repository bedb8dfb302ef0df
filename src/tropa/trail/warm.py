"""The very first start: all kernels compiled in a child process, so that progress can be shown and a crash hurts nobody."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator

import numpy as np

from tropa.trail.kernels.jit import cache_folder

MARK = "compiled"
"""File in the cache folder that says that everything has been compiled."""


def warm(progress: Callable[[int, int], None] = lambda done, total: None) -> None:
    """Compiles what is not compiled yet (at most some twenty seconds, once for each version and machine); returns at once when all is.

    `progress(done, total)` is told after every step. Where the cache cannot be written, nothing can be kept and nothing is done.
    """
    folder = cache_folder()
    if folder is None or (folder / MARK).exists():
        return
    command = [sys.executable, "-m", "tropa.trail.warm"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="ascii") as child:
        assert child.stdout is not None  # a pipe was asked for
        for line in child.stdout:
            done, _, total = line.partition(" ")
            progress(int(done), int(total))
    if child.returncode == 0:
        (folder / MARK).write_bytes(b"")


def _steps() -> Iterator[None]:
    """Puts every question to a tiny tape: that compiles every kernel with the types it will be called with."""
    from tropa.model import Deal, EventRule, Map, Stage, Touchpoint
    from tropa.trail.answers import find_answers
    from tropa.trail.archive.build import tape_from_columns
    from tropa.trail.bind import bind
    from tropa.trail.measure import readings_of
    from tropa.trail.prepare import prepare

    seen = Touchpoint(id="seen", title="seen", when=EventRule(event="seen", channel="site"))
    bought = Stage(id="buy", title="buy", deal=Deal(event="bought", void=EventRule(event="void")))
    value = Map(title="tiny", stages=(Stage(id="see", title="see", touchpoints=(seen,)), bought))
    who = ["a", "a", "a", "b"]
    day = 86_400_000_000
    times = np.array([0, day, 90 * day, 0])
    tape = tape_from_columns(who, times, ["seen", "bought", "void", "seen"], ["site"] * 4, [1, 2, 3, 4], [1.0, 2, 0, 1])
    bind(tape, value)
    yield
    ready = prepare(tape, value)
    yield
    readings_of(ready, find_answers(ready), ready.everybody)
    yield


STEPS = 3


def _main() -> None:
    for done, _ in enumerate(_steps(), start=1):
        sys.stdout.write(f"{done} {STEPS}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _main()
