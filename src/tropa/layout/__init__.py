"""Map and readings → boxes, curves and measured lines of text, in numbers. Nothing is drawn here."""

from tropa.layout.frame import PAPERS
from tropa.layout.measure import TextMeasure, measure
from tropa.layout.page import VIEWS, View, lay_out
from tropa.layout.scene import Page

__all__ = ["PAPERS", "VIEWS", "Page", "TextMeasure", "View", "lay_out", "measure"]
