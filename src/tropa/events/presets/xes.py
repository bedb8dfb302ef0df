"""Event logs of process mining: XES, and its columns in tables (R-20)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tropa.events.contract import ColumnRole as R
from tropa.events.presets.preset import Preset


@dataclass(frozen=True, slots=True)
class XesPreset(Preset):
    """What is known of a case stands beside each of its events: none of it is an event's own value or order."""

    def roles_in(self, columns: Iterable[str]) -> dict[str, R]:
        """Roles by column: the standard's, and everything of the case a property."""
        names = list(columns)
        known = Preset.roles_in(self, names)
        return {name: R.PROPERTY for name in names if name.startswith("case:") and name not in known} | known


XES = XesPreset(
    "xes",
    (("case:concept:name", "concept:name", "time:timestamp"),),
    {
        R.CUSTOMER: ("case:concept:name",),
        R.TIME: ("time:timestamp",),
        R.EVENT: ("concept:name+lifecycle:transition", "concept:name"),
        R.PROPERTY: (
            "concept:name",
            "concept:instance",
            "lifecycle:transition",
            "lifecycle:state",
            "org:resource",
            "org:role",
            "org:group",
            "cost:total",
            "cost:currency",
        ),
    },
    notes=("preset-note-xes",),
)
"""Columns as the standard's extensions name them, those of the case behind `case:` (as in pm4py's tables). Costs are no revenue."""
