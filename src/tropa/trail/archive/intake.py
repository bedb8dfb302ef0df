"""Batches of events into the spools: who, what, when, and what tells each row apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from tropa.events.contract import BadRow, EventBatch
from tropa.model import TropaError, Where
from tropa.trail.archive.arrow import as_dictionary, as_text, present, whole
from tropa.trail.archive.encode import Encoder
from tropa.trail.archive.identity import RECIPE, batch_digests
from tropa.trail.archive.part import Extras
from tropa.trail.archive.people import People
from tropa.trail.archive.spool import in_use

CONTACTS = ("phone", "email", "alias", "name")
"""What joins customers, and last the names, which do not. An alias is another identifier of the same customer."""
T = TypeVar("T")


def ahead(items: Iterable[T]) -> Iterator[T]:
    """The same items, the next one being made in another thread meanwhile."""
    source, end = iter(items), object()
    with ThreadPoolExecutor(1, "tropa-read") as pool:
        coming: Any = pool.submit(next, source, end)
        while (item := coming.result()) is not end:
            coming = pool.submit(next, source, end)
            yield item


@dataclass(slots=True)
class Counts:
    """What an intake saw."""

    rows: int = 0
    bytes: int = 0
    quarantined: int = 0
    erased: int = 0
    ahead_of_clock: int = 0
    before_1970: int = 0


@dataclass(slots=True)
class Intake:
    """Takes batches of one source. After it, `encoder.spools` hold the events, `hi`, `lo` and `once` (message ids) included."""

    people: People
    encoder: Encoder
    extras: Extras
    source: str
    file: str
    now_us: int
    currency: str | None
    """Of money whose row does not say."""
    known_currency: str | None
    continued: bool = False
    """Whether the batches go on where an earlier import of the same file ended."""
    recipe: int = RECIPE
    """By which the source's rows are told apart."""
    on_bad: Callable[[Sequence[BadRow]], None] = lambda rows: None
    progress: Callable[[int, int], None] = lambda rows, size: None
    counts: Counts = field(default_factory=Counts)

    def take_all(self, batches: Iterable[EventBatch]) -> None:
        """Takes every batch. Raises TR-T103 when money comes in a second currency."""
        with ThreadPoolExecutor(1, "tropa-hash") as pool:
            for batch in ahead(batches):
                self.counts.quarantined += len(batch.bad)
                self.counts.bytes += batch.bytes_read
                self.counts.rows += len(batch.events) + len(batch.bad)
                if len(batch.bad):
                    self.on_bad(batch.bad)
                if len(batch.events):
                    self._take(batch, pool)
                self.progress(self.counts.rows, self.counts.bytes)

    def _take(self, batch: EventBatch, pool: ThreadPoolExecutor) -> None:
        batch = self._without_erased(batch)
        table, key = batch.events, self.people.key
        if not len(table):
            return
        digests = pool.submit(batch_digests, batch, key, self.source, self.recipe)
        self._check_currency(table)
        numbers = self._customers(table)
        self._contacts(table, numbers)
        spools = self.encoder.spools
        self.extras.take(table)
        hi, lo, once = digests.result()
        spools.append("hi", hi, np.uint64)
        spools.append("lo", lo, np.uint64)
        if once is not None:
            spools.append("once", once, np.bool_, False)
        if self.continued and batch.raw_index is None:
            spools.append("anew", np.ones(len(hi), bool), np.bool_, False)
        time = whole(table["time"]).cast(pa.int64())
        self.counts.ahead_of_clock += pc.sum(pc.greater(time, self.now_us)).as_py() or 0
        self.counts.before_1970 += pc.sum(pc.less(time, 0)).as_py() or 0
        self.encoder.take(table, numbers, self.source)

    def _without_erased(self, batch: EventBatch) -> EventBatch:
        """The batch without rows of customers who were erased (R-64)."""
        if not self.people.tombstones.count:
            return batch
        gone: npt.NDArray[np.bool_] = np.zeros(len(batch.events), bool)
        for name in ("customer", *CONTACTS[:3]):
            if name in batch.events.column_names:
                strings = as_text(whole(batch.events[name]))
                gone |= self.people.erased(strings, present(strings))
        if not gone.any():
            return batch
        self.counts.erased += int(gone.sum())
        stay = pa.array(~gone)
        if batch.raw_index is None:
            return replace(batch, events=batch.events.filter(stay), raw=batch.raw.filter(stay))
        index = whole(batch.raw_index) if isinstance(batch.raw_index, pa.ChunkedArray) else pa.array(batch.raw_index)
        return replace(batch, events=batch.events.filter(stay), raw_index=index.filter(stay))

    def _customers(self, table: pa.Table) -> npt.NDArray[np.int64]:
        column = whole(table["customer"])
        if column.null_count:
            raise ValueError("an event without a customer belongs into quarantine")
        if not pa.types.is_dictionary(column.type):
            return self.people.customers(as_text(column))
        codes, names = as_dictionary(column)
        seen = in_use(codes, len(names))
        table_of: npt.NDArray[np.int64] = np.zeros(len(names), np.int64)
        table_of[seen] = self.people.customers(names.take(pa.array(seen)))
        return table_of[codes]

    def _contacts(self, table: pa.Table, numbers: npt.NDArray[np.int64]) -> None:
        for kind in CONTACTS:
            if kind not in table.column_names or table[kind].null_count == len(table):
                continue
            codes, names = as_dictionary(table[kind])
            given = codes >= 0
            pairs = np.unique(codes[given] << 32 | numbers[given])
            strings = names.take(pa.array(pairs >> 32))
            if kind == "name":  # namesakes are not one person: names only go to the vault
                self.people.fresh.append((kind, strings, pairs & 0xFFFF_FFFF))
            else:
                self.people.contacts("id" if kind == "alias" else kind, strings, pairs & 0xFFFF_FFFF)

    def _check_currency(self, table: pa.Table) -> None:
        if "value" not in table.column_names or table["value"].null_count == len(table):
            return
        found: set[str] = set()
        silent = True
        if "currency" in table.column_names:
            column = whole(table["currency"]).filter(whole(table["value"]).is_valid())
            silent = column.null_count > 0
            codes, names = as_dictionary(column)
            spelled = names.to_pylist()
            found = {spelled[code] for code in np.unique(codes).tolist() if code >= 0}
        if silent and self.currency:
            found.add(self.currency)
        for currency in sorted(found):
            self.known_currency = self.known_currency or currency
            if currency != self.known_currency:
                raise TropaError("TR-T103", Where(file=self.file or None), known=self.known_currency, found=currency)
