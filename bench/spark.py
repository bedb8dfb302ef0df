"""Transitions between events on Apache Spark, twice in the same session: by Spark SQL's windows, and by our kernels over its partitions.

    python bench/spark.py --rows 10000000 [--master spark://…] [--bucketed]

Both begin at the Parquet file (or a table bucketed by customer), and must come to the same counts. A further question to the same trail,
which finds its rows sorted, is timed as well. Needs the extra `spark` and Java.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

sys.path.insert(0, str(Path(__file__).parent))
from measure import NAMES, make
from tropa.model import EventRule, Limits, Map, Stage
from tropa.trail.spark import Roles, see, spark_log

PART = 2_000_000
"""Events to a partition (docs/guide/spark.md, Sizes)."""


def write(folder: Path, rows: int) -> Path:
    """The log of `bench/measure.py` as Parquet, rows in order of time."""
    make(folder, rows)
    arrays = {file.stem: np.load(file) for file in folder.glob("*.npy")}
    owner = np.repeat(np.arange(len(arrays["offsets"]) - 1), np.diff(arrays["offsets"]))
    order = np.argsort(arrays["time"], kind="stable")
    names = pa.array(["", *(f"e{k}" for k in range(1, NAMES + 1))])
    events = pa.DictionaryArray.from_arrays(pa.array(arrays["event"][order].astype(np.int32)), names)
    table = pa.table(
        {
            "customer": owner[order],
            "time": arrays["time"][order],
            "event": events.dictionary_decode(),
            "row": np.arange(rows),
        }
    )
    pq.write_table(table, folder / "log.parquet", row_group_size=1_000_000)
    return folder / "log.parquet"


def by_windows(frame: Any) -> dict[tuple[str, str], int]:
    """How often each event follows each, by SQL."""
    from pyspark.sql import Window
    from pyspark.sql import functions as f

    before = f.lag("event").over(Window.partitionBy("customer").orderBy("time", "row"))
    pairs = frame.select(before.alias("a"), f.col("event").alias("b")).where("a is not null")
    return {(row["a"], row["b"]): row["count"] for row in pairs.groupBy("a", "b").count().collect()}


def pairs_of(answer: Any) -> dict[tuple[str, str], int]:
    """The same from our answer."""
    rows = zip(answer.column("from"), answer.column("to"), answer.column("times"), strict=True)
    return {(a[6:], b[6:]): n for a, b, n in rows if a.startswith("event:") and b.startswith("event:")}


def timed(question: Callable[[], Any]) -> tuple[Any, float]:
    """What it answers, and seconds on the clock."""
    began = time.perf_counter()
    return question(), time.perf_counter() - began


def main() -> None:
    """Makes the log, asks, prints."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rows", type=int, default=10_000_000)
    options.add_argument("--master", default=f"local[{os.cpu_count()}]")
    options.add_argument("--bucketed", action="store_true", help="ask a table that is bucketed by customer")
    told = options.parse_args()
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    with tempfile.TemporaryDirectory() as scratch:
        parts = max(os.cpu_count() or 1, told.rows // PART)
        report(told.rows, *ask(told.master, write(Path(scratch), told.rows), parts, bucketed=told.bucketed))


def ask(master: str, file: Path, parts: int, *, bucketed: bool) -> tuple[float, float, float]:
    """Seconds: Spark SQL's windows, our first question, a further one."""
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master(master).config("spark.ui.enabled", "false")
    builder = builder.config("spark.driver.memory", "6g").config("spark.sql.warehouse.dir", str(file.parent / "tables"))
    builder = builder.config("spark.sql.execution.arrow.maxRecordsPerBatch", "100000")
    spark = builder.config("spark.sql.shuffle.partitions", str(parts)).getOrCreate()
    frame = spark.read.parquet(str(file))
    if bucketed:
        frame.write.bucketBy(8, "customer").sortBy("customer", "time", "row").saveAsTable("log")
        frame = spark.table("log")
    every = EventRule(event=tuple(f"e{k}" for k in range(1, NAMES + 1)))
    value = Map(
        title="bench", stages=(Stage(id="all", title="all", when=every),), limits=Limits(silence="900d", window="30d")
    )
    raw = {"level": "events", "repeats": True, "rows": 1000}
    frame.agg({"time": "max"}).collect()  # the session is up, the file has been read once
    plain, windows = timed(lambda: by_windows(frame))
    seen, binding = timed(lambda: see(spark_log(frame, Roles(arrival="row")), value))
    ours, first = timed(lambda: seen.ask("transitions", raw))
    _, again = timed(lambda: seen.ask("steps"))
    if pairs_of(ours) != plain:
        raise SystemExit("the counts differ")
    spark.stop()
    return windows, binding + first, again


def report(rows: int, windows: float, first: float, again: float) -> None:
    """Prints the table."""
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg()) if hasattr(os, "getloadavg") else "unknown"
    sys.stdout.write(
        f"{rows:,} events, {os.cpu_count()} cores, load {load}; seconds\n"
        f"  Spark SQL, windows: counts              {windows:7.1f}\n"
        f"  ours: facts, shuffle, counts and times  {first:7.1f}\n"
        f"  ours: a further question                {again:7.1f}\n"
    )


if __name__ == "__main__":
    main()
