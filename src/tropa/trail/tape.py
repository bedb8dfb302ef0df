"""The tape: all events in (customer, time, arrival) order, as arrays. A value of one generation, opened read-only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.unsignedinteger[Any]]
Longs = npt.NDArray[np.int64]

NO_VALUE = np.iinfo(np.int64).min
"""Marks an event without money."""


@dataclass(frozen=True, slots=True)
class Column:
    """A dictionary-encoded column. `codes` has one entry an event, uint8/16/32; code 0 is "nothing here", `names[0]` is ""."""

    codes: Codes
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """Where events came from, and until when it is complete (µs UTC of its last event, or as the user says)."""

    name: str
    events: int
    first: int
    complete_until: int


@dataclass(frozen=True, slots=True)
class Tape:
    """Arrays of one entry an event unless said otherwise; n events, m customers.

    `offsets` (m + 1): customer c has the events offsets[c]:offsets[c + 1]. `time`: µs UTC, rising within a customer, ties in order of
    arrival. `event`, `channel`, `session`, `order`, `source`, `instrument`: dictionary codes (0: none). Session and order codes are numbers
    without names kept in memory. `value`: minor units of `currency` (`NO_VALUE`: none). `score`: −2…+2 (NaN: none).
    `properties`: all other columns of low enough variety, by name. `customers`: pseudonyms (m).
    """

    version: str
    customers: npt.NDArray[np.str_]
    offsets: Longs
    time: Longs
    event: Column
    channel: Column
    value: Longs
    score: npt.NDArray[np.float32]
    instrument: Column
    session: Codes
    order: Codes
    source: Column
    sources: tuple[Source, ...]
    currency: str | None
    properties: Mapping[str, Column] = field(default_factory=dict)
    texts: Mapping[str, Any] = field(default_factory=dict)
    """Customers' words by event index, masked: {"event": int array, "text": str array}. Loaded when asked for."""
    numbers: npt.NDArray[np.uint64] | None = None
    """Who is who where the log lies in parts: a number for each customer, the same wherever it is (None: its place, 0…m−1). Whatever is
    drawn or dealt out by chance goes by it."""
    cut_of: Cut | None = None
    """Given where the "customers" are sessions (see `sessions.cut`)."""
    zone: str = "UTC"
    """Whose calendar tells days, weeks, months and times of day (IANA name; see `calendar`). `time` is UTC all the same."""

    @property
    def events(self) -> int:
        """Number of events."""
        return len(self.time)

    @property
    def complete_until(self) -> int:
        """The earliest last-complete instant of the sources (µs UTC); 0 for an empty tape."""
        return min((source.complete_until for source in self.sources), default=0)


def same(value: Any, kind: Any, events: int) -> npt.NDArray[Any]:
    """A column in which every event has the same entry: one place of memory, however many events (read-only, stride 0)."""
    return np.broadcast_to(np.array(value, kind), (events,))


@dataclass(frozen=True, slots=True)
class Cut:
    """Whose the sessions of a tape are. `owner`: by session the customer on the tape of `whole`; `index`: by event its place there (None:
    the same)."""

    whole: Tape
    owner: Longs
    index: Longs | None = None


def instant(microseconds: int) -> datetime:
    """µs since 1970 UTC as an aware datetime."""
    from datetime import UTC, timedelta

    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=int(microseconds))
