"""Single customers for the app: a list by pseudonym, one journey replayed, who it is. Every look is written down (R-26, R-64)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tropa.model import Map
from tropa.model.access import Actor, Right
from tropa.service import auditing
from tropa.service.answering import Wish, chosen_of, need_view
from tropa.service.current import current_map
from tropa.service.desk import Desk

if TYPE_CHECKING:
    from tropa.trail.journeys import CustomerRow, Journey


@dataclass(frozen=True)
class CustomerPage:
    """A page of customers, how many there are, and where the next page begins (None: nowhere)."""

    rows: tuple[CustomerRow, ...]
    all: int
    next: int | None


def customers(
    desk: Desk, who: Actor, map_id: str, wish: Wish, *, stage: str | None, outcome: str | None, after: int, limit: int
) -> CustomerPage:
    """Customers with a pass that fits, the latest active first. The look is written in the audit log.

    Raises TR-S003 without a log, TR-T305 for an unknown stage.
    """
    from tropa.trail.journeys import customers as found_customers
    from tropa.trail.measures.asked import Asked

    who.require(Right.REVEAL, map_id)
    view = need_view(desk, current_map(desk, map_id))
    asked = Asked.of(chosen_of(view, wish))
    rows, count = found_customers(asked, stage=stage, outcome=outcome, after=after, limit=limit)
    with desk.store.begin() as connection:
        auditing.note(desk, connection, who, "customers-listed", map_id, shown=len(rows), all=count)
    return CustomerPage(rows, count, after + limit if after + limit < count else None)


def journey(desk: Desk, who: Actor, map_id: str, pseudonym: str, *, after: int, limit: int) -> tuple[Map, Journey]:
    """One customer's journey through a map, with words and values masked. The look is written in the audit log.

    Raises TR-S003 without a log, TR-T106 for a pseudonym that nobody has.
    """
    from tropa.events.masking import mask_cell
    from tropa.trail.journeys import journey as found_journey

    who.require(Right.REVEAL)
    who.require(Right.READ, map_id)
    value = current_map(desk, map_id)
    found = found_journey(need_view(desk, value).ready, pseudonym, after=after, limit=limit)
    with desk.store.begin() as connection:
        auditing.note(desk, connection, who, "journey-looked-at", pseudonym, map=map_id)
    steps = tuple(
        replace(
            step,
            text=None if step.text is None else mask_cell(step.text, ""),
            properties={name: mask_cell(word, "") for name, word in step.properties.items()},
        )
        for step in found.steps
    )
    return value, replace(found, steps=steps)


@dataclass(frozen=True)
class Identity:
    """Who is behind a pseudonym."""

    ids: tuple[str, ...]
    phones: tuple[str, ...]
    emails: tuple[str, ...]


def identity(desk: Desk, who: Actor, pseudonym: str) -> Identity:
    """The real identifiers behind a pseudonym. The look is written in the audit log before it is answered. Raises TR-T106."""
    who.require(Right.REVEAL)
    known = desk.workspace.archive.reveal(pseudonym)
    with desk.store.begin() as connection:
        auditing.note(desk, connection, who, "customer-revealed", pseudonym)
    return Identity(known.ids, known.phones, known.emails)
