"""Bringing event logs into a workspace: plan, show, read, add; what cannot be read goes to quarantine."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tropa.model import TropaError, Where, near_miss
from tropa.service.workspace import Workspace

if TYPE_CHECKING:
    from tropa.events.contract import EventBatch, Overrides, ReadPlan

Advance = Callable[[str, float, float], None]


@dataclass(frozen=True)
class ImportOutcome:
    """What became of one file."""

    file: str
    source: str
    import_id: str
    rows: int
    accepted: int
    duplicates: int
    quarantined: int
    reasons: dict[str, int]
    """Quarantined rows by error code."""
    customers: int
    data_version: str
    warnings: tuple[str, ...] = ()
