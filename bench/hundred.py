"""The eight questions of bench/peers at a hundred million events: processor's and clock seconds, user and system apart, and memory.

    python bench/hundred.py --rows 100000000 --folder /somewhere/with/space --form prepared   (or raw: straight from the Parquet)

The log is that of `peers/run.py` (`log-ROWS.parquet` in the folder, made where it is not there); `prepared` imports it once into an archive
beside it, which takes a while. On a busy machine the processor's seconds tell more than the clock, and fresh memory costs many times
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


def spent(what: str, work: Callable[[], Any], times: int, peak: Any) -> tuple[Any, float, float]:
    """What the work comes to, and its processor's and clock seconds: of the best of so many times."""
    best = (float("inf"), 0.0, 0.0)
    for _ in range(times):
        before, began = os.times(), time.perf_counter()
        found = work()
        after, clock = os.times(), time.perf_counter() - began
        user, system = after.user - before.user, after.system - before.system
        best = min(best, (user + system, system, clock))
    print(
        f"{what:10} {best[0]:7.2f} s of processor ({best[1]:.2f} of it the system's), {best[2]:7.2f} s; {peak.bytes / 2**30:.2f} GB",
        flush=True,
    )
    return found, best[0], best[2]


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
    if raw:  # kernels out of the cache first: they are loaded once a process, however large the log
        small = told.folder / "log-100000.parquet"
        if not small.exists():
            writing.make(small, 100_000)
        ours.trusted_tape(small, ours.Roles(channel="channel"))
    archive = told.folder / "work" / log.stem / "trail"
    tape, cpu, clock = spent(
        "load",
        lambda: ours.trusted_tape(log, ours.Roles(channel="channel")) if raw else ours.archived(log, archive),
        1,
        peak,
    )
    ready, *more = spent("prepare", lambda: trail.prepare(tape, ours.journey()), 1, peak)
    state = Asked(ready, find_answers(ready), ready.everybody)
    figures = [spent(name, lambda name=name: getattr(ours, name)(state), told.times, peak) for name in asked.QUESTIONS]
    eight = [sum(one[k] for one in figures) for k in (1, 2)]
    print(f"the eight  {eight[0]:7.2f} s of processor, {eight[1]:7.2f} s")
    print(f"all        {cpu + more[0] + eight[0]:7.2f} s of processor, {clock + more[1] + eight[1]:7.2f} s")
    print(f"{peak.bytes / told.rows:.0f} bytes of anonymous memory an event at most")


if __name__ == "__main__":
    main()
