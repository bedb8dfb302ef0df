"""The manifest: the one small file that says which state of an archive is published."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from tropa.files import write_text
from tropa.model import TropaError, Where
from tropa.trail.archive.files import read_json
from tropa.trail.tape import Source

FORMAT = 2
"""1: imports without `recipe`, which was 1. Read for ever; what is written is of this format."""


@dataclass(frozen=True, slots=True)
class Import:
    """One import that brought something. `id` is also the folder of its part; events keep it, so that "known by then" can be told."""

    id: str
    source: str
    file: str
    at: str
    """When, ISO 8601 UTC."""
    accepted: int
    duplicates: int
    quarantined: int
    first: int | None
    last: int | None
    """µs UTC of its first and last accepted event."""
    rows: int
    """Events of this import that are still in the archive (erased customers are gone)."""
    recipe: int = 1
    """How its rows were told apart (see `identity`)."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """A published state: the generation to open, the parts it was built from, sources, the currency."""

    generation: int = 0
    version: str = ""
    events: int = 0
    customers: int = 0
    numbers: int = 0
    """Customer numbers given out so far, those since joined to others included."""
    currency: str | None = None
    imports: tuple[Import, ...] = ()
    parts: tuple[str, ...] = ()
    """Folders under `parts/`, one an import, in order; a rewritten part has another name."""
    sources: tuple[Source, ...] = ()
    tombstones: int = 0
    """Number of the file of tombstones; 0: none."""
    next_import: int = 1
    format: int = FORMAT

    @property
    def folder(self) -> str:
        """Name of the generation's folder."""
        return f"g{self.generation:06d}"

    def recipe_of(self, source: str) -> int | None:
        """How rows of a source are told apart; None: it is new."""
        return next((one.recipe for one in self.imports if one.source == source), None)

    def with_source(self, source: Source) -> Manifest:
        """The same with what is known of one source replaced, in order of first import."""
        others = {item.name: item for item in self.sources}
        others[source.name] = source
        return replace(self, sources=tuple(others.values()))


def load(folder: Path) -> Manifest:
    """The published state; an empty one where nothing was ever published. Raises TR-T102 (unreadable), TR-T108 (of a newer Tropa)."""
    path = folder / "manifest.json"
    try:
        raw = read_json(path)
    except FileNotFoundError:
        return Manifest()
    try:
        if raw["format"] > FORMAT:
            raise TropaError("TR-T108", Where(file=str(path)), format=raw["format"], known=FORMAT)
        return _from_json(raw)
    except (KeyError, TypeError) as reason:
        raise TropaError("TR-T102", Where(file=str(path)), reason=str(reason)) from reason


def _from_json(raw: dict[str, Any]) -> Manifest:
    return Manifest(
        **{
            **raw,
            "format": FORMAT,
            "imports": tuple(Import(**item) for item in raw["imports"]),
            "parts": tuple(raw["parts"]),
            "sources": tuple(Source(**item) for item in raw["sources"]),
        }
    )


def publish(folder: Path, manifest: Manifest) -> None:
    """Makes a state the published one, at once."""
    text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1, sort_keys=True)
    write_text(folder / "manifest.json", text + "\n")


@dataclass(frozen=True, slots=True)
class Warned:
    """Something a person should know about an import: a message id `archive-warning-…` and its facts."""

    message: str
    facts: dict[str, Any] = field(default_factory=dict)
