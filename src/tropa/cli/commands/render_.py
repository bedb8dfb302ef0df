"""`tropa render`: draw the map."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tropa.cli import options
from tropa.words import Words

if TYPE_CHECKING:
    from tropa.render.theme import ThemeName
    from tropa.service.drawing import View


def command(say: Words) -> click.Command:
    """The command in one language."""

    @options.make(
        "render",
        say,
        click.argument("what", type=click.Path(path_type=Path), metavar=say("cli-render-what")),
        click.option(
            "-o", "--out", type=click.Path(path_type=Path), required=True, metavar=say("cli-meta-file"),
            help=say("cli-render-out"),
        ),
        click.option(
            "--view", type=click.Choice(["infographic", "table", "scheme", "buyer", "workshop"]), default="infographic", show_default=True,
            help=say("cli-render-view"),
        ),
        click.option(
            "--page", type=click.Choice(["a0", "a1", "a2", "a3", "a4", "screen"]), default="a3", show_default=True,
            help=say("cli-render-page"),
        ),
        click.option("--open", "opened", multiple=True, metavar="ID", help=say("cli-render-open")),
        click.option("--named-view", metavar="ID", help=say("cli-render-named")),
        click.option("--theme", type=click.Choice(["light", "dark"]), default="light", show_default=True, help=say("cli-render-theme")),
        click.option("--personas", is_flag=True, help=say("cli-render-personas")),
        options.map_name(say),
        options.as_json(say),
    )  # fmt: skip
    def render(
        what: Path, out: Path, view: View, page: str, opened: tuple[str, ...], named_view: str | None, theme: ThemeName,
        personas: bool, map_name: str, as_json: bool,
    ) -> None:  # fmt: skip
        from tropa.cli.clock import today
        from tropa.cli.console import make_console, progress
        from tropa.cli.reply import print_json
        from tropa.service.drawing import Wish, draw, format_of

        format_of(out)
        wish = Wish(
            today(),
            view=view,
            page=page,
            opened=frozenset(opened),
            named_view=named_view,
            theme=theme,
            personas=personas,
        )
        with progress(say, quiet=as_json) as advance:
            drawn = draw(what, out, wish, say, map_name=map_name, advance=advance)
        if as_json:
            print_json({"file": str(drawn.path), "notes": list(drawn.notes)})
            return
        console = make_console()
        console.print(say("cli-render-done", path=str(drawn.path)), soft_wrap=True)
        for note in drawn.notes:
            console.print(f"  {note}", style="dim", soft_wrap=True)

    return render
