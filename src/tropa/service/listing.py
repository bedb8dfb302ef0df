"""What is in the log and in quarantine."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tropa.model import EventCount, TropaError
from tropa.service.workspace import Workspace
from tropa.words import Words

if TYPE_CHECKING:
    from tropa.events.quarantine import QuarantinedFile
    from tropa.trail.bind import Bound
    from tropa.trail.tape import Tape


@dataclass(frozen=True)
class BoundEvent:
    """An event name with its volume and where the map puts it (None: nowhere, or there is no map)."""

    event: str
    events: int
    customers: int
    stage: str | None
    touchpoint: str | None


@dataclass(frozen=True)
class Unmatched:
    """A return with a number of its own that came off no purchase, or not wholly.

    Whose, when (µs UTC), its amount and what of it is left over (minor units).
    """

    customer: str
    time: int
    amount: int
    left: int


@dataclass(frozen=True)
class Log:
    """The log at a glance."""

    events: int
    customers: int
    first: int | None
    last: int | None
    """µs since 1970 UTC."""
    currency: str | None
    data_version: str
    names: tuple[BoundEvent, ...]
    sources: tuple[tuple[str, int], ...]
    unbound: int
    """Events bound to nothing, all names together (0 without a map)."""
    returns: int = 0
    """Returns with numbers of their own: an amount given back, under no order of the customer's or under one."""
    unmatched: tuple[Unmatched, ...] = ()
    zone: str = "UTC"
    """Whose calendar its days are of."""


def log(workspace: Workspace, *, only_unbound: bool = False) -> Log:
    """Events by volume with what the map binds them to. Raises TR-S003 where nothing was imported."""
    from tropa import trail

    tape = workspace.tape()
    counts: tuple[EventCount, ...] = trail.event_counts(tape)
    places: dict[str, tuple[str | None, str | None]] = {}
    free: dict[str, int] = {}
    returns, unmatched = 0, tuple[Unmatched, ...]()
    if workspace.has_map():
        bound = trail.bind(tape, workspace.map())
        places = trail.places(tape, bound)
        free = {one.event: one.events for one in trail.unbound(tape, bound)}
        returns, unmatched = len(bound.deals.returns), _unmatched(tape, bound)
    names = tuple(
        BoundEvent(one.event, one.events, one.customers, *places.get(one.event, (None, None)))
        for one in counts
        if not only_unbound or one.event in free
    )
    return Log(
        tape.events,
        len(tape.customers),
        int(tape.time.min()) if tape.events else None,
        int(tape.time.max()) if tape.events else None,
        tape.currency,
        tape.version,
        names,
        tuple((source.name, source.events) for source in tape.sources),
        sum(free.values()),
        returns,
        unmatched,
        tape.zone,
    )


def _unmatched(tape: Tape, bound: Bound) -> tuple[Unmatched, ...]:
    import numpy as np

    deals = bound.deals
    odd = np.flatnonzero(deals.unmatched > 0)
    owner = np.searchsorted(tape.offsets, deals.returns[odd], side="right") - 1
    return tuple(
        Unmatched(str(tape.customers[who]), int(tape.time[event]), int(-tape.value[event]), int(left))
        for who, event, left in zip(owner, deals.returns[odd], deals.unmatched[odd], strict=True)
    )


def log_data(found: Log) -> dict[str, Any]:
    """The log at a glance as data."""
    from tropa.trail.calendar import moment_in

    return {
        "unit": "events",
        "events": found.events,
        "customers": found.customers,
        "period": None
        if found.first is None or found.last is None
        else {
            "start": moment_in(found.first, found.zone).isoformat(),
            "end": moment_in(found.last, found.zone).isoformat(),
        },
        "currency": found.currency,
        "data_version": found.data_version,
        "unbound": found.unbound,
        "returns": {
            "events": found.returns,
            "unmatched": [
                {
                    "customer": one.customer,
                    "time": moment_in(one.time, found.zone).isoformat(),
                    "amount": one.amount / 100,
                    "left": one.left / 100,
                }
                for one in found.unmatched
            ],
        },
        "names": [
            {
                "event": one.event,
                "events": one.events,
                "customers": one.customers,
                "stage": one.stage,
                "touchpoint": one.touchpoint,
            }
            for one in found.names
        ],
        "sources": [{"name": name, "events": count} for name, count in found.sources],
    }


def quarantined(workspace: Workspace) -> tuple[QuarantinedFile, ...]:
    """Imports that have rows in quarantine, the newest first."""
    return tuple(reversed(workspace.quarantine.list()))


def quarantined_data(held: QuarantinedFile, say: Words) -> dict[str, Any]:
    """One import's quarantine as data."""
    return {
        "import_id": held.import_id,
        "file": held.file,
        "source": held.source,
        "rows": held.rows,
        "reasons": [
            {"code": code, "rows": rows, "message": say(f"{code}.short")} for code, rows in held.reasons.items()
        ],
    }


@dataclass(frozen=True)
class Exported:
    """Rows written for fixing."""

    import_id: str
    rows: int


def export_quarantine(workspace: Workspace, import_id: str | None, path: Path, say: Words) -> Exported:
    """Writes the quarantined rows of an import (the newest, unless named) to a CSV for fixing. Raises TR-S012."""
    held = {one.import_id: one for one in quarantined(workspace)}
    chosen = import_id or next(iter(held), "")
    if chosen not in held:
        raise TropaError("TR-S012", name=chosen, known=", ".join(held))
    return Exported(chosen, workspace.quarantine.export(chosen, path, say.lang))
