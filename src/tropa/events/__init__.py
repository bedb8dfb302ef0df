"""The event-log contract: readers, column roles, presets, quarantine."""

from tropa.events.bad import BadRows
from tropa.events.contract import BadRow, ColumnRole, Dialect, EventBatch, Overrides, ReadPlan, RoleGuess
from tropa.events.planning import complete, facts, plan, source_name
from tropa.events.reading import BATCH_ROWS, read

__all__ = [
    "BATCH_ROWS",
    "BadRow",
    "BadRows",
    "ColumnRole",
    "Dialect",
    "EventBatch",
    "Overrides",
    "ReadPlan",
    "RoleGuess",
    "complete",
    "facts",
    "plan",
    "read",
    "source_name",
]
