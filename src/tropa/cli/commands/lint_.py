"""`tropa lint`: what a map misses, and what the data contradict."""

from __future__ import annotations

from pathlib import Path

import click

from tropa.cli import options
from tropa.words import Words


def command(say: Words) -> click.Command:
    """The command in one language."""

    @options.make(
        "lint",
        say,
        click.argument("what", type=click.Path(path_type=Path), metavar=say("cli-render-what")),
        options.map_name(say),
        click.option("--strict", is_flag=True, help=say("cli-lint-strict")),
        options.as_json(say),
    )
    def lint(what: Path, map_name: str, strict: bool, as_json: bool) -> int:
        from tropa.cli.clock import today
        from tropa.cli.console import make_console
        from tropa.cli.reply import print_json
        from tropa.cli.tables import lint_table
        from tropa.service.checking import as_data, check

        checked = check(what, map_name, today=today())
        if as_json:
            print_json(as_data(checked, say))
        else:
            make_console().print(lint_table(checked.findings, say))
        return checked.status(strict=strict)

    return lint
