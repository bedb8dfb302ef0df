"""The log that all are asked about, of any size, written in bounded memory (see asked.py)."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
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


def make_deliveries(file: Path, rows: int, seed: int = 3) -> None:
    """Writes `rows` rows as a tracker delivers them, for the question of the import: customers and messages under ids of text, in order of
    time; one row in a thousand comes a second time some while later, one in ten thousand says no customer."""
    rng = np.random.default_rng((seed, rows))
    customers = max(rows // PER_CUSTOMER, 1)
    names, channels = pa.array(NAMES), pa.array(CHANNELS)
    writer, told = None, 0
    edges = np.linspace(0, rows, DAYS + 1).astype(np.int64)
    for day, count in enumerate(np.diff(edges).tolist()):
        again = rng.choice(count, rng.binomial(count, 1e-3), replace=False)
        which = np.concatenate([np.arange(count - len(again)), np.minimum(again, count - len(again) - 1)])
        when = START + day * DAY + np.sort(rng.integers(0, DAY, count - len(again)))
        order = np.argsort(np.concatenate([when, when[which[len(when) :]] + DAY // 100]), kind="stable")
        which, fresh = which[order], count - len(again)
        who = pa.array(np.char.add("user-", np.char.zfill(rng.integers(0, customers, fresh).astype("U8"), 8)))
        event = np.minimum(rng.exponential(4.0, fresh).astype(np.int8), len(NAMES) - 1)
        value = np.where(event == NAMES.index("order_paid"), np.round(rng.lognormal(7.5, 0.6, fresh), 2), np.nan)
        columns = {
            "message_id": pa.array(np.char.add("m-", np.char.zfill(np.arange(told, told + fresh).astype("U11"), 11))),
            "user_id": pc.if_else(pa.array(rng.random(fresh) < 1e-4), pa.scalar(None, pa.string()), who),
            "time": pa.array(when, pa.timestamp("us", "UTC")),
            "event": pa.DictionaryArray.from_arrays(pa.array(event), names).cast(pa.string()),
            "channel": channels.take(pa.array(rng.integers(0, len(CHANNELS), fresh))),
            "revenue": pa.array(value, from_pandas=True),
        }
        table, told = pa.table(columns).take(pa.array(which)), told + fresh
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
