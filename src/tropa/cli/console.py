"""The terminal: colours when it has them, plain text when piped, progress that can be interrupted."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tropa.words import Words

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import TaskID

Advance = Callable[[str, float, float], None]
"""Called with a step's message, what is done and what there is to do (0: not known)."""


def make_console(*, stderr: bool = False) -> Console:
    """A console that keeps to the terminal's width and does not colour numbers by itself."""
    from rich.console import Console

    return Console(stderr=stderr, highlight=False)


@contextmanager
def progress(say: Words, *, quiet: bool = False) -> Iterator[Advance]:
    """Shows steps with their progress on the error stream while the block runs; gives the function that reports it."""
    if quiet or not sys.stderr.isatty():
        yield lambda message, done, total: None
        return
    from rich.progress import BarColumn, Progress, SpinnerColumn, TaskProgressColumn, TextColumn, TimeElapsedColumn

    with Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeElapsedColumn(),
        console=make_console(stderr=True),
        transient=True,
    ) as shown:
        tasks: dict[str, TaskID] = {}

        def advance(message: str, done: float, total: float) -> None:
            if message not in tasks:
                tasks[message] = shown.add_task(say.or_own(message, message), total=total or None)
            shown.update(tasks[message], completed=done, total=total or None)

        yield advance
