"""The commands of `tropa`, each loaded when it is called (help loads their one-liners only)."""

from __future__ import annotations

from importlib import import_module

import click

from tropa import __version__
from tropa.cli.speaking import Group, settings
from tropa.model import near_miss
from tropa.words import Words

COMMANDS = (
    "demo", "serve", "map", "new", "import", "events", "draft", "measure", "breaks", "reasons", "ask", "render", "diff",
    "lint", "convert", "schema", "backup", "restore", "simulate", "reveal", "erase", "settings", "doctor",
)  # fmt: skip
"""In the order in which a newcomer needs them. Command `x-y` is in `tropa.cli.commands.x_y`."""


class Tropa(Group):
    """The group of all commands."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All commands, in our order."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Loads the command `name`, if there is one."""
        if name not in COMMANDS:
            return None
        module = import_module(f"tropa.cli.commands.{name.replace('-', '_')}_")
        command = module.command(self.say)
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does it; an unknown command names the nearest one."""
        if args and not args[0].startswith("-") and args[0] not in COMMANDS:
            near = near_miss(args[0], COMMANDS)
            ctx.fail(self.say("cli-no-such-command", name=args[0], near=near))
        return super().resolve_command(ctx, args)


def build(say: Words) -> Tropa:
    """The whole command line in one language."""
    app = Tropa(
        name="tropa",
        help=say("cli-tropa"),
        epilog=say("cli-epilog"),
        context_settings=settings(say),
        options_metavar=say("cli-meta-options"),
        subcommand_metavar=say("cli-meta-command"),
        no_args_is_help=True,
    )
    app.say = say
    app.params.append(
        click.Option(
            ["--version"], is_flag=True, expose_value=False, is_eager=True, callback=_version, help=say("cli-version")
        )
    )
    app.params.append(lang_option(say))
    return app


def _version(ctx: click.Context, _parameter: click.Parameter, asked: bool) -> None:
    if asked and not ctx.resilient_parsing:
        click.echo(f"tropa {__version__}")
        ctx.exit()


def lang_option(say: Words) -> click.Option:
    """`--lang`: already taken from the command line before the commands were made."""
    return click.Option(
        ["--lang"], type=click.Choice(["ru", "en"]), expose_value=False, help=say("cli-lang"), metavar="ru|en"
    )
