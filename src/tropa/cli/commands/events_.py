"""`tropa events`: what is in the log."""

from __future__ import annotations

from pathlib import Path

import click

from tropa.cli import options
from tropa.words import Words


def command(say: Words) -> click.Command:
    """The command in one language."""

    @options.make(
        "events",
        say,
        options.folder(say),
        click.option("--unbound", is_flag=True, help=say("cli-events-unbound")),
        click.option("--quarantine", is_flag=True, help=say("cli-events-quarantine")),
        click.option(
            "--export", type=click.Path(path_type=Path), metavar=say("cli-meta-file"), help=say("cli-events-export")
        ),
        click.option("--import", "import_id", metavar="IMPORT", help=say("cli-events-import")),
        options.as_json(say),
    )
    def events(
        folder: Path, unbound: bool, quarantine: bool, export: Path | None, import_id: str | None, as_json: bool
    ) -> None:
        from tropa.cli.console import make_console
        from tropa.cli.reply import plain, print_json
        from tropa.cli.tables import events_table, quarantine_table
        from tropa.service import listing
        from tropa.service.workspace import open_workspace

        workspace = open_workspace(folder)
        console = make_console()
        if export is not None:
            written = listing.export_quarantine(workspace, import_id, export, say)
            if as_json:
                print_json({"file": str(export), "rows": written.rows, "import": written.import_id})
            else:
                text = say(
                    "cli-events-exported",
                    rows=written.rows,
                    path=str(export),
                    folder=str(folder),
                    **{"import": written.import_id},
                )
                console.print(text, soft_wrap=True)
        elif quarantine:
            held = listing.quarantined(workspace)
            if as_json:
                print_json(plain([listing.quarantined_data(one, say) for one in held]))
            elif held:
                console.print(quarantine_table(held, say))
            else:
                console.print(say("cli-quarantine-empty"))
        else:
            log = listing.log(workspace, only_unbound=unbound)
            if as_json:
                print_json(plain(listing.log_data(log)))
            else:
                console.print(events_table(log, say))

    return events
