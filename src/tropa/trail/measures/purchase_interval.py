"""Time between purchases: the share that has come again by each day, with waits that had not ended (R-27)."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from tropa.model import CannotTell, Unit
from tropa.model.measure import Answer, Cell, Column, Declaration, Note, Parameter, Picture, Setting
from tropa.stats.bootstrap import bucket_of
from tropa.stats.survival import curve_interval, kaplan_meier
from tropa.trail.loops import common_horizon, find_waits
from tropa.trail.measures.asked import Asked, answer_of, number
from tropa.trail.passes import DAY

SECOND = 1_000_000
DECLARATION = Declaration(
    id="purchase-interval",
    unit=Unit.PASSES,
    parameters=(Parameter(id="points", kind="number", default=30, least=4, most=120),),
    picture=Picture(kind="curve", x="time", value="share"),
    columns=(
        Column(id="time", kind="seconds"),
        Column(id="share", kind="share", low="low", high="high"),
        Column(id="low", kind="share", aside=True),
        Column(id="high", kind="share", aside=True),
        Column(id="waiting", kind="count"),
    ),
    definition="purchase-interval",
)


def answer(asked: Asked, settings: Mapping[str, Setting]) -> Answer:
    """The Kaplan–Meier curve of coming again after a purchase, at evenly spaced times up to twice the horizon.

    The interval is a jackknife over buckets of customers (`stats.survival.curve_interval`); none where it cannot be had.
    """
    ready = asked.ready
    if not ready.map.bought_again:
        return answer_of(DECLARATION, asked, 0, (), cannot_tell=CannotTell(cannot_tell="not-bought-again"))
    waits = find_waits(ready, asked.customers)
    if not len(waits.wait):
        return answer_of(DECLARATION, asked, 0, (), cannot_tell=CannotTell(cannot_tell="no-deal"))
    curve = kaplan_meier(waits.wait, waits.came)
    horizon = common_horizon(ready) or DAY
    longest = max(min(2 * horizon, int(waits.wait.max())), 1)
    bucket = bucket_of(len(ready.tape.customers))[waits.customer].astype(np.int64)
    points = int(number(settings["points"]))
    rows: list[tuple[Cell, ...]] = []
    for k in range(points + 1):
        at = longest * k // points
        came = curve.at(at)
        around = curve_interval(came, at, waits.wait, waits.came, bucket, max(at // 200, 1)) if at else None
        low, high = around if around is not None else (None, None)
        rows.append((at / SECOND, came, low, high, int((waits.wait >= at).sum())))
    again = int(waits.came.sum())
    facts = {"came": again, "waiting": len(waits.wait) - again, "horizon": horizon / SECOND}
    notes = (Note(message="measure-note-waits", facts=facts),)
    return answer_of(DECLARATION, asked, len(waits.wait), rows, notes)
