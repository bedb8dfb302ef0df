"""The terminal door: parse, call service, reply."""

from tropa.cli.main import main

__all__ = ["main"]
