"""`tropa serve`: the team's web app on a workspace."""

from __future__ import annotations

from pathlib import Path

import click

from tropa.cli import options
from tropa.words import Words


def command(say: Words) -> click.Command:
    """The command in one language. What holds a password can also be told by the environment, where lists of processes do not show it."""

    @options.make(
        "serve",
        say,
        click.argument("folder", type=click.Path(path_type=Path), metavar=say("cli-meta-folder"), default="."),
        *options.serving(say),
        click.option("--database", metavar="URL", envvar="TROPA_DATABASE", help=say("cli-serve-database")),
        click.option("--public-url", metavar="URL", envvar="TROPA_PUBLIC_URL", help=say("cli-serve-public-url")),
        click.option("--smtp", metavar="URL", envvar="TROPA_SMTP", help=say("cli-serve-smtp")),
        click.option("--link-for", metavar="EMAIL", help=say("cli-serve-link-for")),
        click.option(
            "--private-hooks", is_flag=True, envvar="TROPA_PRIVATE_HOOKS", help=say("cli-serve-private-hooks")
        ),
    )
    def serve(
        folder: Path, host: str, port: int, no_open: bool, database: str | None, public_url: str | None,
        smtp: str | None, link_for: str | None, private_hooks: bool,
    ) -> None:  # fmt: skip
        from tropa.cli.chance import new_id
        from tropa.cli.clock import now
        from tropa.cli.serving import run
        from tropa.service.serving import Settings, first_link, open_desk, post_of, renewal_link, require_public_url

        outside = require_public_url(public_url) if public_url else ""
        post = post_of(smtp, outside or f"http://{host}:{port}") if smtp else None
        with open_desk(folder, now, new_id, Settings(database, post, private_hooks)) as desk:
            link = renewal_link(desk, link_for) if link_for else first_link(desk)
            run(desk, host, port, outside, link, say, opens=not no_open)

    return serve
