"""`tropa reveal`: who is behind a pseudonym. Explicit, one at a time, asked for."""

from __future__ import annotations

from pathlib import Path

import click

from tropa.cli import options
from tropa.words import Words


def command(say: Words) -> click.Command:
    """The command in one language."""

    @options.make(
        "reveal",
        say,
        options.folder(say),
        click.argument("pseudonym", metavar=say("cli-reveal-who")),
        options.yes(say),
        options.as_json(say),
    )
    def reveal(folder: Path, pseudonym: str, yes: bool, as_json: bool) -> None:
        from tropa.cli.console import make_console
        from tropa.cli.reply import print_json
        from tropa.service.people import reveal as look
        from tropa.service.workspace import open_workspace

        workspace = open_workspace(folder)
        if not yes:
            click.confirm(say("cli-reveal-ask", name=pseudonym), abort=True, err=True)
        known = look(workspace, pseudonym)
        if as_json:
            print_json({"pseudonym": pseudonym, **known})
        else:
            for kind, names in known.items():
                make_console().print(f"{kind}: {', '.join(names)}", soft_wrap=True, markup=False)

    return reveal
