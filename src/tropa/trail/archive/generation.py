"""A generation: a folder of arrays in (customer, time, arrival) order, made once and never changed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.model import TropaError
from tropa.trail.archive.build import narrow
from tropa.trail.archive.columns import NAMED, NUMBERED
from tropa.trail.archive.encode import Encoder
from tropa.trail.archive.files import map_array, new_array, new_column, save_array, write_json
from tropa.trail.archive.merged import Merge, merge_of
from tropa.trail.archive.people import People
from tropa.trail.archive.stored import Generation
from tropa.trail.kernels.merge import fingerprint
from tropa.trail.kernels.sort import by_customer, within_customers
from tropa.trail.slices import fixed
from tropa.trail.tape import NO_VALUE

CHUNK = 1 << 20
PEOPLE = 1 << 16
"""Pseudonyms at a time, which are 48 bytes each."""
NOTHING: Mapping[str, Any] = {"value": NO_VALUE, "score": np.nan}
KINDS: Mapping[str, Any] = {"time": np.int64, "arrival": np.uint32, "value": np.int64, "score": np.float32}
MOST_EVENTS = 2**32 - 2


@dataclass(frozen=True, slots=True)
class Incoming:
    """Events to be added: encoded columns in order of arrival, which of them (`kept`; None: all), and codes that moved."""

    columns: Mapping[str, npt.NDArray[Any]]
    count: int
    kept: npt.NDArray[np.uint32] | None
    moved: Mapping[str, npt.NDArray[np.uint32]]

    def take(self, name: str, spots: npt.NDArray[Any] | slice) -> npt.NDArray[Any]:
        """Entries of a column by place among the accepted events."""
        found = self.columns[name][spots if self.kept is None else self.kept[spots]]
        return self.moved[name][found] if name in self.moved else found


def build(
    folder: Path, work: Path, old: Generation | None, new: Incoming, encoder: Encoder, people: People
) -> dict[str, Any]:
    """Writes a generation of the old one's events and the new ones; the result is its description.

    Anonymous memory: about 24 bytes an event; where new ones are merged into old ones, an event that is new. Raises TR-T107 for more
    events than a tape can number.
    """
    old_count = 0 if old is None else int(old.meta["events"])
    total = old_count + new.count
    if total > MOST_EVENTS:
        raise TropaError("TR-T107", events=total, most=MOST_EVENTS)
    folder.mkdir(parents=True)
    sizes = {name: len(known) for name, known in encoder.names.items()}
    sizes.update({name: column.digests.count + 1 for name, column in encoder.numbers.items()})
    names = [*NAMED, *NUMBERED, "value", "score", *encoder.properties()]
    merged = None
    if old is not None:
        whole = slice(0, new.count)
        merged = merge_of(old, new.take("customer", whole), new.take("time", whole), people)
    if merged is None:
        offsets, leaders, order = _grouped(work, old, new, people, total)
        writer: _Writer = _Writer(folder, old, new, order, encoder.properties())
        time = writer.gathered("time")
        arrival = writer.gathered("arrival")
        within_customers(offsets, time, arrival, order)
        writer.save("customers", people.pseudonyms(leaders))
    else:
        offsets, leaders = merged.offsets, merged.leaders
        writer = _Merger(folder, old, new, merged, encoder.properties())
        names = ["time", "arrival", *names]
    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(writer.gathered, name, sizes.get(name, 0)) for name in names]:
            done.result()
    writer.save("offsets", offsets)
    writer.save("customer-number", leaders.astype(np.uint32))
    for name, (hi, lo) in encoder.dictionaries().digests.items():
        writer.save(f"{name}-hi", hi)
        writer.save(f"{name}-lo", lo)
    return writer.describe(encoder, total, len(leaders))


def _grouped(
    work: Path, old: Generation | None, new: Incoming, people: People, total: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.uint32]]:
    """(offsets, leading number of each customer, events by customer). Event i < old_count is the old tape's i-th."""
    parent = people.parent
    count = np.zeros(people.numbers, np.int64)
    for begin in range(0, new.count, CHUNK):
        found = new.take("customer", slice(begin, min(begin + CHUNK, new.count)))
        count += np.bincount(parent[found], minlength=people.numbers)
    if old is not None:
        former, lengths = old.array("customer-number"), np.diff(old.array("offsets"))
        np.add.at(count, parent[former], lengths)
    leaders = np.flatnonzero(count)
    code = np.zeros(people.numbers, np.uint32)
    code[leaders] = np.arange(len(leaders), dtype=np.uint32)
    offsets = np.zeros(len(leaders) + 1, np.int64)
    np.cumsum(count[leaders], out=offsets[1:])
    order, cursor = new_array(work / "order.npy", np.uint32, total), offsets[:-1].copy()
    done = 0
    if old is not None:
        by_customer(np.repeat(code[parent[former]], lengths), cursor, order, 0)
        done = int(old.meta["events"])
    for begin in range(0, new.count, CHUNK):
        found = new.take("customer", slice(begin, min(begin + CHUNK, new.count)))
        by_customer(code[parent[found]], cursor, order, done + begin)
    return offsets, leaders, order


class _Writer:
    """Fills the arrays of a new generation."""

    def __init__(
        self, folder: Path, old: Generation | None, new: Incoming, order: npt.NDArray[np.uint32], properties: list[str]
    ) -> None:
        self.folder, self.old, self.new, self.order = folder, old, new, order
        self.old_count = len(order) - new.count
        self.arrays: dict[str, dict[str, Any]] = {}
        self._sums: dict[str, str] = {}
        self._own_files = {name: f"p{number:03d}.npy" for number, name in enumerate(properties)}

    def _file(self, name: str) -> str:
        return self._own_files.get(name, f"{name}.npy")

    def save(self, name: str, array: npt.NDArray[Any]) -> None:
        """Writes an array that is there already."""
        file = self._file(name)
        save_array(self.folder / file, array)
        self._tell(name, file, array)

    def _tell(self, name: str, file: str, array: npt.NDArray[Any]) -> None:
        self.arrays[name] = {"file": file, "length": len(array), "type": array.dtype.str}

    def gathered(self, name: str, size: int = 0) -> npt.NDArray[Any]:
        """Writes a column in the tape's order; `size`: number of codes."""
        kind = KINDS.get(name) or narrow(np.zeros(0, np.uint32), size).dtype
        file = self._file(name)
        out = new_array(self.folder / file, kind, len(self.order))
        former = None if self.old is None else self.old.column(name)
        for begin in range(0, len(out), CHUNK):
            part = slice(begin, begin + CHUNK)
            out[part] = self._chunk(name, self.order[part], former)
        self._tell(name, file, out)
        return out

    def _chunk(self, name: str, spots: npt.NDArray[np.uint32], former: npt.NDArray[Any] | None) -> npt.NDArray[Any]:
        if self.old_count == 0:
            return self._newcomers(name, spots)
        old = spots < self.old_count
        mixed: npt.NDArray[Any] = np.full(len(spots), NOTHING.get(name, 0), KINDS.get(name, np.uint32))
        if former is not None:
            mixed[old] = former[spots[old]]
        mixed[~old] = self._newcomers(name, spots[~old] - np.uint32(self.old_count))
        return mixed

    def _newcomers(self, name: str, spots: npt.NDArray[np.uint32]) -> npt.NDArray[Any]:
        if name == "arrival":
            return spots + np.uint32(self.old_count)
        if name not in self.new.columns:
            return np.full(len(spots), NOTHING.get(name, 0), KINDS.get(name, np.uint32))
        return self.new.take(name, spots)

    def describe(self, encoder: Encoder, events: int, customers: int) -> dict[str, Any]:
        """Writes names and the description."""
        names = {}
        for number, (name, known) in enumerate(encoder.names.items()):
            names[name] = f"names-{number:03d}.json"
            write_json(self.folder / names[name], list(known.names))
        meta = {
            "events": events,
            "customers": customers,
            "arrays": self.arrays,
            "names": names,
            "too_varied": encoder.too_varied,
            "version": self._version(encoder),
        }
        write_json(self.folder / "meta.json", meta)
        return meta

    def _version(self, encoder: Encoder) -> str:
        """A short hash of the content, pseudonyms (which depend on the key) and arrival apart."""
        told = sorted(name for name in self.arrays if name not in UNVERSIONED)
        with ThreadPoolExecutor(2) as pool:
            sums = list(pool.map(self._sum, told))
        digest = hashlib.blake2b(digest_size=6)
        for name, own in zip(told, sums, strict=True):
            words = encoder.names[name].names if name in encoder.names else ()
            digest.update("\0".join([name, own, *words]).encode())
        return digest.hexdigest()

    def _sum(self, name: str) -> str:
        if name not in self._sums:
            array = map_array(self.folder / self.arrays[name]["file"])
            told = ColumnSum(array.dtype)
            for begin in range(0, len(array), CHUNK):
                told.take(array[begin : begin + CHUNK])
            self._sums[name] = told.text()
        return self._sums[name]


class _Merger(_Writer):
    """Fills the arrays of a new generation, new events merged into the old ones."""

    def __init__(
        self, folder: Path, old: Generation | None, new: Incoming, merged: Merge, properties: list[str]
    ) -> None:
        super().__init__(folder, old, new, merged.which, properties)
        self.merged, self.old_count = merged, merged.events - new.count

        self._save_customers()

    def _save_customers(self) -> None:
        file, kind = self._file("customers"), np.dtype("U12")
        former = np.zeros(0, kind) if self.old is None else self.old.array("customers")
        with new_column(self.folder / file, kind, len(self.merged.leaders)) as out:
            for chunk in self.merged.customers(former, PEOPLE):
                out.write(chunk.data)
        self.arrays["customers"] = {"file": file, "length": len(self.merged.leaders), "type": kind.str}

    def gathered(self, name: str, size: int = 0) -> npt.NDArray[Any]:
        """As `_Writer.gathered`; the sum is taken on the way."""
        kind = np.dtype(KINDS.get(name) or narrow(np.zeros(0, np.uint32), size).dtype)
        file = self._file(name)
        former = None if self.old is None else self.old.column(name)
        if former is None:
            former = np.full(self.old_count, NOTHING[name], kind) if name in NOTHING else np.zeros(self.old_count, kind)
        told = ColumnSum(kind)
        with new_column(self.folder / file, kind, self.merged.events) as out:
            for chunk in self.merged.chunks(former, self._newcomers(name, self.merged.which), kind, CHUNK):
                told.take(chunk)
                out.write(chunk.data)
        self._sums[name] = told.text()
        self.arrays[name] = {"file": file, "length": self.merged.events, "type": kind.str}
        return map_array(self.folder / file)


class ColumnSum:
    """What a column is known again by, whether all its entries come at once or chunk by chunk (of `CHUNK` entries but for the last)."""

    def __init__(self, kind: np.dtype[Any]) -> None:
        self._told = hashlib.blake2b(kind.str.encode(), digest_size=16)

    def take(self, chunk: npt.NDArray[Any]) -> None:
        """The next entries."""
        raw = np.ascontiguousarray(chunk).view(np.uint8)
        whole = len(raw) // 32 * 32
        tail = np.zeros(32, np.uint8)
        tail[: len(raw) - whole] = raw[whole:]
        sums = np.zeros(4, np.uint64)
        for part in (raw[:whole], tail):
            rest: Any = (fixed(part).view(np.uint64), sums)
            fingerprint(*rest)
        self._told.update(sums.tobytes() + len(raw).to_bytes(8, "little"))

    def text(self) -> str:
        """The sum of all that was taken."""
        return self._told.hexdigest()


UNVERSIONED = {
    "customers",
    "arrival",
    "customer-number",
    *(f"{name}-{half}" for name in NUMBERED for half in ("hi", "lo")),
}
