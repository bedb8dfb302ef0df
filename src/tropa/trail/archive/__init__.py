"""The tape archive: importing events, telling them apart, pseudonyms, generations on disk."""

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
