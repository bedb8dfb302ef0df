"""The terminal: colours when it has them, plain text when piped, progress that can be interrupted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    SpinnerColumn,
    TaskID,
    TaskProgressColumn,
    TextColumn,
    TimeElapsedColumn,
)

from tropa.words import Words

Advance = Callable[[str, float, float], None]
"""Called with a step's message, what is done and what there is to do (0: not known)."""


def make_console(*, stderr: bool = False) -> Console:
    """A console that keeps to the terminal's width and does not colour numbers by itself."""
    return Console(stderr=stderr, highlight=False)


@contextmanager
def progress(say: Words, *, quiet: bool = False) -> Iterator[Advance]:
    """Shows steps with their progress on the error stream while the block runs; gives the function that reports it."""
    console = make_console(stderr=True)
    if quiet or not console.is_terminal:
        yield lambda message, done, total: None
        return
    with Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeElapsedColumn(),
        console=console,
        transient=True,
    ) as shown:
        tasks: dict[str, TaskID] = {}

        def advance(message: str, done: float, total: float) -> None:
            if message not in tasks:
                tasks[message] = shown.add_task(say.or_own(message, message), total=total or None)
            shown.update(tasks[message], completed=done, total=total or None)

        yield advance
