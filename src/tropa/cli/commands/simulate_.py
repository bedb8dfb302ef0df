"""`tropa simulate`: a simulated shop with its planted truth."""

from __future__ import annotations

from pathlib import Path

import click

from tropa.cli import options
from tropa.words import Words


def command(say: Words) -> click.Command:
    """The command in one language."""

    @options.make(
        "simulate",
        say,
        click.argument("folder", type=click.Path(path_type=Path), metavar=say("cli-meta-folder")),
        click.option(
            "--customers", type=click.IntRange(10, 5_000_000),
            metavar="N", default=20_000, show_default=True, help=say("cli-demo-customers"),
        ),
        click.option("--seed", type=int, metavar="N", default=7, show_default=True, help=say("cli-seed")),
        options.as_json(say),
    )  # fmt: skip
    def simulate(folder: Path, customers: int, seed: int, as_json: bool) -> None:
        from tropa.cli.console import make_console, progress
        from tropa.cli.reply import print_json
        from tropa.service.demo import simulate as make

        with progress(say, quiet=as_json) as advance:
            written = make(folder, customers=customers, seed=seed, advance=advance)
        if as_json:
            print_json({"files": [str(path) for path in written.files], "events": written.events, "simulated": True})
        else:
            make_console().print(say("cli-simulate-done", path=str(folder), events=written.events), soft_wrap=True)

    return simulate
