"""`tropa doctor`: does this machine have all that is needed?"""

from __future__ import annotations

import click

from tropa.cli import options
from tropa.words import Words


def command(say: Words) -> click.Command:
    """The command in one language."""

    @options.make("doctor", say, options.as_json(say))
    def doctor(as_json: bool) -> int:
        from tropa.cli.console import make_console, progress
        from tropa.cli.reply import print_json
        from tropa.service.doctor import examine

        with progress(say, quiet=as_json) as advance:
            found = examine(advance)
        if as_json:
            print_json(
                [
                    {
                        "check": one.name,
                        "ok": one.ok,
                        "found": one.found,
                        "fix": None if one.ok else say(f"doctor-{one.name}.fix"),
                    }
                    for one in found
                ]
            )
        else:
            console = make_console()
            for one in found:
                mark = "[green]✓[/]" if one.ok else "[bold red]✗[/]"
                console.print(f"{mark} {say(f'doctor-{one.name}')}: {one.found}", soft_wrap=True)
                if not one.ok:
                    console.print(f"  → {say(f'doctor-{one.name}.fix')}", soft_wrap=True)
        return 0 if all(one.ok for one in found) else 2

    return doctor
