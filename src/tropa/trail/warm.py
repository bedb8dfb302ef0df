"""The very first start: all kernels compiled in child processes, so that progress can be shown and a crash hurts nobody."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from tropa.trail.kernels.jit import cache_folder

if TYPE_CHECKING:
    from tropa.trail.measures import Asked

MARK = "compiled"
"""File in the cache folder that says that everything has been compiled."""


def warm(progress: Callable[[int, int], None] = lambda done, total: None) -> None:
    """Compiles what is not compiled yet (at most some twenty seconds, once for each version and machine); returns at once when all is.

    Two child processes share the work; they write to one pipe, whose end is theirs. `progress(done, total)` is told after every step.
    Where the cache cannot be written, nothing can be kept and nothing is done.
    """
    folder = cache_folder()
    if folder is None or (folder / MARK).exists():
        return
    with TemporaryDirectory(ignore_cleanup_errors=True) as claims:
        read, write = os.pipe()
        children = [
            subprocess.Popen(
                [sys.executable, "-c", f"from tropa.trail.warm import work; work({part!r}, {claims!r})"], stdout=write
            )
            for part in PARTS
        ]
        os.close(write)
        with open(read, encoding="ascii") as lines:
            for done, _ in enumerate(lines, 1):
                progress(done, steps())
        codes = [child.wait() for child in children]
        if not any(codes):
            (folder / MARK).write_bytes(b"")


def work(part: str, claims: str) -> None:
    """One child's share: writes a line after each step. `claims`: a folder in which the children tell each other what they took."""
    gc.freeze()
    gc.set_threshold(
        200_000, 20, 100
    )  # compiling makes very many small things that stay: looking for rubbish takes a seventh of it
    for _ in PARTS[part](Path(claims)):
        sys.stdout.write("done\n")
        sys.stdout.flush()
    gc.freeze()  # nor is there any to be looked for at the end


def steps() -> int:
    """How many steps all children take together."""
    from tropa.trail.measures import DECLARATIONS

    return 4 + len(DECLARATIONS) + len(VARIANTS)


def _looked(claims: Path) -> Iterator[None]:
    """Looks at a small tape through a map, reads it off, then asks its share of the questions."""
    from tropa.trail.measure import readings_of

    asked = _small()
    yield
    readings_of(asked.ready, asked.answers, asked.customers, breaks=False)
    yield
    readings_of(asked.ready, asked.answers, asked.customers)
    yield
    yield from _asked(asked, claims)


def _asked(asked: Asked, claims: Path) -> Iterator[None]:
    """Asks the measures that nobody asks yet: that compiles every kernel with the types it will be called with."""
    from tropa.trail.filters import Filter, choose
    from tropa.trail.measures import DECLARATIONS, Asked, ask

    within = Asked.of(choose(asked.ready, asked.answers, Filter(start=1)))
    for number, (name, settings) in enumerate((*((one.id, {}) for one in DECLARATIONS), *VARIANTS)):
        try:
            (claims / str(number)).touch(exist_ok=False)
        except FileExistsError:
            continue
        ask(name, within if name == DATED else asked, settings)
        yield


def _small() -> Asked:
    """A small tape, seen through a map."""
    from tropa.model import Deal, EventRule, Map, Segment, SegmentRule, Stage, Touchpoint
    from tropa.trail.answers import find_answers
    from tropa.trail.archive.build import tape_from_columns
    from tropa.trail.measures import Asked
    from tropa.trail.prepare import prepare
    from tropa.trail.rules import MINOR
    from tropa.trail.tape import NO_VALUE

    rows = _rows()
    who, when, what = zip(*rows, strict=True)
    values = [MINOR if name == "bought" else NO_VALUE for name in what]
    tape = tape_from_columns(who, when, what, channels=[("ads", "seo")[len(name) % 2] for name in who], values=values)
    # a rule on channels too, so that events are also bound one by one
    seen = Touchpoint(id="seen", title="seen", when=EventRule(event="seen", channel=("ads", "seo")))
    stages = (
        Stage(id="see", title="see", touchpoints=(seen,)),
        Stage(id="ask", title="ask", when=EventRule(event="asked")),
        Stage(id="buy", title="buy", deal=Deal(event="bought", void=EventRule(event="void"))),
    )
    rule = SegmentRule(first_channel="ads", where='count("bought") >= 1')
    segment = Segment(id="ads", title="ads", rule=rule)
    ready = prepare(tape, Map(title="small", stages=stages, segments=(segment,)))
    return Asked(ready, find_answers(ready), ready.everybody)


DATED = "sankey"
"""Asked of a period, which has kernels of its own."""
VARIANTS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("funnel", {"order": "any-order"}),
    ("funnel", {"split": "channels"}),
    ("steps", {"level": "events", "times": True}),
    ("paths", {"unit": "sessions"}),
    ("transitions", {"level": "stages"}),
    ("reasons", {"break": "see/loop"}),
)
"""Questions with kernels that those with default settings do not have."""


def _rows() -> list[tuple[str, int, str]]:
    """Enough customers and enough of each that every kernel has something to do: returns, deals and their voids, events of no stage."""
    day, out = 86_400_000_000, []
    for k in range(64):
        names = ["seen", "asked", "seen", "seen", "bought", "noise", "void" if k % 7 == 0 else "seen", "bought"][
            k % 3 : 8 - k % 5
        ]
        out += [
            (f"{k}" * (1 + k % 2), day * (k % 9 + 20 * (at // 5)) + at * day // 9, name)
            for at, name in enumerate(names)
        ]
    return out


def _imported(claims: Path) -> Iterator[None]:
    """Takes a few events in as a file's would be, then the same file grown by one; then asks its share of the questions."""
    import pyarrow as pa

    from tropa.events.contract import EventBatch
    from tropa.trail.archive import Archive

    rows = _rows()
    columns: dict[str, list[Any]] = {
        "row": list(range(1, len(rows) + 1)),
        "customer": [row[0] for row in rows],
        "time": [row[1] for row in rows],
        "event": [row[2] for row in rows],
        "message_id": [None, None, "m1", "m2", *[None] * (len(rows) - 4)],
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
    yield from _asked(_small(), claims)


PARTS: dict[str, Callable[[Path], Iterator[None]]] = {"questions": _looked, "import": _imported}
