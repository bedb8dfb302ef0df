"""What a task of Spark's does with its part of the log, and how tasks and what they find travel."""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Callable, Iterable, Iterator
from functools import reduce
from typing import Any

import numpy as np
import pyarrow as pa

from tropa.model import Map
from tropa.trail.answers import find_answers
from tropa.trail.bind import bind, names_in, sources_of
from tropa.trail.filters import Filter, choose, customers_in
from tropa.trail.limits import absences
from tropa.trail.measures import by_sessions
from tropa.trail.measures.asked import Asked
from tropa.trail.parts import prepare_part
from tropa.trail.prepare import Prepared
from tropa.trail.spark.pieces import LogFacts, tape_of
from tropa.trail.tape import Longs, Tape

Task = Callable[[Tape], Any]
"""A partial of a part: a function of a module, or a `partial` of one over plain values and small arrays."""
Merge = Callable[[Any, Any], Any]
FOUND = "found"
SCHEMA = f"{FOUND} binary"


def shipped(
    task: Task, facts: LogFacts, *, cluster: bool
) -> Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    """A task as Spark takes it to the executors. It is sent by value, so that the folder for compiled kernels is settled before any of our
    modules is loaded there: the user's where it can be written, else the executor's own."""
    payload = packed((task, facts))

    def run(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        import os

        os.environ.setdefault("TROPA_THREADS", "1")
        if cluster:
            os.environ.setdefault("TROPA_CACHE_SPARE", os.path.join(os.getcwd(), "tropa"))
        from tropa.trail.spark.work import work

        yield work(payload, batches)

    return run


def merged(merge: Merge) -> Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    """A task that merges what others found."""
    payload = packed(merge)

    def run(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        from tropa.trail.spark.work import merge_all

        yield from merge_all(payload, batches)

    return run


def work(payload: bytes, batches: Iterable[pa.RecordBatch]) -> pa.RecordBatch:
    """Makes the part's tape and does the task."""
    task, facts = unpacked(payload)
    return _told(packed(task(tape_of(batches, facts))))


def merge_all(payload: bytes, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """One partial of many; none of none."""
    found = [unpacked(one) for batch in batches for one in batch.column(FOUND).to_pylist()]
    if found:
        yield _told(packed(reduce(unpacked(payload), found)))


def _told(blob: bytes) -> pa.RecordBatch:
    return pa.RecordBatch.from_arrays([pa.array([blob], pa.binary())], names=[FOUND])


def packed(thing: Any) -> bytes:
    """A value ready to travel. Compressed: partials are mostly zeros."""
    return zlib.compress(pickle.dumps(thing, protocol=5), 1)


def unpacked(blob: bytes) -> Any:
    """The value again."""
    return pickle.loads(zlib.decompress(blob))


def bind_part(tape: Tape, *, value: Map, stride: int) -> tuple[Any, ...]:
    """Facts of a part under a map, to be added: events by stage, by touchpoint, by source and stage; customers; then absences (sampled)."""
    bound = bind(tape, value)
    customers = int(np.count_nonzero(np.diff(tape.offsets)))
    return (
        bound.stage_events,
        bound.point_events,
        sources_of(tape, bound.cells),
        customers,
        absences(tape, bound, stride),
    )


def add_facts(one: tuple[Any, ...], other: tuple[Any, ...]) -> tuple[Any, ...]:
    """The merge of `bind_part`."""
    counts = tuple(a + b for a, b in zip(one[:-1], other[:-1], strict=True))
    both: Longs = np.concatenate([one[-1], other[-1]])
    return (*counts, both)


def names_part(tape: Tape) -> tuple[Longs, ...]:
    """Events and customers by event code."""
    return names_in(tape, 0, len(tape.offsets) - 1)


def shared_part(tape: Tape, *, frame: Prepared, one: Filter, other: Filter) -> Longs:
    """Customers of a part that one of two filters means, the other, and both."""
    ready = prepare_part(tape, frame)
    first, second = (customers_in(ready, wish) != 0 for wish in (one, other))
    return np.array([np.count_nonzero(mine) for mine in (first, second, first & second)], np.int64)


def asked_part(tape: Tape, frame: Prepared, wish: Filter) -> Asked:
    """A part seen through the map of a frame, with a filter over it."""
    ready = prepare_part(tape, frame)
    return Asked.of(choose(ready, find_answers(ready), wish))


def round_part(tape: Tape, *, frame: Prepared, wish: Filter, sessions: bool, view: Any, chunk: Any) -> Any:
    """A part's partial of a round. `sessions`: its customers' sessions are asked instead of them."""
    part = asked_part(tape, frame, wish)
    part = by_sessions(part) if sessions else part
    return chunk(view(part), 0, len(part.customers))
