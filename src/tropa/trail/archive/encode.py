"""Events of a batch, or of a stored part, turned into codes and numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from tropa.trail.archive.arrow import numbers, whole
from tropa.trail.archive.columns import NAMED, NO_DICTIONARIES, NUMBERED, PROPERTY, Dictionaries
from tropa.trail.archive.digests import Digests
from tropa.trail.archive.people import Key
from tropa.trail.archive.spool import MOST_NAMES, Names, Numbers, Spools
from tropa.trail.tape import NO_VALUE

STEP = 1 << 20
"""Entries looked through at a time for names that only rejected events brought."""


class Encoder:
    """Encodes tables of events into spools, continuing the dictionaries of an archive."""

    def __init__(self, spools: Spools, key: Key, known: Dictionaries = NO_DICTIONARIES) -> None:
        self.spools = spools
        self.names = {name: Names(known.names.get(name, ("",))) for name in NAMED}
        self.names.update({name: Names(words) for name, words in known.names.items() if name.startswith(PROPERTY)})
        self.known_names = {name: len(words) for name, words in self.names.items()}
        self.numbers = {name: Numbers(key, name, Digests(*known.digests.get(name, (None, None)))) for name in NUMBERED}
        self.known_numbers = {name: column.digests.count for name, column in self.numbers.items()}
        self.too_varied = list(known.too_varied)

    def take(self, table: pa.Table, customers: npt.NDArray[np.int64], source: str) -> None:
        """Encodes a table with the columns of `EventBatch.events`; `customers`: the customer number of each event."""
        spools, have = self.spools, set(table.column_names)
        spools.append("customer", customers, np.uint32)
        spools.append("time", numbers(whole(table["time"]).cast(pa.int64()), np.int64, 0), np.int64)
        code = self.names["source"].code.setdefault(source, len(self.names["source"]))
        spools.append("source", np.full(len(table), code, np.uint8 if code < 256 else np.uint32), np.uint32)
        for name in NAMED[:3]:
            if name in have:
                spools.append(name, self.names[name].codes(table[name]), np.uint32)
        for name in NUMBERED:
            if name in have and table[name].null_count < len(table):
                spools.append(name, self.numbers[name].codes(table[name]), np.uint32)
        if "value" in have and table["value"].null_count < len(table):
            spools.append("value", numbers(table["value"], np.int64, NO_VALUE), np.int64, NO_VALUE)
        if "score" in have and table["score"].null_count < len(table):
            spools.append("score", numbers(table["score"], np.float32, np.nan), np.float32, np.nan)
        for name in table.column_names:
            if name.startswith(PROPERTY) and name not in self.too_varied:
                self._property(name, table[name])
        spools.advance(len(table))

    def _property(self, name: str, column: Any) -> None:
        known = self.names.setdefault(name, Names())
        self.known_names.setdefault(name, 1)
        self.spools.append(name, known.codes(column), np.uint32)
        if len(known) - 1 > MOST_NAMES:
            self.too_varied.append(name)
            del self.names[name]

    def properties(self) -> list[str]:
        """Properties that are in the tape, in order of first appearance."""
        return [name for name in self.names if name.startswith(PROPERTY)]

    def settle(self, kept: npt.NDArray[np.uint32] | None) -> dict[str, npt.NDArray[np.uint32]]:
        """Forgets names that only rejected events brought (`kept`: the accepted ones; None: all).

        So the dictionaries depend on the archive's events alone. The result: for a column whose new codes moved, old code → new code.
        """
        if kept is None:
            return {}
        moved: dict[str, npt.NDArray[np.uint32]] = {}
        for name, known in self.names.items():
            if len(known) > self.known_names[name]:
                table, order = _moves(self.spools, name, kept, self.known_names[name], len(known))
                words = known.names
                self.names[name] = Names(tuple(words[code] for code in order))
                moved[name] = table
        for name, column in self.numbers.items():
            before = self.known_numbers[name] + 1
            if column.digests.count + 1 > before:
                table, order = _moves(self.spools, name, kept, before, column.digests.count + 1)
                digests = column.digests
                column.digests = Digests(digests.hi[order[1:] - 1], digests.lo[order[1:] - 1])
                moved[name] = table
        return moved

    def dictionaries(self) -> Dictionaries:
        """What the codes mean now."""
        digests = {
            name: (column.digests.hi[: column.digests.count], column.digests.lo[: column.digests.count])
            for name, column in self.numbers.items()
        }
        return Dictionaries({name: known.names for name, known in self.names.items()}, digests, tuple(self.too_varied))


def _moves(
    spools: Spools, name: str, kept: npt.NDArray[np.uint32], before: int, count: int
) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.int64]]:
    """(old code → new code, old codes in their new order) when only the `kept` events count; codes below `before` stay."""
    first = _first_rows(spools.read(name), kept, before, count) if name in spools else np.full(count, len(kept))
    new = before + np.flatnonzero(first[before:] < len(kept))
    order = np.concatenate([np.arange(before), new[np.argsort(first[new])]])
    table = np.zeros(count, np.uint32)
    table[order] = np.arange(len(order), dtype=np.uint32)
    return table, order


def _first_rows(
    codes: npt.NDArray[np.uint32], kept: npt.NDArray[np.uint32], before: int, count: int
) -> npt.NDArray[np.int64]:
    """By code, at which of the `kept` entries it comes first; as many as those are: nowhere. Ends once each from `before` on was met."""
    first, wanted = np.full(count, len(kept), np.int64), count - before
    for begin in range(0, len(kept), STEP):
        part = codes[kept[begin : begin + STEP]]
        spots = np.flatnonzero(first[part] == len(kept))
        fresh, spots = part[spots], begin + spots
        first[fresh[::-1]] = spots[::-1]  # the last assignment wins: the first row
        wanted -= int(np.count_nonzero((first[fresh] == spots) & (fresh >= before)))
        if not wanted:
            break
    return first
