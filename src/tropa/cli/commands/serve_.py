"""`tropa serve`: the team's web app on a workspace."""

from __future__ import annotations

from pathlib import Path

import click

from tropa.cli import options
from tropa.words import Words


def command(say: Words) -> click.Command:
    """The command in one language."""

    @options.make(
        "serve",
        say,
        click.argument("folder", type=click.Path(path_type=Path), metavar=say("cli-meta-folder"), default="."),
        *options.serving(say),
        click.option("--database", metavar="URL", help=say("cli-serve-database")),
        click.option("--public-url", metavar="URL", help=say("cli-serve-public-url")),
    )
    def serve(folder: Path, host: str, port: int, no_open: bool, database: str | None, public_url: str | None) -> None:
        from tropa.cli.chance import new_id
        from tropa.cli.clock import now
        from tropa.cli.serving import run
        from tropa.service.serving import first_link, open_desk, require_public_url

        outside = require_public_url(public_url) if public_url else ""
        with open_desk(folder, database, now, new_id) as desk:
            run(desk, host, port, outside, first_link(desk), say, opens=not no_open)

    return serve
