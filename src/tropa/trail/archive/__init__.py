"""The tape archive: importing events, telling them apart, pseudonyms, generations on disk.

Its names are loaded when they are first asked for: opening a tape (`archive.opened`) needs neither Arrow nor what writes.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tropa.trail.archive.archive import Archive
    from tropa.trail.archive.build import tape_from_arrays, tape_from_columns
    from tropa.trail.archive.manifest import Import, Warned
    from tropa.trail.archive.report import EventVolume, ImportReport, Revealed, Summary

__all__ = [
    "Archive",
    "EventVolume",
    "Import",
    "ImportReport",
    "Revealed",
    "Summary",
    "Warned",
    "tape_from_arrays",
    "tape_from_columns",
]

_HOMES = {
    "Archive": "archive",
    "EventVolume": "report",
    "Import": "manifest",
    "ImportReport": "report",
    "Revealed": "report",
    "Summary": "report",
    "Warned": "manifest",
    "tape_from_arrays": "build",
    "tape_from_columns": "build",
}


def __getattr__(name: str) -> Any:
    """The name from the module that it is defined in. Raises AttributeError for another."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
