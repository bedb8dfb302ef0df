"""Answers of measures as pictures: bars, heat maps, curves, graphs, in the same scene as maps."""

from tropa.layout.charts.page import bare_chart, chart

__all__ = ["bare_chart", "chart"]
