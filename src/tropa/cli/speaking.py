"""click's commands and groups, speaking the user's language in every corner."""

from __future__ import annotations

from typing import Any

import click
import rich_click

from tropa.words import Words


def settings(say: Words) -> dict[str, Any]:
    """What a command is told about how to show its help."""
    return {
        "help_option_names": ["-h", "--help"],
        "max_content_width": 100,
        "rich_help_config": rich_click.RichHelpConfiguration(
            options_panel_title=say("cli-options"),
            commands_panel_title=say("cli-commands"),
            arguments_panel_title=say("cli-arguments"),
            errors_panel_title=say("cli-error"),
            aborted_text=say("cli-interrupted"),
            default_string=f"\\[{say('cli-default', value='{}')}]",
            required_long_string=f"\\[{say('cli-required')}]",
            width=None,
        ),
    }


class Command(rich_click.RichCommand):
    """A command whose usage line is in the catalogue's words."""

    say: Words

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes the usage line."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), self.say("cli-usage"))


class Group(rich_click.RichGroup):
    """A group whose usage line is in the catalogue's words."""

    say: Words

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes the usage line."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), self.say("cli-usage"))
