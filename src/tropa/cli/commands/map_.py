"""`tropa map`: one's own files to a finished map."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from tropa.cli import options
from tropa.words import Words


def command(say: Words) -> click.Command:
    """The command in one language."""

    @options.make(
        "map",
        say,
        click.argument(
            "files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar=say("cli-meta-files")
        ),
        click.option("--out", type=click.Path(path_type=Path), metavar=say("cli-meta-folder"), help=say("cli-map-out")),
        options.reading(say),
        options.yes(say),
        click.option("--no-open", is_flag=True, help=say("cli-no-open")),
        options.as_json(say),
    )
    def map_(files: tuple[Path, ...], out: Path | None, yes: bool, no_open: bool, as_json: bool, **told: Any) -> None:
        from tropa.cli.asking import ask_about_map, confirm_plans
        from tropa.cli.clock import now, today
        from tropa.cli.console import make_console, progress
        from tropa.cli.opening import open_page
        from tropa.cli.reply import print_json, readings_json
        from tropa.cli.story import story
        from tropa.cli.tables import reading_notes
        from tropa.service import importing, own_files

        quiet = yes or as_json
        overrides = importing.overrides(**told)
        plans = importing.plan(files, overrides)
        if not quiet:
            plans = confirm_plans(plans, say)
        with progress(say, quiet=as_json) as advance:
            begun = own_files.begin(out or own_files.folder_beside(files), plans, say, now(), advance)
        answers = own_files.Answers() if quiet else ask_about_map(begun.proposal, say)
        with progress(say, quiet=as_json) as advance:
            shown = own_files.finish(begun, answers, say, today(), advance)
        if as_json:
            readings = readings_json(shown.measured.map, shown.readings)
            imported = importing.as_data(begun.outcomes, plans, say)
            print_json(
                {
                    "workspace": str(shown.folder),
                    "files": [str(path) for path in shown.files],
                    "import": imported,
                    **readings,
                }
            )
        else:
            console, folder = make_console(), str(shown.folder)
            notes = reading_notes(begun.outcomes, () if told.get("currency") else plans, say, folder)
            found, files = shown.measured.map, shown.files
            console.print(story(found, shown.readings, say, console.width, files=files, folder=folder, notes=notes))
        if not no_open:
            open_page(shown.page)

    return map_
