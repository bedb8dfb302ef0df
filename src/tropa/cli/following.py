"""`tropa import --follow`: files that grow, read on until somebody stops it."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tropa.cli.clock import now
from tropa.cli.console import make_console, progress
from tropa.model import TropaError
from tropa.words import Words

if TYPE_CHECKING:
    from pathlib import Path

    from tropa.events.contract import Overrides, ReadPlan
    from tropa.service.fetching import Brought
    from tropa.service.workspace import Workspace


def follow_files(
    workspace: Workspace, groups: Sequence[Brought], told: Overrides, say: Words, *, as_json: bool, ask: bool
) -> None:
    """Says, a line each time, what came in; an interruption ends it well. `as_json`: an object a line; `ask`: shows first how each file
    will be read, and asks. Raises TR-S047."""
    from tropa.cli.asking import confirm_plans
    from tropa.service import importing
    from tropa.service.following import Follower

    if not all(group.stay for group in groups):
        raise TropaError("TR-S047")
    files = [file for group in groups for file in group.files]
    console, total = make_console(stderr=True), 0
    if not as_json:
        console.print(say("cli-follow-began", files=", ".join(file.name for file in files)), markup=False)

    def agreed(plan: ReadPlan) -> None:
        if ask:
            confirm_plans([plan], say)

    def waits(file: Path) -> None:
        if not as_json:
            console.print(say("cli-follow-waits", file=file.name), markup=False)

    try:
        with progress(say, quiet=True) as advance:
            for one in Follower(workspace, told, now, advance, agreed, waits).follow(files, _wait, time.monotonic):
                total += one.accepted
                if as_json:
                    print(json.dumps(importing.as_data([one], (), say), ensure_ascii=False), flush=True)
                else:
                    facts = {"file": one.file, "n": one.accepted, "bad": one.quarantined, "same": one.duplicates}
                    console.print(say("cli-follow-read", **facts), markup=False)
    except KeyboardInterrupt:
        if not as_json:
            console.print(say("cli-follow-ended", n=total), markup=False)


def _wait(seconds: float) -> bool:
    time.sleep(seconds)
    return True
