"""A source goes on being read as it was: new rules about exports do not give one trail two vocabularies (R-20, R-21).

Beside the trail, `reading/<source>.source.json` remembers what each source was taken for. Of sources that came in before that was kept,
those with advertisers' marks are known by their channels: where one is named as no rule about marks would name it, the marks themselves
were the channels. The user may say otherwise with `--preset`; rows that are in stay as they are.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from tropa.files import write_text
from tropa.service.growing import FOLDER, told_apart
from tropa.service.workspace import Workspace

if TYPE_CHECKING:
    from tropa.events.contract import Overrides, ReadPlan


def as_before(workspace: Workspace, made: ReadPlan, told: Overrides) -> ReadPlan:
    """The plan by which the file's source was read so far, where the file would now be taken for another export; else the plan itself."""
    from tropa import events
    from tropa.events.presets import NONE, UTM, named

    if told.preset is not None or not any(one.source == made.source for one in workspace.archive.imports()):
        return made
    former = _remembered(workspace, made.source)
    if former is None and made.preset == UTM.id and _marks_were_channels(workspace, made.source):
        former = NONE
    if former in (None, made.preset or NONE):
        return made
    if former != NONE and not named(str(former)).recognises(made.columns):
        return made
    roles = {name: role for name, role in told.roles.items() if name in made.columns}
    kept = events.plan(made.file, replace(told, roles=roles, preset=former))
    return replace(kept, warnings=("events-warn-as-before", *kept.warnings)) if kept.source == made.source else made


def remember(workspace: Workspace, made: ReadPlan) -> None:
    """Keeps what a source was taken for, once something of it is in the trail."""
    from tropa.events.presets import NONE

    now = made.preset or NONE
    if _remembered(workspace, made.source) == now:
        return
    known = told_apart(workspace)
    if known:
        write_text(_place(workspace, made.source), json.dumps({"preset": now, "seen": known[-1]}))


def _place(workspace: Workspace, source: str) -> Path:
    folder = workspace.folder / FOLDER
    folder.mkdir(exist_ok=True)
    return folder / f"{hashlib.blake2b(source.encode(), digest_size=12).hexdigest()}.source.json"


def _remembered(workspace: Workspace, source: str) -> str | None:
    """What is remembered of a source of this trail: another one in the same folder knows nothing of it."""
    from tropa.events.presets import NAMES

    try:
        found = json.loads(_place(workspace, source).read_text(encoding="utf-8"))
        preset, seen = found["preset"], found["seen"]
    except (OSError, ValueError, KeyError, TypeError):  # never written, or of another version of the program
        return None
    return preset if preset in NAMES and seen in told_apart(workspace) else None


def _marks_were_channels(workspace: Workspace, source: str) -> bool:
    """Whether the channels of a source are advertisers' marks as they stood: some has a name that the rules would have put into a group."""
    from tropa.events.presets.channels import GROUPS, channel_of

    tape = workspace.tape()
    if source not in tape.source.names:
        return False
    own = tape.channel.codes[tape.source.codes == tape.source.names.index(source)]
    names = [tape.channel.names[code] for code in np.flatnonzero(np.bincount(own)) if code]
    return any(name not in GROUPS and channel_of(name, "", "", "") != name.strip().lower() for name in names)
