"""A tape as it was known at a moment: only the events of imports that had been brought in by then (R-31).

Events are numbered by arrival, import after import, so what was known is everything that arrived before a number. Customers who were
joined later stay joined, and erased customers stay erased: what was known then can be read again, who was who cannot be forgotten.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.trail.archive.build import frozen
from tropa.trail.archive.manifest import Import, Manifest
from tropa.trail.archive.opened import Lazy, open_tape
from tropa.trail.archive.stored import Generation
from tropa.trail.tape import Column, Source, Tape

CHUNK = 1 << 20
IN_MEMORY = 64 << 20
"""Bytes of a column that is held in memory; a longer one lies in a file that is gone when nobody holds it."""

Array = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Known:
    """What an archive knew: its first `imports`, with `rows` events that are still there, and `erased` that have gone since."""

    imports: int
    rows: int
    erased: int
    everything: bool
    """Whether nothing was brought in later."""

    @property
    def reproducible(self) -> bool:
        """Whether a reading of then comes out again: nobody whom it counted has been erased since."""
        return self.erased == 0


def known_by(manifest: Manifest, moment: datetime) -> Known:
    """What had been brought in by a moment (it included)."""
    told = [one for one in manifest.imports if datetime.fromisoformat(one.at) <= moment]
    count = len(told)
    rows = sum(one.rows for one in told)
    return Known(count, rows, sum(one.accepted for one in told) - rows, count == len(manifest.imports))


def tape_known(folder: Path, manifest: Manifest, known: Known, tape: Tape | None = None) -> Tape:
    """The published tape with what was known alone. `tape`: the published one, where it is open already.

    Holds at most `IN_MEMORY` bytes of each column and works through the others a million events at a time. Raises DamagedError.
    """
    whole = tape if tape is not None and tape.version == manifest.version else open_tape(folder, manifest)
    if known.everything:
        return whole
    arrival = Generation.open(folder / manifest.folder).array("arrival")
    return restricted(whole, arrival, known.rows, manifest.imports, known.imports)


def restricted(whole: Tape, arrival: Array, rows: int, imports: tuple[Import, ...], count: int) -> Tape:
    """The events of a tape that arrived before the `rows`-th, which are those of the first `count` imports."""
    sift = _Sift(arrival, rows)
    offsets = sift.before(np.asarray(whole.offsets))
    some = np.diff(offsets) > 0
    told = "\0".join([whole.version, *(one.id for one in imports[:count])])

    def column(one: Column) -> Column:
        codes = sift.take(one.codes)
        return Column(codes, one.names[: int(codes.max(initial=0)) + 1])

    def of_property(name: str) -> Column:
        return column(whole.properties[name])

    return replace(
        whole,
        version=hashlib.blake2b(told.encode(), digest_size=6).hexdigest(),
        customers=frozen(np.asarray(whole.customers)[some]),
        numbers=None if whole.numbers is None else frozen(np.asarray(whole.numbers)[some]),
        offsets=frozen(np.append(offsets[:-1][some], offsets[-1])),
        time=sift.take(whole.time),
        event=column(whole.event),
        channel=column(whole.channel),
        value=sift.take(whole.value),
        score=sift.take(whole.score),
        instrument=column(whole.instrument),
        session=sift.take(whole.session),
        order=sift.take(whole.order),
        source=column(whole.source),
        sources=_sources(whole.sources, imports[:count], imports[count:]),
        properties=Lazy({name: partial(of_property, name) for name in whole.properties}),
        texts=Lazy(_Words(whole, sift).makers()),
    )


@dataclass(frozen=True, slots=True)
class _Sift:
    """Which events are kept: those whose arrival number is below `limit`."""

    arrival: Array
    limit: int

    def _chunks(self) -> Iterator[tuple[int, Array]]:
        for begin in range(0, len(self.arrival), CHUNK):
            yield begin, np.asarray(self.arrival[begin : begin + CHUNK]) < self.limit

    def take(self, array: Array) -> Array:
        """The entries of kept events."""
        out = _room(array.dtype, self.limit)
        at = 0
        for begin, keep in self._chunks():
            part = np.asarray(array[begin : begin + CHUNK])[keep]
            out[at : at + len(part)] = part
            at += len(part)
        out.flags.writeable = False
        return out

    def before(self, spots: Array) -> npt.NDArray[np.int64]:
        """How many kept events lie before each of some places (rising, each at most the number of events)."""
        out = np.empty(len(spots), np.int64)
        done = kept = 0
        for begin, keep in self._chunks():
            until = int(np.searchsorted(spots, begin + len(keep), side="left"))
            so_far = np.concatenate([[0], np.cumsum(keep)])
            out[done:until] = kept + so_far[spots[done:until] - begin]
            done, kept = until, kept + int(so_far[-1])
        out[done:] = kept
        return out

    def kept(self, spots: Array) -> npt.NDArray[np.bool_]:
        """Whether each of some events is kept."""
        return np.asarray(self.arrival[spots] < self.limit)


@dataclass(frozen=True, slots=True)
class _Words:
    """Customers' words among kept events, read when asked for."""

    whole: Tape
    sift: _Sift

    def makers(self) -> dict[str, Callable[[], Any]]:
        return {"event": self._events, "text": self._texts} if "event" in self.whole.texts else {}

    def _events(self) -> Array:
        spots = np.asarray(self.whole.texts["event"])
        return self.sift.before(spots[self.sift.kept(spots)])

    def _texts(self) -> Array:
        keep = self.sift.kept(np.asarray(self.whole.texts["event"]))
        return np.asarray(self.whole.texts["text"][keep])


def _room(kind: np.dtype[Any], length: int) -> Array:
    """A new array: in memory, or in a file without a name."""
    if kind.itemsize * length <= IN_MEMORY:
        return np.empty(length, kind)
    with tempfile.TemporaryFile(prefix="tropa-") as file:  # stays as long as the mapping does
        return np.asarray(np.memmap(file, kind, "w+", shape=(length,)))


def _sources(all_: tuple[Source, ...], told: tuple[Import, ...], later: tuple[Import, ...]) -> tuple[Source, ...]:
    """Sources as they were known. One that went on later was complete until its last event of then, as far as can be told."""
    out = []
    for source in all_:
        mine = [one for one in told if one.source == source.name]
        if not mine:
            continue
        until = source.complete_until
        if any(one.source == source.name for one in later):
            until = min(until, max((one.last or 0) for one in mine))
        firsts = [one.first for one in mine if one.first is not None]
        out.append(Source(source.name, sum(one.rows for one in mine), min(firsts, default=source.first), until))
    return tuple(out)
