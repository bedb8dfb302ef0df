"""`tropa schema`: the JSON Schema of the map file."""

from __future__ import annotations

import click

from tropa.cli import options
from tropa.words import Words


def command(say: Words) -> click.Command:
    """The command in one language."""

    @options.make("schema", say)
    def schema() -> None:
        from tropa.cli.reply import print_json
        from tropa.codec import schema as make

        print_json(make())

    return schema
