"""`tropa diff`: what differs between two maps, and which figures differ by more than chance."""

from __future__ import annotations

from pathlib import Path

import click

from tropa.cli import options
from tropa.words import Words


def command(say: Words) -> click.Command:
    """The command in one language."""

    @options.make(
        "diff",
        say,
        click.argument("before", type=click.Path(path_type=Path), metavar=say("cli-diff-before")),
        click.argument("after", type=click.Path(path_type=Path), metavar=say("cli-diff-after")),
        options.map_name(say),
        options.as_json(say),
    )
    def diff(before: Path, after: Path, map_name: str, as_json: bool) -> None:
        from tropa.cli.console import make_console, progress
        from tropa.cli.reply import print_json
        from tropa.cli.showing_diff import diff_json, diff_view
        from tropa.service.comparing import compare
        from tropa.service.warming import warm

        with progress(say, quiet=as_json) as advance:
            if before.is_dir() and after.is_dir():
                warm(advance)
            compared = compare(before, after, map_name)
        if as_json:
            print_json(diff_json(compared, say))
        else:
            make_console().print(diff_view(compared, say))

    return diff
