"""From where to where: steps between stages, touchpoints or events, with shares and times (R-26)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np

from tropa.model import Unit
from tropa.model.measure import Answer, Cell, Column, Declaration, Note, Parameter, Picture, Setting
from tropa.stats.shares import clustered_shares
from tropa.trail.kernels.sequences import near_steps, transitions
from tropa.trail.kernels.units import NOBODY
from tropa.trail.measures.asked import UNIT, Asked, answer_of, number, without
from tropa.trail.measures.states import LEVELS, States, Walks, with_states
from tropa.trail.rounds import Counts, Lengths, Near, Round, added, bins, fineness, quartile_round
from tropa.trail.tape import Longs

SECOND = 1_000_000
UNTIMED = -1
TIMES = ("median", "q25", "q75")
DECLARATION = Declaration(
    id="transitions",
    unit=Unit.EVENTS,
    parameters=(
        Parameter(id="level", kind="choice", choices=LEVELS, default="stages"),
        Parameter(id="repeats", kind="flag", default=False),
        Parameter(id="times", kind="flag", default=True),
        Parameter(id="rows", kind="number", default=100, least=1, most=1000),
        UNIT,
    ),
    picture=Picture(kind="graph", x="from", y="to", value="times"),
    columns=(
        Column(id="from", kind="state"),
        Column(id="to", kind="state"),
        Column(id="times", kind="count"),
        Column(id="customers", kind="count"),
        Column(id="share", kind="share", low="low", high="high", part="times", whole="whole"),
        Column(id="low", kind="share", aside=True),
        Column(id="high", kind="share", aside=True),
        Column(id="whole", kind="count", aside=True),
        Column(id="median", kind="seconds", low="q25", high="q75"),
        Column(id="q25", kind="seconds", aside=True),
        Column(id="q75", kind="seconds", aside=True),
    ),
    definition="transitions",
)


def rounds(frame: Asked, settings: Mapping[str, Setting]) -> Any:
    """Steps by how often they are taken. Repeated states are one stay unless `repeats`; without `times` nothing is said of them."""
    level, most, timed = str(settings["level"]), int(number(settings["rows"])), bool(settings["times"])
    view = partial(Walks, level=level)

    def walk(states: States) -> Round[Walks, tuple[Any, ...]]:
        fine = fineness(len(states.names) ** 2) if timed else UNTIMED
        told: dict[str, Any] = {"states": states, "collapse": 0 if settings["repeats"] else 1}

        def then(found: tuple[Any, ...]) -> Any:
            counts, people, hist = found
            if not timed:
                return without(_told(frame, states, counts, people, {}, most), TIMES)
            return quartile_round(
                view,
                partial(_near, **told),
                hist,
                fine,
                lambda times: _told(frame, states, counts, people, times, most),
            )

        return Round(view, partial(_counted, fine=fine, **told), added, then)

    return with_states(frame, view, level, walk)


def _counted(
    view: Walks, first: int, last: int, *, states: States, collapse: int, fine: int
) -> tuple[Longs, Longs, Longs]:
    """Counts by bucket and edge (256, S, S), customers by edge (S, S), histograms of times by edge out of a state (source · S + target)."""
    size, names, spans = states.size, len(states.names), bins(fine) if fine >= 0 else 0
    counts, hist = Counts.of(256 * size**2), Counts.of((names + 1) * size * spans)
    seen = np.full(size**2, NOBODY, np.int64)
    tables = view.closing(states), view.part.ready.buckets, collapse, names, fine
    for piece in view.pieces(first, last, states):
        rest: Any = (*piece.walk, *tables, counts.few, counts.many, hist.few, hist.many, seen)
        transitions(*rest)
    told = hist.total().reshape(-1, max(spans, 1))[: names * size]
    return counts.total().reshape(256, size, size), (seen >> 32).reshape(size, size), told


def _near(view: Walks, first: int, last: int, *, states: States, collapse: int, low: Longs, wide: Any) -> Lengths:
    """The times between states of a slice that lie near the quartiles (see `quartile_round`): found again, none is remembered."""
    near = Near.of(low, wide, states.size)
    for piece in view.pieces(first, last, states):
        near.add(len(piece.state), near_steps, piece.state, piece.time, collapse, len(states.names))
    return near.found


def _told(
    frame: Asked, states: States, counts: Any, people: Any, times: dict[int, tuple[int, tuple[int, ...]]], most: int
) -> Answer:
    total, size, names = counts.sum(axis=0), len(states.names), states.nodes
    whole, by_bucket = total.sum(axis=1), counts.sum(axis=2)
    sources, targets = np.nonzero(total)
    order = np.lexsort((targets, sources, -total[sources, targets]))
    a, b = sources[order[:most]], targets[order[:most]]
    n, base = total[a, b], whole[a]
    low, high = clustered_shares(counts[:, a, b].T, by_bucket[:, a].T, people[a].max(axis=1))
    columns = (a, b, n, people[a, b], n / base, low, high, base)
    rows: list[tuple[Cell, ...]] = []
    for one, other, *cells in zip(*(column.tolist() for column in columns), strict=True):
        q25, q50, q75 = (None, None, None)
        if times and one < size and other < size:
            q25, q50, q75 = (value / SECOND for value in times[one * states.size + other][1])
        rows.append((names[one], names[other], *cells, q50, q25, q75))
    notes = (Note(message="measure-note-rows", facts={"shown": most, "all": len(order)}),) if len(order) > most else ()
    return answer_of(DECLARATION, frame, int(total.sum()), rows, notes)
