"""`tropa draft`: a first map proposed from the log."""

from __future__ import annotations

from pathlib import Path

import click

from tropa.cli import options
from tropa.words import Words


def command(say: Words) -> click.Command:
    """The command in one language."""

    @options.make(
        "draft",
        say,
        options.folder(say),
        click.option(
            "-o", "--out", type=click.Path(path_type=Path), metavar=say("cli-meta-file"), help=say("cli-draft-out")
        ),
        click.option("--force", is_flag=True, help=say("cli-force")),
        options.as_json(say),
    )
    def draft(folder: Path, out: Path | None, force: bool, as_json: bool) -> None:
        from tropa.cli.console import make_console, progress
        from tropa.cli.reply import plain, print_json
        from tropa.cli.tables import draft_table
        from tropa.service.drafting import draft as propose
        from tropa.service.warming import warm
        from tropa.service.workspace import open_workspace

        workspace = open_workspace(folder)
        with progress(say, quiet=as_json) as advance:
            warm(advance)
            proposal = propose(workspace, say, out, force=force)
        if as_json:
            print_json({"file": str(proposal.path), "map": plain(proposal.map.model_dump(mode="json", by_alias=True))})
            return
        console = make_console()
        console.print(draft_table(proposal.map, proposal.unbound, say))
        console.print(say("cli-draft-done", path=str(proposal.path)), soft_wrap=True)

    return draft
