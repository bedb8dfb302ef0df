"""`tropa restore`: a backup back into an empty folder, into SQLite or PostgreSQL."""

from __future__ import annotations

from pathlib import Path

import click

from tropa.cli import options
from tropa.words import Words


def command(say: Words) -> click.Command:
    """The command in one language."""

    @options.make(
        "restore",
        say,
        click.argument("backup", type=click.Path(path_type=Path, dir_okay=False), metavar=say("cli-restore-backup")),
        options.folder(say),
        click.option("--database", metavar="URL", envvar="TROPA_DATABASE", help=say("cli-restore-database")),
        click.option(
            "--erased", metavar="DIR", type=click.Path(path_type=Path, file_okay=False), help=say("cli-restore-erased")
        ),
        options.as_json(say),
    )
    def restore(backup: Path, folder: Path, database: str | None, erased: Path | None, as_json: bool) -> None:
        from tropa.cli.console import make_console, progress
        from tropa.cli.reply import print_json
        from tropa.service.restoring import restore as bring_back

        with progress(say, quiet=as_json) as advance:
            made = bring_back(backup, folder, database, advance, erased=erased)
        if as_json:
            print_json(
                {
                    "folder": str(made.folder),
                    "made_at": made.made_at,
                    "files": made.files,
                    "rows": made.rows,
                    "maps": made.maps,
                    "erased": made.erased,
                }
            )
            return
        console = make_console()
        told = {"folder": str(made.folder), "maps": made.maps, "rows": made.rows, "files": made.files}
        console.print(say("cli-restore-done", **told), soft_wrap=True)
        if made.erased:
            console.print(say("cli-restore-erased-again", n=made.erased), soft_wrap=True)
        console.print(say("cli-restore-next", folder=str(made.folder)), soft_wrap=True)

    return restore
