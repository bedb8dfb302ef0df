"""The archive of a workspace: import, open, summarise, reveal, erase."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from tropa.events.contract import BadRow, EventBatch
from tropa.files import sync_folder
from tropa.model import TropaError
from tropa.trail.archive import vault
from tropa.trail.archive.arrow import steady_memory
from tropa.trail.archive.columns import NO_DICTIONARIES
from tropa.trail.archive.encode import Encoder
from tropa.trail.archive.erasure import count, erase
from tropa.trail.archive.files import remove_tree, sync_tree, writer_lock
from tropa.trail.archive.generation import Incoming, build
from tropa.trail.archive.identity import RECIPE, Segment, Sifted, sift
from tropa.trail.archive.intake import Intake
from tropa.trail.archive.manifest import Import, Manifest, Warned, load, publish
from tropa.trail.archive.opened import open_tape
from tropa.trail.archive.part import Extras, write_part
from tropa.trail.archive.people import Key, People
from tropa.trail.archive.rebuild import rebuild
from tropa.trail.archive.report import ImportReport, Revealed, Summary
from tropa.trail.archive.spool import Spools
from tropa.trail.archive.state import clean, next_generation, part_folder, restore_people, save_people, vault_file
from tropa.trail.archive.stored import DamagedError, Generation
from tropa.trail.archive.summary import summarise
from tropa.trail.tape import Source, Tape

log = logging.getLogger(__name__)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def _nothing(*_: Any) -> None:
    """Told of something, does nothing."""


class Archive:
    """Events on disk, in a folder of its own (`DIR/trail`).

    Readers open the published generation and keep it while the next ones are made; writers take turns (TR-T101 when one is at work).
    A kill at any instant leaves the state before or the state after. `at` is called with the name of each step before it is taken:
    tests stop there.
    """

    def __init__(self, folder: Path, *, at: Callable[[str], None] = _nothing) -> None:
        self.folder = folder
        self._at = at

    def tape(self) -> Tape | None:
        """The published tape; None before the first import. Damaged arrays are built again from the parts.

        Raises TR-T102, TR-T108 (manifest), TR-T104 (damaged parts), TR-T101 (damaged arrays while another one writes).
        """
        while True:
            manifest = load(self.folder)
            if manifest.generation == 0:
                return None
            try:
                return open_tape(self.folder, manifest)
            except DamagedError as reason:
                if load(self.folder).generation != manifest.generation:
                    continue  # a writer published and removed this one meanwhile
                log.warning("The arrays of %s are damaged (%s); they are built again.", manifest.folder, reason)
            with writer_lock(self.folder):
                self._sound(load(self.folder))

    def _sound(self, manifest: Manifest) -> Manifest:
        """The manifest of a generation whose arrays are whole, building it again where they are not. The lock is held."""
        if manifest.generation == 0:
            return manifest
        try:
            open_tape(self.folder, manifest)
        except DamagedError:
            clean(self.folder, manifest)
            people = restore_people(self.folder, manifest, Key.of(self.folder, create=False))
            whole = rebuild(self.folder, manifest, people)
            self._publish(whole)
            remove_tree(self.folder / manifest.folder)
            return whole
        return manifest

    def _publish(self, manifest: Manifest) -> None:
        self._at("sync")
        sync_folder(self.folder)
        self._at("publish")
        publish(self.folder, manifest)
        self._at("published")

    def add(
        self,
        batches: Iterable[EventBatch],
        *,
        source: str,
        now: datetime,
        file: str = "",
        currency: str | None = None,
        complete_until: int | None = None,
        continued: bool = False,
        on_bad: Callable[[Sequence[BadRow]], None] = _nothing,
        ready: Callable[[str], None] = _nothing,
        progress: Callable[[int, int], None] = _nothing,
    ) -> ImportReport:
        """Adds what is new in these batches, all of it or nothing.

        `source`: rows are told apart within it. `currency`: of money whose rows do not say. `complete_until` (µs UTC): until when the
        source is complete, else its last event that is not in the future. `continued`: the rows stand behind all that was read of their
        file, so a row that equals an earlier one is a second such row. `on_bad`: gets the rows that could not be read, batch by
        batch. `ready(import_id)`: all is written and only the publishing is left to do. `progress(rows, bytes)`: read so
        far. Raises TR-T101, TR-T103 (a second currency), TR-T105 (the key is lost), TR-T107.
        """
        with writer_lock(self.folder):
            manifest = self._sound(load(self.folder))
            clean(self.folder, manifest)
            people = restore_people(self.folder, manifest, Key.of(self.folder, create=manifest.generation == 0))
            adding = _Adding(self.folder, manifest, people, self._at, now)
            try:
                with steady_memory():
                    published = adding.run(batches, source, file, currency, complete_until, continued, on_bad, progress)
                if published is not None:
                    ready(adding.id)
                    self._publish(published)
            finally:
                adding.close()
            clean(self.folder, published or manifest)
            return adding.report(published)

    def currency(self) -> str | None:
        """The one currency of the money in the trail; None while there is none."""
        return load(self.folder).currency

    def imports(self) -> tuple[Import, ...]:
        """The imports that were published, in order."""
        return load(self.folder).imports

    @contextlib.contextmanager
    def alone(self) -> Iterator[bool]:
        """Keeps other writers out for a while; False (at once) where one is at work."""
        with contextlib.ExitStack() as stack:
            try:
                stack.enter_context(writer_lock(self.folder))
            except TropaError:
                yield False
                return
            yield True

    def summary(self) -> Summary:
        """Sources, imports, events by name, period. Raises as `tape` does."""
        tape = self.tape()
        manifest = load(self.folder)
        stones = 0
        if manifest.tombstones:
            stones = restore_people(self.folder, manifest, Key.of(self.folder, create=False)).tombstones.count
        return summarise(manifest, tape, stones)

    def reveal(self, pseudonym: str) -> Revealed:
        """The real identities behind a pseudonym, out of the vault. Raises TR-T106 for a pseudonym nobody has."""
        manifest = load(self.folder)
        if manifest.generation == 0:
            return vault.unknown(pseudonym)
        people = restore_people(self.folder, manifest, Key.of(self.folder, create=False))
        group = people.group(people.number_of(pseudonym))
        return vault.reveal((vault_file(self.folder, part) for part in manifest.parts), pseudonym, group)

    def events_of(self, pseudonym: str) -> int:
        """How many events a customer has. Raises TR-T106 for a pseudonym nobody has."""
        manifest = load(self.folder)
        if manifest.generation == 0:
            vault.unknown(pseudonym)
        people = restore_people(self.folder, manifest, Key.of(self.folder, create=False))
        return count(self.folder, manifest, people.group(people.number_of(pseudonym)))

    def erase(self, pseudonym: str) -> int:
        """Erases a customer for good: from tape, parts and vault; the original file brings none of it back.

        The result is how many events went. Older generations are removed at once. Raises TR-T106 for a pseudonym nobody has.
        """
        with writer_lock(self.folder):
            manifest = load(self.folder)
            if manifest.generation == 0:
                vault.unknown(pseudonym)
            clean(self.folder, manifest)
            people = restore_people(self.folder, manifest, Key.of(self.folder, create=False))
            numbers = people.group(people.number_of(pseudonym))
            self._at("erase")
            after = erase(self.folder, manifest, people, numbers)
            self._publish(after)
            clean(self.folder, after, keep_previous=False)
            return manifest.events - after.events


class _Adding:
    """One import at work."""

    def __init__(
        self, folder: Path, manifest: Manifest, people: People, at: Callable[[str], None], now: datetime
    ) -> None:
        self.folder, self.manifest, self.people, self.at, self.now = folder, manifest, people, at, now
        self.work = folder / "work"
        self.work.mkdir()
        self.id = f"{manifest.next_import:06d}"
        self.old = Generation.open(folder / manifest.folder) if manifest.generation else None
        self.spools = Spools(self.work)
        known = NO_DICTIONARIES if self.old is None else self.old.dictionaries()
        self.encoder = Encoder(self.spools, people.key, known)
        self.known_numbers, self.known_aliases = people.numbers, people.aliases.count
        self.accepted = self.duplicates = self.joined = 0
        self.sifted: Sifted | None = None
        self.first: int | None = None
        self.last: int | None = None
        self.warnings: list[Warned] = []

    def run(
        self,
        batches: Iterable[EventBatch],
        source: str,
        file: str,
        currency: str | None,
        complete_until: int | None,
        continued: bool,
        on_bad: Callable[[Sequence[BadRow]], None],
        progress: Callable[[int, int], None],
    ) -> Manifest | None:
        """Reads, sifts, writes. The result is what is to be published; None when nothing is new."""

        def step(rows: int, size: int) -> None:
            self.at("batch")
            progress(rows, size)

        extras = Extras(self.work)
        self.intake = Intake(
            people=self.people,
            encoder=self.encoder,
            extras=extras,
            source=source,
            file=file,
            now_us=(self.now - EPOCH) // timedelta(microseconds=1),
            currency=currency,
            known_currency=self.manifest.currency,
            continued=continued,
            recipe=self.manifest.recipe_of(source) or RECIPE,
            on_bad=on_bad,
            progress=step,
        )
        self.intake.take_all(batches)
        pa.default_memory_pool().release_unused()  # batches are gone; sifting and sorting need the room
        joins, too_shared = self.people.join()
        self.joined = len(joins)
        self.at("sift")
        self.sifted = self._sift()
        self.accepted = self.sifted.accepted
        self.duplicates = len(self.sifted.keep) - self.accepted
        self._warn(too_shared)
        if not self.accepted and self.people.aliases.count == self.known_aliases and not len(joins):
            return None
        return self._write(extras, joins, complete_until)

    def _sift(self) -> Sifted:
        segments = [Segment(part_folder(self.folder, part)) for part in self.manifest.parts]
        empty = np.zeros(0, np.uint64)
        if not self.spools.rows:
            return sift(empty, empty, None, [])
        once = self.spools.read("once") if "once" in self.spools else None
        anew = self.spools.read("anew") if "anew" in self.spools else None
        return sift(self.spools.read("hi"), self.spools.read("lo"), once, segments, anew)

    def _write(
        self, extras: Extras, joins: np.ndarray[Any, np.dtype[np.int64]], complete_until: int | None
    ) -> Manifest:
        part = part_folder(self.folder, self.id)
        part.mkdir(parents=True)
        assert self.sifted is not None
        keep = None if self.duplicates == 0 else self.sifted.keep
        kept = None if keep is None else np.flatnonzero(keep).astype(np.uint32)
        moved = self.encoder.settle(kept)
        self.at("part")
        with ThreadPoolExecutor(1, "tropa-part") as pool:
            writing = pool.submit(
                write_part, part / "events.parquet", self.spools, extras, self.encoder.names, moved, keep
            )
            self.sifted.save(Segment(part))
            self.sifted = None  # 25 bytes an event that building the arrays needs
            save_people(self.folder, self.id, self.people, self.known_aliases, joins)
            self.at("arrays")
            number = next_generation(self.folder, self.manifest)
            target = self.folder / f"g{number:06d}"
            incoming = Incoming(self.spools.columns(), self.accepted, kept, moved)
            meta = build(target, self.work, self.old, incoming, self.encoder, self.people)
            writing.result()
        self.at("written")
        for folder in (part, self.folder / "vault", target):
            sync_tree(folder)
        sync_folder(self.folder / "parts")
        self._period(incoming)
        return self._manifest(number, meta, complete_until)

    def _period(self, incoming: Incoming) -> None:
        if self.accepted:
            time = incoming.take("time", slice(0, self.accepted))
            self.first, self.last = int(time.min()), int(time.max())

    def _manifest(self, number: int, meta: dict[str, Any], complete_until: int | None) -> Manifest:
        before, source = self.manifest, self.intake.source
        known = next((item for item in before.sources if item.name == source), None)
        firsts = [at for at in (self.first, known.first if known else None) if at is not None]
        ends = [at for at in (self.last, known.complete_until if known else None) if at is not None]
        until = complete_until if complete_until is not None else min(max(ends, default=0), self.intake.now_us)
        entry = Import(
            id=self.id,
            source=source,
            file=self.intake.file,
            at=self.now.astimezone(UTC).isoformat(),
            accepted=self.accepted,
            duplicates=self.duplicates,
            quarantined=self.intake.counts.quarantined,
            first=self.first,
            last=self.last,
            rows=self.accepted,
            recipe=self.intake.recipe,
        )
        after = replace(
            before,
            generation=number,
            version=meta["version"],
            events=meta["events"],
            customers=meta["customers"],
            numbers=self.people.numbers,
            currency=self.intake.known_currency,
            imports=(*before.imports, entry),
            parts=(*before.parts, self.id),
            next_import=before.next_import + 1,
        )
        own = Source(source, (known.events if known else 0) + self.accepted, min(firsts, default=0), until)
        return after.with_source(own) if own.events else after

    def _warn(self, too_shared: int) -> None:
        counts = self.intake.counts
        told = {
            "archive-warning-future": counts.ahead_of_clock,
            "archive-warning-before-1970": counts.before_1970,
            "archive-warning-shared-contact": too_shared,
            "archive-warning-erased": counts.erased,
        }
        self.warnings = [Warned(message, {"n": n}) for message, n in told.items() if n]
        self.warnings += [
            Warned("archive-warning-too-varied", {"name": name.removeprefix("p:")}) for name in self.encoder.too_varied
        ]

    def report(self, published: Manifest | None) -> ImportReport:
        """What happened."""
        now = published or self.manifest
        counts = self.intake.counts
        return ImportReport(
            import_id=self.id,
            source=self.intake.source,
            accepted=self.accepted,
            duplicates=self.duplicates,
            quarantined=counts.quarantined,
            erased=counts.erased,
            customers=now.customers,
            new_customers=max(0, now.customers - self.manifest.customers),
            joined=self.joined,
            first=self.first,
            last=self.last,
            generation=now.generation,
            data_version=now.version,
            changed=published is not None,
            warnings=tuple(self.warnings),
        )

    def close(self) -> None:
        """Removes the scratch files."""
        self.spools.close()
        remove_tree(self.work)
