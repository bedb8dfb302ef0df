"""Laid-out pages as a PowerPoint deck of native shapes, text boxes and tables that a person can edit (R-13)."""

from tropa.render.pptx.deck import pptx

__all__ = ["pptx"]
