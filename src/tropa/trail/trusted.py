"""A tape straight from Parquet whose rows are trusted: nothing is checked for doubles or kept aside, nothing is stored (R-20, R-63).

For logs that another system keeps clean, too big to be imported for one question. What cannot be read as it is stops it, with a word on
importing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from tropa.model import TropaError, near_miss
from tropa.trail.archive.arrow import steady_memory
from tropa.trail.archive.build import frozen
from tropa.trail.kernels.place import spell
from tropa.trail.kernels.sort import within_customers
from tropa.trail.parquet_log import ParquetLog
from tropa.trail.placing import Roles, placed
from tropa.trail.slices import fixed, in_threads
from tropa.trail.tape import NO_VALUE, Column, Longs, Source, Tape, same

__all__ = ["Roles", "trusted_tape"]


def trusted_tape(file: Path | ParquetLog, roles: Roles, *, currency: str | None = None) -> Tape:
    """The tape of a Parquet file, or of several that are one log, with whole-number customers, instants and event names.

    Instants: µs as numbers, or timestamps; without a zone: UTC. Events of one time stay in the order of the files. The version is made
    from the files' names, sizes and times of change, not from their content.
    Raises TR-T410 for a column that is not there, TR-T411 for one of an unfit type, TR-T412 for a row without customer, time or event,
    TR-T416 for a file whose statistics are not those of its rows.
    """
    log = file if isinstance(file, ParquetLog) else ParquetLog.of_file(file)
    _check(log, roles)
    with steady_memory():
        found = placed(log, roles)
    there = np.flatnonzero(found.counts)
    offsets = np.concatenate([np.zeros(1, np.int64), np.cumsum(found.counts[there])])
    arrays = {"time": found.time, "what": found.what, "where": found.where, "value": found.value}
    if not found.rising:
        arrays = _sorted(offsets, arrays)
    events = log.rows
    nothing = same(0, np.uint8, events)
    return Tape(
        version=_version(log, roles),
        customers=frozen(_spelled(there + found.lowest)),
        offsets=frozen(offsets),
        time=frozen(arrays["time"]),
        event=Column(frozen(arrays["what"]), found.names),
        channel=Column(frozen(arrays["where"]), found.channels)
        if roles.channel
        else Column(frozen(np.zeros(events, np.uint8)), ("",)),
        value=frozen(arrays["value"]) if roles.value else same(NO_VALUE, np.int64, events),
        score=same(np.nan, np.float32, events),
        instrument=Column(nothing, ("",)),
        session=frozen(np.zeros(events, np.uint8)),
        order=nothing,
        source=Column(same(1, np.uint8, events), ("", log.name)),
        sources=(Source(log.name, events, *found.ends),) if events else (),
        currency=currency,
    )


def _check(log: ParquetLog, roles: Roles) -> None:
    schema = log.schema
    wanted: tuple[tuple[str | None, Callable[[pa.DataType], bool]], ...] = (
        (roles.customer, pa.types.is_integer),
        (roles.time, lambda kind: bool(pa.types.is_timestamp(kind) or pa.types.is_int64(kind))),
        (roles.event, _is_text),
        (roles.channel, _is_text),
        (roles.value, _is_number),
    )
    for name, fits in wanted:
        if name is None:
            continue
        if name not in schema.names:
            raise TropaError("TR-T410", name=name, near=near_miss(name, schema.names), known=", ".join(schema.names))
        if not fits(schema.field(name).type):
            raise TropaError("TR-T411", name=name, kind=str(schema.field(name).type))


def _is_number(kind: pa.DataType) -> bool:
    return bool(pa.types.is_floating(kind) or pa.types.is_integer(kind) or pa.types.is_decimal(kind))


def _is_text(kind: pa.DataType) -> bool:
    if pa.types.is_dictionary(kind):
        return _is_text(kind.value_type)
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind))


def _spelled(customers: Longs) -> npt.NDArray[np.str_]:
    """Numbers (in rising order) as text no wider than the longest of them."""
    width = max((len(str(one)) for one in (customers[:1].tolist() + customers[-1:].tolist())), default=1)
    if not len(customers) or customers[0] < 0:
        return customers.astype(f"<U{width}")
    out, numbers = np.empty((len(customers), width), np.uint32), fixed(customers, np.int64)

    def write(begin: int, end: int) -> None:
        rest: Any = (numbers[begin:end], out[begin:end])
        spell(*rest)

    in_threads(write, len(customers))
    return out.view(f"<U{width}").reshape(len(customers))


def _sorted(offsets: Longs, arrays: dict[str, npt.NDArray[Any]]) -> dict[str, npt.NDArray[Any]]:
    """The arrays with each customer's events by time, then as they came."""
    arrival = np.arange(len(arrays["time"]))
    order, time = arrival.copy(), arrays["time"]
    within_customers(offsets, time, arrival, order)
    return {name: time if name == "time" else array[order] if len(array) else array for name, array in arrays.items()}


def _version(log: ParquetLog, roles: Roles) -> str:
    return hashlib.blake2b(f"{log.state}:{roles}".encode(), digest_size=6).hexdigest()
