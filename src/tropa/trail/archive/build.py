"""A tape made in memory: for tests, simulated shops and small logs. The archive on disk gives the same kind of value."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.trail.tape import NO_VALUE, Codes, Column, Longs, Source, Tape

Words = Sequence[str | None] | npt.NDArray[np.str_] | npt.NDArray[np.object_]
"""A column of names; None (or an empty string) means "nothing here"."""


def narrow(codes: npt.NDArray[Any], names: int) -> Codes:
    """`codes` in the smallest of uint8/16/32 that holds `names` different codes (0 included)."""
    kind = np.uint8 if names <= 0x100 else np.uint16 if names <= 0x1_0000 else np.uint32
    return np.ascontiguousarray(codes, dtype=kind)


def encode(words: Words | None, count: int) -> Column:
    """A dictionary-encoded column; names are numbered in order of first appearance. None: `count` times nothing."""
    if words is None:
        return Column(frozen(np.zeros(count, np.uint8)), ("",))
    texts = np.array(["" if word is None else str(word) for word in words], dtype=np.str_)
    if not len(texts):
        return Column(frozen(np.zeros(0, np.uint8)), ("",))
    names, first, inverse = np.unique(texts, return_index=True, return_inverse=True)
    order = np.argsort(first)
    present = [int(spot) for spot in order if names[spot] != ""]
    codes = np.zeros(len(names), np.uint32)
    codes[present] = np.arange(1, len(present) + 1, dtype=np.uint32)
    out = ("", *(str(names[spot]) for spot in present))
    return Column(frozen(narrow(codes[inverse], len(out))), out)


def frozen(array: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """The array, contiguous and read-only, as arrays of an opened generation are (kernels then compile once for both)."""
    array = np.ascontiguousarray(array)
    if array.base is not None or not array.flags.owndata:
        array = array.copy()
    array.flags.writeable = False
    return array


def take(column: Column, order: npt.NDArray[Any]) -> Column:
    """The column with its entries in another order."""
    return Column(frozen(column.codes[order]), column.names)


def content_version(arrays: Mapping[str, npt.NDArray[Any]], names: Mapping[str, Sequence[str]]) -> str:
    """A short hash of a tape's content: 12 hexadecimal digits of BLAKE2b over all arrays and dictionaries, by name."""
    digest = hashlib.blake2b(digest_size=6)
    for key in sorted(arrays):
        array = np.ascontiguousarray(arrays[key])
        digest.update(f"{key}:{array.dtype.str}:{len(array)};".encode())
        digest.update(array.view(np.uint8).data if array.size else b"")
    for key in sorted(names):
        digest.update(f"{key}:{len(names[key])};".encode())
        digest.update("\0".join(names[key]).encode())
    return digest.hexdigest()


def tape_from_columns(
    customers: Words,
    times_us: npt.ArrayLike,
    events: Words,
    channels: Words | None = None,
    values: npt.ArrayLike | None = None,
    scores: npt.ArrayLike | None = None,
    *,
    instruments: Words | None = None,
    sessions: Words | None = None,
    orders: Words | None = None,
    sources: Words | None = None,
    properties: Mapping[str, Words] | None = None,
    texts: Words | None = None,
    currency: str | None = None,
    complete_until: Mapping[str, int] | None = None,
) -> Tape:
    """A tape from plain columns in order of arrival, one entry an event.

    `times_us`: µs UTC. `values`: minor units, `NO_VALUE` for none (a NaN of a float array is none too). `scores`: −2…+2, NaN for
    none. `complete_until`: by source name, else each source's last event. Customers keep the names they are given.
    """
    time = np.asarray(times_us, dtype=np.int64)
    count = len(time)
    who = encode(customers, count)
    return tape_from_arrays(
        customer=who.codes.astype(np.int64) - 1,
        customers=np.array(who.names[1:], dtype=np.str_),
        time=time,
        event=encode(events, count),
        channel=encode(channels, count),
        value=money_or_none(values, count),
        score=np.full(count, np.nan, np.float32) if scores is None else np.asarray(scores, np.float32),
        instrument=encode(instruments, count),
        session=encode(sessions, count).codes,
        order=encode(orders, count).codes,
        source=encode(["log"] * count if sources is None else sources, count),
        properties={name: encode(column, count) for name, column in (properties or {}).items()},
        texts=None if texts is None else np.array([text or "" for text in texts], dtype=np.str_),
        currency=currency,
        complete_until=complete_until,
    )


def money_or_none(values: npt.ArrayLike | None, count: int) -> Longs:
    """Minor units as int64; what is not a number becomes `NO_VALUE`."""
    if values is None:
        return np.full(count, NO_VALUE, np.int64)
    given = np.asarray(values)
    if given.dtype.kind == "f":
        missing = np.isnan(given)
        return np.where(missing, NO_VALUE, np.where(missing, 0, given).round().astype(np.int64))
    return given.astype(np.int64)


def tape_from_arrays(
    *,
    customer: npt.NDArray[Any],
    customers: npt.NDArray[np.str_],
    time: Longs,
    event: Column,
    channel: Column | None = None,
    value: Longs | None = None,
    score: npt.NDArray[np.float32] | None = None,
    instrument: Column | None = None,
    session: Codes | None = None,
    order: Codes | None = None,
    source: Column | None = None,
    properties: Mapping[str, Column] | None = None,
    texts: npt.NDArray[np.str_] | None = None,
    currency: str | None = None,
    complete_until: Mapping[str, int] | None = None,
) -> Tape:
    """A tape from encoded arrays in order of arrival.

    `customer`: number of the customer of each event, 0…m−1 (m = len(customers); every customer should have an event). The other
    arrays are those of `Tape`; what is not given is "none" everywhere. `texts`: one an event, empty for none.
    """
    count = len(time)
    sort = np.lexsort((np.arange(count), time, customer))
    offsets = np.zeros(len(customers) + 1, np.int64)
    if count:
        np.cumsum(np.bincount(customer, minlength=len(customers)), out=offsets[1:])
    nothing = Column(frozen(np.zeros(count, np.uint8)), ("",))
    columns: dict[str, Any] = {
        "event": take(event, sort),
        "channel": take(channel or nothing, sort),
        "instrument": take(instrument or nothing, sort),
        "source": take(source or Column(np.ones(count, np.uint8), ("", "log")), sort),
    }
    kept = {name: take(column, sort) for name, column in (properties or {}).items()}
    arrays: dict[str, Any] = {
        "offsets": frozen(offsets),
        "time": frozen(np.asarray(time, np.int64)[sort]),
        "value": frozen((np.full(count, NO_VALUE, np.int64) if value is None else value)[sort]),
        "score": frozen((np.full(count, np.nan, np.float32) if score is None else score)[sort]),
        "session": frozen((nothing.codes if session is None else session)[sort]),
        "order": frozen((nothing.codes if order is None else order)[sort]),
    }
    every = {**columns, **{f"p:{name}": column for name, column in kept.items()}}
    words = {} if texts is None else _texts(texts[sort])
    spoken = {"text": words["event"]} if words else {}
    version = content_version(
        {**arrays, **spoken, **{key: column.codes for key, column in every.items()}},
        {
            "customers": customers.tolist(),
            "text": words["text"].tolist() if words else (),
            **{key: column.names for key, column in every.items()},
        },
    )
    return Tape(
        version=version,
        customers=frozen(np.asarray(customers, dtype=np.str_)),
        sources=_sources(columns["source"], arrays["time"], complete_until or {}),
        currency=currency,
        properties=kept,
        texts=words,
        **arrays,
        **columns,
    )


def _texts(texts: npt.NDArray[np.str_]) -> Mapping[str, Any]:
    spoken = np.flatnonzero(texts != "")
    return {"event": frozen(spoken), "text": frozen(texts[spoken])}


def _sources(column: Column, time: Longs, complete_until: Mapping[str, int]) -> tuple[Source, ...]:
    out = []
    for code, name in enumerate(column.names[1:], start=1):
        own = time[column.codes == code]
        if len(own):
            out.append(Source(name, len(own), int(own.min()), complete_until.get(name, int(own.max()))))
    return tuple(out)
