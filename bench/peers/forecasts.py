"""Forecasts of purchases: what is asked of those who make them, on one table of customers, and how their answers are held together.

The table: customers who follow BG/NBD and Gamma-Gamma with known numbers (`TRUTH`, `WORTH`): repeat purchases x, time of
the last one t_x, age T in days, mean value z of the repeat purchases. Asked: the numbers of both models by plain maximum likelihood, the
logarithm of the first one's likelihood at its numbers, purchases and money of all customers together in the 90 days ahead.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

AHEAD = 90.0
DAYS = 365.0
TRUTH = {"r": 0.6, "alpha": 40.0, "a": 0.8, "b": 2.4}
WORTH = {"p": 6.0, "q": 4.0, "v": 30.0}
CLOSE = {"numbers": 0.02, "ahead": 0.005, "likelihood": 1e-6}
"""Answers are equal where they differ by no more than this share: numbers lie on a ridge, what follows from them does not."""
Answer = dict[str, float]


def make(file: Path, customers: int, seed: int = 1) -> None:
    """Writes the table."""
    rng = np.random.default_rng((seed, customers))
    age = rng.uniform(1, DAYS, customers)
    rate = rng.gamma(TRUTH["r"], 1 / TRUTH["alpha"], customers)
    go = rng.beta(TRUTH["a"], TRUTH["b"], customers)
    x, last, at = np.zeros(customers), np.zeros(customers), np.zeros(customers)
    here = np.arange(customers)
    while len(here):
        at[here] += rng.exponential(1 / rate[here])
        here = here[at[here] <= age[here]]
        x[here] += 1
        last[here] = at[here]
        here = here[rng.random(len(here)) >= go[here]]
    some = np.maximum(x, 1)
    mean = rng.gamma(WORTH["p"] * some) / some / rng.gamma(WORTH["q"], 1 / WORTH["v"], customers)
    columns = {"x": x.astype(np.int64), "t_x": last, "T": age, "z": np.where(x > 0, mean, 0.0)}
    pq.write_table(pa.table(columns), file)


def spending(question: Callable[[dict[str, Any]], Answer]) -> Callable[[dict[str, Any]], Answer]:
    """The question, its answer told with the processor's seconds that it took: the clock says little on a busy machine."""

    def asked(table: dict[str, Any]) -> Answer:
        began = time.process_time()
        return {**question(table), "processor": time.process_time() - began}

    return asked


def load(log: Path, folder: Path, form: str) -> dict[str, Any]:
    """The table's columns."""
    table = pq.read_table(log)
    return {name: table[name].to_numpy() for name in table.column_names}


def beside(ours: Answer, theirs: Any) -> str:
    """How another's answer stands to ours: `equal`, or by how much it is off."""
    if "failed" in theirs:
        return str(theirs["failed"])
    off = {name: abs(theirs[name] - value) / abs(value) for name, value in ours.items() if name != "processor"}
    told = {
        "numbers": max(off[name] for name in (*TRUTH, *WORTH)),
        "ahead": max(off["purchases"], off["money"]),
        "likelihood": off["likelihood"],
    }
    said = ", ".join(f"{name} within {worst:.2g}" for name, worst in told.items())
    return f"equal ({said})" if all(told[name] <= most for name, most in CLOSE.items()) else f"differs: {said}"
