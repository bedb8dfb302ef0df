"""The event-log contract: readers, column roles, presets, quarantine."""

from tropa.events.bad import BadRows
from tropa.events.contract import BadRow, ColumnRole, Dialect, EventBatch, Overrides, ReadPlan, RoleGuess
from tropa.events.planning import complete, facts, plan, source_name
from tropa.events.quarantine import Quarantine, QuarantinedFile
from tropa.events.reading import BATCH_ROWS, read
from tropa.events.said import notes, reason

__all__ = [
    "BATCH_ROWS",
    "BadRow",
    "BadRows",
    "ColumnRole",
    "Dialect",
    "EventBatch",
    "Overrides",
    "Quarantine",
    "QuarantinedFile",
    "ReadPlan",
    "RoleGuess",
    "complete",
    "facts",
    "notes",
    "plan",
    "read",
    "reason",
    "source_name",
]
