"""`tropa erase`: a customer leaves the trail, and every word about them, for good."""

from __future__ import annotations

from pathlib import Path

import click

from tropa.cli import options
from tropa.words import Words


def command(say: Words) -> click.Command:
    """The command in one language."""

    @options.make(
        "erase",
        say,
        options.folder(say),
        click.argument("pseudonym", metavar=say("cli-reveal-who"), default=""),
        click.option("--name", "names", multiple=True, metavar="NAME", help=say("cli-erase-name")),
        click.option("--phone", "phones", multiple=True, metavar="PHONE", help=say("cli-erase-phone")),
        click.option("--email", "emails", multiple=True, metavar="EMAIL", help=say("cli-erase-email")),
        click.option("--dry-run", is_flag=True, help=say("cli-erase-dry")),
        click.option("--database", metavar="URL", envvar="TROPA_DATABASE", help=say("cli-serve-database")),
        options.yes(say),
    )
    def erase(
        folder: Path, pseudonym: str, names: tuple[str, ...], phones: tuple[str, ...], emails: tuple[str, ...],
        dry_run: bool, database: str | None, yes: bool,
    ) -> None:  # fmt: skip
        from tropa.cli.chance import new_id
        from tropa.cli.clock import now
        from tropa.cli.console import make_console
        from tropa.model.access import LOCAL
        from tropa.service import erasing
        from tropa.service.serving import desk_to_work_on
        from tropa.service.traces import Identifiers

        console, more = make_console(), Identifiers(names=names, phones=phones, emails=emails)
        with desk_to_work_on(folder, now, new_id, database) as desk:
            told = erasing.plan(desk, LOCAL, pseudonym, more)
            console.print(say("cli-erase-events", n=told.events))
            for place in told.places:
                where = say("cli-erase-in-map", map=place.map_id) if place.map_id else ""
                console.print(say("cli-erase-place", place=say(f"erased-{place.kind}"), where=where, n=place.count))
            if told.short:
                console.print(say("cli-erase-short", n=told.short))
            if dry_run:
                return
            if not yes:
                click.confirm(say("cli-erase-ask", name=pseudonym or "…"), abort=True, err=True)
            erasing.erase(desk, LOCAL, pseudonym, more)
        console.print(say("cli-erase-done", name=pseudonym or "…"))
        console.print(say("cli-erase-ledger"))

    return erase
