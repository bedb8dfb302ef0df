"""`tropa import`: add event logs to a workspace."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tropa.cli import options
from tropa.model import TropaError
from tropa.words import Words

if TYPE_CHECKING:
    from tropa.events.contract import ReadPlan


def command(say: Words) -> click.Command:
    """The command in one language."""

    @options.make(
        "import",
        say,
        options.folder(say),
        click.argument("files", nargs=-1, metavar=say("cli-meta-files-or-none")),
        click.option("--query", metavar="SQL", help=say("cli-import-query")),
        click.option("--database", metavar="URL", envvar="TROPA_IMPORT_DATABASE", help=say("cli-import-database")),
        options.reading(say),
        click.option("--replay", metavar="IMPORT", help=say("cli-import-replay")),
        click.option("--follow", is_flag=True, help=say("cli-import-follow")),
        options.yes(say),
        options.as_json(say),
    )
    def import_(
        folder: Path,
        files: tuple[str, ...],
        replay: str | None,
        query: str | None,
        database: str | None,
        follow: bool,
        yes: bool,
        as_json: bool,
        **told: Any,
    ) -> None:
        from tropa.cli.asking import confirm_plans
        from tropa.cli.clock import now
        from tropa.cli.console import make_console, progress
        from tropa.cli.following import follow_files
        from tropa.cli.reply import print_json
        from tropa.cli.tables import import_table
        from tropa.service import fetching, importing
        from tropa.service.workspace import create_workspace

        overrides = importing.overrides(**told)
        asked = fetching.question(query, database if query else None)
        if not (files or asked):
            raise TropaError("TR-S046")
        workspace = create_workspace(folder)
        plans: tuple[ReadPlan, ...] = ()
        if replay:
            with progress(say, quiet=as_json) as advance:
                outcomes = importing.replay(workspace, replay, [Path(one) for one in files], now(), advance)
        else:
            with fetching.brought(files, asked) as groups:
                if follow:
                    follow_files(workspace, groups, overrides, say, as_json=as_json, ask=not (yes or as_json))
                    return
                plans = fetching.plan(groups, overrides, workspace)
                if not (yes or as_json):
                    plans = confirm_plans(plans, say)
                with progress(say, quiet=as_json) as advance:
                    outcomes = fetching.add(workspace, groups, plans, overrides, now(), advance)
        if as_json:
            print_json(importing.as_data(outcomes, plans, say))
        else:
            make_console().print(import_table(outcomes, say))

    return import_
