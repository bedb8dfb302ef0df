"""`tropa settings`: what a workspace says of itself."""

from __future__ import annotations

from pathlib import Path

import click

from tropa.cli import options
from tropa.words import Words


def command(say: Words) -> click.Command:
    """The command in one language."""

    @options.make(
        "settings", say, options.folder(say), click.option("--zone", metavar="ZONE", help=say("settings-zone-option")),
        options.as_json(say),
    )  # fmt: skip
    def settings(folder: Path, zone: str | None, as_json: bool) -> None:
        from tropa.cli.console import make_console
        from tropa.cli.reply import print_json
        from tropa.service.settings import set_zone, settings_of
        from tropa.service.workspace import open_workspace
        from tropa.words import zone_name

        workspace = open_workspace(folder)
        found = settings_of(workspace.folder) if zone is None else set_zone(workspace.folder, zone)
        if as_json:
            print_json({"zone": found.zone})
            return
        console = make_console()
        console.print(say("settings-zone", zone=found.zone, title=zone_name(found.zone, say.lang)), soft_wrap=True)
        if zone is None:
            console.print(say("settings-how"), style="dim", soft_wrap=True)

    return settings
