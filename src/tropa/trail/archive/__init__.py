"""The tape archive: importing events, telling them apart, pseudonyms, generations on disk."""

from tropa.trail.archive.build import tape_from_arrays, tape_from_columns

__all__ = ["tape_from_arrays", "tape_from_columns"]
