"""Options and arguments that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from tropa.cli.speaking import Command, settings
from tropa.words import Words

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def make(name: str, say: Words, *decorators: Decorator) -> Callable[[Callable[..., Any]], click.Command]:
    """A command with its help from the catalogue (`cli-<name>`, details in `.details`), `--lang`, and the given options."""

    def wrap(function: Callable[..., Any]) -> click.Command:
        for decorator in reversed(decorators):
            function = decorator(function)
        text = say(f"cli-{name}")
        details = say(f"cli-{name}.details") if say.has(f"cli-{name}.details") else ""
        command = click.command(
            name,
            cls=Command,
            help=f"{text}\n\n{details}".strip(),
            short_help=text,
            context_settings=settings(say),
            options_metavar=say("cli-meta-options"),
        )(function)
        command.say = say
        from tropa.cli.app import lang_option

        command.params.append(lang_option(say))
        return command

    return wrap


def folder(say: Words) -> Decorator:
    """The workspace folder."""
    return click.argument("folder", type=click.Path(path_type=Path), metavar=say("cli-meta-folder"))


def as_json(say: Words) -> Decorator:
    """`--json`: data instead of tables."""
    return click.option("--json", "as_json", is_flag=True, help=say("cli-json"))


def yes(say: Words) -> Decorator:
    """`--yes`: ask nothing."""
    return click.option("--yes", "-y", is_flag=True, help=say("cli-yes"))


def segment(say: Words) -> Decorator:
    """`--segment`: figures of one persona or segment only."""
    return click.option("--segment", metavar="ID", help=say("cli-segment"))


def where(say: Words) -> Decorator:
    """`--where`: figures of the customers that an expression means."""
    return click.option("--where", metavar=say("cli-meta-rule"), help=say("cli-where"))


def as_of(say: Words) -> Decorator:
    """`--as-of`: what was known on a day."""
    day = click.DateTime(["%Y-%m-%d"])
    return click.option("--as-of", "as_of", type=day, metavar="YYYY-MM-DD", help=say("cli-as-of"))


def map_name(say: Words) -> Decorator:
    """`--map`: another map file of the workspace."""
    return click.option("--map", "map_name", default="map.yaml", metavar=say("cli-meta-file"), help=say("cli-map-file"))


def reading(say: Words) -> Decorator:
    """Everything that says how a log file is to be read."""
    options = (
        click.option("--as", "roles", multiple=True, metavar=say("cli-meta-role"), help=say("cli-as")),
        click.option("--preset", metavar="NAME", help=say("cli-preset")),
        click.option("--encoding", metavar="NAME", help=say("cli-encoding")),
        click.option("--delimiter", metavar="CHAR", help=say("cli-delimiter")),
        click.option("--decimal", type=click.Choice([",", "."]), help=say("cli-decimal")),
        click.option("--time-format", metavar="FORMAT", help=say("cli-time-format")),
        click.option("--zone", metavar="ZONE", help=say("cli-zone")),
        click.option("--zone-of", "zones", multiple=True, metavar=say("cli-meta-zone-of"), help=say("cli-zone-of")),
        click.option("--source", metavar="NAME", help=say("cli-source")),
        click.option(
            "--instrument",
            type=click.Choice(["nps", "csat", "ces", "ces-effort", "stars", "ten", "native"]),
            help=say("cli-instrument"),
        ),
        click.option("--event", "event_name", metavar="NAME", help=say("cli-event")),
        click.option("--lifecycle", type=click.Choice(["complete", "all"]), help=say("cli-lifecycle")),
        click.option("--classifier", metavar="NAME", help=say("cli-classifier")),
        click.option("--globals", "defaults", is_flag=True, help=say("cli-globals")),
        click.option("--currency", metavar="CODE", help=say("cli-currency")),
        click.option("--rates", type=click.Path(path_type=Path), metavar=say("cli-meta-file"), help=say("cli-rates")),
    )

    def wrap(function: Callable[..., Any]) -> Callable[..., Any]:
        for option in reversed(options):
            function = option(function)
        return function

    return wrap


def serving(say: Words) -> tuple[Decorator, ...]:
    """Where the web app listens, and whether it is opened."""
    return (
        click.option("--host", default="127.0.0.1", show_default=True, metavar="HOST", help=say("cli-serve-host")),
        click.option(
            "--port", type=click.IntRange(0, 65535), default=8710, show_default=True, metavar="N",
            help=say("cli-serve-port"),
        ),
        click.option("--no-open", is_flag=True, help=say("cli-no-open")),
    )  # fmt: skip
