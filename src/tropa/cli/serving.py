"""What `serve` and `demo` share: the server on a desk, the address told and opened."""

from __future__ import annotations

import sys
from importlib import import_module

import click

from tropa.service.desk import Desk
from tropa.words import Words


def run(desk: Desk, host: str, port: int, public_url: str, link: str | None, say: Words, *, opens: bool) -> None:
    """Serves until interrupted. `link`: a one-time path to tell and to open instead of the front page."""
    from tropa.cli.opening import open_url

    # The terminal and the web are doors beside each other and import nothing of one another: this one is called by its name,
    # as commands are.
    logs, server = import_module("tropa.web.logs"), import_module("tropa.web.server")
    logs.start(sys.stderr)

    def ready(address: str) -> None:
        click.echo(say("cli-serve-listening", url=address))
        if link is not None and link.startswith("/setup/"):
            click.echo(say("cli-serve-first-link", url=address + link))
        elif link is not None:
            click.echo(say("cli-serve-link", url=address + link))
        click.echo(say("cli-serve-stop"))
        sys.stdout.flush()
        if opens:
            open_url(address + (link or "/"))

    server.serve(desk, server.Place(host, port, public_url), ready)
