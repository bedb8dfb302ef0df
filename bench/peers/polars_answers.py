"""Polars, lazily, on a frame sorted by customer and time with category codes (`prepared`)."""

from __future__ import annotations

from pathlib import Path

import asked
import polars as pl


class State:
    """The sorted frame with its cases."""

    def __init__(self, log: Path, folder: Path, form: str) -> None:
        at = pl.col("time").dt.epoch("us")
        one = pl.scan_parquet(log).with_columns(
            at=at, event=pl.col("event").cast(pl.Categorical), channel=pl.col("channel").cast(pl.Categorical)
        )
        one = one.select("customer", "at", "event", "channel").sort("customer", "at")
        paid_before = (pl.col("event") == asked.PAID).cast(pl.Int32).cum_sum().over("customer") - (
            pl.col("event") == asked.PAID
        ).cast(pl.Int32)
        gap = pl.col("at") - pl.col("at").shift(1).over("customer")
        fresh = ((gap > asked.SILENCE) & (paid_before == 0)).fill_null(value=False)
        one = (
            one.with_columns(fresh=fresh)
            .with_columns(go=pl.col("fresh").cast(pl.Int32).cum_sum().over("customer"))
            .drop("fresh")
        )
        frame = one.collect()
        self.until = frame["at"].max()
        changed = ((frame["customer"] != frame["customer"].shift(1)) | (frame["go"] != frame["go"].shift(1))).fill_null(
            value=True
        )
        self.log = frame.with_columns(case=changed.cast(pl.Int32).cum_sum()).with_row_index("pos")
        ends = self.log.lazy().group_by("case").agg(
            customer=pl.first("customer"), go=pl.first("go"), done=pl.max("at"),
            paid=pl.col("at").filter(pl.col("event") == asked.PAID).min(),
        )  # fmt: skip
        ends = ends.with_columns(most=pl.max("go").over("customer"))
        over = (
            pl.col("paid").is_not_null()
            | (pl.col("go") < pl.col("most"))
            | (pl.col("done") + asked.SILENCE < self.until)
        )
        self.ends = ends.with_columns(over=over).select("case", "done", "paid", "over").collect()
        self.channels = sorted(self.log["channel"].cast(pl.String).unique().to_list())


def _pairs(state: State) -> pl.LazyFrame:
    same = pl.col("case") == pl.col("case").shift(-1)
    return state.log.lazy().select(
        a="event", b=pl.col("event").shift(-1), took=pl.col("at").shift(-1) - pl.col("at"), same=same
    ).filter(pl.col("same"))  # fmt: skip


def counts(state: State) -> dict[str, int]:
    """See asked.py."""
    found = _pairs(state).group_by("a", "b").len().collect()
    return {f"{a}>{b}": n for a, b, n in found.iter_rows()}


def medians(state: State) -> dict[str, list[int]]:
    """See asked.py."""
    # the smallest value with half of them at or below it: the sorted one at (n − 1) // 2
    found = (
        _pairs(state)
        .group_by("a", "b")
        .agg(pl.len(), pl.col("took").sort().get((pl.len() - 1) // 2).alias("mid"))
        .collect()
    )
    return {f"{a}>{b}": [n, took] for a, b, n, took in found.iter_rows()}


def funnel(state: State) -> list[int]:
    """See asked.py."""
    first = state.log.lazy().filter((pl.col("event") == asked.FUNNEL[0]) & (pl.col("at") + asked.WINDOW <= state.until))
    found = first.select("customer", p=pl.col("pos").cast(pl.Int64), t0="at").with_columns(level=pl.lit(1))
    for name in asked.FUNNEL[1:]:
        following = (
            state.log.lazy()
            .filter(pl.col("event") == name)
            .select("customer", p=pl.col("pos").cast(pl.Int64), q=pl.col("pos").cast(pl.Int64), t="at")
        )
        found = found.sort("p").join_asof(
            following.sort("p"),
            on="p",
            by="customer",
            strategy="forward",
            allow_exact_matches=False,
            check_sortedness=False,
        )
        inside = (pl.col("t") - pl.col("t0") <= asked.WINDOW).fill_null(value=False)
        found = (
            found.filter(inside | pl.lit(value=True))
            .with_columns(level=pl.col("level") + inside.cast(pl.Int32), p=pl.coalesce("q", pl.lit(2**62)))
            .drop("q", "t")
        )
    best = found.group_by("customer").agg(pl.max("level")).collect()["level"]
    return [int((best >= k).sum()) for k in range(1, len(asked.FUNNEL) + 1)]


def steps(state: State) -> dict[str, int]:
    """See asked.py."""
    place = (pl.col("pos") - pl.col("pos").first().over("case") + 1).alias("place")
    found = (
        state.log.lazy()
        .select("event", place)
        .filter(pl.col("place") <= asked.STEPS)
        .group_by("place", "event")
        .len()
        .collect()
    )
    return {f"{place}:{event}": n for place, event, n in found.iter_rows()}


def cohorts(state: State) -> dict[str, int]:
    """See asked.py."""
    week = (pl.col("at") - 345_600_000_000) // asked.WEEK
    acts = state.log.lazy().select("customer", week=week).unique()
    acts = acts.with_columns(cohort=pl.col("week").min().over("customer"))
    seen = (pl.col("week") - pl.col("cohort") <= asked.AGES) & (
        (pl.col("week") + 1) * asked.WEEK + 345_600_000_000 <= state.until
    )
    found = acts.filter(seen).group_by("cohort", (pl.col("week") - pl.col("cohort")).alias("age")).len().collect()
    return {f"{cohort}:{age}": n for cohort, age, n in found.iter_rows()}


def _kept(state: State) -> pl.LazyFrame:
    ends = state.ends.lazy().filter(pl.col("over"))
    mine = state.log.lazy().select("case", "pos", "at", "channel").join(ends, on="case", maintain_order="left")
    mine = mine.filter(pl.col("at") <= pl.coalesce("paid", "done"))
    mine = mine.with_columns(before=pl.col("channel").shift(1).over("case"))
    return mine.filter(pl.col("before").is_null() | (pl.col("before") != pl.col("channel")))


def markov(state: State) -> dict[str, float]:
    """See asked.py."""
    names = state.channels
    place = {name: k for k, name in enumerate(names)} | {None: len(names), True: len(names), False: len(names) + 1}
    chain = [[0.0] * (len(names) + 2) for _ in range(len(names) + 1)]
    kept = _kept(state)
    inner = kept.group_by("before", "channel").len()
    last = (
        kept.group_by("case")
        .agg(pl.last("channel"), won=pl.first("paid").is_not_null())
        .group_by("channel", "won")
        .len()
    )
    for found in pl.collect_all([inner, last]):
        for a, b, n in found.iter_rows():
            chain[place[a]][place[b]] += n
    return dict(zip(names, asked.removal(chain), strict=True))


def shapley(state: State) -> dict[str, float]:
    """See asked.py."""
    bit = pl.lit(1, pl.Int64) * (
        2
        ** pl.col("channel")
        .cast(pl.String)
        .replace_strict({n: k for k, n in enumerate(state.channels)}, return_dtype=pl.Int64)
    )
    sets = (
        _kept(state)
        .filter(pl.col("paid").is_not_null())
        .select("case", bit=bit)
        .unique()
        .group_by("case")
        .agg(pl.sum("bit"))
    )
    found = sets.group_by("bit").len().collect()
    credit = dict.fromkeys(state.channels, 0.0)
    for used, n in found.iter_rows():
        mine = [name for k, name in enumerate(state.channels) if int(used) >> k & 1]
        for name in mine:
            credit[name] += n / len(mine)
    whole = found["len"].sum()
    return {name: value / whole for name, value in credit.items()}


def leaving(state: State) -> dict[str, int]:
    """See asked.py."""
    gone = state.ends.lazy().filter(pl.col("over") & pl.col("paid").is_null()).select("case")
    seen = state.log.lazy().select("case", "event").join(gone, on="case", maintain_order="left")
    seen = seen.with_columns(before=pl.col("event").shift(1).over("case"))
    seen = seen.filter(pl.col("before").is_null() | (pl.col("before") != pl.col("event")))
    paths = seen.group_by("case").agg(path=pl.col("event").tail(asked.LAST), n=pl.len())
    found = paths.group_by("path", pl.col("n") > asked.LAST).len().sort("len", descending=True).head(200).collect()
    return {("… > " if longer else "") + " > ".join(path): n for path, longer, n in found.iter_rows()}


if __name__ == "__main__":
    mine = globals()
    asked.main(State, {name: mine[name] for name in asked.QUESTIONS})
