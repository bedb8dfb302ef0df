"""The log that all are asked about, of any size, written in bounded memory (see asked.py)."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from tropa.simulate.big import CHANNELS, NAMES, START

DAY = 86_400_000_000
DAYS = 182
PER_CUSTOMER = 20


def make(file: Path, rows: int, seed: int = 1, *, text_ids: bool = False) -> None:
    """Writes `rows` events of rows / 20 customers over 26 weeks, day after day in order of time; visits of about five events.

    `text_ids`: customers as `user-0000002a`, as trackers write them, instead of whole numbers.
    """
    rng = np.random.default_rng((seed, rows))
    customers = max(rows // PER_CUSTOMER, 1)
    writer = None
    edges = np.linspace(0, rows, DAYS + 1).astype(np.int64)
    for day, count in enumerate(np.diff(edges).tolist()):
        visits = rng.integers(0, customers, count // 5 + 1)
        begin = rng.integers(0, DAY - DAY // 12, len(visits))
        which = rng.integers(0, len(visits), count)
        depth = rng.random(count)
        when = START + day * DAY + begin[which] + (depth * DAY / 12).astype(np.int64)
        event = np.minimum((depth**2 * len(NAMES) + rng.random(count) * 6).astype(np.int64), len(NAMES) - 1)
        order = np.argsort(when, kind="stable")
        table = _table(visits[which][order], when[order], event[order], text_ids=text_ids)
        writer = writer or pq.ParquetWriter(file, table.schema, compression="snappy")
        writer.write_table(table, row_group_size=1_000_000)
    if writer is not None:
        writer.close()


def _table(who: np.ndarray, when: np.ndarray, event: np.ndarray, *, text_ids: bool) -> pa.Table:
    channel = ((who * 7 + when // DAY) % len(CHANNELS)).astype(np.int8)
    ids: pa.Array = pa.array(who)
    if text_ids:
        ids = pa.array(np.char.add("user-", np.char.zfill(who.astype("U8"), 8)))
    return pa.table(
        {
            "customer": ids,
            "time": pa.array(when, pa.timestamp("us", "UTC")),
            "event": pa.DictionaryArray.from_arrays(pa.array(event.astype(np.int8)), pa.array(NAMES)),
            "channel": pa.DictionaryArray.from_arrays(pa.array(channel), pa.array(CHANNELS)),
        }
    )
