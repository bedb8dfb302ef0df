"""A part of the log as it comes out of Spark: Arrow batches in (customer, time, arrival) order, made a tape of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from tropa.events.masking import mask_texts
from tropa.trail.archive.build import frozen, narrow
from tropa.trail.archive.opened import Lazy
from tropa.trail.numbers import numbers_of_names
from tropa.trail.tape import NO_VALUE, Codes, Column, Longs, Source, Tape

FIRST, EVERY, PROPERTY = "first", "customer", "property:"
"""The column with a customer's name on its first row, null on the others; the one with it on every row; what comes before a property's
name among the dictionaries (its column is `p0`, `p1`, …)."""
WORDS = ("event", "channel", "instrument", "source")


@dataclass(frozen=True, slots=True)
class LogFacts:
    """What is known of the whole log. `names`: dictionaries by column (`event`, …, `property:city`), from code 0, nothing; times in µs."""

    version: str
    names: Mapping[str, tuple[str, ...]]
    sources: tuple[Source, ...]
    currency: str | None
    events: int
    start: int
    end: int
    properties: tuple[str, ...] = field(default=())
    zone: str = "UTC"
    """Whose calendar tells its days (see `trail.calendar`)."""


def empty_tape(facts: LogFacts) -> Tape:
    """The dictionaries alone."""
    return tape_of([], facts)


def tape_of(batches: Iterable[pa.RecordBatch], facts: LogFacts) -> Tape:
    """The tape of some whole customers. What a column lacks is "nothing"."""
    given = list(batches)
    table = pa.Table.from_batches(given) if given else None
    count = 0 if table is None else table.num_rows

    def column(name: str) -> pa.ChunkedArray | None:
        return table.column(name) if table is not None and name in table.column_names else None

    def words(name: str, lies: str | None = None) -> Column:
        names = facts.names.get(name, ("",))
        found = column(lies or name)
        codes = np.zeros(count, np.uint8) if found is None else _numbers(found)
        return Column(frozen(narrow(codes, len(names))), names)

    begins, customers = _customers(column(FIRST), column(EVERY))
    said = column("text")
    source = words("source")
    if "source" not in facts.names:
        source = Column(frozen(np.ones(count, np.uint8)), ("", *(one.name for one in facts.sources[:1])))
    return Tape(
        version=facts.version,
        customers=frozen(np.array(customers, dtype=np.str_)),
        offsets=frozen(np.append(begins, count)),
        time=frozen(_longs(column("time"))),
        event=words("event"),
        channel=words("channel"),
        value=frozen(_longs(column("value"), NO_VALUE, count)),
        score=frozen(_scores(column("score"), count)),
        instrument=words("instrument"),
        session=frozen(_own_codes(column("session"), count)),
        order=frozen(_own_codes(column("order"), count)),
        source=source,
        sources=facts.sources,
        currency=facts.currency,
        properties={name: words(PROPERTY + name, f"p{k}") for k, name in enumerate(facts.properties)},
        texts={} if said is None else Lazy({"event": partial(_spoken, said), "text": partial(_masked, said)}),
        numbers=frozen(numbers_of_names(customers)),
        zone=facts.zone,
    )


def _customers(first: pa.ChunkedArray | None, every: pa.ChunkedArray | None) -> tuple[Longs, list[str]]:
    """Where each customer's events begin, and their names."""
    if every is not None and len(every):
        names = every.combine_chunks()
        changes = pc.not_equal(names[1:], names[:-1]).to_numpy(zero_copy_only=False)
        begins = np.flatnonzero(np.append([True], changes)).astype(np.int64)
        return begins, names.take(pa.array(begins)).to_pylist()
    if first is None:
        return np.zeros(0, np.int64), []
    begins = np.flatnonzero(first.is_valid().to_numpy()).astype(np.int64)
    return begins, first.drop_null().to_pylist()


def _spoken(column: pa.ChunkedArray) -> Longs:
    """On which events there are words."""
    return np.flatnonzero(np.asarray(column.is_valid().to_numpy())).astype(np.int64)


def _masked(column: pa.ChunkedArray) -> npt.NDArray[Any]:
    """Customers' words, whatever could be a person hidden, as an import hides it."""
    return np.array(mask_texts(column.drop_null().cast(pa.string())).to_pylist(), object)


def _numbers(column: pa.ChunkedArray) -> npt.NDArray[Any]:
    return np.asarray(column.to_numpy())


def _longs(column: pa.ChunkedArray | None, missing: int = 0, count: int = 0) -> Longs:
    if column is None:
        return np.full(count, missing, np.int64)
    return np.asarray(column.fill_null(missing).to_numpy(), np.int64)


def _scores(column: pa.ChunkedArray | None, count: int) -> npt.NDArray[np.float32]:
    if column is None:
        return np.full(count, np.nan, np.float32)
    return np.asarray(column.cast(pa.float64()).fill_null(float("nan")).to_numpy(), np.float32)


def _own_codes(column: pa.ChunkedArray | None, count: int) -> Codes:
    """Codes of names that matter within a customer only, so that each part has its own."""
    if column is None:
        return np.zeros(count, np.uint8)
    encoded = column.combine_chunks().dictionary_encode()
    codes = np.asarray(encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False), np.int64) + 1
    return narrow(codes, len(encoded.dictionary) + 1)
