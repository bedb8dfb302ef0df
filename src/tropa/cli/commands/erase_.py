"""`tropa erase`: a customer leaves the trail for good."""

from __future__ import annotations

from pathlib import Path

import click

from tropa.cli import options
from tropa.words import Words


def command(say: Words) -> click.Command:
    """The command in one language."""

    @options.make(
        "erase", say, options.folder(say), click.argument("pseudonym", metavar=say("cli-reveal-who")), options.yes(say)
    )
    def erase(folder: Path, pseudonym: str, yes: bool) -> None:
        from tropa.cli.console import make_console
        from tropa.service.people import erase as forget
        from tropa.service.workspace import open_workspace

        workspace = open_workspace(folder)
        if not yes:
            click.confirm(say("cli-erase-ask", name=pseudonym), abort=True, err=True)
        forget(workspace, pseudonym)
        make_console().print(say("cli-erase-done", name=pseudonym))

    return erase
