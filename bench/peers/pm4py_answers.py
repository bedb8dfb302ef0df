"""pm4py: directly-follows graph with counts, and with median times, on its own frame (cases made beforehand)."""

from __future__ import annotations

from pathlib import Path

import asked
import pandas as pd
import pm4py


def load(log: Path, folder: Path, form: str) -> pd.DataFrame:
    """The frame as pm4py wants it."""
    frame = pd.read_parquet(log).sort_values(["customer", "time"], kind="stable", ignore_index=True)
    us = frame["time"].astype("int64")
    paid = (frame["event"] == asked.PAID).astype("int64")
    before = paid.groupby(frame["customer"]).cumsum() - paid
    same = frame["customer"].eq(frame["customer"].shift())
    frame["case"] = (~same | ((us.diff() > asked.SILENCE) & (before == 0))).cumsum().astype(str)
    frame["event"] = frame["event"].astype(str)
    return pm4py.format_dataframe(
        frame[["case", "event", "time"]], case_id="case", activity_key="event", timestamp_key="time"
    )


def counts(frame: pd.DataFrame) -> dict[str, int]:
    """See asked.py."""
    found, _, _ = pm4py.discover_dfg(frame)
    return {f"{a}>{b}": int(n) for (a, b), n in found.items()}


def medians(frame: pd.DataFrame) -> dict[str, float]:
    """See asked.py; its medians of even numbers lie between two values."""
    found, _, _ = pm4py.discover_performance_dfg(frame, perf_aggregation_key="median")
    return {
        f"{a}>{b}": float(took["median"] if isinstance(took, dict) else took) * 1e6 for (a, b), took in found.items()
    }


if __name__ == "__main__":
    asked.main(load, {"counts": counts, "medians": medians})
