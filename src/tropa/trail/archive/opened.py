"""An opened generation as a `Tape`: mapped arrays, checked; properties and texts come when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.trail.archive.columns import PROPERTY
from tropa.trail.archive.manifest import Manifest, load
from tropa.trail.archive.stored import DamagedError, Generation, check, check_codes
from tropa.trail.tape import Column, Tape


class Lazy(Mapping[str, Any]):
    """A mapping whose values are made when first asked for."""

    def __init__(self, makers: Mapping[str, Callable[[], Any]]) -> None:
        self._makers = dict(makers)
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._made:
            self._made[name] = self._makers[name]()
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)


class Texts(Mapping[str, Any]):
    """Customers' words from the parts: `event` (positions in the tape, rising) and `text` (an array of str objects)."""

    def __init__(self, files: list[tuple[int, Path]], arrival: npt.NDArray[np.uint32]) -> None:
        self._files, self._arrival = files, arrival
        self._read: dict[str, Any] | None = None

    def _texts(self) -> dict[str, Any]:
        if self._read is None:
            from tropa.trail.archive.part import (
                read_part,  # needs Arrow, which only those who read words shall wait for
            )

            arrivals: list[npt.NDArray[Any]] = []
            words: list[str] = []
            for base, path in self._files:
                for table in read_part(path, ["customer", "text"]):
                    if "text" in table.column_names:
                        column = table["text"].combine_chunks()
                        spoken = np.flatnonzero(column.is_valid().to_numpy(zero_copy_only=False))
                        arrivals.append(base + spoken)
                        words += column.drop_null().to_pylist()
                    base += len(table)
            place = np.empty(len(self._arrival), np.int64)
            place[self._arrival] = np.arange(len(self._arrival))
            events = place[np.concatenate(arrivals)] if arrivals else np.zeros(0, np.int64)
            order = np.argsort(events)
            text = np.array(words, dtype=object)
            self._read = {"event": events[order], "text": text[order]}
        return self._read

    def __getitem__(self, name: str) -> Any:
        return self._texts()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(("event", "text"))

    def __len__(self) -> int:
        return 2


def open_published(folder: Path) -> Tape | None:
    """The published tape of an archive where all is well with it; None before the first import, or where its arrays are damaged.

    The quick way in: `Archive.tape` mends what can be mended, but loading what it needs for that takes longer than all questions.
    Raises TR-T102, TR-T108 (manifest).
    """
    manifest = load(folder)
    if manifest.generation == 0:
        return None
    try:
        return open_tape(folder, manifest)
    except DamagedError:
        return None


def open_tape(folder: Path, manifest: Manifest) -> Tape:
    """The published generation as a tape. Raises DamagedError when its arrays are not what they should be."""
    generation = Generation.open(folder / manifest.folder)
    if generation.meta["version"] != manifest.version:
        raise DamagedError("the folder holds another version")
    check(generation)

    def coded(name: str) -> Column:
        return Column(generation.array(name), generation.words(name))

    def checked(name: str) -> Column:
        column = coded(name)
        check_codes(name, column.codes, len(column.names))
        return column

    properties = {
        name.removeprefix(PROPERTY): (lambda name=name: checked(name))
        for name in generation.meta["names"]
        if name.startswith(PROPERTY)
    }
    parts, base = [], 0
    for entry, part in zip(manifest.imports, manifest.parts, strict=True):
        parts.append((base, folder / "parts" / part / "events.parquet"))
        base += entry.rows
    return Tape(
        version=manifest.version,
        customers=generation.array("customers"),
        offsets=generation.array("offsets"),
        time=generation.array("time"),
        event=coded("event"),
        channel=coded("channel"),
        value=generation.array("value"),
        score=generation.array("score"),
        instrument=coded("instrument"),
        session=generation.array("session"),
        order=generation.array("order"),
        source=coded("source"),
        sources=manifest.sources,
        currency=manifest.currency,
        properties=Lazy(properties),
        texts=Texts(parts, generation.array("arrival")),
    )
