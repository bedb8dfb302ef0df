"""What a touchpoint adds: of the passes at its stage, how many met it, and how those with it and without it went on (R-27)."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from tropa.model import CannotTell, Unit
from tropa.model.measure import Answer, Cell, Column, Declaration, Note, Parameter, Picture, Setting
from tropa.stats.contrast import difference, false_discovery, independence
from tropa.stats.intervals import wilson
from tropa.trail.kernels.exposure import expose
from tropa.trail.measures.asked import Asked, answer_of
from tropa.trail.measures.exposures import Sides, sides_of
from tropa.trail.measures.reasons import STEP
from tropa.trail.slices import fixed

LEAST = 10
"""A touchpoint is told from so many passes with it and without it on."""
DECLARATION = Declaration(
    id="touchpoints",
    unit=Unit.PASSES,
    parameters=(Parameter(id="stage", kind="stage", optional=True),),
    picture=Picture(kind="bars", x="state", value="with_share"),
    columns=(
        Column(id="state", kind="state"),
        Column(id="met", kind="share", part="with_all", whole="whole"),
        Column(id="with_all", kind="count", aside=True),
        Column(id="whole", kind="count", aside=True),
        Column(id="with_share", kind="share", low="with_low", high="with_high", part="with_on", whole="with_all"),
        Column(id="with_low", kind="share", aside=True),
        Column(id="with_high", kind="share", aside=True),
        Column(id="with_on", kind="count", aside=True),
        Column(
            id="without_share",
            kind="share",
            low="without_low",
            high="without_high",
            part="without_on",
            whole="without_all",
        ),
        Column(id="without_low", kind="share", aside=True),
        Column(id="without_high", kind="share", aside=True),
        Column(id="without_on", kind="count", aside=True),
        Column(id="without_all", kind="count", aside=True),
        Column(id="difference", kind="share", low="difference_low", high="difference_high"),
        Column(id="difference_low", kind="share", aside=True),
        Column(id="difference_high", kind="share", aside=True),
        Column(id="chance", kind="chance", aside=True),
    ),
    definition="touchpoints",
)


def answer(asked: Asked, settings: Mapping[str, Setting]) -> Answer:
    """Touchpoints of the stages up to the deal (or of one stage): the share that went on, with and without.

    The sides are those of `reasons`: one pass of each customer; what counts as met ends where the pass went on. Raises TR-T305.
    """
    bound = asked.ready.bound
    wanted = settings["stage"]
    stages = [str(wanted).removeprefix("stage:")] if wanted is not None else _before_deal(asked)
    rows: list[tuple[Cell, ...]] = []
    n = 0
    for stage in stages:
        sides = sides_of(asked, stage, "exit")
        n += len(sides.units)
        points = [at for at, (own, _) in enumerate(bound.points) if own == stage and bound.point_events[at]]
        rows += _of_stage(asked, sides, points)
    chances = np.array([float(row[-1] or 0) for row in rows])
    told = [(*row[:-1], float(q)) for row, q in zip(rows, false_discovery(chances), strict=True)]
    told.sort(key=lambda row: -float(row[DIFFERENCE] or 0))
    notes = (Note(message="measure-note-touchpoints", facts={"n": len(told)}),) if told else ()
    return answer_of(
        DECLARATION, asked, n, told, notes, cannot_tell=None if told else CannotTell(cannot_tell="too-few", n=n)
    )


DIFFERENCE = [column.id for column in DECLARATION.columns].index("difference")


def _before_deal(asked: Asked) -> list[str]:
    bound = asked.ready.bound
    last = len(bound.stages) if bound.deal_stage < 0 else bound.deal_stage + 1
    return [name for name, seen in zip(bound.stages[:last], bound.observed[:last], strict=True) if seen]


def _of_stage(asked: Asked, sides: Sides, points: list[int]) -> list[tuple[Cell, ...]]:
    """One row a touchpoint that enough passes met and enough did not, and that is no step of the way; last the unadjusted chance."""
    bound, whole = asked.ready.bound, len(sides.units)
    row = np.full(1 << 16, -1, np.int32)
    row[points] = np.arange(len(points), dtype=np.int32)
    met = np.zeros((len(points), whole), np.uint8)
    expose(
        fixed(sides.begin, np.int64), fixed(sides.leave, np.int64), fixed(bound.point, np.uint32), fixed(row), met,
    )  # fmt: skip
    out: list[tuple[Cell, ...]] = []
    on = ~sides.left
    for at, point in enumerate(points):
        having = met[at] == 1
        a, b = int((having & on).sum()), int((~having & on).sum())
        n, m = int(having.sum()), int((~having).sum())
        if min(n, m) < LEAST or a >= STEP * (a + b):
            continue
        out.append(
            (
                f"point:{bound.points[point][1]}", n / whole, n, whole, a / n, *wilson(a, n), a, b / m, *wilson(b, m), b, m,
                *difference(a, n, b, m), independence(a, n - a, b, m - b),
            )
        )  # fmt: skip
    return out
