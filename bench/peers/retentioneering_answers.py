"""retentioneering 5: what it has of the questions, on its own event stream (paths are the cases, made beforehand)."""

from __future__ import annotations

import os
from pathlib import Path

import asked

os.environ["RETENTIONEERING_NO_TRACK"] = "1"

import pandas as pd
from retentioneering import Eventstream


def load(log: Path, folder: Path, form: str) -> Eventstream:
    """The stream. `raw`: customers are the paths, nothing is prepared: its whole import."""
    frame = pd.read_parquet(log)
    if form == "raw":
        return Eventstream(
            frame,
            {"path_cols": ["customer"], "event_col": "event", "timestamp_col": "time", "segment_cols": ["channel"]},
        )
    frame = frame.sort_values(["customer", "time"], kind="stable", ignore_index=True)
    us = frame["time"].astype("int64")
    paid = (frame["event"] == asked.PAID).astype("int64")
    before = paid.groupby(frame["customer"]).cumsum() - paid
    same = frame["customer"].eq(frame["customer"].shift())
    fresh = ~same | ((us.diff() > asked.SILENCE) & (before == 0))
    frame["case"] = fresh.cumsum()
    frame = frame[["case", "event", "time"]]
    return Eventstream(frame, {"path_cols": ["case"], "event_col": "event", "timestamp_col": "time"})


def counts(stream: Eventstream) -> dict[str, int]:
    """See asked.py."""
    found = stream.transition_graph_data(edge_weight="count").stack()
    return {
        f"{a}>{b}": int(n) for (a, b), n in found.items() if n and not {str(a), str(b)} & {"path_start", "path_end"}
    }


def medians(stream: Eventstream) -> dict[str, float]:
    """See asked.py; its medians of even numbers lie between two values."""
    found = stream.transition_graph_data(edge_weight="time_median").stack()
    return {
        f"{a}>{b}": took.total_seconds() * 1e6
        for (a, b), took in found.items()
        if took == took and not {str(a), str(b)} & {"path_start", "path_end"}
    }


def steps(stream: Eventstream) -> dict[str, float]:
    """See asked.py; shares of the paths."""
    found = stream.step_matrix_data(max_steps=asked.STEPS)
    return {
        f"{place}:{event}": float(share) for event, row in found.iterrows() for place, share in row.items() if share
    }


if __name__ == "__main__":
    asked.main(load, {"counts": counts, "medians": medians, "steps": steps})
