"""How fast the questions are: a log of random passes, opened from disk in a fresh process, then asked again and again.

    python bench/measure.py --rows 10000000

Prints the cold time (a new process: imports, opening, binding, all readings, breaks) and the warm time of each question.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

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
    """Six stages of four touchpoints each, the deal in the fifth."""
    from tropa.model import Deal, EventRule, Limits, Map, Stage, Touchpoint

    stages = []
    for s in range(STAGES):
        names = [f"e{s * 4 + k}" for k in range(1, 5)]
        points = tuple(Touchpoint(id=name, title=name, when=EventRule(event=name)) for name in names)
        stages.append(Stage(id=f"s{s}", title=f"s{s}", touchpoints=points, deal=Deal(event="e20") if s == 4 else None))
    return Map(title="bench", stages=tuple(stages), limits=Limits(silence="30d", window="30d"))


def ask(folder: Path) -> dict[str, float]:
    """Seconds of the first whole answer in this process, and of each question asked again (the best of three)."""
    began = time.perf_counter()
    from tropa import trail
    from tropa.trail import answers, loops, stages
    from tropa.trail.passes import find_passes

    out = {"imports": time.perf_counter() - began}
    tape, value = opened(folder), journey()
    trail.measure(tape, value)
    out["cold"] = time.perf_counter() - began
    ready = trail.prepare(tape, value)
    everybody = ready.everybody
    table = answers.find_answers(ready)
    horizon = loops.common_horizon(ready)
    questions = {
        "bind": lambda: trail.bind(tape, value),
        "passes (new silence limit)": lambda: find_passes(tape, ready.bound, value, ready.limits),
        "stages, times and flows": lambda: stages.tally(ready, everybody),
        "touchpoints": lambda: stages.touch(ready, everybody),
        "satisfaction": lambda: answers.satisfaction(table, everybody),
        "loop": lambda: loops.loop_reading(ready, everybody, horizon),
        "sales cycle": lambda: loops.sales_cycle(ready, everybody),
        "unbound events": lambda: trail.unbound(tape, ready.bound),
        "all but breaks": lambda: trail.measure(tape, value, breaks=False),
        "all": lambda: trail.measure(tape, value),
    }
    for name, question in questions.items():
        times = []
        for _ in range(3):
            began = time.perf_counter()
            question()
            times.append(time.perf_counter() - began)
        out[name] = min(times)
    out["passes"] = float(len(ready.passes))
    return out


def main() -> None:
    """Makes the log, asks in a child process (twice: the first may compile), prints the table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rows", type=int, default=10_000_000)
    options.add_argument("--ask", type=Path, help=argparse.SUPPRESS)
    told = options.parse_args()
    if told.ask is not None:
        sys.stdout.write(json.dumps(ask(told.ask)))
        return
    with tempfile.TemporaryDirectory() as name:
        make(Path(name), told.rows)
        for _ in range(2):
            command = [sys.executable, __file__, "--ask", name]
            answer = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        found = json.loads(answer)
    sys.stdout.write(f"{told.rows:,} events, {found.pop('passes'):,.0f} passes; seconds\n")
    for question, seconds in found.items():
        sys.stdout.write(f"  {question:<28} {seconds:8.3f}\n")


if __name__ == "__main__":
    main()
