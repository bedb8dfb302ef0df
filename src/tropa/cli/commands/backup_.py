"""`tropa backup`: everything of a workspace in one file, while it is being served."""

from __future__ import annotations

from pathlib import Path

import click

from tropa.cli import options
from tropa.words import Words


def command(say: Words) -> click.Command:
    """The command in one language."""

    @options.make(
        "backup",
        say,
        options.folder(say),
        click.argument("out", type=click.Path(path_type=Path, dir_okay=False), metavar=say("cli-backup-out")),
        click.option("--database", metavar="URL", envvar="TROPA_DATABASE", help=say("cli-serve-database")),
        click.option("--force", is_flag=True, help=say("cli-force")),
        options.as_json(say),
    )
    def backup(folder: Path, out: Path, database: str | None, force: bool, as_json: bool) -> None:
        from tropa.cli.clock import now
        from tropa.cli.console import make_console, progress
        from tropa.cli.reply import print_json
        from tropa.service.backing_up import back_up_folder

        with progress(say, quiet=as_json) as advance:
            made = back_up_folder(folder, database, out, now(), advance, force=force)
        if as_json:
            print_json(
                {"file": str(made.path), "bytes": made.size, "files": made.files, "rows": made.rows, "maps": made.maps}
            )
            return
        console = make_console()
        told = {"path": str(made.path), "maps": made.maps, "rows": made.rows, "files": made.files}
        console.print(say("cli-backup-done", **told), soft_wrap=True)
        console.print(say("cli-backup-secret"), soft_wrap=True)

    return backup
