"""The event-log contract: readers, column roles, presets, quarantine."""
