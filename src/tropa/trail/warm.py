"""The very first start: all kernels compiled in child processes, so that progress can be shown and a crash hurts nobody."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tropa.trail.kernels.jit import cache_folder

MARK = "compiled"
"""File in the cache folder that says that everything has been compiled."""


def warm(progress: Callable[[int, int], None] = lambda done, total: None) -> None:
    """Compiles what is not compiled yet (at most some twenty seconds, once for each version and machine); returns at once when all is.

    Two child processes share the work. `progress(done, total)` is told after every step. Where the cache cannot be written, nothing
    can be kept and nothing is done.
    """
    folder = cache_folder()
    if folder is None or (folder / MARK).exists():
        return
    children = [
        subprocess.Popen(
            [sys.executable, "-c", f"from tropa.trail.warm import work; work({part!r})"],
            stdout=subprocess.PIPE,
            text=True,
        )
        for part in PARTS
    ]
    done = 0
    for child in children:
        with child:
            assert child.stdout is not None  # a pipe was asked for
            for _ in child.stdout:
                done += 1
                progress(done, STEPS)
    if all(child.returncode == 0 for child in children):
        (folder / MARK).write_bytes(b"")


def work(part: str) -> None:
    """One child's share: writes a line after each step."""
    for _ in PARTS[part]():
        sys.stdout.write("done\n")
        sys.stdout.flush()


def _asked() -> Iterator[None]:
    """Puts every question to a tiny tape: that compiles every kernel with the types it will be called with."""
    from tropa.model import Deal, EventRule, Map, Stage, Touchpoint
    from tropa.trail.answers import find_answers
    from tropa.trail.archive.build import tape_from_columns
    from tropa.trail.measure import readings_of
    from tropa.trail.prepare import prepare

    rows = _rows()
    who, when, what = zip(*rows, strict=True)
    tape = tape_from_columns(who, when, what, channels=["ads"] * len(rows))
    seen = Touchpoint(id="seen", title="seen", when=EventRule(event="seen"))
    bought = Stage(id="buy", title="buy", deal=Deal(event="bought", void=EventRule(event="void")))
    value = Map(title="tiny", stages=(Stage(id="see", title="see", touchpoints=(seen,)), bought))
    ready = prepare(tape, value)
    yield
    answers = find_answers(ready)
    readings_of(ready, answers, ready.everybody, breaks=False)
    yield
    readings_of(ready, answers, ready.everybody)
    yield
    from tropa.trail.measures import DECLARATIONS, Asked, ask

    asked = Asked(ready, answers, ready.everybody)
    for one in DECLARATIONS:
        ask(one.id, asked)
    ask("funnel", asked, {"order": "any-order"})
    ask("reasons", asked, {"break": "see/loop"})
    yield


def _rows() -> list[tuple[str, int, str]]:
    day = 86_400_000_000
    return [("a", 0, "seen"), ("a", day, "bought"), ("a", 50 * day, "seen"), ("b", 0, "bought"), ("b", day, "void")]


def _imported() -> Iterator[None]:
    """Takes a few events in as a file's would be, then the same file grown by one."""
    import pyarrow as pa

    from tropa.events.contract import EventBatch
    from tropa.trail.archive import Archive

    rows = _rows()
    columns: dict[str, list[Any]] = {
        "row": list(range(1, len(rows) + 1)),
        "customer": [row[0] for row in rows],
        "time": [row[1] for row in rows],
        "event": [row[2] for row in rows],
        "message_id": [None, None, "m1", "m2", None],
    }
    kinds = {"row": pa.int64(), "time": pa.int64()}
    events = pa.table({name: pa.array(cells, kinds.get(name, pa.string())) for name, cells in columns.items()})
    raw = pa.table({name: pa.array(cells, kinds.get(name, pa.string())) for name, cells in columns.items()})
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        archive = Archive(Path(folder))
        for count in (len(rows) - 1, len(rows)):
            batch = EventBatch(events.slice(0, count), raw.slice(0, count))
            archive.add([batch], source="warm", now=datetime(2026, 1, 1, tzinfo=UTC))
        archive.tape()
    yield


PARTS: dict[str, Callable[[], Iterator[None]]] = {"questions": _asked, "import": _imported}
STEPS = 5
