"""How fast events are read, beside DuckDB's plain load of the same file.

    python bench/read_events.py [ROWS] [FOLDER]

Writes a log of ROWS events (10 million unless said) as Parquet and a tenth of it as CSV into FOLDER (a temporary one unless said), then
prints seconds, the ratio to `create table as select` in DuckDB, and the peak anonymous memory of reading.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from tropa import events

EVENTS = ["view", "search", "add_to_cart", "checkout", "order_paid", "delivered", "review", "return"]
CHANNELS = ["organic", "ads", "email", "social", "direct"]


def make(rows: int, folder: Path) -> tuple[Path, Path]:
    """The log, as Parquet and (a tenth of it) as CSV."""
    dice = np.random.default_rng(1)
    people = dice.integers(0, max(rows // 20, 1), rows)
    names = pa.array([f"customer-{index:08d}" for index in range(max(rows // 20, 1))])
    stamps = np.sort(dice.integers(1_700_000_000_000_000, 1_730_000_000_000_000, rows))
    value = np.where(dice.random(rows) < 0.1, np.round(dice.gamma(2, 900, rows), 2), np.nan)
    table = pa.table(
        {
            "customer_id": names.take(pa.array(people)),
            "event": pa.array(EVENTS).take(pa.array(dice.integers(0, len(EVENTS), rows))),
            "time": pa.array(stamps, pa.timestamp("us")),
            "channel": pa.array(CHANNELS).take(pa.array(dice.integers(0, len(CHANNELS), rows))),
            "value": pa.array(value, mask=np.isnan(value)),
        }
    )
    parquet, text = folder / f"log{rows}.parquet", folder / f"log{rows // 10}.csv"
    pq.write_table(table, parquet, row_group_size=1_000_000)
    pacsv.write_csv(table.slice(0, rows // 10), text)
    return parquet, text


def timed_load(file: Path) -> float:
    """Seconds that DuckDB needs to load the file into a table."""
    start = time.perf_counter()
    with duckdb.connect() as base:
        base.execute(
            "create table log as select * from read_parquet(?)"
            if file.suffix == ".parquet"
            else "create table log as select * from read_csv(?)",
            [str(file)],
        )
    return time.perf_counter() - start


def timed_read(file: Path) -> tuple[float, int]:
    """Seconds that reading takes (batches dropped as they come), and how many events there were."""
    plan = events.plan(file)
    start = time.perf_counter()
    count = sum(len(batch.events) for batch in events.read(plan))
    return time.perf_counter() - start, count


class AnonymousMemory(threading.Thread):
    """Watches this process's anonymous memory (Linux: what is not a mapped file); `peak` in KiB, 0 elsewhere."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.peak = 0

    def run(self) -> None:
        status = Path("/proc/self/status")
        while status.exists():
            line = next(
                (line for line in status.read_text().splitlines() if line.startswith("RssAnon")), "RssAnon: 0 kB"
            )
            self.peak = max(self.peak, int(line.split()[1]))
            time.sleep(0.02)


def main() -> None:
    """Prints the table; the memory is measured in a process of its own."""
    if sys.argv[1:2] == ["read"]:
        watch = AnonymousMemory()
        watch.start()
        seconds, count = timed_read(Path(sys.argv[2]))
        print(seconds, count, watch.peak // 1024)
        return
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000_000
    with tempfile.TemporaryDirectory() as spare:
        folder = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(spare)
        for file in make(rows, folder):
            loads = sorted(timed_load(file) for _ in range(3))
            runs = []
            for _ in range(3):
                out = subprocess.run(
                    [sys.executable, __file__, "read", str(file)], capture_output=True, text=True, check=True
                ).stdout
                runs.append([float(part) for part in out.split()])
            runs.sort()
            seconds, count, memory = runs[1]
            print(
                f"{file.name}: {count:,.0f} events in {seconds:.2f} s; DuckDB {loads[1]:.2f} s; "
                f"ratio {seconds / loads[1]:.2f}; peak anonymous memory {memory:,.0f} MiB"
            )


if __name__ == "__main__":
    main()
