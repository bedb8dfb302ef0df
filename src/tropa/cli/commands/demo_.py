"""`tropa demo`: the whole story on Sergey's simulated shop, ending in the app."""

from __future__ import annotations

from pathlib import Path

import click

from tropa.cli import options
from tropa.words import Words


def command(say: Words) -> click.Command:
    """The command in one language."""

    @options.make(
        "demo",
        say,
        click.option(
            "--out", type=click.Path(path_type=Path), default="demo", show_default=True, metavar=say("cli-meta-folder"),
            help=say("cli-demo-out"),
        ),
        click.option(
            "--customers", type=click.IntRange(100, 2_000_000),
            metavar="N", default=20_000, show_default=True, help=say("cli-demo-customers"),
        ),
        click.option("--seed", type=int, metavar="N", default=7, show_default=True, help=say("cli-seed")),
        click.option("--no-serve", is_flag=True, help=say("cli-demo-no-serve")),
        *options.serving(say),
        options.as_json(say),
    )  # fmt: skip
    def demo(
        out: Path, customers: int, seed: int, no_serve: bool, host: str, port: int, no_open: bool, as_json: bool
    ) -> None:
        from tropa.cli.clock import now, today
        from tropa.cli.console import make_console, progress
        from tropa.cli.opening import open_page
        from tropa.cli.reply import print_json, readings_json
        from tropa.service.demo import draw, make

        console = make_console()
        with progress(say, quiet=as_json) as advance:
            made = make(out, say, customers=customers, seed=seed, now=now(), advance=advance)
        if not as_json:
            from tropa.cli.story import story, written

            console.print(story(made.measured.map, made.readings, say, width=console.width, folder=str(out)))
        with progress(say, quiet=as_json) as advance:
            files = draw(made, say, today=today(), advance=advance)
        if as_json:
            readings = readings_json(made.measured.map, made.readings)
            print_json({"workspace": str(out), "files": [str(path) for path in files], **readings})
        else:
            console.print()
            console.print(written(files, say, width=console.width))
        if no_serve or as_json:
            if not no_open:
                open_page(made.page)
            return
        console.print()
        serve(out, host, port, say, opens=not no_open)

    return demo


def serve(folder: Path, host: str, port: int, say: Words, *, opens: bool) -> None:
    """The demo ends in the app, with its owner signed in by a one-time link."""
    from tropa.cli.chance import new_id
    from tropa.cli.clock import now
    from tropa.cli.serving import run
    from tropa.service.serving import Settings, demo_link, open_desk

    with open_desk(folder, now, new_id, Settings()) as desk:
        link = demo_link(desk, say.lang, f"/m/{desk.workspace.map().id}")
        run(desk, host, port, "", link, say, opens=opens)
