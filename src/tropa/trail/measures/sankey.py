"""Flows from step to step: where passes go from the beginning, around a state, or up to it (R-26)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from tropa.model import Unit
from tropa.model.measure import Answer, Cell, Column, Declaration, Parameter, Picture, Setting
from tropa.stats.shares import clustered_shares
from tropa.trail.kernels.entries import BUCKETS
from tropa.trail.kernels.flows import flows
from tropa.trail.kernels.sequences import NOTHING
from tropa.trail.kernels.units import MARKS, NONE
from tropa.trail.measures.asked import UNIT, Asked, answer_of, number
from tropa.trail.measures.states import LEVELS, OTHER, States, Walks, find_state, with_states
from tropa.trail.measures.steps import Wish, walked
from tropa.trail.rounds import Round, added
from tropa.trail.slices import fixed
from tropa.trail.tape import Longs

LEAST = 0.005
"""Of all passes: fewer at a step are told among the others."""
DECLARATION = Declaration(
    id="sankey",
    unit=Unit.PASSES,
    parameters=(
        Parameter(id="level", kind="choice", choices=LEVELS, default="touchpoints"),
        Parameter(id="around", kind="state", optional=True),
        Parameter(id="before", kind="number", default=2, least=0, most=10),
        Parameter(id="after", kind="number", default=5, least=0, most=10),
        Parameter(id="states", kind="number", default=6, least=1, most=12),
        Parameter(id="repeats", kind="flag", default=False),
        UNIT,
    ),
    picture=Picture(kind="sankey", x="from", y="to", value="passes", series="step"),
    columns=(
        Column(id="step", kind="number"),
        Column(id="from", kind="state"),
        Column(id="to", kind="state"),
        Column(id="passes", kind="count"),
        Column(id="share", kind="share", low="low", high="high", part="passes", whole="whole"),
        Column(id="low", kind="share", aside=True),
        Column(id="high", kind="share", aside=True),
        Column(id="whole", kind="count", aside=True),
        Column(id="onward", kind="share", low="onward_low", high="onward_high", part="passes", whole="previous"),
        Column(id="onward_low", kind="share", aside=True),
        Column(id="onward_high", kind="share", aside=True),
        Column(id="previous", kind="count", aside=True),
    ),
    definition="sankey",
)


def rounds(frame: Asked, settings: Mapping[str, Setting]) -> Any:
    """Flows by step. Steps count from 1; around a state it stands at 0. At each step all but the `states` most frequent are one,
    and so are those of less than half a per cent of passes.

    Raises TR-T305 for a state that is not there.
    """
    level, around = str(settings["level"]), settings["around"]
    name = None if around is None else find_state(frame.ready, str(around), (level,))
    before = 0 if name is None else int(number(settings["before"]))
    width = int(number(settings["after"])) + (1 if name is None else before + 1)
    view = partial(Walks, level=level)

    def walk(states: States) -> Any:
        if name is not None and name not in states.names:
            return answer_of(DECLARATION, frame, 0, ())
        label = 1 if name is None else -before
        anchor = NONE if name is None else states.names.index(name)
        wish = Wish(states, 0 if settings["repeats"] else 1, anchor, before, width)

        def then(found: tuple[Longs]) -> Any:
            slots, places = _places(states, found[0], int(number(settings["states"])))
            chunk = partial(_flowed, wish=wish, slots=slots, size=len(places))
            return Round(view, chunk, added, lambda flown: _told(frame, label, found[0], places, flown[0]))

        return Round(view, partial(_stood, wish=wish), added, then)

    return with_states(frame, view, level, walk)


def _stood(view: Walks, first: int, last: int, *, wish: Wish) -> tuple[Longs]:
    """Passes by bucket, state and step (256, S, width); what stands where in each pass is remembered."""
    counts, _, view.lengths[first, last] = walked(view, first, last, wish, rows=True)
    return (counts,)


def _places(states: States, counts: Longs, most: int) -> tuple[npt.NDArray[np.uint8], tuple[str, ...]]:
    """Which place stands for a state at a step (S, width), and the names of places: states that are among the `most` at some step, the
    rest, and the marks."""
    size, total = len(states.names), counts.sum(axis=0)
    own = total[:size].copy()
    if states.names and states.names[-1] == OTHER:
        own[size - 1] = 0
    top = np.argsort(-own, axis=0, kind="stable")[:most]
    shown, least = np.zeros(own.shape, np.bool_), LEAST * int(total[:, 0].sum())
    np.put_along_axis(shown, top, np.take_along_axis(own, top, axis=0) > least, axis=0)
    kept = np.flatnonzero(shown.any(axis=1))
    slots = np.full((states.size, counts.shape[2]), len(kept), np.uint8)
    for place, state in enumerate(kept):
        slots[state, shown[state]] = place
    slots[size:] = (len(kept) + 1 + np.arange(MARKS))[:, None]
    names = (*(states.names[int(state)] for state in kept), OTHER, *states.nodes[size:])
    return fixed(slots), names


def _flowed(
    view: Walks, first: int, last: int, *, wish: Wish, slots: npt.NDArray[np.uint8], size: int
) -> tuple[npt.NDArray[np.int32]]:
    """Passes by bucket, step and places there and at the next step (256, width − 1, M, M)."""
    if (first, last) not in view.lengths:
        _stood(view, first, last, wish=wish)
    counts, passes = np.zeros((BUCKETS, max(wish.width - 1, 0), size, size), np.int32), view.part.ready.passes
    slot = np.zeros((NOTHING + 1, wish.width), np.uint8)
    slot[: len(slots)] = slots
    rest: Any = (
        view.unit(first), view.unit(last), fixed(passes.customer, np.int32), fixed(passes.status), view.closing(wish.states),
        view.part.ready.buckets, fixed(view.lengths[first, last]), fixed(slot), counts,
    )  # fmt: skip
    flows(*rest)
    return (counts,)


def _told(frame: Asked, label: int, stood: Longs, places: tuple[str, ...], flown: npt.NDArray[np.int32]) -> Answer:
    bases = stood[:, :, 0].sum(axis=1).astype(np.int64)
    whole, groups, total = int(bases.sum()), int(np.count_nonzero(bases)), flown.sum(axis=0)
    k, a, b = np.nonzero(total)
    n, mine, there = total[k, a, b], flown[:, k, a, b].T.astype(np.int64), flown.sum(axis=3)[:, k, a].T.astype(np.int64)
    previous = there.sum(axis=1)
    share = clustered_shares(mine, bases, np.array([groups]))
    onward = clustered_shares(mine, there, np.count_nonzero(there, axis=1))
    columns = (k + label, a, b, n, n / whole, *share, np.full(len(n), whole), n / previous, *onward, previous)
    rows: list[tuple[Cell, ...]] = [
        (step, places[one], places[other], *cells)
        for step, one, other, *cells in zip(*(column.tolist() for column in columns), strict=True)
    ]
    rows.sort(key=lambda row: (row[0], -int(row[3] or 0)))
    return answer_of(DECLARATION, frame, whole, rows)
