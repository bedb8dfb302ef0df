"""Time between purchases: the share that has come again by each day, with waits that had not ended (R-27)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from tropa.model import CannotTell, Unit
from tropa.model.measure import Answer, Cell, Column, Declaration, Note, Parameter, Picture, Setting
from tropa.stats.survival import curve_intervals, kaplan_meier
from tropa.trail.measures.asked import Asked, answer_of, number
from tropa.trail.measures.columns import ranged
from tropa.trail.measures.waits import Found, waits_in, with_horizon
from tropa.trail.passes import DAY
from tropa.trail.rounds import Round, itself, joined

SECOND = 1_000_000
DECLARATION = Declaration(
    id="purchase-interval",
    unit=Unit.PASSES,
    parameters=(Parameter(id="points", kind="number", default=30, least=4, most=120),),
    picture=Picture(kind="curve", x="time", value="share"),
    columns=(
        Column(id="time", kind="seconds"),
        *ranged("share"),
        Column(id="waiting", kind="count"),
    ),
    definition="purchase-interval",
)


def rounds(frame: Asked, settings: Mapping[str, Setting]) -> Any:
    """The Kaplan–Meier curve of coming again after a purchase, at evenly spaced times up to twice the horizon.

    The interval is a jackknife over buckets of customers (`stats.survival.curve_intervals`); none where it cannot be had.
    """
    if not frame.ready.map.bought_again:
        return answer_of(DECLARATION, frame, 0, (), cannot_tell=CannotTell(cannot_tell="not-bought-again"))
    points = int(number(settings["points"]))

    def then(horizon: int | None) -> Round[Asked, Found]:
        return Round(itself, waits_in, joined, lambda found: _told(frame, points, horizon or DAY, found))

    return with_horizon(frame, then)


def _told(frame: Asked, points: int, horizon: int, found: Found) -> Answer:
    wait, came, bucket = found
    if not len(wait):
        return answer_of(DECLARATION, frame, 0, (), cannot_tell=CannotTell(cannot_tell="no-deal"))
    curve = kaplan_meier(wait, came)
    longest = max(min(2 * horizon, int(wait.max())), 1)
    shares = [curve.at(longest * k // points) for k in range(points + 1)]
    around = (None, *curve_intervals(shares[1:], longest, wait, came, bucket.astype(np.int64)))
    waiting = len(wait) - np.searchsorted(np.sort(wait), [longest * k // points for k in range(points + 1)])
    rows: list[tuple[Cell, ...]] = [
        ((longest * k // points) / SECOND, shares[k], *(around[k] or (None, None)), int(waiting[k]))
        for k in range(points + 1)
    ]
    again = int(came.sum())
    facts = {"came": again, "waiting": len(wait) - again, "horizon": horizon / SECOND}
    notes = (Note(message="measure-note-waits", facts=facts),)
    return answer_of(DECLARATION, frame, len(wait), rows, notes)
