"""Tropa: customer journey maps joined with the trail that customers really tread."""

from typing import TYPE_CHECKING

__version__ = "0.1.0"

if not TYPE_CHECKING:  # a type checker would take every misspelt name of the package for one of these

    def __getattr__(name: str) -> object:
        """`tropa.trail(…)` and `tropa.open(…)`, loaded when they are first asked for (docs/adr/0050)."""
        from tropa.doors import opened

        return opened(name)
