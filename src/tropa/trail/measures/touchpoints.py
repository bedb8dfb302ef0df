"""What a touchpoint adds: of the passes at its stage, how many met it, and how those with it and without it went on (R-27); and what that
costs, where it is said (R-28)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np

from tropa.model import CannotTell, Unit
from tropa.model.measure import Answer, Cell, Column, Declaration, Note, Parameter, Picture, Setting
from tropa.stats.contrast import difference, false_discovery, independence
from tropa.stats.intervals import wilson
from tropa.trail.measures.asked import Asked, answer_of
from tropa.trail.measures.drawn import Drawn, drawn_round
from tropa.trail.measures.reasons import STEP
from tropa.trail.measures.sides import stage_number
from tropa.trail.measures.touchpoint_costs import PRICED, PointCosts, people_at, point_costs
from tropa.trail.passes import DONE, EXIT
from tropa.trail.rounds import Round, added
from tropa.trail.tape import Longs

LEAST = 10
"""A touchpoint is told from so many passes with it and without it on."""
DECLARATION = Declaration(
    id="touchpoints",
    unit=Unit.PASSES,
    parameters=(Parameter(id="stage", kind="stage", optional=True), Parameter(id="costs", kind="text", optional=True)),
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
        *PRICED,
    ),
    definition="touchpoints",
)


def rounds(frame: Asked, settings: Mapping[str, Setting]) -> Any:
    """Touchpoints of the stages up to the deal (or of one stage): the share that went on, with and without.

    The sides are those of `reasons`: one pass of each customer; what counts as met ends where the pass went on. Raises TR-T305; TR-T381
    for costs that cannot be read, TR-T382 for those of a touchpoint that the map does not have or nobody met.
    """
    ready, wanted = frame.ready, settings["stage"]
    stages = [str(wanted).removeprefix("stage:")] if wanted is not None else _before_deal(frame)
    places = tuple(stage_number(ready, name) for name in stages)
    costs = None if settings["costs"] is None else point_costs(frame, str(settings["costs"]))

    def then(view: Any, lots: tuple[int, ...]) -> Any:
        costed = () if costs is None else tuple(sorted(costs.by_point))
        chunk = partial(_counted, lots=lots, costed=costed)
        return Round(view, chunk, added, lambda found: _told(frame, places, costs, *found))

    return drawn_round(places, then)


def _counted(
    view: Drawn, first: int, last: int, *, lots: tuple[int, ...], costed: tuple[int, ...]
) -> tuple[Longs, ...]:
    """By stage, passes that left and went on (stages, 2); by touchpoint too, those that had met it (stages, touchpoints, 2).

    Of touchpoints that have a cost also how passes ended (stages, touchpoints, not met or met, with or without a deal), and people.
    """
    points = len(view.part.ready.bound.points)
    sizes, having = np.zeros((len(lots), 2), np.int64), np.zeros((len(lots), points, 2), np.int64)
    ends = np.zeros((len(lots), points, 2, 2), np.int64)
    for k, many in enumerate(lots):
        units, left = view.side(first, last, k, many)
        own = points_of(view.part, view.stages[k])
        met = view.met(units, k, own)
        for on in (0, 1):
            who = left == (on == 0)
            sizes[k, on] = who.sum()
            having[k, own, on] = np.count_nonzero(met[:, who], axis=1)
        if costed:
            status = view.part.ready.passes.status[units]
            for with_it in (0, 1):
                for deal, end in enumerate((EXIT, DONE)):
                    ends[k, own, with_it, deal] = ((met == with_it) & (status == end)).sum(axis=1)
    return sizes, having, ends, people_at(view.part, first, last, costed)


def points_of(part: Asked, stage: int) -> list[int]:
    """The touchpoints of a stage that have events."""
    bound = part.ready.bound
    name = bound.stages[stage]
    return [at for at, (own, _) in enumerate(bound.points) if own == name and bound.point_events[at]]


def _told(
    frame: Asked,
    places: tuple[int, ...],
    costs: PointCosts | None,
    sizes: Longs,
    having: Longs,
    ends: Longs,
    people: Longs,
) -> Answer:
    rows: list[tuple[Cell, ...]] = []
    prices: list[tuple[Cell, ...]] = []
    for place, size, met, ended in zip(places, sizes, having, ends, strict=True):
        for at in points_of(frame, place):
            if (row := _row(frame, at, size, met[at])) is not None:
                rows.append(row)
                prices.append(() if costs is None else costs.told(at, people, ended[at]))
    n = int(sizes.sum())
    chances = np.array([float(row[-1] or 0) for row in rows])
    told = [(*row[:-1], float(q), *price) for row, price, q in zip(rows, prices, false_discovery(chances), strict=True)]
    told.sort(key=lambda row: -float(row[DIFFERENCE] or 0))
    notes = [Note(message="measure-note-touchpoints", facts={"n": len(told)})] if told else []
    notes += [] if costs is None else costs.notes(frame, tuple(str(row[0]) for row in told))
    lack = None if told else CannotTell(cannot_tell="too-few" if n < 10 * LEAST else "one-side", n=n)
    answer = answer_of(DECLARATION, frame, n, told, notes, cannot_tell=lack)
    return answer if costs is not None else answer.model_copy(update={"columns": DECLARATION.columns[: -len(PRICED)]})


def _row(frame: Asked, point: int, size: Longs, met: Longs) -> tuple[Cell, ...] | None:
    """A row of a touchpoint that enough passes met and enough did not, and that is no step of the way; last the unadjusted chance."""
    whole = int(size.sum())
    n, a = int(met.sum()), int(met[1])
    m, b = whole - n, int(size[1]) - a
    if min(n, m) < LEAST or a >= STEP * (a + b):
        return None
    return (
        f"point:{frame.ready.bound.points[point][1]}", n / whole, n, whole, a / n, *wilson(a, n), a, b / m, *wilson(b, m), b, m,
        *difference(a, n, b, m), independence(a, n - a, b, m - b),
    )  # fmt: skip


DIFFERENCE = [column.id for column in DECLARATION.columns].index("difference")


def _before_deal(frame: Asked) -> list[str]:
    bound = frame.ready.bound
    last = len(bound.stages) if bound.deal_stage < 0 else bound.deal_stage + 1
    return [name for name, seen in zip(bound.stages[:last], bound.observed[:last], strict=True) if seen]
