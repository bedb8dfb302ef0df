"""`tropa import`: add event logs to a workspace."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from tropa.cli import options
from tropa.words import Words


def command(say: Words) -> click.Command:
    """The command in one language."""

    @options.make(
        "import",
        say,
        options.folder(say),
        click.argument(
            "files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar=say("cli-meta-files")
        ),
        options.reading(say),
        click.option("--replay", metavar="IMPORT", help=say("cli-import-replay")),
        options.yes(say),
        options.as_json(say),
    )
    def import_(
        folder: Path, files: tuple[Path, ...], replay: str | None, yes: bool, as_json: bool, **told: Any
    ) -> None:
        from tropa.cli.asking import confirm_plans
        from tropa.cli.clock import now
        from tropa.cli.console import make_console, progress
        from tropa.cli.reply import print_json
        from tropa.cli.tables import import_table
        from tropa.service import importing
        from tropa.service.workspace import create_workspace

        overrides = importing.overrides(**told)
        workspace = create_workspace(folder)
        plans = () if replay else importing.plan(files, overrides)
        if not (yes or as_json or replay):
            plans = confirm_plans(plans, say)
        with progress(say, quiet=as_json) as advance:
            outcomes = (
                importing.replay(workspace, replay, files, now(), advance)
                if replay
                else importing.add(workspace, plans, now(), advance)
            )
        if as_json:
            print_json(importing.as_data(outcomes, plans, say))
        else:
            make_console().print(import_table(outcomes, say))

    return import_
