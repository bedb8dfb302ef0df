"""What each cell of the live map rests on, and what lint says of it (R-12, R-31)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tropa.model import TropaError
from tropa.service.answering import readings_of, tape_of
from tropa.service.current import current_map
from tropa.service.desk import Desk
from tropa.words import Words

if TYPE_CHECKING:
    from tropa.model import EvidenceState

SENSELESS = ("TR-T001", "TR-T002")
"""Bindings that cannot be counted by: a column that the log does not have, more stages than can be counted."""


def standing_of(desk: Desk, map_id: str) -> dict[str, EvidenceState]:
    """The evidence state of every statement by its address (see `model.standing`)."""
    from tropa.model.standing import standing

    value = current_map(desk, map_id)
    return dict(standing(value, readings_of(desk, value), desk.clock().date()))


def findings_of(desk: Desk, map_id: str, say: Words) -> list[dict[str, Any]]:
    """Lint's findings as data, in the language of `say`. A binding that makes no sense on this log is the first of them."""
    from tropa import lint, trail

    value = current_map(desk, map_id)
    tape = tape_of(desk)
    events = None if tape is None else tuple(one.event for one in trail.event_counts(tape))
    faults, readings = [], None
    try:
        readings = None if tape is None else readings_of(desk, value)
    except TropaError as fault:
        if fault.code not in SENSELESS:
            raise
        told = {"message": say(fault.code, **fault.facts), "fix": say(f"{fault.code}.fix", **fault.facts)}
        faults = [{"code": fault.code, "severity": "error", "address": fault.where.path or "", **told}]
    found = lint.check(value, readings, today=desk.clock().date(), events=events)
    return faults + [lint.finding_data(one, say) for one in found]
