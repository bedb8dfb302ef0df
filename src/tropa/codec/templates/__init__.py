"""Templates of maps in Russian and English, filled with what a marketer would keep (R-08)."""

from tropa.codec.templates.localise import localise
from tropa.codec.templates.read import names, read, text
from tropa.codec.templates.write import annotated

__all__ = ["annotated", "localise", "names", "read", "text"]
