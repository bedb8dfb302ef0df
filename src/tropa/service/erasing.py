"""Erasing a customer: from the trail, and from everything that people wrote about them (R-64).

First what would be touched is told (`plan`), then it is done (`erase`): a keyed tombstone is written down, so that an older backup brought
back does not bring the customer back; then the maps, through their rooms; comments, letters, versions' names, the audit log; uploads and
quarantine; the trail; and last the database's files are written anew, so that nothing is left between their pages.
"""

from __future__ import annotations

import logging
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from tropa.model import TropaError
from tropa.model.access import LOCAL, Actor, Right
from tropa.service import auditing, erasing_maps, talking
from tropa.service.desk import Desk
from tropa.service.ledger import Erased, Ledger
from tropa.service.traces import Finder, Identifiers, hashes, too_short
from tropa.service.workspace import Workspace

if TYPE_CHECKING:
    from tropa.store.comments import Comment

log = logging.getLogger(__name__)
_TEXT_ENDINGS = frozenset((".csv", ".tsv", ".txt", ".json", ".jsonl", ".ndjson", ".xes", ".xml"))


@dataclass(frozen=True, slots=True)
class Place:
    """Where words of the customer are: `kind` (`map`, `history`, `file`, `comments`, `letters`, `audit`, `uploads`, `quarantine`…),
    in which map (None: in none), and how many."""

    kind: str
    map_id: str | None
    count: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What an erasure would touch. `events`: of the trail; `short`: how many ids and names are too short to be looked for in texts."""

    pseudonym: str
    events: int
    places: tuple[Place, ...]
    short: int


def plan(desk: Desk, who: Actor, pseudonym: str, more: Identifiers) -> Plan:
    """What erasing this customer would touch; nothing is done. Raises TR-T106 (unknown), TR-W155 (nobody is named)."""
    known, finder = _asked(desk, who, pseudonym, more)
    return Plan(pseudonym, _events(desk.workspace, pseudonym), tuple(_places(desk, finder)), len(too_short(known)))


def erase(desk: Desk, who: Actor, pseudonym: str, more: Identifiers) -> Plan:
    """Erases the customer; returns what was touched. `pseudonym` may be empty where only words are to go.

    Raises TR-T106, TR-W155, TR-T101 (an import is at work), TR-W159 (all is done, but a place could not be reached: a map's file that
    cannot be read). What a kill cuts off is done by erasing again.
    """
    known, finder = _asked(desk, who, pseudonym, more)
    found = Plan(pseudonym, _events(desk.workspace, pseudonym), tuple(_places(desk, finder)), len(too_short(known)))
    ledger = Ledger.of(desk.workspace.folder)
    ledger.add(Erased(desk.clock().isoformat(), (pseudonym,) if pseudonym else (), tuple(sorted(finder.wanted))))
    _words_go(desk, finder)
    if pseudonym:
        desk.workspace.archive.erase(pseudonym)
        desk.workspace.quarantine.forget(known.all())
    missed = tuple(_places(desk, finder))
    with desk.store.begin() as c:
        auditing.note(desk, c, who, "customer-erased", pseudonym, events=found.events, places=len(found.places))
    _leave_no_trace(desk)
    if missed:
        raise TropaError("TR-W159", places=", ".join(f"{one.kind} {one.map_id or ''}".strip() for one in missed))
    return found


def again(desk: Desk) -> int:
    """Applies every tombstone again (a backup was brought back). Returns how many customers had come back."""
    ledger = Ledger.of(desk.workspace.folder)
    entries = ledger.all()
    if not entries:
        return 0
    back = 0
    for pseudonym in dict.fromkeys(name for one in entries for name in one.pseudonyms):
        try:
            known = desk.workspace.archive.reveal(pseudonym)
        except TropaError as fault:
            if fault.code not in ("TR-T106", "TR-T105"):
                raise
            continue  # not in this backup
        names = (*known.ids, *known.phones, *known.emails, *known.names)
        if names:  # else erased in this backup already
            desk.workspace.archive.erase(pseudonym)
            desk.workspace.quarantine.forget(names)
            back += 1
    _words_go(desk, Finder(ledger.key(), frozenset(one for entry in entries for one in entry.hashes)))
    with desk.store.begin() as c:
        auditing.note(desk, c, LOCAL, "erasures-applied", "", entries=len(entries), customers=back)
    _leave_no_trace(desk)
    return back


def _asked(desk: Desk, who: Actor, pseudonym: str, more: Identifiers) -> tuple[Identifiers, Finder]:
    who.require(Right.MANAGE)
    who.require(Right.REVEAL)
    known = more
    if pseudonym:
        found = desk.workspace.archive.reveal(pseudonym)
        known = replace(
            more, ids=(*more.ids, *found.ids), phones=(*more.phones, *found.phones), emails=(*more.emails, *found.emails),
            names=(*more.names, *found.names),
        )  # fmt: skip
    if not known:
        raise TropaError("TR-W155")
    key = Ledger.of(desk.workspace.folder).key()
    return known, Finder(key, hashes(known, key))


def _events(workspace: Workspace, pseudonym: str) -> int:
    return workspace.archive.events_of(pseudonym) if pseudonym else 0


# Looking


def _places(desk: Desk, find: Finder) -> Iterator[Place]:
    from tropa.store import words

    for row in desk.living.rows(desk, archived=True):
        found = erasing_maps.look(desk, row.id, find)
        told = {"map": sum(found.now.values()), "history": found.history, "file": found.file}
        yield from (Place(kind, row.id, count) for kind, count in told.items() if count)
    counts: Counter[tuple[str, str | None]] = Counter()
    with desk.store.read() as c:
        for held in words.holding(c, find):
            counts[held.place, held.document] += sum(len(find(text)) for text in held.values.values())
        for _, map_id, _, body in words.texts_of_files(c):
            counts["file-content", map_id] += len(find(body.decode("utf-8", "replace")))
    counts["uploads", None] = sum(1 for _ in _uploads(desk.workspace, find))
    counts["quarantine", None] = len(_waiting(desk.workspace, find))
    yield from (Place(kind, map_id, count) for (kind, map_id), count in sorted(counts.items(), key=str) if count)


def _uploads(workspace: Workspace, find: Finder) -> Iterator[Path]:
    """Folders of uploads in which the words are, as far as they are text."""
    for path in sorted((workspace.folder / "uploads").glob("*/*")):
        if path.suffix.lower() not in _TEXT_ENDINGS:
            continue
        with path.open("rb") as lines:
            if any(find(_read(line)) for line in lines):
                yield path.parent


def _read(line: bytes) -> str:
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("cp1251", "replace")


def _waiting(workspace: Workspace, find: Finder) -> list[str]:
    """Cells of quarantined rows in which the words are."""
    found: list[str] = []
    for file in workspace.quarantine.list():
        table = workspace.quarantine.rows(file.import_id).table
        for name in table.column_names:
            found += [cell for cell in table[name].to_pylist() if isinstance(cell, str) and find(cell)]
    return found


# Doing


def _words_go(desk: Desk, find: Finder) -> None:
    for row in desk.living.rows(desk, archived=True):
        if erasing_maps.look(desk, row.id, find):
            erasing_maps.erase(desk, row.id, find)
    changed = _tables(desk, find)
    talking.tell(desk, *changed)
    for folder in set(_uploads(desk.workspace, find)):
        shutil.rmtree(folder)
    if cells := _waiting(desk.workspace, find):
        desk.workspace.quarantine.forget(cells)


def _tables(desk: Desk, find: Finder) -> list[Comment]:
    """Everything in the database outside of the documents, in one transaction; returns the comments that are other now."""
    from tropa.store import comments, words

    told: list[tuple[str, str]] = []
    with desk.store.begin() as c:
        for held in list(words.holding(c, find)):
            words.rewrite(c, held, {name: find.replaced(text) for name, text in held.values.items()})
            if held.table == "comment" and held.document is not None:
                comments.changed(c, held.key[0])
                told.append((held.document, held.key[0]))
        for file_id, _, _, body in list(words.texts_of_files(c)):
            text = body.decode("utf-8", "replace")
            if find(text):
                other = find.replaced(text).encode()
                words.set_body(c, file_id, other, sha256(other).hexdigest())
        found = [comments.look(c, map_id, comment_id) for map_id, comment_id in told]
    return sorted((one for one in found if one is not None), key=lambda one: one.change)


def _leave_no_trace(desk: Desk) -> None:
    from tropa.store import words

    if not words.leave_no_trace(desk.store):
        log.warning(
            "The database's file could not be written anew: somebody is reading it. Erased pages are overwritten already."
        )
