"""What a map's figures can be filtered by: channels, the days that the log covers, the days as of which one can ask (R-23, R-31).

Counts of the whole log and no customer's own, so whoever may read the map may know them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from tropa.model.access import Actor, Right
from tropa.service.answering import tape_of
from tropa.service.desk import Desk

MOST_CHANNELS = 60


@dataclass(frozen=True)
class Choices:
    """Channels with their events, the busiest first; the first and the last day of the log; the first day on which anything was known."""

    channels: tuple[tuple[str, int], ...] = ()
    first: date | None = None
    last: date | None = None
    known_from: date | None = None


def choices(desk: Desk, who: Actor, map_id: str) -> Choices:
    """What there is to choose from; nothing of everything without a log. Raises TR-A003 for a map that is not there."""
    from tropa.trail.archive.manifest import load
    from tropa.trail.tape import instant

    who.require(Right.READ, map_id)
    desk.living.row(desk, map_id)
    tape = tape_of(desk)
    if tape is None or not tape.sources:
        return Choices()
    counts = np.bincount(tape.channel.codes, minlength=len(tape.channel.names))
    busiest = [int(code) for code in np.argsort(-counts, kind="stable") if code and counts[code]]
    imports = load(desk.workspace.folder / "trail").imports
    return Choices(
        channels=tuple((tape.channel.names[code], int(counts[code])) for code in busiest[:MOST_CHANNELS]),
        first=instant(min(one.first for one in tape.sources)).date(),
        last=instant(max(one.complete_until for one in tape.sources)).date(),
        known_from=datetime.fromisoformat(imports[0].at).date() if imports else None,
    )
