"""ChannelAttribution: its Markov model, which simulates; the paths are counted beforehand."""

from __future__ import annotations

from pathlib import Path

import asked
import pandas as pd
from ChannelAttribution import markov_model


def load(log: Path, folder: Path, form: str) -> pd.DataFrame:
    """Paths of channels with how many of them were paid and how many were not."""
    frame = pd.read_parquet(log).sort_values(["customer", "time"], kind="stable", ignore_index=True)
    us = frame["time"].astype("int64")
    paid = (frame["event"] == asked.PAID).astype("int64")
    before = paid.groupby(frame["customer"]).cumsum() - paid
    same = frame["customer"].eq(frame["customer"].shift())
    frame = frame.assign(us=us, case=(~same | ((us.diff() > asked.SILENCE) & (before == 0))).cumsum(), paid=paid)
    ends = frame.groupby("case").agg(customer=("customer", "first"), done=("us", "max"), won=("paid", "max"))
    first_paid = frame[frame["paid"] == 1].groupby("case")["us"].min()
    last_case = ends.reset_index().groupby("customer")["case"].transform("max").to_numpy()
    ends["until"] = first_paid.reindex(ends.index).fillna(ends["done"])
    ends["over"] = (ends["won"] == 1) | (ends.index.to_numpy() < last_case) | (ends["done"] + asked.SILENCE < us.max())
    frame = frame.join(ends[["until", "over", "won"]], on="case")
    frame = frame[frame["over"] & (frame["us"] <= frame["until"])]
    frame = frame[
        ~(
            frame["case"].eq(frame["case"].shift())
            & frame["channel"].astype(str).eq(frame["channel"].astype(str).shift())
        )
    ]
    paths = frame.groupby("case").agg(
        path=("channel", lambda names: " > ".join(names.astype(str))), won=("won", "first")
    )
    counted = paths.groupby("path")["won"].agg(paid="sum", n="count").reset_index()
    counted["left"] = counted["n"] - counted["paid"]
    return counted[["path", "paid", "left"]]


def markov(paths: pd.DataFrame) -> dict[str, float]:
    """See asked.py, simulated."""
    found = markov_model(paths, "path", "paid", var_null="left", seed=1, ncore=2, verbose=False, flg_pro=False)
    result = found["result"] if isinstance(found, dict) else found if isinstance(found, pd.DataFrame) else found[0]
    shares = result["total_conversions"] / result["total_conversions"].sum()
    return {str(name): float(share) for name, share in zip(result["channel_name"], shares, strict=True)}


if __name__ == "__main__":
    asked.main(load, {"markov": markov})
