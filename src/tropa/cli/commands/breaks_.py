"""`tropa breaks`: where customers leave, ranked by what could be regained."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from tropa.cli import options
from tropa.words import Words


def command(say: Words) -> click.Command:
    """The command in one language."""

    @options.make(
        "breaks",
        say,
        options.folder(say),
        options.map_name(say),
        options.segment(say),
        options.where(say),
        options.as_of(say),
        options.as_json(say),
    )
    def breaks(
        folder: Path, map_name: str, segment: str | None, where: str | None, as_of: datetime | None, as_json: bool
    ) -> None:
        from tropa.cli.answers import tell_erased
        from tropa.cli.console import make_console, progress
        from tropa.cli.reply import breaks_json, print_json
        from tropa.service.measuring import measure as take
        from tropa.service.warming import warm
        from tropa.service.workspace import open_workspace

        workspace, day = open_workspace(folder), as_of.date() if as_of else None
        with progress(say, quiet=as_json) as advance:
            warm(advance)
            measured = take(workspace, map_name, segment=segment, where=where, as_of=day, sensitivity=True)
        assert measured.readings is not None
        tell_erased(folder, day, say)
        if as_json:
            print_json(breaks_json(measured.readings))
        else:
            from tropa.cli.tables import breaks_table

            make_console().print(breaks_table(measured.map, measured.readings, say))

    return breaks
