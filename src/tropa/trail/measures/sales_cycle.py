"""From the first contact to the first deal: how many get there and how long it takes, by channel or first touchpoint (R-27)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.model import CannotTell, Unit
from tropa.model.measure import Answer, Cell, Column, Declaration, Note, Parameter, Picture, Setting
from tropa.stats.survival import kaplan_meier
from tropa.trail.loops import REPEATS, deals_until
from tropa.trail.measures.asked import Asked, answer_of, micros
from tropa.trail.measures.buyers import By, grouped, named_groups
from tropa.trail.measures.columns import ranged
from tropa.trail.measures.comparing import compared, quartiles_by, share_by
from tropa.trail.measures.firsts import Found, first_deals, sure
from tropa.trail.passes import DAY
from tropa.trail.rounds import Round, joined
from tropa.trail.tape import Longs

SECOND = 1_000_000
SPLITS = ("none", "channels", "points", "segments", "personas")
DECLARATION = Declaration(
    id="sales-cycle",
    unit=Unit.CUSTOMERS,
    parameters=(
        Parameter(id="split", kind="choice", choices=SPLITS, default="channels"),
        Parameter(id="within", kind="duration", optional=True),
    ),
    picture=Picture(kind="bars", x="group", value="share"),
    columns=(
        Column(id="group", kind="state"),
        Column(id="customers", kind="count"),
        Column(id="bought", kind="count"),
        Column(id="waiting", kind="share", part="censored", whole="customers"),
        Column(id="censored", kind="count", aside=True),
        *ranged("share"),
        Column(id="q25", kind="seconds", aside=True),
        Column(id="median", kind="seconds", low="q25", high="q75"),
        Column(id="q75", kind="seconds", aside=True),
        Column(id="chance", kind="chance", aside=True),
    ),
    definition="sales-cycle",
)


def rounds(frame: Asked, settings: Mapping[str, Setting]) -> Any:
    """By group: the Kaplan–Meier share that has bought `within` the time, and of those the quartiles. Who has not bought is waited for."""
    if frame.ready.bound.deal_stage < 0:
        return answer_of(DECLARATION, frame, 0, (), cannot_tell=CannotTell(cannot_tell="no-deal"))
    split: By = settings["split"]  # type: ignore[assignment]  # one of the declared choices
    asked = settings["within"]
    within = micros(asked) if isinstance(asked, timedelta) else None
    return Round(partial(grouped, by=split), first_deals, joined, lambda found: _told(frame, split, within, found))


def _told(frame: Asked, split: By, asked: int | None, found: Found) -> Answer:
    waits, came, groups, left_out = sure(found)
    notes = [Note(message="loop-note-left-out", facts={"n": left_out})] if left_out else []
    if not came.any():
        lack = CannotTell(cannot_tell="no-deal" if len(waits) else "too-few", n=len(waits))
        return answer_of(DECLARATION, frame, len(waits), (), notes, cannot_tell=lack)
    within = within_of(frame, waits, came) if asked is None else asked
    notes.insert(0, Note(message="loop-note-within", facts={"days": round(within / DAY, 1)}))
    rows: list[tuple[Cell, ...]] = []
    for group in compared(waits, came, named_groups(frame, split, groups)):
        n, bought = group.size, group.ended
        spots = (None if one is None else one / SECOND for one in quartiles_by(group, within))
        rows.append(
            (group.name, n, bought, (n - bought) / n, n - bought, *share_by(group, within), *spots, group.chance)
        )
    return answer_of(DECLARATION, frame, len(waits), rows, notes)


def within_of(frame: Asked, waits: Longs, came: npt.NDArray[np.bool_]) -> int:
    """How long first deals are awaited where it is not said (µs): until nine in ten have come, in whole days, at most half of the log."""
    curve = kaplan_meier(waits, came)
    longest = max(deals_until(frame.ready) - frame.ready.whole.passes.log_start, DAY)
    days = -(-max(curve.when(REPEATS * float(curve.came[-1])) or 0, 1) // DAY)
    return min(days * DAY, max(longest // 2 // DAY * DAY, DAY))
