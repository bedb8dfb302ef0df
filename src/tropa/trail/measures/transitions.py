"""From where to where: steps between stages, touchpoints or events, with shares and times (R-26)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np

from tropa.model import Unit
from tropa.model.measure import Answer, Cell, Column, Declaration, Note, Parameter, Picture, Setting
from tropa.stats.means import clustered_share
from tropa.trail.kernels.sequences import transitions
from tropa.trail.measures.asked import UNIT, Asked, answer_of, number
from tropa.trail.measures.states import LEVELS, States, Walks, with_states
from tropa.trail.rounds import Counts, Lengths, Round, added, bins, fineness, quartile_round
from tropa.trail.slices import fixed
from tropa.trail.tape import Longs

SECOND = 1_000_000
DECLARATION = Declaration(
    id="transitions",
    unit=Unit.EVENTS,
    parameters=(
        Parameter(id="level", kind="choice", choices=LEVELS, default="stages"),
        Parameter(id="repeats", kind="flag", default=False),
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
    """Steps by how often they are taken. Repeated states are one stay unless `repeats`."""
    level, most = str(settings["level"]), int(number(settings["rows"]))
    view = partial(Walks, level=level)

    def walk(states: States) -> Round[Walks, tuple[Any, ...]]:
        fine = fineness(len(states.names) ** 2)
        told: dict[str, Any] = {"states": states, "collapse": 0 if settings["repeats"] else 1, "fine": fine}

        def then(found: tuple[Any, ...]) -> Round[Walks, tuple[Longs]]:
            counts, people, hist = found
            lengths = partial(_lengths, **told)
            return quartile_round(
                view, lengths, hist, fine, lambda times: _told(frame, states, counts, people, times, most)
            )

        return Round(view, partial(_counted, **told), added, then)

    return with_states(frame, view, level, walk)


def _counted(
    view: Walks, first: int, last: int, *, states: States, collapse: int, fine: int
) -> tuple[Longs, Longs, Longs]:
    """Counts by bucket and edge (256, S, S), customers by edge (S, S), histograms of times by edge out of a state (source · S + target)."""
    size, here, names, passes = states.size, view.events(first, last), len(states.names), view.part.ready.passes
    counts, hist, people = (
        Counts.of(256 * size**2),
        Counts.of((names + 1) * size * bins(fine)),
        np.zeros(size**2, np.int64),
    )
    keys, lengths = np.empty(here.stop - here.start, np.uint16), np.empty(here.stop - here.start, np.int64)
    rest: Any = (
        *view.walk(first, last, states), fixed(passes.status), view.closing(states), view.time, view.part.ready.buckets, collapse,
        names, fine, counts.few, counts.many, hist.few, hist.many, people, keys, lengths,
    )  # fmt: skip
    room = transitions(*rest)
    view.lengths[first, last] = keys[:room], lengths[:room]
    told = hist.total().reshape(-1, bins(fine))[: names * size]
    return counts.total().reshape(256, size, size), people.reshape(size, size), told


def _lengths(view: Walks, first: int, last: int, **told: Any) -> Lengths:
    """The times between states of a slice: remembered by the first round, else found again."""
    if (first, last) not in view.lengths:
        _counted(view, first, last, **told)
    keys, lengths = view.lengths[first, last]
    return keys, lengths


def _told(
    frame: Asked, states: States, counts: Any, people: Any, times: dict[int, tuple[int, tuple[int, ...]]], most: int
) -> Answer:
    total, size, names = counts.sum(axis=0), len(states.names), states.nodes
    whole, by_bucket = total.sum(axis=1), counts.sum(axis=2)
    edges = np.argwhere(total > 0)
    order = sorted(edges.tolist(), key=lambda edge: (-int(total[edge[0], edge[1]]), edge))
    rows: list[tuple[Cell, ...]] = []
    for a, b in order[:most]:
        low, high = clustered_share(counts[:, a, b], by_bucket[:, a], int(people[a].max()))
        q25, q50, q75 = (
            (value / SECOND for value in times[a * states.size + b][1]) if a < size and b < size else (None, None, None)
        )
        n = int(total[a, b])
        rows.append(
            (names[a], names[b], n, int(people[a, b]), n / int(whole[a]), low, high, int(whole[a]), q50, q25, q75)
        )
    notes = (Note(message="measure-note-rows", facts={"shown": most, "all": len(order)}),) if len(order) > most else ()
    return answer_of(DECLARATION, frame, int(total.sum()), rows, notes)
