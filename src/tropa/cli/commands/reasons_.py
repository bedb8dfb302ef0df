"""`tropa reasons`: why customers leave at a break."""

from __future__ import annotations

from pathlib import Path

import click

from tropa.cli import options
from tropa.words import Words


def command(say: Words) -> click.Command:
    """The command in one language."""

    @options.make(
        "reasons", say, options.folder(say), click.argument("place", required=False, metavar=say("reasons-meta-place")),
        options.map_name(say), options.segment(say), options.where(say), options.as_json(say),
    )  # fmt: skip
    def reasons(
        folder: Path, place: str | None, map_name: str, segment: str | None, where: str | None, as_json: bool
    ) -> None:
        from tropa.cli.commands.ask_ import put
        from tropa.service.answering import Wish

        if place is None:
            place = dearest(folder, map_name, segment, where)
        put(
            say, folder, map_name, "reasons", {} if place is None else {"break": place}, Wish(segment, where=where), out=None,
            as_json=as_json,
        )  # fmt: skip

    return reasons


def dearest(folder: Path, map_name: str, segment: str | None, where: str | None) -> str | None:
    """The dearest break of the map, if any has a price."""
    from tropa.service.measuring import measure as take
    from tropa.service.workspace import open_workspace

    readings = take(open_workspace(folder), map_name, segment=segment, where=where).readings
    found = () if readings is None else readings.breaks
    return f"{found[0].stage}/{found[0].kind}" if found else None
