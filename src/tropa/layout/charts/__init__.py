"""Answers of measures as pictures: bars, heat maps, curves, graphs, in the same scene as maps."""

from tropa.layout.charts.page import chart

__all__ = ["chart"]
