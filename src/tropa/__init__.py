"""Tropa: customer journey maps joined with the trail that customers really tread."""

__version__ = "0.1.0"
