"""The eight questions of bench/peers at a hundred million events: processor's and clock seconds, user and system apart, and memory.

    python bench/hundred.py --rows 100000000 --folder /somewhere/with/space --form prepared   (or raw: straight from the Parquet)

The log is that of `peers/run.py` (`log-ROWS.parquet` in the folder, made where it is not there); `prepared` imports it once into an archive
beside it, which takes a while. Each question is told as it was asked first, when what several questions share is made by the first of
them, and at its best. On a busy machine the processor's seconds tell more than the clock, and fresh memory costs many times
what it does on a quiet one: that is the system's share.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE / "peers"), str(HERE.parent / "src")]


def spent(what: str, work: Callable[[], Any], times: int, peak: Any) -> tuple[Any, list[tuple[float, float, float]]]:
    """What the work comes to; of each time, the processor's seconds, those of them that were the system's, and the clock's."""
    found, took = None, []
    for _ in range(times):
        before, began = os.times(), time.perf_counter()
        found = work()
        after, clock = os.times(), time.perf_counter() - began
        user, system = after.user - before.user, after.system - before.system
        took.append((user + system, system, clock))
    first, best = took[0], min(took)
    later = f"; then {best[0]:.2f} ({best[1]:.2f}), {best[2]:.2f} s" if times > 1 else ""
    print(
        f"{what:10} {first[0]:7.2f} s of processor ({first[1]:.2f} the system's), {first[2]:.2f} s{later}; {peak.bytes / 2**30:.2f} GB",
        flush=True,
    )
    return found, took


def main() -> None:
    """Loads, prepares, asks."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=100_000_000)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--form", choices=("prepared", "raw"), default="prepared")
    parser.add_argument("--times", type=int, default=2)
    told = parser.parse_args()
    import asked
    import log as writing
    import tropa_answers as ours

    from tropa import trail
    from tropa.trail.answers import find_answers
    from tropa.trail.measures import Asked

    peak, log = asked.Peak(), told.folder / f"log-{told.rows}.parquet"
    if not log.exists():
        writing.make(log, told.rows)
    raw = told.form == "raw"
    # kernels out of the cache first: they are loaded, or compiled, once a process, however large the log
    small = told.folder / "log-100000.parquet"
    if not small.exists():
        writing.make(small, 100_000)
    ready = trail.prepare(ours.trusted_tape(small, ours.Roles(channel="channel")), ours.journey())
    for name in asked.QUESTIONS:
        getattr(ours, name)(Asked(ready, find_answers(ready), ready.everybody))
    archive = told.folder / "work" / log.stem / "trail"
    tape, load = spent(
        "load",
        lambda: ours.trusted_tape(log, ours.Roles(channel="channel")) if raw else ours.archived(log, archive),
        1,
        peak,
    )

    def looked() -> Asked:
        ready = trail.prepare(tape, ours.journey())
        return Asked(ready, find_answers(ready), ready.everybody)

    state, prepare = spent("prepare", looked, 1, peak)
    figures = [
        spent(name, lambda name=name: getattr(ours, name)(state), told.times, peak)[1] for name in asked.QUESTIONS
    ]
    for called, pick in (("first", lambda took: took[0]), ("best", min)):
        eight = [sum(pick(took)[k] for took in figures) for k in (0, 2)]
        whole = [load[0][k] + prepare[0][k] + eight[at] for at, k in enumerate((0, 2))]
        print(
            f"{called:5} the eight {eight[0]:6.2f} s of processor, {eight[1]:6.2f} s; all {whole[0]:6.2f}, {whole[1]:6.2f} s"
        )
    print(f"{peak.bytes / told.rows:.0f} bytes of anonymous memory an event at most")


if __name__ == "__main__":
    main()
