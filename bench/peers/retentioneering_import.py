"""retentioneering 5: the whole import in pandas, which is all in memory and gone with the process: read, drop, make the event stream."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import asked
import importing

os.environ["RETENTIONEERING_NO_TRACK"] = "1"

import pandas as pd
from retentioneering import Eventstream


def load(log: Path, folder: Path, form: str) -> Path:
    """The log."""
    return log


def whole(log: Path) -> dict[str, Any]:
    """See importing.py. Messages are dropped once they have told rows apart; ids of text as categories cost as much as they save."""

    def work() -> Eventstream:
        frame = pd.read_parquet(log)
        frame = frame.dropna(subset=["user_id"]).drop_duplicates("message_id")
        del frame["message_id"]
        return Eventstream(
            frame,
            {"path_cols": ["user_id"], "event_col": "event", "timestamp_col": "time", "segment_cols": ["channel"]},
        )

    stream, cost = importing.spent(work)
    frame = stream.df
    by_name = {str(name): int(n) for name, n in frame["event"].value_counts().items() if n}
    money = int((frame["revenue"] * 100).round().sum())
    return importing.told(len(frame), frame["user_id"].nunique(), by_name, money, cost)


if __name__ == "__main__":
    asked.main(load, {"import": whole})
