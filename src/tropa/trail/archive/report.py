"""What an import did, and what an archive holds."""

from __future__ import annotations

from dataclasses import dataclass

from tropa.trail.archive.manifest import Import, Warned
from tropa.trail.tape import Source


@dataclass(frozen=True, slots=True)
class ImportReport:
    """The outcome of one import. `accepted` + `duplicates` + `quarantined` + `erased` is every row (or event of a wide table)."""

    import_id: str
    source: str
    accepted: int
    duplicates: int
    quarantined: int
    erased: int
    """Rows of customers who were erased: they stay out."""
    customers: int
    """Customers in the archive afterwards."""
    new_customers: int
    joined: int
    """Pairs of customers found to be one by phone or e-mail."""
    first: int | None
    last: int | None
    """µs UTC of the first and last accepted event; None when nothing was accepted."""
    generation: int
    data_version: str
    changed: bool
    """Whether a new generation was published."""
    warnings: tuple[Warned, ...] = ()


@dataclass(frozen=True, slots=True)
class EventVolume:
    """How often an event occurs, and by how many customers."""

    name: str
    events: int
    customers: int


@dataclass(frozen=True, slots=True)
class Summary:
    """What an archive holds: sources, imports, events by name (most frequent first), period (µs UTC), currency."""

    events: int
    customers: int
    first: int | None
    last: int | None
    currency: str | None
    version: str
    generation: int
    sources: tuple[Source, ...]
    imports: tuple[Import, ...]
    volumes: tuple[EventVolume, ...]
    channels: tuple[tuple[str, int], ...]
    properties: tuple[str, ...]
    erased: int
    """Aliases under a tombstone."""


@dataclass(frozen=True, slots=True)
class Revealed:
    """Who is behind a pseudonym."""

    pseudonym: str
    ids: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
