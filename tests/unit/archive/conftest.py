"""Batches as a reader would hand them over, made from plain rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
import pytest

from tropa.events.contract import BadRow, EventBatch

KINDS = {"time": pa.int64(), "value": pa.int64(), "score": pa.float32()}
Row = Mapping[str, Any]
MakeBatch = Callable[..., EventBatch]


def make_batch(
    rows: Sequence[Row], *, bad: Sequence[BadRow] = (), coded: bool = False, wide: bool = False
) -> EventBatch:
    """A batch of rows with customer, time, event and any other column of the contract; the row itself is its raw cells."""
    names = list(dict.fromkeys(["customer", "time", "event", *(name for row in rows for name in row)]))
    columns: dict[str, Any] = {"row": pa.array(range(2, len(rows) + 2), pa.int64())}
    for name in names:
        array = pa.array([row.get(name) for row in rows], KINDS.get(name, pa.string()))
        columns[name] = array.dictionary_encode() if coded and name not in KINDS else array
    raw = pa.table({name: pa.array([str(row.get(name)) for row in rows], pa.string()) for name in names})
    index = pa.array(range(len(rows)), pa.int64()) if wide else None
    return EventBatch(pa.table(columns), raw, tuple(bad), index, bytes_read=10 * len(rows))


@pytest.fixture(scope="session")
def batch() -> MakeBatch:
    """`make_batch`."""
    return make_batch


@pytest.fixture(scope="session")
def now() -> datetime:
    """The clock."""
    return datetime(2026, 11, 22, 12, tzinfo=UTC)
