"""The command reference as Markdown, made from the commands themselves."""

from __future__ import annotations

import click

from tropa.cli.app import COMMANDS, build
from tropa.words import Words


def reference(say: Words) -> str:
    """All commands with their arguments and options, in one language; ends with the shapes of `--json` and exit statuses."""
    app = build(say)
    context = click.Context(app, info_name="tropa")
    out = [f"# {say('reference-title')}", "", say("reference-intro"), ""]
    for name in COMMANDS:
        command = app.get_command(context, name)
        assert command is not None
        out += _section(command, context)
    out += [f"## {say('reference-json')}", "", say("reference-json-text"), ""]
    out += [f"## {say('reference-status')}", "", say("reference-status-text"), ""]
    return "\n".join(out).rstrip() + "\n"


def _section(command: click.Command, parent: click.Context) -> list[str]:
    context = click.Context(command, info_name=command.name, parent=parent)
    usage = " ".join(["tropa", str(command.name), *command.collect_usage_pieces(context)])
    out = [f"## tropa {command.name}", "", (command.help or "").replace("\n\n", "\n"), "", "```", usage, "```", ""]
    options = [option for option in command.params if isinstance(option, click.Option) and option.name != "help"]
    for option in options:
        names = ", ".join(f"`{name}`" for name in (*option.opts, *option.secondary_opts))
        kind = "" if option.is_flag else f" {_metavar(option, context)}"
        default = _default(option)
        out.append(f"- {names}{kind} — {option.help}{default}")
    return [*out, ""]


def _metavar(option: click.Option, context: click.Context) -> str:
    return f"`{option.make_metavar(context)}`"


def _default(option: click.Option) -> str:
    return f" [`{option.default}`]" if option.show_default and option.default not in (None, ()) else ""
