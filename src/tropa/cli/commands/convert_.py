"""`tropa convert`: a map file in another format."""

from __future__ import annotations

from pathlib import Path

import click

from tropa.cli import options
from tropa.words import Words


def command(say: Words) -> click.Command:
    """The command in one language."""

    @options.make(
        "convert",
        say,
        click.argument("source", type=click.Path(path_type=Path), metavar=say("cli-convert-source")),
        click.argument("target", type=click.Path(path_type=Path), metavar=say("cli-convert-target")),
        click.option("--force", is_flag=True, help=say("cli-force")),
        options.as_json(say),
    )
    def convert(source: Path, target: Path, force: bool, as_json: bool) -> None:
        from tropa.cli.clock import today
        from tropa.cli.console import make_console
        from tropa.cli.reply import print_json
        from tropa.cli.tables import edits_table
        from tropa.service.converting import convert as turn

        turned = turn(source, target, say, today=today(), force=force)
        if as_json:
            print_json(
                {
                    "file": str(turned.path),
                    "edits": [
                        {"address": one.address, "before": one.before, "after": one.after} for one in turned.edits
                    ],
                    "lost": list(turned.lost),
                }
            )
            return
        console = make_console()
        console.print(say("cli-convert-done", path=str(turned.path)), soft_wrap=True)
        if turned.compared:
            console.print(say("cli-convert-edits", n=len(turned.edits)))
            if turned.edits:
                console.print(edits_table(turned.edits, say))
        if turned.lost:
            console.print(say("cli-convert-lost"))
            for one in turned.lost:
                console.print(f"  – {one}", soft_wrap=True)

    return convert
