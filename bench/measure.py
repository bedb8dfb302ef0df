"""How fast the questions are: a log of random passes, opened from disk in a fresh process, then asked again and again.

    python bench/measure.py --rows 10000000

Prints how long compiling takes, the cold time (a new process: imports, opening, binding, all readings, breaks) and the warm time of
each question. On a machine that does other things too, believe the processor's seconds.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

BEGAN = time.perf_counter()
WEEK = 7 * 86_400_000_000
NAMES, CHANNELS, STAGES = 25, 8, 6


def make(folder: Path, rows: int, seed: int = 1) -> None:
    """Writes the arrays of a log of `rows` events: a tenth as many customers, 25 names, 8 channels, 26 weeks."""
    rng = np.random.default_rng(seed)
    customers = max(rows // 10, 1)
    owner = np.sort(rng.integers(0, customers, rows))
    born = rng.integers(0, 20 * WEEK, customers)
    when = born[owner] + rng.exponential(2 * WEEK, rows).astype(np.int64)
    event = (rng.integers(0, NAMES, rows) + 1).astype(np.uint8)
    score = np.full(rows, np.nan, np.float32)
    score[event == NAMES] = rng.integers(-2, 3, int((event == NAMES).sum()))
    arrays: dict[str, Any] = {
        "offsets": np.concatenate([[0], np.cumsum(np.bincount(owner, minlength=customers))]).astype(np.int64),
        "time": np.minimum(when, 26 * WEEK)[np.lexsort((when, owner))],
        "event": event,
        "channel": (rng.integers(0, CHANNELS, rows) + 1).astype(np.uint8),
        "value": np.where(event == 20, rng.integers(1_000, 90_000, rows), np.iinfo(np.int64).min),
        "score": score,
        "none": np.zeros(rows, np.uint8),
        "one": np.ones(rows, np.uint8),
        "customers": np.arange(customers).astype("U10"),
    }
    for name, array in arrays.items():
        np.save(folder / f"{name}.npy", array)


def opened(folder: Path) -> Any:
    """The tape, its arrays mapped."""
    from tropa.trail.tape import Column, Source, Tape

    a = {file.stem: np.load(file, mmap_mode="r") for file in folder.glob("*.npy")}
    nothing = Column(a["none"], ("",))
    return Tape(
        version="bench",
        customers=a["customers"],
        offsets=a["offsets"],
        time=a["time"],
        event=Column(a["event"], ("", *(f"e{k}" for k in range(1, NAMES + 1)))),
        channel=Column(a["channel"], ("", *(f"c{k}" for k in range(1, CHANNELS + 1)))),
        value=a["value"],
        score=a["score"],
        instrument=nothing,
        session=a["none"],
        order=a["none"],
        source=Column(a["one"], ("", "log")),
        sources=(Source("log", len(a["time"]), 0, 26 * WEEK),),
        currency="RUB",
    )


def journey() -> Any:
    """Six stages of four touchpoints each, the deal in the fifth; the scored event belongs to the last."""
    from tropa.model import Deal, EventRule, Limits, Map, Stage, Touchpoint

    stages = []
    for s in range(STAGES):
        names = [f"e{s * 4 + k}" for k in range(1, 5)] + ([f"e{NAMES}"] if s == STAGES - 1 else [])
        points = tuple(Touchpoint(id=name, title=name, when=EventRule(event=name)) for name in names)
        stages.append(Stage(id=f"s{s}", title=f"s{s}", touchpoints=points, deal=Deal(event="e20") if s == 4 else None))
    return Map(title="bench", stages=tuple(stages), limits=Limits(silence="30d", window="30d"))


def cold(folder: Path) -> dict[str, float]:
    """The first whole answer in this process: seconds on the clock and of the processor, imports apart."""
    from tropa import trail

    imports = time.perf_counter() - BEGAN, time.process_time()
    trail.measure(opened(folder), journey())
    return {
        "imports": imports[0],
        "imports, CPU": imports[1],
        "all": time.perf_counter() - BEGAN,
        "all, CPU": time.process_time(),
    }


def ask(folder: Path) -> dict[str, tuple[float, float]]:
    """Medians of seven times that each question was asked: seconds on the clock, and of the processor (all threads)."""
    from tropa import trail
    from tropa.trail import answers, loops, stages
    from tropa.trail import breaks as br
    from tropa.trail.passes import find_passes
    from tropa.trail.tally import tally

    tape, value = opened(folder), journey()
    ready = trail.prepare(tape, value)
    everybody = ready.everybody
    table = answers.find_answers(ready)
    horizon = loops.common_horizon(ready)
    questions = {
        "bind": lambda: trail.bind(tape, value),
        "passes (new silence limit)": lambda: find_passes(tape, ready.bound, value, ready.limits),
        "stages, times and flows": lambda: tally(ready, everybody),
        "touchpoints": lambda: stages.touch(ready, everybody),
        "satisfaction": lambda: answers.satisfaction(table, everybody),
        "loop": lambda: loops.loop_reading(ready, everybody, horizon),
        "sales cycle": lambda: loops.sales_cycle(ready, everybody),
        "unbound events": lambda: trail.unbound(tape, ready.bound),
        "breaks": lambda: br.breaks(tape, ready.bound, ready.passes, value, horizon=horizon, sensitivity=False),
        "all but breaks": lambda: trail.measure(tape, value, breaks=False),
        "all": lambda: trail.measure(tape, value),
    }
    out = {name: _median(question) for name, question in questions.items()}
    out["passes"] = float(len(ready.passes)), 0.0
    return out


def _median(question: Callable[[], object], times: int = 7) -> tuple[float, float]:
    wall, processor = [], []
    for _ in range(3):  # warm: memory of that size has been had before
        question()
    for _ in range(times):
        began, used = time.perf_counter(), time.process_time()
        question()
        wall.append(time.perf_counter() - began)
        processor.append(time.process_time() - used)
    return statistics.median(wall), statistics.median(processor)


def child(told: str, folder: Path, cache: str) -> Any:
    """What a fresh process answers."""
    environment = {**os.environ, "TROPA_CACHE_DIR": cache}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, __file__, "--folder", str(folder), told]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout)


def main() -> None:
    """Makes the log, compiles into an empty cache, asks in fresh processes, prints the tables."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rows", type=int, default=10_000_000)
    options.add_argument("--folder", type=Path, help="keep the log here, or use the one that is there")
    options.add_argument("told", nargs="?", choices=("compile", "cold", "ask"), help=argparse.SUPPRESS)
    told = options.parse_args()
    if told.told is not None:
        sys.stdout.write(json.dumps(TOLD[told.told](told.folder)))
        return
    with tempfile.TemporaryDirectory() as scratch:
        folder = told.folder or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / "time.npy").exists():
            make(folder, told.rows)
        compiled = child("compile", folder, scratch)
        first = [child("cold", folder, scratch) for _ in range(4)][1:]
        found = child("ask", folder, scratch)
    report(len(np.load(folder / "time.npy", mmap_mode="r")) if told.folder else told.rows, compiled, first, found)


def report(rows: int, compiled: float, first: list[dict[str, float]], found: dict[str, tuple[float, float]]) -> None:
    """Prints the tables: seconds on the clock and of the processor, and how busy the machine was with others."""
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg()) if hasattr(os, "getloadavg") else "unknown"
    say = sys.stdout.write
    say(f"{rows:,} events, {found.pop('passes')[0]:,.0f} passes; {os.cpu_count()} cores, load {load}; seconds\n")
    say(f"  {'':<28} {'clock':>8} {'CPU':>8}\n")
    say(f"  {'compiling, empty cache':<28} {compiled:8.2f}\n")
    for name in ("imports", "all"):
        wall = statistics.median(one[name] for one in first)
        used = statistics.median(one[f"{name}, CPU"] for one in first)
        say(f"  {'cold: ' + name:<28} {wall:8.3f} {used:8.3f}\n")
    for question, (wall, used) in found.items():
        say(f"  {question:<28} {wall:8.3f} {used:8.3f}\n")


def compile_all(_: Path) -> float:
    """Seconds to compile every kernel."""
    from tropa import trail

    began = time.perf_counter()
    trail.warm()
    return time.perf_counter() - began


TOLD: dict[str, Callable[[Path], object]] = {"compile": compile_all, "cold": cold, "ask": ask}

if __name__ == "__main__":
    main()
