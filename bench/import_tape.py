"""How fast a log becomes a tape, beside what DuckDB needs just to load and sort it (R-20).

    python bench/import_tape.py --rows 10000000

Makes a Parquet log (string ids, a tenth as many customers as rows, 25 names, 8 channels, a float value, 26 weeks, a few rows without a
customer and a few equal rows), then runs in separate processes (a) DuckDB with two threads: load, sort by (customer, time) into
a table; (b) events.plan → events.read → Archive.add; and prints seconds, the ratio, the peak of anonymous memory a row, and the
same import again (all duplicates) and a cold open. CPU seconds count the whole process, imports included: they tell more on a busy machine.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

START = datetime(2026, 1, 5, tzinfo=UTC)
BATCH = 1_000_000
FURTHER = 500_000


def make_log(file: Path, rows: int, *, shuffled: bool, seed: int = 7, people: int = 0, begin: int = 0) -> None:
    """Writes the log in batches, in time order unless `shuffled`. `people`: how many customers (0: a tenth of the rows); `begin` (µs): how
    long after `START`."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    random = np.random.default_rng(seed)
    customers = people or max(rows // 10, 1)
    names = pa.array([f"event_{number:02d}" for number in range(25)])
    channels = pa.array(["ads", "seo", "mail", "direct", "social", "push", "referral", "offline"])
    begin, span = begin + int(START.timestamp() * 1e6), 26 * 7 * 86_400 * 1_000_000
    writer = None
    for first in range(0, rows, BATCH):
        count = min(BATCH, rows - first)
        who = random.integers(0, customers, count)
        ids = pa.array(np.char.add("user_", np.char.zfill(who.astype("U8"), 8)))
        ids = pc.if_else(pa.array(random.random(count) < 1e-4), pa.scalar(None, pa.string()), ids)
        when = np.sort(random.integers(0, span, count)) // (rows // count) + first * (span // rows)
        if shuffled:
            random.shuffle(when)
        event = np.minimum((random.exponential(4.0, count)).astype(np.int64), 24)
        value = np.where(event == 7, np.round(random.lognormal(7.5, 0.6, count), 2), np.nan)
        table = pa.table(
            {
                "user_id": ids,
                "time": pa.array(begin + when, pa.timestamp("us", tz="UTC")),
                "event": pa.DictionaryArray.from_arrays(event.astype(np.int32), names).cast(pa.string()),
                "channel": pa.DictionaryArray.from_arrays(random.integers(0, 8, count).astype(np.int32), channels).cast(
                    pa.string()
                ),
                "revenue": pa.array(value, from_pandas=True),
            }
        )
        if count >= 1000:
            table = pa.concat_tables([table.slice(0, count - 100), table.slice(0, 100)])
        writer = writer or pq.ParquetWriter(file, table.schema, compression="snappy")
        writer.write_table(table)
    if writer:
        writer.close()


def run_duckdb(file: Path, folder: Path) -> dict[str, Any]:
    """Load and sort, nothing else."""
    import duckdb

    (folder / "base.duckdb").unlink(missing_ok=True)
    started = time.perf_counter()
    con = duckdb.connect(str(folder / "base.duckdb"), config={"threads": 2})
    con.execute(f"create table log as select * from read_parquet('{file}') order by user_id, time").fetchall()
    con.close()
    return {"seconds": time.perf_counter() - started}


def run_tropa(file: Path, folder: Path) -> dict[str, Any]:
    """The whole import, into a new or an existing archive."""
    from tropa import events
    from tropa.events.contract import Overrides
    from tropa.trail.archive import Archive

    started = time.perf_counter()
    plan = events.plan(file, Overrides())
    archive = Archive(folder / "trail")
    batches = events.read(plan, batch_rows=500_000)
    report = archive.add(batches, source=plan.source, file=file.name, currency=plan.currency, now=START)
    return {
        "seconds": time.perf_counter() - started,
        "accepted": report.accepted,
        "duplicates": report.duplicates,
        "quarantined": report.quarantined,
    }


def run_open(file: Path, folder: Path) -> dict[str, Any]:
    """A cold open of the published generation."""
    from tropa.trail.archive import Archive

    started = time.perf_counter()
    tape = Archive(folder / "trail").tape()
    return {"seconds": time.perf_counter() - started, "events": tape.events if tape else 0}


WORK = {"duckdb": run_duckdb, "tropa": run_tropa, "open": run_open}


def child(work: str, file: Path, folder: Path) -> None:
    """Runs one piece of work and prints what it found as JSON, with the peak of this process's anonymous memory."""
    peak, stop = [0], threading.Event()

    def watch() -> None:
        while not stop.wait(0.01):
            for line in Path("/proc/self/status").read_text().splitlines():
                if line.startswith("RssAnon"):
                    peak[0] = max(peak[0], int(line.split()[1]) * 1024)

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    found = WORK[work](file, folder)
    stop.set()
    watcher.join()
    print(json.dumps({**found, "cpu": time.process_time(), "peak_anonymous": peak[0]}))


def measure(work: str, file: Path, folder: Path) -> dict[str, Any]:
    """One piece of work in a process of its own."""
    command = [sys.executable, __file__, "--child", work, "--file", str(file), "--folder", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def main() -> None:
    """Prints the comparison."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--shuffled", action="store_true", help="arrival out of time order")
    parser.add_argument("--file", type=Path)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--child", choices=sorted(WORK))
    told = parser.parse_args()
    if told.child:
        child(told.child, told.file, told.folder)
        return
    with tempfile.TemporaryDirectory() as name:
        folder = told.folder or Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        file = told.file or folder / "log.parquet"
        if not file.exists():
            make_log(file, told.rows, shuffled=told.shuffled)
        base = measure("duckdb", file, folder)
        ours = measure("tropa", file, folder)
        again = measure("tropa", file, folder)
        further = folder / "further.parquet"
        if not further.exists():
            make_log(
                further, FURTHER, shuffled=False, seed=8, people=max(told.rows // 10, 1), begin=183 * 86_400_000_000
            )
        alone = measure("tropa", further, folder / "alone")
        more = measure("tropa", further, folder)
        opened = measure("open", file, folder)
        rows = ours["accepted"] + ours["quarantined"]
        for name, found in (("DuckDB load and sort", base), ("Tropa import", ours)):
            anonymous = found["peak_anonymous"] / rows
            print(f"{name:22} {found['seconds']:6.2f} s (cpu {found['cpu']:.1f}), {anonymous:5.0f} bytes/row anonymous")
        print(
            f"ratio                  {ours['seconds'] / base['seconds']:6.2f} (cpu {ours['cpu'] / base['cpu']:.2f}): {ours}"
        )
        print(f"the same file again    {again['seconds']:6.2f} s: {again}")
        print(f"half a million more    {more['seconds']:6.2f} s (cpu {more['cpu']:.2f}): {more}")
        print(f"the same to nothing    {alone['seconds']:6.2f} s (cpu {alone['cpu']:.2f})")
        print(f"cold open              {opened['seconds']:6.3f} s of {opened['events']} events")


if __name__ == "__main__":
    main()
