"""`tropa new`: a workspace from a template."""

from __future__ import annotations

from pathlib import Path

import click

from tropa.cli import options
from tropa.words import Words


def command(say: Words) -> click.Command:
    """The command in one language."""

    @options.make(
        "new",
        say,
        click.argument("folder", type=click.Path(path_type=Path), metavar=say("cli-meta-folder"), required=False),
        click.option(
            "--template", "-t", default="classic", show_default=True, metavar="NAME", help=say("cli-new-template")
        ),
        click.option("--list", "list_them", is_flag=True, help=say("cli-new-list")),
        click.option("--force", is_flag=True, help=say("cli-force")),
        options.as_json(say),
    )
    def new(folder: Path | None, template: str, list_them: bool, force: bool, as_json: bool) -> None:
        from tropa.cli.console import make_console
        from tropa.cli.reply import print_json
        from tropa.service.creating import new as create
        from tropa.service.creating import templates

        console = make_console()
        if list_them:
            offered = [{"name": one.name, "title": one.title, "about": one.about} for one in templates(say)]
            if as_json:
                print_json(offered)
            for one in [] if as_json else offered:
                console.print(f"[bold]{one['name']}[/]  {one['title']}\n    {one['about']}")
            return
        if folder is None:
            raise click.UsageError(say("cli-new-folder-missing"))
        path = create(folder, template, say.lang, force=force)
        if as_json:
            print_json({"map": str(path), "template": template})
        else:
            console.print(say("cli-new-done", path=str(path), folder=str(folder)), soft_wrap=True)

    return new
