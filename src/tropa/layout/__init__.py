"""Laying out: a map and its readings become boxes, curves and lines of text, in numbers."""
