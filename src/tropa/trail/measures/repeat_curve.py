"""Coming again after the first purchase: the Kaplan–Meier share of customers by each time, group beside group (R-27)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np

from tropa.model import CannotTell, Unit
from tropa.model.measure import Answer, Cell, Column, Declaration, Note, Parameter, Picture, Setting
from tropa.trail.measures.asked import Asked, answer_of, number
from tropa.trail.measures.buyers import BY, By, grouped, named_groups, split_of
from tropa.trail.measures.columns import ranged
from tropa.trail.measures.comparing import compared, share_by
from tropa.trail.measures.firsts import Found, second_purchases, sure
from tropa.trail.measures.ltv import lacking
from tropa.trail.measures.waits import with_horizon
from tropa.trail.passes import DAY
from tropa.trail.rounds import Round, joined

SECOND = 1_000_000
DECLARATION = Declaration(
    id="repeat-curve",
    unit=Unit.CUSTOMERS,
    parameters=(BY, Parameter(id="points", kind="number", default=30, least=4, most=120)),
    picture=Picture(kind="curve", x="time", value="share", series="group"),
    columns=(
        Column(id="group", kind="state"),
        Column(id="time", kind="seconds"),
        *ranged("share"),
        Column(id="waiting", kind="count"),
        Column(id="customers", kind="count", aside=True),
        Column(id="chance", kind="chance", aside=True),
    ),
    definition="repeat-curve",
)


def rounds(frame: Asked, settings: Mapping[str, Setting]) -> Any:
    """By group and evenly spaced times up to twice the horizon; `chance`: the group's log-rank test against all others, adjusted."""
    lack = lacking(frame)
    if lack is not None:
        return answer_of(DECLARATION, frame, 0, (), cannot_tell=lack)
    split, points = split_of(settings), int(number(settings["points"]))

    def then(horizon: int | None) -> Any:
        view = partial(grouped, by=split)
        return Round(view, second_purchases, joined, lambda found: _told(frame, split, points, horizon or DAY, found))

    return with_horizon(frame, then)


def _told(frame: Asked, split: By, points: int, horizon: int, found: Found) -> Answer:
    waits, came, groups, left_out = sure(found)
    notes = [Note(message="loop-note-left-out", facts={"n": left_out})] if left_out else []
    if not len(waits):
        return answer_of(DECLARATION, frame, 0, (), notes, cannot_tell=CannotTell(cannot_tell="no-deal"))
    longest = max(min(2 * horizon, int(waits.max())), 1)
    rows: list[tuple[Cell, ...]] = []
    for group in compared(waits, came, named_groups(frame, split, groups)):
        for k in range(points + 1):
            at = longest * k // points
            waiting = group.size - int(np.searchsorted(group.waits, at))
            if not waiting:
                break
            rows.append((group.name, at / SECOND, *share_by(group, at), waiting, group.size, group.chance))
    return answer_of(DECLARATION, frame, len(waits), rows, notes)
