"""`tropa ask`: any question to the trail, by its declaration."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tropa.cli import options
from tropa.model import TropaError, near_miss
from tropa.words import Words

if TYPE_CHECKING:
    from tropa.trail.filters import Scope


def command(say: Words) -> click.Command:
    """The command in one language."""
    days = click.DateTime(["%Y-%m-%d"])

    @options.make(
        "ask", say, options.folder(say), click.argument("measure", required=False, metavar=say("ask-meta-measure")),
        click.option("--param", "-p", "params", multiple=True, metavar=say("ask-meta-param"), help=say("ask-param")),
        options.map_name(say), options.segment(say), click.option("--channel", metavar="NAME", help=say("ask-channel")),
        click.option("--from", "start", type=days, metavar="YYYY-MM-DD", help=say("ask-from")),
        click.option("--to", "end", type=days, metavar="YYYY-MM-DD", help=say("ask-to")),
        options.where(say),
        click.option("--scope", type=click.Choice(["customers", "sessions"]), default="customers", help=say("ask-scope")),
        options.as_of(say),
        click.option("--out", "-o", type=click.Path(path_type=Path), metavar=say("cli-meta-file"), help=say("ask-out")),
        options.as_json(say),
    )  # fmt: skip
    def ask(
        folder: Path, measure: str | None, params: tuple[str, ...], map_name: str, segment: str | None, channel: str | None,
        start: datetime | None, end: datetime | None, where: str | None, scope: Scope, as_of: datetime | None,
        out: Path | None, as_json: bool,
    ) -> None:  # fmt: skip
        from tropa.cli.answers import measures_table
        from tropa.cli.console import make_console
        from tropa.cli.reply import print_json
        from tropa.service.answering import Wish
        from tropa.service.asking import declaration_data, declarations, family_of

        if measure is None:
            if as_json:
                print_json({"measures": [declaration_data(one, say) for one in declarations()]})
            else:
                make_console().print(measures_table([(family_of(one.id), one) for one in declarations()], say))
            return
        begin, last, day = (None if one is None else one.date() for one in (start, end, as_of))
        wish = Wish(segment, channel, begin, last, day, where, scope)
        put(say, folder, map_name, measure, settings(params), wish, out=out, as_json=as_json)

    return ask


def settings(params: tuple[str, ...]) -> dict[str, str]:
    """`name=value` texts by name. Raises TR-T302 for a text without a sign."""
    out = {}
    for one in params:
        name, sign, value = one.partition("=")
        if not sign:
            raise TropaError("TR-T302", name=one, measure="", near=near_miss(one, [f"{one}="]), known="name=value")
        out[name.strip()] = value.strip()
    return out


def put(
    say: Words, folder: Path, map_name: str, measure: str, raw: dict[str, str], wish: object, *, out: Path | None,
    as_json: bool,
) -> None:  # fmt: skip
    """Asks, and shows the answer as a table, as JSON, or writes it as a file."""
    from tropa.cli.answers import answer_table, tell_erased
    from tropa.cli.clock import today
    from tropa.cli.console import make_console, progress
    from tropa.cli.reply import print_json
    from tropa.files import write_bytes
    from tropa.service.answering import Wish, view_on
    from tropa.service.as_of import remembered
    from tropa.service.asking import about_wish, answer_data, answer_file, ask_view, form_of
    from tropa.service.costs import with_costs
    from tropa.service.warming import warm
    from tropa.service.workspace import open_workspace

    assert isinstance(wish, Wish)
    form = "" if out is None else form_of(out.name)
    workspace, asked = open_workspace(folder), with_costs(raw)
    with progress(say, quiet=as_json) as advance:
        warm(advance)
        value = workspace.map(map_name)
        tape = workspace.tape() if wish.as_of is None else remembered(folder, wish.as_of).tape
        answer = ask_view(view_on(tape, value, wish.as_of or today()), measure, asked, wish)
    tell_erased(folder, wish.as_of, say)
    if out is not None:
        about = about_wish(wish, value, say)
        write_bytes(out, answer_file(answer, value, say, form, about=about))
    if as_json:
        print_json(answer_data(answer, value, say))
    elif out is None:
        make_console().print(answer_table(answer, value, say))
    else:
        make_console().print(say("ask-written", path=str(out), rows=len(answer.rows)))
