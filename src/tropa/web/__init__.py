"""The browser's and programs' door: an endpoint parses, asks a use case, replies."""

from tropa.web.app import make_app

__all__ = ["make_app"]
