"""What every peer is asked, how its answers are timed, and the form they come back in. Standard library and pyarrow only.

The log: `customer` int64, `time` µs UTC (no two of a customer equal), `event`, `channel` text, in order of time. A *case* is one go of
a customer: it ends with a silence of more than 30 days as long as nothing was paid; what comes after the first payment belongs to it.

| question | answer |
|---|---|
| counts | how often each event follows another directly within a case |
| medians | the same, and the median time between them (the smallest value with half of them at or below it, µs) |
| funnel | customers by how far their best attempt came: five events in order within 7 days of the first, begun 7 days before the end |
| steps | which event stands at each of the first 20 places of the cases |
| cohorts | by week (Monday, UTC) of the first event and weeks since: customers seen again; weeks cut off by the log's end are left out |
| markov | removal effects in a chain of first order over channels (neighbouring equal ones are one), up to payment or end |
| shapley | payments in equal parts to the different channels before them (Shapley values of v(S) = payments whose channels ⊆ S) |
| leaving | the most frequent last five events (equal neighbours are one) of cases that ended unpaid; "…" before longer ones |
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

DAY = 86_400_000_000
WEEK = 7 * DAY
SILENCE = 30 * DAY
WINDOW = 7 * DAY
STEPS = 20
AGES = 12
LAST = 5
PAID = "order_paid"
FUNNEL = ("product_view", "add_to_cart", "checkout_start", "order_created", PAID)
QUESTIONS = ("counts", "medians", "funnel", "steps", "cohorts", "markov", "shapley", "leaving")


class Peak:
    """The most anonymous memory this process has had, in bytes, looked at every 10 ms."""

    def __init__(self) -> None:
        self.bytes = 0
        threading.Thread(target=self._watch, daemon=True).start()

    def _watch(self) -> None:
        while True:
            for line in Path("/proc/self/status").read_text().splitlines():
                if line.startswith("RssAnon"):
                    self.bytes = max(self.bytes, int(line.split()[1]) * 1024)
            time.sleep(0.01)


SLOW = 5.0
"""Seconds above which a question is asked once, not several times."""


def timed(question: Callable[[], Any], times: int, warm: int) -> tuple[Any, float]:
    """The answer, and the median of `times` seconds after `warm` to warm up; of one time where it takes long."""
    answer, spent = None, []
    for turn in range(warm + times):
        began = time.perf_counter()
        answer = question()
        seconds = time.perf_counter() - began
        if seconds > SLOW:
            return answer, seconds
        if turn >= warm:
            spent.append(seconds)
    return answer, statistics.median(spent)


def removal(chain: list[list[float]]) -> list[float]:
    """Shares of the removal effects. `chain` (C + 1, C + 2): steps from channel (last row: the beginning) to channel, payment, leaving."""
    import numpy as np

    def conversion(counts: Any) -> float:
        size = len(counts) - 1
        steps = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
        won = np.linalg.solve(np.eye(size) - steps[:size, :size], steps[:size, size])
        return float(steps[size, :size] @ won + steps[size, size])

    counts = np.asarray(chain, float)
    whole, effects = conversion(counts), []
    for k in range(len(counts) - 1):
        without = counts.copy()
        without[:, -1] += without[:, k]
        without[:, k] = 0
        effects.append(max(1 - conversion(without) / whole, 0))
    return [one / sum(effects) for one in effects]


def main(load: Callable[[Path, Path, str], Any], questions: dict[str, Callable[[Any], Any]]) -> None:
    """Loads, asks, and prints one JSON: seconds of loading and of each question, answers, peak of anonymous memory."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--log", type=Path, required=True)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--form", default="prepared", help="prepared, or raw: straight from the file")
    parser.add_argument("--times", type=int, default=7)
    parser.add_argument("--warm", type=int, default=3)
    parser.add_argument("--only", nargs="*", default=None)
    told = parser.parse_args()
    peak = Peak()
    began = time.perf_counter()
    state = load(told.log, told.folder, told.form)
    out: dict[str, Any] = {
        "load": time.perf_counter() - began,
        "loaded_bytes": peak.bytes,
        "seconds": {},
        "answers": {},
    }
    for name, question in questions.items():
        if told.only is not None and name not in told.only:
            continue
        try:
            answer, seconds = timed(lambda question=question: question(state), told.times, told.warm)
        except Exception as fault:  # noqa: BLE001 - a peer's failure is a result of the bench, told in its table
            out["seconds"][name] = None
            out["answers"][name] = {"failed": f"{type(fault).__name__}: {fault}"[:300]}
            continue
        out["seconds"][name] = seconds
        out["answers"][name] = answer
        print(f"{name}: {seconds:.3f} s", file=sys.stderr, flush=True)
    out["peak_bytes"] = peak.bytes
    print(json.dumps(out))
